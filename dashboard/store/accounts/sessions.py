"""Sessions on the server: a browser holds a random id, the store its hash."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, delete, insert, select, update

from dashboard.people import Account, Member, Session
from dashboard.store.accounts.schema import changing, reading
from dashboard.store.accounts.tables import account_table, session_table

at = session_table.c
COLUMNS = tuple(field.name for field in fields(Session))
KEPT = timedelta(days=30)
"""How long a session that is over is kept, to answer questions about it."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """Every session that was ever begun; one that has ended is no longer found."""

    engine: Engine

    def begin(self, session: Session) -> None:
        """Store a new session; forget those that ended long ago, or were nobody's and are over."""
        row = {name: getattr(session, name) for name in COLUMNS}
        row["account"] = session.account or None
        row["note"] = dict(session.note)
        with changing(self.engine) as connection:
            unknown = at.account.is_(None) & (at.expires < session.created)
            old = at.expires < session.created - KEPT
            connection.execute(delete(session_table).where(unknown | old))
            connection.execute(insert(session_table).values(row))

    def found(self, hash: str, now: datetime, idle: timedelta) -> Session | None:
        """Return the session of a hash, unless it is revoked, too old or was left alone."""
        query = select(*(at[name] for name in COLUMNS)).where(at.hash == hash, *_alive(now, idle))
        with reading(self.engine) as connection:
            row = connection.execute(query).mappings().first()
        return _session(row) if row else None

    def member(self, hash: str, now: datetime, idle: timedelta) -> Member | None:
        """Return a session and its account as they are now, in one question; None if signed out."""
        columns = [at[name].label(f"session_{name}") for name in COLUMNS]
        query = (
            select(*columns, account_table)
            .join(account_table, account_table.c.id == at.account)
            .where(at.hash == hash, at.stage == "", account_table.c.disabled.is_(None))
            .where(*_alive(now, idle))
        )
        with reading(self.engine) as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        person = {field.name: row[field.name] for field in fields(Account)}
        session = {name: row[f"session_{name}"] for name in COLUMNS}
        return Member(Account(**person), _session(session))

    def of(self, account: str, now: datetime, idle: timedelta) -> tuple[Session, ...]:
        """Return the sessions in which an account is signed in, the newest first."""
        query = (
            select(*(at[name] for name in COLUMNS))
            .where(at.account == account, at.stage == "", *_alive(now, idle))
            .order_by(at.created.desc(), at.handle)
        )
        with reading(self.engine) as connection:
            return tuple(_session(row) for row in connection.execute(query).mappings())

    def touch(self, hash: str, now: datetime) -> None:
        """Note that a session was used."""
        self._change([at.hash == hash], seen=now)

    def note(self, hash: str, note: dict[str, str]) -> None:
        """Replace what a session that is not signed in yet remembers."""
        self._change([at.hash == hash], note=note)

    def end(self, hash: str, now: datetime) -> bool:
        """Revoke one session; False if that was done before."""
        return self._change([at.hash == hash, at.revoked.is_(None)], revoked=now) == 1

    def end_handle(self, account: str, handle: str, now: datetime) -> bool:
        """Revoke a session of an account by its handle; False if it has none of that name."""
        mine = [at.account == account, at.handle == handle, at.revoked.is_(None)]
        return self._change(mine, revoked=now) == 1

    def end_all(self, account: str, now: datetime, but: str = "") -> int:
        """Revoke every session of an account, except one if wanted; return how many."""
        mine = [at.account == account, at.hash != but, at.revoked.is_(None)]
        return self._change(mine, revoked=now)

    def _change(self, where: Iterable[ColumnElement[bool]], **columns: Any) -> int:
        with changing(self.engine) as connection:
            done = connection.execute(update(session_table).where(*where).values(columns))
            return done.rowcount


def _alive(now: datetime, idle: timedelta) -> list[ColumnElement[bool]]:
    return [at.revoked.is_(None), at.expires > now, at.seen > now - idle]


def _session(row: Any) -> Session:
    found = {name: row[name] for name in COLUMNS}
    return Session(**{**found, "account": found["account"] or ""})
