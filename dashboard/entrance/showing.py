"""How the entrance shows its pages, and where they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from flask import Response, request
from werkzeug.exceptions import NotFound

from dashboard.access import Keeper, scope_of
from dashboard.accounts.door import Knock
from dashboard.accounts.oidc import Provider
from dashboard.components.form import problem
from dashboard.components.shell import heading
from dashboard.entrance import words
from dashboard.pages.framing import Content, page
from dashboard.pages.reading import Reading, address, join, read, written
from dashboard.pages.serving import Pages
from dashboard.people import Refused, Stage, Throttled
from dashboard.settings import Settings
from dashboard.web.delivery import answer, deliver
from dashboard.web.render import Node, kept

STEPS: Mapping[Stage, str] = {"code": "/sign-in/code", "enrol": "/sign-in/enrol"}
"""Where somebody goes on who is not signed in yet."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """What every page of the entrance needs."""

    pages: Pages
    keeper: Keeper
    settings: Settings
    provider: Provider | None = None
    """Who answers for people here; without one they have passwords."""

    @property
    def knock(self) -> Knock:
        """Where and when the request comes from."""
        return self.keeper.knock(request)

    @property
    def token(self) -> str:
        """The random id of the browser, or ""."""
        return self.keeper.token(request)

    def reading(self) -> Reading:
        """Return the request; raise BadView for a language that does not exist."""
        query, locales = (
            request.query_string.decode(errors="replace"),
            self.pages.statistics.locales,
        )
        return read(request.path, query, locales, scope_of(request))

    def show(
        self, reading: Reading, title: str, main: list[Node], error: Refused | None = None
    ) -> Response:
        """Return a page of the entrance; what was refused is said above everything else."""
        said = words.refusal(error, reading.locale) if error else ""
        head, rest = main[0], main[1:]
        content = Content(title, title, [head, problem(said), *rest], indexed=False, bare=True)
        shown = page(self.pages.statistics, reading, content)
        status = words.STATUS.get(error.why, 400) if error else 200
        text = self.pages.shell.document(shown)
        response = deliver(answer(text, "text/html", "never", status), request)
        if isinstance(error, Throttled):
            response.headers["Retry-After"] = str(error.seconds)
        return response

    def step(self, reading: Reading, token: str, stage: Stage, home: str) -> Response:
        """Give a browser the id of a session and lead it to the next step, or home."""
        to = address(STEPS[stage], query_of(reading, home)) if stage else home
        return self.keeper.give(redirected(to), token)


def query_of(reading: Reading, home: str) -> str:
    """Return the query that carries the language and where somebody wanted to go."""
    said = urlencode({"next": home}) if home != "/" else ""
    return join(said, written({k: v for k, v in reading.carried.items() if k != "release"}))


def wanted(said: str) -> str:
    """Return where somebody wanted to go: an address of this site, whatever was sent."""
    parts = urlsplit(said)
    inside = said.startswith("/") and not said.startswith(("//", "/\\", "/sign-in", "/welcome"))
    plain = said.isprintable() and "\\" not in said and not parts.scheme and not parts.netloc
    return said if inside and plain else "/"


def redirected(to: str) -> Response:
    """Return the answer to a form that was taken: go there and ask anew."""
    return Response(status=303, headers={"Location": to})


def with_passwords(entrance: Entrance) -> None:
    """Raise NotFound where an identity provider answers for people: nobody has a password."""
    if entrance.provider is not None:
        raise NotFound


def titled(title: str, intro: str, *body: Node) -> list[Node]:
    """Return the main part of a page of the entrance."""
    return [heading(title, intro), kept("entry", list(body), className="prose entrance")]
