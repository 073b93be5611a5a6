"""The entrance of the partners' site: signing in and out, invitations, one's own account."""

from flask import Blueprint

from dashboard.access import MEMBERS, VISITORS, Policy
from dashboard.entrance import links, own, signing
from dashboard.entrance.showing import Entrance


def blueprints(entrance: Entrance) -> list[tuple[Policy, Blueprint]]:
    """Return every route of the entrance with its policy."""
    return [
        (VISITORS, signing.blueprint(entrance)),
        (VISITORS, links.blueprint(entrance)),
        (MEMBERS, own.blueprint(entrance)),
    ]


__all__ = ["Entrance", "blueprints"]
