"""Who may ask what, and who asks: policies on every route, sessions, scopes."""

from dashboard.access.gate import Gate, Unguarded, member_of, scope_of
from dashboard.access.keeper import Keeper
from dashboard.access.policies import (
    ABSENT,
    ALL,
    CALLBACKS,
    EVERYONE,
    FRAMED,
    IN_THE_BROWSER,
    MEMBERS,
    MEMBERS_OF,
    READERS,
    VISITORS,
    Policy,
    Site,
    only,
)

__all__ = [
    "ABSENT",
    "ALL",
    "CALLBACKS",
    "EVERYONE",
    "FRAMED",
    "IN_THE_BROWSER",
    "MEMBERS",
    "MEMBERS_OF",
    "READERS",
    "VISITORS",
    "Gate",
    "Keeper",
    "Policy",
    "Site",
    "Unguarded",
    "member_of",
    "only",
    "scope_of",
]
