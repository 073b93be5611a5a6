"""The store of accounts: people, what brands may see, sessions, links, attempts, the log."""

from dataclasses import dataclass

from sqlalchemy import Engine

from dashboard.store.accounts import schema
from dashboard.store.accounts.attempts import Attempts
from dashboard.store.accounts.consents import Consents
from dashboard.store.accounts.links import Link, Links
from dashboard.store.accounts.log import Log
from dashboard.store.accounts.people import People, email_of
from dashboard.store.accounts.sessions import Sessions
from dashboard.store.engines import open_engine


@dataclass(frozen=True, slots=True)
class Accounts:
    """The third store. Only the partners' site and the command open it."""

    engine: Engine

    @classmethod
    def at(cls, url: str, *, upgrade: bool = False) -> "Accounts":
        """Open the store; with `upgrade`, bring its tables up to date."""
        engine = open_engine(url)
        if upgrade:
            schema.upgrade(engine)
        return cls(engine)

    @property
    def people(self) -> People:
        """Everyone who has an account."""
        return People(self.engine)

    @property
    def consents(self) -> Consents:
        """Which brand may see what."""
        return Consents(self.engine)

    @property
    def sessions(self) -> Sessions:
        """Who is signed in."""
        return Sessions(self.engine)

    @property
    def links(self) -> Links:
        """Invitations and resets."""
        return Links(self.engine)

    @property
    def attempts(self) -> Attempts:
        """Failed attempts to sign in."""
        return Attempts(self.engine)

    @property
    def log(self) -> Log:
        """The audit log."""
        return Log(self.engine)


__all__ = ["Accounts", "Link", "email_of", "schema"]
