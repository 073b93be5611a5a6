"""The audit of a whole release: block by block, remembered by checksum."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from data_loaders.protect.blocks import Block, split
from data_loaders.protect.rows import Attacker, Row, Sheet
from data_loaders.protect.search import Reasons, protect
from data_loaders.protect.solver import AuditFailed

__all__ = ["Audit", "AuditFailed", "Hidden", "audit"]

RULES = "2"
"""To be raised with every change of the attack: what was remembered before counts no longer."""

Progress = Callable[[int, int], None]
"""Called with the number of blocks done and the number of all."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A row that was hidden so that another figure stays hidden, and why: for staff only."""

    row: str
    reason: str


@dataclass(frozen=True, slots=True)
class Audit:
    """A clean audit: what had to be hidden for it, by unit and by row."""

    units: frozenset[str] = frozenset()
    hidden: tuple[Hidden, ...] = ()
    rows: int = 0
    secret: int = 0
    blocks: int = 0
    remembered: int = 0


def audit(
    sheet: Sheet,
    earlier: Mapping[str, Sheet],
    attackers: Sequence[Attacker],
    memory: MutableMapping[str, Reasons],
    progress: Progress,
) -> Audit:
    """Hide what would give protected figures away; raise AuditFailed if that cannot be done.

    `earlier` holds what releases showed, by their names; `memory` the outcome of earlier audits by
    the checksum of everything they depend on, and is added to.
    """
    blocks = blocks_of(sheet, earlier, attackers)
    run = _Run(blocks, memory, progress)
    reasons = run.all()
    shown = [row for row in sheet.rows if row.bounds]
    return Audit(
        units=frozenset(reasons),
        hidden=tuple(Hidden(r.name, reasons[r.unit]) for r in shown if r.unit in reasons),
        rows=len(shown),
        secret=sum(row.secret for row in sheet.rows),
        blocks=len(blocks),
        remembered=run.remembered,
    )


def blocks_of(
    sheet: Sheet, earlier: Mapping[str, Sheet], attackers: Sequence[Attacker]
) -> list[Block]:
    """Return what is to be attacked; raise AuditFailed if a rule was broken before the attack."""
    _check(sheet.rows)
    truth = dict(sheet.truth)
    rows = list(sheet.rows)
    for release, old in sorted(earlier.items()):
        then = old.beside(sheet.truth, release)
        rows += _new(then.rows, rows)
        truth |= then.truth
    return split(rows, truth, attackers)


def _check(rows: Iterable[Row]) -> None:
    """Raise AuditFailed if a secret row says something, or some of its siblings only do."""
    shows: dict[str, bool] = {}
    for row in rows:
        if row.secret and row.bounds:
            raise AuditFailed(f"the primary rule hides {row.name}, and it shows")
        if row.unit and shows.setdefault(row.unit, bool(row.bounds)) != bool(row.bounds):
            raise AuditFailed(f"{row.name} stands beside hidden cells, and not all of them show")


def _new(rows: Iterable[Row], there: Iterable[Row]) -> list[Row]:
    """Return rows that say what no earlier release has said yet."""
    said = {_said(row) for row in there if not row.unit}
    return [row for row in rows if _said(row) not in said]


def _said(row: Row) -> frozenset[object]:
    return frozenset((b.low, b.high, frozenset(b.weights.items())) for b in row.bounds)


class _Run:
    """One pass over all blocks, again for those in which others hid something."""

    def __init__(
        self, blocks: list[Block], memory: MutableMapping[str, Reasons], progress: Progress
    ) -> None:
        self.blocks = blocks
        self.memory = memory
        self.progress = progress
        self.remembered = 0

    def all(self) -> Reasons:
        """Return every hidden unit with its reason."""
        reasons: dict[int, Reasons] = {}
        for number, block in enumerate(self.blocks):
            self.progress(number, len(self.blocks))
            reasons[number] = self._one(block, frozenset())
        relied_on: Reasons = {}
        for number in self._again(reasons):
            others = {
                u: why for n, them in reasons.items() if n != number for u, why in them.items()
            }
            gone = {u: why for u, why in others.items() if u in self.blocks[number].ranks}
            relied_on |= gone
            reasons[number] = self._one(self.blocks[number], frozenset(gone))
        self.progress(len(self.blocks), len(self.blocks))
        return relied_on | {u: why for them in reasons.values() for u, why in them.items()}

    def _again(self, reasons: Mapping[int, Reasons]) -> list[int]:
        """Return the blocks that hid something and in which others hid something else."""
        hidden: dict[str, set[int]] = defaultdict(set)
        for number, found in reasons.items():
            for unit in found:
                hidden[unit].add(number)
        return [
            number
            for number, found in reasons.items()
            if found
            and any(
                u in self.blocks[number].ranks and them - {number} for u, them in hidden.items()
            )
        ]

    def _one(self, block: Block, gone: frozenset[str]) -> Reasons:
        key = checksum(block, gone)
        if key in self.memory:
            self.remembered += 1
        else:
            self.memory[key] = protect(block, gone)
        return self.memory[key]


def checksum(block: Block, gone: Iterable[str]) -> str:
    """Return the SHA-256 of all that the outcome of a block depends on."""
    arrays = (
        block.size,
        block.truth,
        block.low,
        block.high,
        *block.figures.values(),
        *block.sums.values(),
    )
    content = [
        RULES,
        block.binary,
        block.atoms,
        block.unit_of,
        sorted(block.ranks.items()),
        sorted(block.figures),
        sorted(block.sums),
        [[party.name, sorted(party.factories)] for party in block.parties],
        [[k.name, sorted(k.knows)] for k in block.knowers],
        sorted(gone),
        [array.tolist() for array in arrays],
        block.matrix.tolist(),
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
