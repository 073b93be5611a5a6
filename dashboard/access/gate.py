"""The gate: a policy on every route and callback, checked before anything else runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Flask, Request, g, has_app_context, request

from dashboard.access.keeper import Keeper
from dashboard.access.policies import EVERYONE, Policy, Site
from dashboard.model import PUBLIC, Audience, Scope
from dashboard.people import Member


class Unguarded(RuntimeError):
    """A route or a callback has no policy; the application does not start."""


@dataclass(slots=True)
class Gate:
    """Keeps the policy of every route and callback of one site, and applies it.

    Without a keeper nobody is ever signed in: that is the public site.
    """

    site: Site
    keeper: Keeper | None = None
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

    def narrow(self, policies: Mapping[str, Policy]) -> None:
        """Replace the policy of single routes that are registered already, by their endpoints."""
        if unknown := sorted(policies.keys() - self.routes.keys()):
            raise Unguarded(f"no such routes: {', '.join(unknown)}")
        self.routes |= policies

    def check(self, server: Flask, callbacks: tuple[str, ...]) -> None:
        """Raise Unguarded if any route or callback has no policy."""
        rules = {rule.endpoint for rule in server.url_map.iter_rules()}
        if missing := sorted(rules - self.routes.keys()):
            raise Unguarded(f"routes without a policy: {', '.join(missing)}")
        if missing := sorted(set(callbacks) - self.callbacks.keys()):
            raise Unguarded(f"callbacks without a policy: {', '.join(missing)}")

    def admit(self) -> None:
        """Apply the policy of the current request; runs before every view.

        The account is read anew each time: who was disabled, revoked or given another role is
        that from this request on.
        """
        if request.endpoint is None:
            return
        policy = self.routes[request.endpoint]
        policy.admit(request, self.site, self._audience(policy))

    def framed(self) -> bool:
        """Whether the answer of the current request, an error too, may stand in a frame."""
        policy = self.routes.get(request.endpoint or "")
        return self.site == "public" and policy is not None and policy.framed

    def _audience(self, policy: Policy) -> Audience:
        if self.keeper is None or policy is EVERYONE:
            return "public"
        g.member = self.keeper.member(request)
        g.scope = self.keeper.scope(g.member)
        return scope_of(request).audience


def scope_of(request: Request) -> Scope:
    """Return what the sender of this request may see: from the session, never from the link."""
    found: Scope = g.get("scope", PUBLIC) if has_app_context() else PUBLIC
    return found


def member_of(request: Request) -> Member | None:
    """Return who is signed in and sent this request."""
    found: Member | None = g.get("member") if has_app_context() else None
    return found
