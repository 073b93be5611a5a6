"""Failed attempts to sign in, by account and the place they come from."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.store.accounts.schema import changing, reading
from dashboard.store.accounts.tables import attempt_table

at = attempt_table.c
FORGOTTEN = timedelta(days=1)
"""How long a failure counts."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often each key has failed, and until when it is not heard."""

    engine: Engine

    def until(self, key: str, now: datetime) -> datetime:
        """Return the moment from which a key is heard again."""
        with reading(self.engine) as connection:
            found = connection.execute(select(at.until).where(at.key == key)).scalar()
        return found or now

    def failed(self, key: str, now: datetime) -> int:
        """Count a failure; return how many there have been lately."""
        with changing(self.engine) as connection:
            connection.execute(delete(attempt_table).where(at.last < now - FORGOTTEN))
        try:
            with changing(self.engine) as connection:
                row = {"key": key, "count": 1, "last": now, "until": now}
                connection.execute(insert(attempt_table).values(row))
        except IntegrityError:
            with changing(self.engine) as connection:
                connection.execute(
                    update(attempt_table)
                    .where(at.key == key)
                    .values(count=at["count"] + 1, last=now)
                )
        with reading(self.engine) as connection:
            return int(connection.execute(select(at["count"]).where(at.key == key)).scalar() or 1)

    def wait(self, key: str, until: datetime) -> None:
        """Do not hear a key until a moment."""
        with changing(self.engine) as connection:
            connection.execute(update(attempt_table).where(at.key == key).values(until=until))

    def undo(self, key: str) -> None:
        """Take the newest failure of a key back."""
        query = update(attempt_table).where(at.key == key, at["count"] > 0)
        with changing(self.engine) as connection:
            connection.execute(query.values(count=at["count"] - 1))

    def forget(self, key: str) -> None:
        """Forget the failures of a key."""
        with changing(self.engine) as connection:
            connection.execute(delete(attempt_table).where(at.key == key))
