"""Disclosure control: the primary rule, rounding, and the audit by attack (docs/disclosure.md)."""

from data_loaders.protect.archive import from_bytes, report, to_bytes
from data_loaders.protect.audit import Audit, AuditFailed, Hidden, Progress, audit
from data_loaders.protect.intervals import finding_row, level_row, share_row
from data_loaders.protect.primary import (
    MIN_GROUPS,
    MIN_RATE_FACTORIES,
    Primary,
    five_percent,
    half_up,
    hide,
    rounded,
    together,
)
from data_loaders.protect.rows import Atom, Attacker, Row, Sheet
from data_loaders.protect.search import Reasons

__all__ = [
    "MIN_GROUPS",
    "MIN_RATE_FACTORIES",
    "Atom",
    "Attacker",
    "Audit",
    "AuditFailed",
    "Hidden",
    "Primary",
    "Progress",
    "Reasons",
    "Row",
    "Sheet",
    "audit",
    "finding_row",
    "five_percent",
    "from_bytes",
    "half_up",
    "hide",
    "level_row",
    "report",
    "rounded",
    "share_row",
    "to_bytes",
    "together",
]
