"""What an attacker can work out of the rows of a block that show.

Answers are exact: a figure is free only if two sets of values that agree with every row shown, and
with all that the attacker knows, are seen to differ in it. Sets once found are kept: most attackers
and most later questions are answered by one of them, without the solver.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data_loaders.protect.blocks import Block, Knower
from data_loaders.protect.mending import mend
from data_loaders.protect.solver import Polytope, Vector

PINNED = 0.1
"""A figure is pinned when it is known within this share of itself, either way."""

MOST = 1e6
"""More persons than the programme can have: the limit of what an attacker holds possible."""


@dataclass(frozen=True, slots=True)
class Target:
    """A figure someone wants to know: between `down` x columns and `up` x columns.

    The two differ where atoms of several factories are alike: any one of them may be nothing.
    `answer` is the column of a yes/no finding, -1 for other figures.
    """

    name: str
    up: Vector
    down: Vector
    answer: int = -1


@dataclass(frozen=True, slots=True)
class Leak:
    """A figure that an attacker can work out."""

    knower: Knower
    target: Target


class Attack:
    """Every attacker against one block."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self._possible = block.truth[None, :]
        self._polytope = Polytope(block.matrix, (block.low, block.high), whole=block.binary)
        self._parts = {} if block.binary else _parts(block)
        self._shown = np.ones(len(block.unit_of), dtype=bool)
        self._agreeing = self._held = self._possible
        self._least = self._most = block.truth
        self._limits = (block.truth, block.truth)

    def leaks(self, hidden: Iterable[str]) -> Iterator[Leak]:
        """Yield every figure that an attacker can work out when some units are hidden."""
        self._hide(hidden)
        for knower in self.block.knowers:
            self._ask(knower)
            for target in self._targets(knower):
                if self._pinned(knower, target):
                    yield Leak(knower, target)

    def stays(self, leak: Leak, hidden: Iterable[str]) -> bool:
        """Whether a figure can be worked out also when these units are hidden."""
        self._hide(hidden)
        self._ask(leak.knower)
        return self._pinned(leak.knower, leak.target)

    def _hide(self, hidden: Iterable[str]) -> None:
        shown = self.block.shown(hidden)
        if (shown != self._shown).any():
            self._shown = shown
            self._polytope.show(shown)
        self._agreeing = self._possible[self._agree(self._possible)]

    def _ask(self, knower: Knower) -> None:
        """Keep of the sets of values those that one attacker holds possible."""
        self._limits = _limits(self.block, knower)
        lower, upper = self._limits
        inside = (self._agreeing >= lower - 1e-6) & (self._agreeing <= upper + 1e-6)
        self._held = self._agreeing[inside.all(axis=1)]
        self._least, self._most = self._held.min(axis=0), self._held.max(axis=0)

    def _agree(self, columns: Vector) -> NDArray[np.bool_]:
        sums = columns @ self.block.matrix[self._shown].T
        slack = 1e-6 * (1 + np.abs(sums))
        low, high = self.block.low[self._shown], self.block.high[self._shown]
        inside: Any = (sums >= low - slack) & (sums <= high + slack)
        agree: NDArray[np.bool_] = inside.all(axis=1)
        return agree

    def _targets(self, knower: Knower) -> Iterator[Target]:
        free = self.block.size - knower.count
        unit = np.eye(len(free))
        for column in np.flatnonzero(free).tolist():
            name = _name(next(a for a in self.block.atoms[column] if a.factory not in knower.knows))
            alone = self.block.binary or free[column] == 1
            down = unit[column] if alone else np.zeros(len(free))
            yield Target(name, unit[column], down, column if self.block.binary else -1)
        if not self.block.binary:
            yield from self._wholes(knower)
            yield from self._additions(knower)
        for name, figure in self.block.figures.items():
            if (free[figure != 0] > 0).any():
                yield Target(name, figure, figure)

    def _additions(self, knower: Knower) -> Iterator[Target]:
        """Yield what a factory or an owner group adds to a sum, where it is alone in a column."""
        free = self.block.size - knower.count
        of_factory = self.block.of_factory
        for party in self.block.parties:
            theirs = sum(
                (of_factory[f] for f in party.factories - knower.knows), np.zeros_like(free)
            )
            alone = (theirs > 0) & (theirs == free)
            if not alone.any():
                continue
            for name, cell in self.block.sums.items():
                if (down := cell * alone).any():
                    yield Target(f"what {party.name} adds to {name}", cell * (theirs > 0), down)

    def _wholes(self, knower: Knower) -> Iterator[Target]:
        """Yield the women and men of one factory together, where it is alone in a column."""
        free = self.block.size - knower.count
        alone = free == 1
        for (factory, what), columns in self._parts.items():
            if factory not in knower.knows and alone[columns].any():
                up = np.zeros(len(free))
                up[columns] = 1
                yield Target(f"{what} of factory {factory}", up, np.where(alone, up, 0))

    def _pinned(self, knower: Knower, target: Target) -> bool:
        if target.answer >= 0:
            return self._certain(target.answer)
        own = _own(target, knower)
        if _wide(self._held, target, own):
            return False
        near = self._near() / (2 * len(target.up)) if self.block.binary else 0
        for cost in (-target.up, target.down):
            if (found := self._polytope.least(cost + near, *self._limits)) is not None:
                self._keep(found)
            if _wide(self._held, target, own):
                return False
        return True

    def _certain(self, column: int) -> bool:
        """Whether none of the unknown atoms of a column is a finding, or every one is."""
        lower, upper = self._limits
        some, less = lower.copy(), upper.copy()
        some[column] += 1
        less[column] -= 1
        return not (
            (self._most[column] > lower[column] + 0.5 or self._moves(column, 1, (some, upper)))
            and (
                self._least[column] < upper[column] - 0.5 or self._moves(column, -1, (lower, less))
            )
        )

    def _moves(self, column: int, step: int, limits: tuple[Vector, Vector]) -> bool:
        """Whether the rows allow columns within limits, one of which is a step from the truth."""
        start = self.block.truth.copy()
        start[column] += step
        found = mend(start, self.block.matrix[self._shown], self._rows(), limits)
        if found is None:
            return self._finds(*limits)
        self._keep(found)
        return True

    def _rows(self) -> tuple[Vector, Vector]:
        return self.block.low[self._shown], self.block.high[self._shown]

    def _finds(self, lower: Vector, upper: Vector) -> bool:
        """Whether the rows allow columns within limits."""
        found = self._polytope.any(self._near(), lower, upper)
        if found is not None:
            self._keep(found)
        return found is not None

    def _near(self) -> Vector:
        """Return a cost of leaving the truth where a column is all or nothing.

        What stays near the truth is possible for most other attackers too.
        """
        lower, upper = self._limits
        truth = self.block.truth
        cost: Vector = (truth <= lower).astype(float) - (truth >= upper).astype(float)
        return cost

    def _keep(self, found: Vector) -> None:
        self._possible = np.vstack([self._possible, found])
        self._agreeing = np.vstack([self._agreeing, found])
        self._held = np.vstack([self._held, found])
        self._least = np.minimum(self._least, found)
        self._most = np.maximum(self._most, found)


def _limits(block: Block, knower: Knower) -> tuple[Vector, Vector]:
    """Return the least and most that each column can be, given what is known."""
    free = block.size - knower.count
    most = free if block.binary else np.where(free > 0, MOST, 0)
    return knower.total, knower.total + most


def _own(target: Target, knower: Knower) -> tuple[float, float]:
    """Return what of a figure the attacker's own atoms are, which it wants no answer on."""
    return float(target.up @ knower.total), float(target.down @ knower.total)


def _wide(columns: Vector, target: Target, own: tuple[float, float]) -> bool:
    high = math.floor(float((columns @ target.up).max()) - own[0] + 1e-4)
    low = math.ceil(float((columns @ target.down).min()) - own[1] - 1e-4)
    return (1 - PINNED) * high > (1 + PINNED) * low


def _parts(block: Block) -> dict[tuple[str, str], list[int]]:
    parts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for column, atoms in enumerate(block.atoms):
        for atom in atoms:
            parts[atom.factory, atom.what.rpartition("/")[0]].append(column)
    return {part: columns for part, columns in parts.items() if len(columns) > 1}


def _name(atom: tuple[str, str, bool]) -> str:
    return f"{atom[1]} of factory {atom[0]}"
