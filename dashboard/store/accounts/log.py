"""The audit log: lines are added, none is ever changed or removed; the database sees to it."""

from dataclasses import dataclass

from sqlalchemy import Engine, insert, select

from dashboard.people import Entry
from dashboard.store.accounts.schema import changing, reading
from dashboard.store.accounts.tables import log_table

at = log_table.c


@dataclass(frozen=True, slots=True)
class Log:
    """What happened, in the order in which it did."""

    engine: Engine

    def add(self, entry: Entry) -> None:
        """Add a line."""
        row = {name: getattr(entry, name) for name in entry.__slots__}
        with changing(self.engine) as connection:
            connection.execute(insert(log_table).values(row))

    def newest(self, number: int = 100) -> tuple[Entry, ...]:
        """Return the newest lines, the newest first."""
        query = select(at.at, at.actor, at.action, at.subject, at.detail)
        with reading(self.engine) as connection:
            rows = connection.execute(query.order_by(at.id.desc()).limit(number))
            return tuple(Entry(*row) for row in rows)
