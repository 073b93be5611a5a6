"""The brand workspace of the partners' site: own suppliers, one of them, everything as a file."""

from flask import Blueprint

from dashboard.access import Policy, only
from dashboard.workspace import files, one, overview
from dashboard.workspace.showing import Workspace

POLICY = only("brand", "staff", "admin")
"""The ministry sees no single factory."""


def blueprints(workspace: Workspace) -> list[tuple[Policy, Blueprint]]:
    """Return every route of the workspace with its policy."""
    parts = (overview, one, files)
    return [(POLICY, part.blueprint(workspace)) for part in parts]


__all__ = ["Workspace", "blueprints"]
