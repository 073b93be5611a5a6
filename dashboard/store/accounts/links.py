"""Links that let somebody in once: to accept an invitation, to set a new password."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, insert, select, update

from dashboard.people import Purpose
from dashboard.store.accounts.schema import changing, reading
from dashboard.store.accounts.tables import link_table

at = link_table.c


@dataclass(frozen=True, slots=True)
class Link:
    """Whom a link lets in, and for what."""

    account: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Links:
    """Every link that was handed out, known by a hash."""

    engine: Engine

    def add(self, hash: str, link: Link, now: datetime, lasts: timedelta) -> None:
        """Store a link; those that the account had before no longer work."""
        row = {"hash": hash, "account": link.account, "purpose": link.purpose, "created": now}
        with changing(self.engine) as connection:
            connection.execute(
                update(link_table)
                .where(at.account == link.account, at.used.is_(None))
                .values(used=now)
            )
            connection.execute(insert(link_table).values(**row, expires=now + lasts))

    def found(self, hash: str, now: datetime) -> Link | None:
        """Return a link that still works."""
        query = select(at.account, at.purpose).where(
            at.hash == hash, at.used.is_(None), at.expires > now
        )
        with reading(self.engine) as connection:
            row = connection.execute(query).first()
        return Link(row.account, row.purpose) if row else None

    def use(self, hash: str, now: datetime) -> bool:
        """Use a link up; False if somebody was faster, or its time is over."""
        query = update(link_table).where(at.hash == hash, at.used.is_(None), at.expires > now)
        with changing(self.engine) as connection:
            return connection.execute(query.values(used=now)).rowcount == 1

    def cancel(self, account: str, now: datetime) -> None:
        """Let no link of an account work any more."""
        query = update(link_table).where(at.account == account, at.used.is_(None))
        with changing(self.engine) as connection:
            connection.execute(query.values(used=now))
