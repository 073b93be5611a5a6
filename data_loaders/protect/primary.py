"""Primary protection of the programme's cells, rounding, and tables that stand or fall together.

The rule (docs/method): a cell is hidden when fewer than five owner groups stand behind it (a rate:
fewer than ten factories or five groups; five and five once any one brand's suppliers are taken
away), or when the others together amount to less than p % of the largest contributor, as seen by an
outsider, by the second largest group, and after taking any one brand's suppliers away. A rate that
only the ministry sees is hidden with fewer than five factories or three owner groups.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from dashboard.model import Cell, Key, Qualifier

MIN_GROUPS = 5
MIN_RATE_FACTORIES = 10
MIN_WITHOUT_BRAND = 5
MIN_OFFICIAL_FACTORIES = 5
MIN_OFFICIAL_GROUPS = 3


@dataclass(frozen=True, slots=True)
class Primary:
    """Who owns what, who supplies whom, and the p of the p % rule."""

    owners: Mapping[str, str]
    suppliers: Mapping[str, frozenset[str]]
    p_percent: float

    def allows_amount(self, by_factory: Mapping[str, float]) -> bool:
        """Whether an amount may be shown, given what each factory adds."""
        return all(
            self._groups(part) >= MIN_GROUPS and not self._dominated(part)
            for part in self._views(by_factory)
        )

    def allows_rate(self, base: Collection[str]) -> bool:
        """Whether a rate over these factories may be shown."""
        if len(base) < MIN_RATE_FACTORIES or self._groups(base) < MIN_GROUPS:
            return False
        rests = (set(base) - suppliers for suppliers in self.suppliers.values())
        return all(len(r) >= MIN_WITHOUT_BRAND and self._groups(r) >= MIN_GROUPS for r in rests)

    def allows_official_rate(self, base: Collection[str]) -> bool:
        """Whether a rate over these factories may be shown to the ministry."""
        enough = len(base) >= MIN_OFFICIAL_FACTORIES
        return enough and self._groups(base) >= MIN_OFFICIAL_GROUPS

    def groups(self) -> list[tuple[str, frozenset[str]]]:
        """Return every owner group and its factories, in the order of their names."""
        found: dict[str, set[str]] = defaultdict(set)
        for factory, owner in self.owners.items():
            found[owner].add(factory)
        return sorted((owner, frozenset(them)) for owner, them in found.items())

    def _views(self, by_factory: Mapping[str, float]) -> list[dict[str, float]]:
        rests = [
            {f: v for f, v in by_factory.items() if f not in suppliers}
            for suppliers in self.suppliers.values()
        ]
        return [dict(by_factory), *rests]

    def _groups(self, factories: Collection[str]) -> int:
        return len({self.owners.get(f, f) for f in factories})

    def _dominated(self, by_factory: Mapping[str, float]) -> bool:
        sums: dict[str, float] = defaultdict(float)
        for factory, value in by_factory.items():
            sums[self.owners.get(factory, factory)] += value
        largest, _second, *rest = [*sorted(sums.values(), reverse=True), 0, 0]
        return sum(rest) < self.p_percent / 100 * largest


def rounded(cell: Cell, rounding: str) -> Cell:
    """Round a cell once, deterministically; rates in steps of five read "under 10", "over 90"."""
    if cell.value is None:
        return cell
    match rounding:
        case "ten":
            return replace(cell, value=_to(cell.value, 10))
        case "one_percent":
            return replace(cell, value=_to(cell.value, 1))
        case "five_percent":
            value, qualifier = five_percent(cell.value)
            return replace(cell, value=value, qualifier=qualifier)
        case _:
            return cell


def half_up(cell: Cell, decimals: int) -> Cell:
    """Round a cell's value half up, away from zero."""
    if cell.value is None:
        return cell
    scaled = math.floor(abs(cell.value) * 10**decimals + 0.5 + 1e-9)
    return replace(cell, value=math.copysign(scaled / 10**decimals, cell.value) if scaled else 0.0)


def five_percent(rate: float) -> tuple[float, Qualifier]:
    """Return a rate in steps of five: (10, "lt") below 10 and (90, "gt") above 90."""
    if rate < 10:
        return 10, "lt"
    if rate > 90:
        return 90, "gt"
    return _to(rate, 5), ""


def _to(value: float, step: float) -> float:
    return math.floor(value / step + 0.5) * step


def together(
    cells: dict[tuple[Key, str], Cell], dimensions: tuple[str, ...], expected: int
) -> dict[tuple[Key, str], Cell]:
    """Hide a whole row of siblings along `dimensions` unless all `expected` of them pass."""
    if not dimensions:
        return cells
    rows: dict[tuple[Key, str], list[tuple[Key, str]]] = defaultdict(list)
    for key, period in cells:
        rest = tuple(pair for pair in key if pair[0] not in dimensions)
        rows[rest, period].append((key, period))
    result = dict(cells)
    for siblings in rows.values():
        if len(siblings) < expected or any(cells[at].status == "c" for at in siblings):
            result |= {at: hide(cells[at]) for at in siblings}
    return result


def hide(cell: Cell) -> Cell:
    """Return the cell with nothing to see in it but that it is confidential."""
    return Cell(None, "c", None, (), "", cell.sources)
