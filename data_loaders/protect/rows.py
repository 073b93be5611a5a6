"""What an attacker reads and what it wants to know: rows over atoms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Atom(NamedTuple):
    """One unknown: a yes/no finding of a factory, or a number of persons or things in one."""

    factory: str
    what: str
    binary: bool


class Bound(NamedTuple):
    """`low <= sum of coefficient x atom <= high`; None is no limit."""

    weights: Mapping[Atom, float]
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One cell of the programme of tables.

    `unit` names what is hidden and put back together with it. `rank` is its usefulness: the
    smallest goes first. `bounds` is what a reader learns from it. `figure` is what it counts.
    A `secret` row is hidden by the primary rule: its figure is protected, and it says nothing.
    """

    name: str
    unit: str
    rank: tuple[int, ...]
    bounds: tuple[Bound, ...]
    figure: Mapping[Atom, float]
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Attacker:
    """Someone who reads everything published and knows all about some factories.

    What a group that `owns` them adds to a figure is protected from everybody else.
    """

    name: str
    knows: frozenset[str]
    owns: bool = False


@dataclass(slots=True)
class Sheet:
    """All rows of a release, or of an earlier one, and the truth behind them."""

    rows: list[Row] = field(default_factory=list)
    truth: dict[Atom, float] = field(default_factory=dict)

    def add(self, row: Row, truth: Mapping[Atom, float]) -> None:
        """Add a row and the values of its atoms."""
        self.rows.append(row)
        self.truth.update(truth)

    def without(self, hidden: Iterable[str]) -> "Sheet":
        """Return what was published: rows that are neither secret nor in the units given."""
        gone = set(hidden)
        rows = [row for row in self.rows if row.bounds and row.unit not in gone]
        used = {atom for row in rows for bound in row.bounds for atom in bound.weights}
        return Sheet(rows, {atom: self.truth[atom] for atom in sorted(used)})

    def beside(self, truth: Mapping[Atom, float], release: str) -> "Sheet":
        """Return the rows as knowledge beside another truth.

        An atom whose value was another one then is another unknown: it was corrected since.
        """
        names = {
            atom: atom
            if truth.get(atom, value) == value
            else atom._replace(what=f"{atom.what} in {release}")
            for atom, value in self.truth.items()
        }
        rows = [
            Row(f"{row.name} in {release}", "", (), _renamed(row.bounds, names), {})
            for row in self.rows
        ]
        return Sheet(rows, {names[atom]: value for atom, value in self.truth.items()})


def _renamed(bounds: Iterable[Bound], names: Mapping[Atom, Atom]) -> tuple[Bound, ...]:
    return tuple(
        bound._replace(weights={names[atom]: w for atom, w in bound.weights.items()})
        for bound in bounds
    )
