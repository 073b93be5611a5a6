"""Rows that have atoms in common, with atoms that nobody can tell apart counted together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from data_loaders.protect.rows import Atom, Attacker, Row
from data_loaders.protect.solver import NO_LIMIT, Vector


@dataclass(frozen=True, slots=True)
class Knower:
    """What one attacker (or several that know the same) knows of a block, by column."""

    name: str
    knows: frozenset[str]
    count: Vector
    total: Vector


@dataclass(frozen=True, slots=True)
class Party:
    """A factory, or all factories of an owner group: what it adds to a sum is protected."""

    name: str
    factories: frozenset[str]


@dataclass(frozen=True)
class Block:
    """Rows and columns; a column is the sum of atoms that are alike in every row.

    `size` and `truth` are the number of atoms in each column and their sum. `matrix`, `low`,
    `high` are the published inequalities, `unit_of` the unit of each ("" = published for ever).
    `figures` are the protected sums by the name of their row. `sums` are all that cells add up, and
    `parties` whose part of them is protected; both only where numbers are unknown.
    """

    binary: bool
    atoms: tuple[tuple[Atom, ...], ...]
    size: Vector
    truth: Vector
    matrix: Vector
    low: Vector
    high: Vector
    unit_of: tuple[str, ...]
    ranks: Mapping[str, tuple[int, ...]]
    figures: Mapping[str, Vector]
    sums: Mapping[str, Vector]
    parties: tuple[Party, ...]
    knowers: tuple[Knower, ...]

    @cached_property
    def of_factory(self) -> Mapping[str, Vector]:
        """The number of atoms of each factory in each column."""
        found: dict[str, Vector] = defaultdict(lambda: np.zeros(len(self.atoms)))
        for column, atoms in enumerate(self.atoms):
            for atom in atoms:
                found[atom.factory][column] += 1
        return dict(found)

    @property
    def units(self) -> list[str]:
        """The units that may be hidden, least useful first."""
        return sorted(self.ranks, key=lambda unit: (self.ranks[unit], unit))

    def shown(self, hidden: Iterable[str]) -> NDArray[np.bool_]:
        """Return which inequalities count when some units are hidden."""
        gone = set(hidden)
        return np.array([unit not in gone for unit in self.unit_of], dtype=bool)


def split(
    rows: Sequence[Row], truth: Mapping[Atom, float], attackers: Sequence[Attacker]
) -> list[Block]:
    """Return the blocks of rows that have no atom in common, in the order of their first rows."""
    groups = _components(rows)
    return [_block(group, truth, attackers) for group in groups]


def _components(rows: Sequence[Row]) -> list[list[Row]]:
    parent = list(range(len(rows)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    first: dict[Atom, int] = {}
    for number, row in enumerate(rows):
        for atom in _atoms(row):
            one, other = root(first.setdefault(atom, number)), root(number)
            parent[max(one, other)] = min(one, other)
    groups: dict[int, list[Row]] = defaultdict(list)
    for number, row in enumerate(rows):
        groups[root(number)].append(row)
    return list(groups.values())


def _atoms(row: Row) -> Iterable[Atom]:
    yield from row.figure
    for bound in row.bounds:
        yield from bound.weights


def _block(rows: list[Row], truth: Mapping[Atom, float], attackers: Sequence[Attacker]) -> Block:
    bounds = [(row, bound) for row in rows for bound in row.bounds]
    secrets = [row for row in rows if row.secret]
    sums = {name: dict.fromkeys(them, 1.0) for them, name in _sums(rows).items()}
    vectors = [bound.weights for _, bound in bounds] + [row.figure for row in secrets]
    vectors += sums.values()
    alike: dict[tuple[tuple[int, float], ...], list[Atom]] = defaultdict(list)
    for atom, column in sorted(_columns(vectors).items()):
        alike[tuple(column)].append(atom)
    atoms = tuple(tuple(group) for group in alike.values())
    table = np.zeros((len(vectors), len(atoms)))
    for at, entries in enumerate(alike):
        for row_at, weight in entries:
            table[row_at, at] = weight
    at = len(bounds) + len(secrets)
    return Block(
        binary=any(group[0].binary for group in atoms),
        atoms=atoms,
        size=np.array([len(group) for group in atoms], dtype=float),
        truth=np.array([sum(truth[a] for a in group) for group in atoms], dtype=float),
        matrix=table[: len(bounds)],
        low=np.array([-NO_LIMIT if b.low is None else b.low for _, b in bounds], dtype=float),
        high=np.array([NO_LIMIT if b.high is None else b.high for _, b in bounds], dtype=float),
        unit_of=tuple(row.unit for row, _ in bounds),
        ranks=_ranks(row for row, _ in bounds),
        figures={row.name: table[len(bounds) + at] for at, row in enumerate(secrets)},
        sums=dict(zip(sums, table[at:], strict=True)),
        parties=tuple(_parties(atoms, attackers)) if sums else (),
        knowers=tuple(_knowers(atoms, truth, attackers)),
    )


def _sums(rows: Iterable[Row]) -> dict[frozenset[Atom], str]:
    """Return what the cells add up, or are a share of, with the name of the first such cell."""
    sums: dict[frozenset[Atom], str] = {}
    for row in rows:
        for what, atoms in [("", row.figure), *(("base of ", b.weights) for b in row.bounds)]:
            if atoms and not any(atom.binary for atom in atoms):
                sums.setdefault(frozenset(atoms), f"{what}{row.name}")
    return sums


def _parties(atoms: tuple[tuple[Atom, ...], ...], attackers: Sequence[Attacker]) -> Iterable[Party]:
    there = {atom.factory for group in atoms for atom in group}
    yield from (Party(f"factory {f}", frozenset({f})) for f in sorted(there))
    for attacker in attackers:
        if attacker.owns and len(attacker.knows & there) > 1:
            yield Party(attacker.name, attacker.knows & there)


def _columns(vectors: list[Mapping[Atom, float]]) -> dict[Atom, list[tuple[int, float]]]:
    columns: dict[Atom, list[tuple[int, float]]] = defaultdict(list)
    for number, weights in enumerate(vectors):
        for atom, weight in weights.items():
            columns[atom].append((number, weight))
    return columns


def _ranks(rows: Iterable[Row]) -> dict[str, tuple[int, ...]]:
    ranks: dict[str, tuple[int, ...]] = {}
    for row in rows:
        if row.unit:
            ranks[row.unit] = max(row.rank, ranks.get(row.unit, row.rank))
    return ranks


def _knowers(
    atoms: tuple[tuple[Atom, ...], ...], truth: Mapping[Atom, float], attackers: Sequence[Attacker]
) -> Iterable[Knower]:
    there = {atom.factory for group in atoms for atom in group}
    seen: set[frozenset[str]] = set()
    for attacker in attackers:
        knows = attacker.knows & there
        if knows in seen:
            continue
        seen.add(knows)
        known = [[truth[a] for a in group if a.factory in knows] for group in atoms]
        yield Knower(
            attacker.name,
            knows,
            np.array([len(values) for values in known], dtype=float),
            np.array([sum(values) for values in known], dtype=float),
        )
