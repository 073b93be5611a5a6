"""What the cells of a protected table tell a reader: their rows for the audit."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.catalogue import Indicator, Table
from dashboard.model import Cell, Series
from data_loaders.aggregate import Place, Sum
from data_loaders.protect import (
    Atom,
    Row,
    Sheet,
    finding_row,
    half_up,
    level_row,
    rounded,
    share_row,
)
from data_loaders.protect.rows import Bound

STEPS = {"ten": 10.0, "one_percent": 1.0, "five_percent": 5.0}


@dataclass(frozen=True, slots=True)
class Line:
    """One table of one indicator by some dimensions: where it stands, and its sums by place."""

    position: int
    table: Table
    indicator: Indicator
    series: Series
    by: tuple[str, ...]
    sums: tuple[Mapping[Place, Sum], Mapping[Place, Sum]]

    @property
    def above(self) -> Mapping[Place, Sum]:
        """What is counted."""
        return self.sums[0]

    @property
    def below(self) -> Mapping[Place, Sum]:
        """What it is counted in; the same where the cell is no ratio."""
        return self.sums[1]

    @property
    def asks(self) -> bool:
        """Whether it counts yes/no findings over a base of known size."""
        above, below = self.indicator.formula.numerator, self.indicator.formula.denominator
        return bool(above and below and above.measure != below.measure)

    def unit(self, place: Place) -> str:
        """Name what stands or falls together with a cell."""
        key = tuple(pair for pair in place[0] if pair[0] not in self.table.together)
        beside = "".join(f" by {name}" for name in self.by if name in self.table.together)
        return f"{self.table.id}{beside}: {row_name(self.series, (key, place[1]))}"


def row_name(series: Series, place: Place) -> str:
    """Name a cell for staff: indicator, frequency, panel, period and codes."""
    key, period = place
    codes = " ".join(f"{name}={code}" for name, code in key)
    return f"{series.indicator} {series.freq} {series.panel} {period} {codes}".strip()


def tell(sheet: Sheet, line: Line, place: Place, cell: Cell, secret: bool) -> None:
    """Add what a cell tells, or keeps secret; a cell without contributors tells nothing."""
    above, below = line.above.get(place, Sum()), line.below[place]
    if cell.status not in ("A", "c") or not below.facts:
        return
    found = _atoms(above, line.asks)
    base = _atoms(below, line.asks)
    rank = (-len(line.by), -line.position, len(below.by_factory))
    row = Row(
        row_name(line.series, place),
        line.unit(place),
        rank,
        _bounds(line, cell, found, base) if cell.value is not None else (),
        dict.fromkeys(base if line.asks else found, 1.0),
        secret,
    )
    sheet.add(row, dict.fromkeys(base, 0.0) | found if line.asks else base | found)


def _atoms(cell: Sum, asks: bool) -> dict[Atom, float]:
    return {
        Atom(factory, fact, asks): value for (factory, fact), value in sorted(cell.facts.items())
    }


def _bounds(
    line: Line, cell: Cell, found: Mapping[Atom, float], base: Mapping[Atom, float]
) -> tuple[Bound, ...]:
    if line.asks:
        return finding_row(base, round(sum(found.values())), lambda share: _shown(line, share))
    if line.indicator.formula.denominator is None:
        step = STEPS.get(line.table.rounding, 1.0)
        return level_row(base, float(cell.value or 0), step)
    return share_row(found, base, _limits(line, cell))


def _shown(line: Line, share: float) -> object:
    cell = rounded(Cell(line.indicator.formula.scale * share, "A"), line.table.rounding)
    shown = half_up(cell, line.indicator.decimals)
    return shown.value, shown.qualifier


def _limits(line: Line, cell: Cell) -> tuple[float, float]:
    """Return between what the unrounded share lies, from 0 to 1."""
    scale = line.indicator.formula.scale
    value = float(cell.value or 0)
    if cell.qualifier == "lt":
        return 0.0, value / scale
    if cell.qualifier == "gt":
        return value / scale, 1.0
    half = STEPS.get(line.table.rounding, 10.0**-line.indicator.decimals) / 2
    least, most = (10, 90) if line.table.rounding == "five_percent" else (0, scale)
    return max(least, value - half) / scale, min(most, value + half) / scale
