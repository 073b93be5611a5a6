"""Between HTTP and the door: the cookie, where a request comes from, who sent it."""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Request, Response

from dashboard.accounts.door import Door, Knock
from dashboard.accounts.scopes import scope
from dashboard.model import PUBLIC, Scope
from dashboard.people import Entry, Member
from dashboard.settings import Settings
from dashboard.store import Accounts


@dataclass(frozen=True, slots=True)
class Keeper:
    """Knows who sends a request to the partners' site."""

    door: Door
    cookie: str
    secure: bool
    proxies: int = 0

    @classmethod
    def of(cls, settings: Settings) -> "Keeper":
        """Return the keeper of a site; the store is opened at the first request."""
        secure = settings.environment == "production"
        door = Door(
            Accounts.at(settings.accounts_url),
            idle=timedelta(minutes=settings.session_idle_minutes),
            whole=timedelta(hours=settings.session_hours),
            samples=not secure,
        )
        name = f"__Host-bwp_{settings.site}" if secure else f"bwp_{settings.site}"
        return cls(door, name, secure, settings.proxies)

    def token(self, request: Request) -> str:
        """Return the random id that a browser holds, or ""."""
        return request.cookies.get(self.cookie, "")

    def member(self, request: Request) -> Member | None:
        """Return who is signed in; raise Unavailable."""
        return self.door.member(self.token(request), self.knock(request))

    def scope(self, member: Member | None) -> Scope:
        """Return what somebody may see now."""
        if member is None:
            return PUBLIC
        return scope(member.account, self.door.accounts, datetime.now(UTC).date())

    def note(self, member: Member | None, request: Request, action: str, subject: str = "") -> None:
        """Write into the audit log what somebody saw, took or was refused; raise Unavailable."""
        knock, actor = self.knock(request), member.account.id if member else ""
        self.door.accounts.log.add(Entry(knock.now, actor, action, subject, knock.client))

    def knock(self, request: Request) -> Knock:
        """Return where and when a request comes from.

        What a proxy says of it counts only where a setting says that there is a proxy.
        """
        client = request.remote_addr or ""
        passed_on = "X-Forwarded-For" in request.headers and not self.proxies
        return Knock(
            now=datetime.now(UTC),
            client=client,
            agent=request.headers.get("User-Agent", ""),
            local=_loopback(client) and not passed_on,
        )

    def give(self, response: Response, token: str) -> Response:
        """Give a browser its random id; it keeps it until it is closed."""
        response.set_cookie(
            self.cookie, token, path="/", secure=self.secure, httponly=True, samesite="Lax"
        )
        return response

    def take(self, response: Response) -> Response:
        """Take its random id from a browser."""
        response.delete_cookie(
            self.cookie, path="/", secure=self.secure, httponly=True, samesite="Lax"
        )
        return response


def _loopback(client: str) -> bool:
    try:
        return ipaddress.ip_address(client).is_loopback
    except ValueError:
        return False
