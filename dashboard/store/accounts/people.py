"""Accounts and the recovery codes of their second factor."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.people import Account, BadAccount
from dashboard.store.accounts.schema import changing, reading
from dashboard.store.accounts.tables import account_table, recovery_table

at = account_table.c


@dataclass(frozen=True, slots=True)
class People:
    """Everyone who has an account."""

    engine: Engine

    def add(self, account: Account) -> Account:
        """Store a new account under an id of its own; raise BadAccount for an e-mail in use."""
        row = {name.name: getattr(account, name.name) for name in fields(Account)}
        row["id"] = f"a-{secrets.token_hex(6)}"
        try:
            with changing(self.engine) as connection:
                connection.execute(insert(account_table).values(row))
        except IntegrityError as error:
            raise BadAccount(f"{account.email} has an account already") from error
        return Account(**row)

    def by_email(self, email: str) -> Account | None:
        """Return the account of an e-mail address, however it is written."""
        return self._one(at.email == email_of(email))

    def by_id(self, id: str) -> Account | None:
        """Return the account of an id."""
        return self._one(at.id == id)

    def by_subject(self, issuer: str, subject: str) -> Account | None:
        """Return the account that an identity provider knows by a subject."""
        return self._one((at.issuer == issuer) & (at.subject == subject))

    def all(self) -> tuple[Account, ...]:
        """Return every account by its e-mail address."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(account_table).order_by(at.email)).mappings()
            return tuple(Account(**row) for row in rows)

    def change(self, id: str, **columns: Any) -> None:
        """Change some columns of an account."""
        with changing(self.engine) as connection:
            connection.execute(update(account_table).where(at.id == id).values(columns))

    def use_step(self, id: str, step: int) -> bool:
        """Note that the code of a time step was used; False if it, or a later one, was before."""
        query = update(account_table).where(at.id == id, at.totp_step < step)
        with changing(self.engine) as connection:
            return connection.execute(query.values(totp_step=step)).rowcount == 1

    def set_recovery(self, id: str, hashes: Iterable[str]) -> None:
        """Replace the recovery codes of an account."""
        rows = [{"account": id, "hash": one} for one in hashes]
        with changing(self.engine) as connection:
            connection.execute(delete(recovery_table).where(recovery_table.c.account == id))
            if rows:
                connection.execute(insert(recovery_table), rows)

    def use_recovery(self, id: str, hash: str, now: datetime) -> bool:
        """Use a recovery code up; False if there is none of that hash, or it was used before."""
        column = recovery_table.c
        query = update(recovery_table).where(
            column.account == id, column.hash == hash, column.used.is_(None)
        )
        with changing(self.engine) as connection:
            return connection.execute(query.values(used=now)).rowcount == 1

    def _one(self, where: ColumnElement[bool]) -> Account | None:
        with reading(self.engine) as connection:
            row = connection.execute(select(account_table).where(where)).mappings().first()
        return Account(**row) if row else None


def email_of(said: str) -> str:
    """Return an e-mail address as accounts are known by it."""
    return said.strip().casefold()
