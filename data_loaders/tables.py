"""The written programme of tables: which cells of the programme exist, and which show."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod

from dashboard.catalogue import Catalogue, Freq, Indicator, Table
from dashboard.model import Cell, Key, Series
from data_loaders.aggregate import Measured, Place, Sum
from data_loaders.knowledge import Line, tell
from data_loaders.periods import last_day
from data_loaders.protect import Primary, Sheet, hide, rounded, together

Cells = dict[Place, Cell]
By = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What it takes to publish a table. `sheet` gathers what the tables tell, for the audit.

    Places `elsewhere` are shown by another programme and left out.
    """

    measured: Measured
    primary: Primary
    measures_sources: Mapping[str, tuple[str, ...]]
    sheet: Sheet = field(default_factory=Sheet)
    elsewhere: frozenset[tuple[Series, Place]] = frozenset()

    def lines(self, tables: Iterable[Table], catalogue: Catalogue) -> Iterator[tuple[Line, Cells]]:
        """Yield the cells of every indicator in every table after the primary rule."""
        for position, table in enumerate(tables):
            for name in table.indicators:
                indicator = catalogue.indicators[name]
                freqs = [freq for freq in table.freq if freq in indicator.freq]
                panels = [panel for panel in table.panels if panel in indicator.panels]
                for freq, panel, by in product(freqs, panels, table.by):
                    if line := self._line((position, table), indicator, (freq, panel), by):
                        yield line, self._cells(line)

    def _line(
        self, at: tuple[int, Table], indicator: Indicator, which: tuple[Freq, str], by: By
    ) -> Line | None:
        formula = indicator.formula
        if formula.numerator is None:
            return None
        series = Series(indicator.id, indicator.unit, *which)
        above = self.measured.sums(formula.numerator, by, *which)
        below = (
            self.measured.sums(formula.denominator, by, *which) if formula.denominator else above
        )
        return Line(*at, indicator, series, by, (above, below))

    def _cells(self, line: Line) -> Cells:
        table = line.table
        raw = self._periods(table, self._raw(line), line.series.freq)
        expected = prod(len(table.only[name]) for name in table.together if name in table.only)
        siblings = tuple(name for name in table.together if name in line.by)
        shown = together(raw, siblings, expected)
        if table.protect != "none":
            for place, cell in shown.items():
                tell(self.sheet, line, place, cell, raw[place].status == "c")
        return shown

    def _raw(self, line: Line) -> Cells:
        table, indicator = line.table, line.indicator
        sources = self._sources(indicator)
        return {
            place: replace(
                rounded(
                    self._cell(table, indicator, line.above.get(place, Sum()), base),
                    table.rounding,
                ),
                sources=sources,
            )
            for place, base in line.below.items()
            if _listed(place[0], table.only) and (line.series, place) not in self.elsewhere
        }

    def _cell(self, table: Table, indicator: Indicator, above: Sum, below: Sum) -> Cell:
        """Return the unrounded cell of a sum, or of a ratio of sums, if the table may show it."""
        base = {factory for factory, value in below.by_factory.items() if value} - {""}
        if not self._allowed(table, below, base):
            return Cell(None, "c")
        n = len(base) or None
        if indicator.formula.denominator is None:
            value = below.value * indicator.formula.scale
            return Cell(value, "A", n if table.protect == "amount" else None)
        if not below.value:
            return Cell(None, "z")
        return Cell(indicator.formula.scale * above.value / below.value, "A", n)

    def _allowed(self, table: Table, below: Sum, base: set[str]) -> bool:
        match table.protect:
            case "rate":
                return self.primary.allows_rate(base)
            case "official":
                return self.primary.allows_official_rate(base)
            case "amount":
                return self.primary.allows_amount(below.by_factory)
            case _:
                return True

    def _sources(self, indicator: Indicator) -> tuple[str, ...]:
        terms = (indicator.formula.numerator, indicator.formula.denominator)
        named = [s for term in terms if term for s in self.measures_sources[term.measure]]
        return tuple(dict.fromkeys(named))

    def _periods(self, table: Table, cells: Cells, freq: str) -> Cells:
        if freq in ("C", "D"):
            return cells
        cut_off = self.measured.programme.cut_off
        ended = {p for _, p in cells if last_day(p) <= cut_off}
        if table.periods == "complete":
            return {place: cell for place, cell in cells.items() if place[1] in ended}
        if table.periods == "latest":
            last = max((p for _, p in cells), default="")
            return {place: cell for place, cell in cells.items() if place[1] == last}
        return {place: cell if place[1] in ended else _open(cell) for place, cell in cells.items()}


def after_audit(line: Line, cells: Cells, units: Collection[str]) -> Cells:
    """Return the cells with those hidden that stand in one of the units."""
    return {p: hide(cell) if line.unit(p) in units else cell for p, cell in cells.items()}


def _open(cell: Cell) -> Cell:
    return cell if cell.value is None else replace(cell, flags=("incomplete",))


def _listed(key: Key, only: Mapping[str, tuple[str, ...]]) -> bool:
    return all(code in only[name] for name, code in key if name in only)
