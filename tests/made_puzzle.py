"""An attacker of the tests' own: it reads published cells and the programme's structure only.

It is written apart from the protector. Rates and sums become limits by their published meaning,
and what is certain is proved by HiGHS; a world that was found is tried on everybody else first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import highspy
import numpy as np
from made_programmes import Made
from numpy.typing import NDArray

Vector = NDArray[np.float64]
MOST = 1e6
NEAR = 0.1
"""A number is given away when somebody knows it within this share of itself, either way."""


class Unknown(NamedTuple):
    """An answer, or a number of persons or things, of one factory."""

    factory: str
    what: str


@dataclass(frozen=True)
class Told:
    """What one published cell says: low <= sum of weight x unknown <= high."""

    weights: Mapping[Unknown, float]
    low: float
    high: float


@dataclass(frozen=True)
class Known:
    """What is to be worked out: unknowns with their true values, and everything that was told.

    `figures` are what each cell counts, by its name: what a factory or a group adds to one is
    nobody's business. `secret` are those that may not be published.
    """

    truth: Mapping[Unknown, float]
    told: Sequence[Told]
    figures: Mapping[str, frozenset[Unknown]]
    secret: frozenset[str]
    answers: bool


class Puzzle:
    """Unknowns of the same kind stand in the same cells: only their sum is ever told."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.unknowns = sorted(known.truth)
        at = {unknown: number for number, unknown in enumerate(self.unknowns)}
        cells: list[Mapping[Unknown, float]] = [t.weights for t in known.told]
        cells += [dict.fromkeys(them, 1.0) for them in known.figures.values()]
        matrix = np.zeros((len(cells), len(at)))
        for row, weights in enumerate(cells):
            for unknown, weight in weights.items():
                matrix[row, at[unknown]] = weight
        columns, self.kind = np.unique(matrix, axis=1, return_inverse=True)
        told = len(known.told)
        self.rows, self.figures = columns[:told], columns[told:]
        self.truth = np.array([known.truth[unknown] for unknown in self.unknowns])
        self.limits = (
            np.array([t.low for t in known.told]),
            np.array([t.high for t in known.told]),
        )
        self.worlds = self.sums(np.ones(len(at), dtype=bool), self.truth)[None, :]
        self._solver = self._model()

    def sums(self, of: NDArray[np.bool_], values: Vector) -> Vector:
        """Return the sum of some unknowns by kind."""
        found: Vector = np.bincount(self.kind[of], values[of], self.rows.shape[1]).astype(float)
        return found

    @cached_property
    def swaps(self) -> NDArray[np.bool_]:
        """Whether one answer more of a kind and one less of another is told in the same way.

        The last row and column stand for no answer at all.
        """
        moves = np.hstack([self.rows, np.zeros((len(self.rows), 1))])
        truth, (low, high) = self.rows @ self.worlds[0], self.limits
        fit = np.ones((moves.shape[1], moves.shape[1]), dtype=bool)
        for row, least, most in zip(moves, low - truth, high - truth, strict=True):
            change = row[:, None] - row[None, :]
            fit &= (change >= least - 1e-6) & (change <= most + 1e-6)
        return fit

    def world(self, cost: Vector, low: Vector, high: Vector) -> bool:
        """Look for a world with little cost between limits, and keep it."""
        solver, size = self._solver, len(cost)
        columns = np.arange(size, dtype=np.int32)
        solver.changeColsBounds(size, columns, low, high)
        solver.changeColsCost(size, columns, cost)
        solver.clearSolver()
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return False
        assert status == highspy.HighsModelStatus.kOptimal, solver.modelStatusToString(status)
        found = np.array(solver.getSolution().col_value)
        self.worlds = np.vstack([self.worlds, np.round(found) if self.known.answers else found])
        return True

    def _model(self) -> Any:
        solver = highspy.Highs()
        solver.silent()
        kind = highspy.HighsVarType.kInteger if self.known.answers else None
        kinds = highspy.HighsVarType.kContinuous if kind is None else kind
        columns = [solver.addVariable(0, MOST, 0, kinds) for _ in range(self.rows.shape[1])]
        for weights, low, high in zip(self.rows, *self.limits, strict=True):
            there = np.flatnonzero(weights).astype(np.int32)
            solver.addRow(low, high, len(there), there, weights[there])
        truth = self.rows @ self.worlds[0]
        assert (truth >= self.limits[0] - 1e-6).all()
        assert (truth <= self.limits[1] + 1e-6).all()
        assert len(columns) == self.rows.shape[1]
        return solver


