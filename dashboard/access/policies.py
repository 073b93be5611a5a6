"""Who may ask what: the policies. Each names, for either site, the audiences that it lets in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from flask import Request
from werkzeug.exceptions import BadRequest, Forbidden, NotFound, Unauthorized, UnsupportedMediaType

from dashboard.model import Audience

Site = Literal["public", "partners"]

ALL: frozenset[Audience] = frozenset(get_args(Audience))
STRANGERS: frozenset[Audience] = frozenset({"public"})
MEMBERS_OF: frozenset[Audience] = ALL - STRANGERS
"""Everyone who can be signed in."""


def _as_it_comes(request: Request) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule about requests: for each site that has such a route, who is let in and how they ask.

    A site that is not named answers 404. `asked` raises an HTTP error for a request that is not
    made as it has to be. What is `framed` may stand in a frame of any other site.
    """

    name: str
    audiences: Mapping[Site, frozenset[Audience]]
    asked: Callable[[Request], None] = _as_it_comes
    framed: bool = False

    def admit(self, request: Request, site: Site, audience: Audience) -> None:
        """Raise the HTTP error of a request that this policy refuses."""
        if site not in self.audiences:
            raise NotFound
        if audience not in self.audiences[site]:
            raise (
                Unauthorized("sign in first")
                if audience == "public"
                else Forbidden("this is not for your account")
            )
        self.asked(request)


def _ours(request: Request) -> None:
    """Raise Forbidden for what another site made a browser send."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        raise Forbidden("only pages of this site may ask this")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("only pages of this site may ask this")


def _json(request: Request) -> None:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("send application/json")
    _ours(request)
    if not isinstance(request.get_json(silent=True), dict):
        raise BadRequest("the body is not a JSON object")


def _form(request: Request) -> None:
    """Refuse a form that did not come from a page of ours; a browser always says where from."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if request.mimetype != "application/x-www-form-urlencoded":
        raise UnsupportedMediaType("send the form of the page")
    if request.headers.get("Origin") is None and "Sec-Fetch-Site" not in request.headers:
        raise Forbidden("only pages of this site may ask this")
    _ours(request)


EVERYONE = Policy("everyone", {"public": STRANGERS, "partners": ALL})
"""Health: it does not matter who asks."""

READERS = Policy("readers", {"public": STRANGERS, "partners": MEMBERS_OF})
"""Everyone on the public site; on the partners' site only those who are signed in."""

FRAMED = Policy("framed", READERS.audiences, framed=True)
"""Readers, also where a page of another site frames the answer: public cells only."""

CALLBACKS = Policy("callbacks", READERS.audiences, _json)
"""Readers, and only as JSON from our own pages."""

VISITORS = Policy("visitors", {"partners": ALL}, _form)
"""The forms by which somebody signs in: on the partners' site, for whoever comes."""

MEMBERS = Policy("members", {"partners": MEMBERS_OF}, _form)
"""Pages and forms of everyone who is signed in, whatever for."""

IN_THE_BROWSER = Policy("in the browser", {})
"""A callback that runs in the browser: it has no function on the server to ask for."""

ABSENT = Policy("absent", {})
"""Addresses that a library brings and we do not answer."""


def only(*audiences: Audience) -> Policy:
    """Return the policy of pages and forms of some roles: 401 to strangers, 403 to other roles."""
    return Policy(f"only {', '.join(audiences)}", {"partners": frozenset(audiences)}, _form)
