"""Who may ask what: a policy on every route and callback, checked before anything else runs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from flask import Blueprint, Flask, Request, request
from werkzeug.exceptions import BadRequest, Forbidden, NotFound, Unauthorized, UnsupportedMediaType

from dashboard.model import PUBLIC, Scope

Site = Literal["public", "partners"]


class Unguarded(RuntimeError):
    """A route or a callback has no policy; the application does not start."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule about requests. `admit` raises an HTTP error for those that it refuses.

    What is `framed` may stand in a frame of any other site.
    """

    name: str
    admit: Callable[[Request, Site], None]
    framed: bool = False


def _everyone(request: Request, site: Site) -> None:
    pass


def _readers(request: Request, site: Site) -> None:
    if site == "partners":
        raise Unauthorized("signing in is not open yet on this installation")


def _absent(request: Request, site: Site) -> None:
    raise NotFound


def _same_origin_json(request: Request, site: Site) -> None:
    _readers(request, site)
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("send application/json")
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        raise Forbidden("only pages of this site may ask this")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("only pages of this site may ask this")
    if not isinstance(request.get_json(silent=True), dict):
        raise BadRequest("the body is not a JSON object")


EVERYONE = Policy("everyone", _everyone)
"""Health, and what a browser needs before it can sign in."""

READERS = Policy("readers", _readers)
"""Everyone on the public site; on the partners' site only those who are signed in."""

FRAMED = Policy("framed", _readers, framed=True)
"""Readers, also where a page of another site frames the answer: public cells only."""

CALLBACKS = Policy("callbacks", _same_origin_json)
"""Readers, and only as JSON from our own pages."""

IN_THE_BROWSER = Policy("in the browser", _absent)
"""A callback that runs in the browser: it has no function on the server to ask for."""

ABSENT = Policy("absent", _absent)
"""Addresses that a library brings and we do not answer."""


@dataclass(slots=True)
class Gate:
    """Keeps the policy of every route and callback of one site, and applies it."""

    site: Site
    routes: dict[str, Policy] = field(default_factory=dict)
    callbacks: dict[str, Policy] = field(default_factory=dict)

    def guard(self, server: Flask, policy: Policy, *things: Any) -> None:
        """Register things under a policy: blueprints, or the names of callbacks.

        The one function by which anything becomes reachable.
        """
        for thing in things:
            if isinstance(thing, Blueprint):
                before = set(server.view_functions)
                server.register_blueprint(thing)
                self.routes |= dict.fromkeys(set(server.view_functions) - before, policy)
            else:
                self.callbacks[str(thing)] = policy

    def check(self, server: Flask, callbacks: tuple[str, ...]) -> None:
        """Raise Unguarded if any route or callback has no policy."""
        rules = {rule.endpoint for rule in server.url_map.iter_rules()}
        if missing := sorted(rules - self.routes.keys()):
            raise Unguarded(f"routes without a policy: {', '.join(missing)}")
        if missing := sorted(set(callbacks) - self.callbacks.keys()):
            raise Unguarded(f"callbacks without a policy: {', '.join(missing)}")

    def admit(self) -> None:
        """Apply the policy of the current request; runs before every view."""
        if request.endpoint is not None:
            self.routes[request.endpoint].admit(request, self.site)

    def framed(self) -> bool:
        """Whether the answer of the current request, an error too, may stand in a frame."""
        policy = self.routes.get(request.endpoint or "")
        return self.site == "public" and policy is not None and policy.framed


def scope_of(request: Request) -> Scope:
    """Return what the sender of this request may see: from the session, never from the link."""
    return PUBLIC