class Mind:
    """Someone who knows all about some factories and thinks about a puzzle."""

    def __init__(self, puzzle: Puzzle, knows: Iterable[str]) -> None:
        knows = frozenset(knows)
        self.puzzle = puzzle
        self.mine = np.array([unknown.factory in knows for unknown in puzzle.unknowns], dtype=bool)
        ones = np.ones(len(self.mine))
        self.free = puzzle.sums(~self.mine, ones)
        self.low = puzzle.sums(self.mine, puzzle.truth)
        answers = puzzle.known.answers
        self.high = self.low + (self.free if answers else MOST * (self.free > 0))

    def learns(self, groups: Iterable[Iterable[str]]) -> Iterator[str]:
        """Yield what this attacker can be sure of, or knows nearly, of others."""
        if self.puzzle.known.answers:
            yield from self._answers()
        else:
            yield from self._numbers()
            yield from self._parts(groups)
        for name, figure in zip(self.puzzle.known.figures, self.puzzle.figures, strict=True):
            counted = (figure > 0) & (self.free > 0)
            if name in self.puzzle.known.secret and self._near(counted, counted):
                yield f"the hidden figure {name}"

    def _held(self) -> Vector:
        worlds = self.puzzle.worlds
        fit = (worlds >= self.low - 1e-6) & (worlds <= self.high + 1e-6)
        return worlds[fit.all(axis=1)]

    def _answers(self) -> Iterator[str]:
        truth, swaps = self.puzzle.worlds[0], self.puzzle.swaps
        fewer = np.append(truth > self.low, [True])
        more = np.append(truth < self.high, [True])
        grows = (truth > self.low) | swaps[:-1, fewer].any(axis=1)
        falls = (truth < self.high) | swaps[:, :-1][more].any(axis=0)
        for kind in np.flatnonzero((self.free > 0) & ~(grows & falls)).tolist():
            some, less = self.low.copy(), self.high.copy()
            some[kind] += 1
            less[kind] -= 1
            if not self._possible(some, self.high):
                yield f"no finding in {self._name(kind)}"
            elif not self._possible(self.low, less):
                yield f"a finding in {self._name(kind)}"

    def _possible(self, low: Vector, high: Vector) -> bool:
        worlds = self.puzzle.worlds
        if ((worlds >= low - 1e-6) & (worlds <= high + 1e-6)).all(axis=1).any():
            return True
        truth = worlds[0]
        away = np.where(truth <= self.low, 1.0, np.where(truth >= self.high, -1.0, 0.0))
        return self.puzzle.world(away, low, high)

    def _numbers(self) -> Iterator[str]:
        for kind in np.flatnonzero(self.free == 1).tolist():
            only = np.arange(len(self.free)) == kind
            if self._near(only, only):
                yield self._name(kind)

    def _parts(self, groups: Iterable[Iterable[str]]) -> Iterator[str]:
        """Yield what a factory or a group adds to a cell."""
        puzzle = self.puzzle
        for group in groups:
            theirs = frozenset(group)
            of = np.array([u.factory in theirs for u in puzzle.unknowns]) & ~self.mine
            count = puzzle.sums(of, np.ones(len(of)))
            alone = (count == self.free) & (count > 0)
            for name, figure in zip(puzzle.known.figures, puzzle.figures, strict=True):
                if (alone & (figure > 0)).any():
                    some = (count > 0) & (figure > 0)
                    if self._near(some, alone & (figure > 0)):
                        yield f"{name} of {', '.join(sorted(theirs))}"

    def _near(self, most: NDArray[np.bool_], least: NDArray[np.bool_]) -> bool:
        """Whether a sum is known: at most that of some kinds, at least that of others."""
        if not most.any() or self._wide(most, least):
            return False
        for cost in (np.where(most, -1.0, 0.0), np.where(least, 1.0, 0.0)):
            assert self.puzzle.world(cost, self.low, self.high)
            if self._wide(most, least):
                return False
        return True

    def _wide(self, most: NDArray[np.bool_], least: NDArray[np.bool_]) -> bool:
        worlds = self._held() - self.low
        high = np.floor(worlds[:, most].sum(axis=1).max() + 1e-4)
        low = np.ceil(worlds[:, least].sum(axis=1).min() - 1e-4)
        return bool((1 - NEAR) * high > (1 + NEAR) * low)

    def _name(self, kind: int) -> str:
        of = (self.puzzle.kind == kind) & ~self.mine
        first = self.puzzle.unknowns[int(np.flatnonzero(of)[0])]
        return f"{first.what} of {first.factory}"


def everybody(them: Made) -> list[frozenset[str]]:
    """Return what each attacker knows: nothing, a brand's suppliers, a group's own factories."""
    minds = [frozenset[str](), *map(frozenset, them.suppliers.values()), *groups(them)]
    return list(dict.fromkeys(minds))


def groups(them: Made) -> list[frozenset[str]]:
    """Return the factories of every owner group."""
    owners: dict[str, set[str]] = {}
    for id_, row in them.factories.items():
        owners.setdefault(row.owner, set()).add(id_)
    return [frozenset(owners[owner]) for owner in sorted(owners)]


def recovered(known: Known, them: Made) -> list[str]:
    """Return everything that anybody can work out."""
    puzzle = Puzzle(known)
    parties = {*groups(them), *(frozenset({factory}) for factory in them.factories)}
    wanted = sorted(parties, key=sorted)
    return [
        f"{number}: {found}"
        for number, knows in enumerate(everybody(them))
        for found in Mind(puzzle, knows).learns(p - knows for p in wanted if p - knows)
    ]
