"""Records to measures by cell, with who contributed to each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import product

from dashboard.catalogue import Freq, Term
from dashboard.model import Key
from data_loaders.contributions import Contribution, Measure
from data_loaders.periods import last_day, period_of, span
from data_loaders.programme import Programme

Place = tuple[Key, str]
"""A key and a period."""


@dataclass(slots=True)
class Sum:
    """A measure in one cell: what each factory adds, whole and fact by fact."""

    by_factory: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    facts: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))

    @property
    def value(self) -> float:
        """The total of all factories."""
        return sum(self.by_factory.values())


@dataclass(frozen=True)
class Measured:
    """Every contribution of a programme, computed once per measure."""

    programme: Programme
    measures: Mapping[str, Measure]

    @cached_property
    def _contributions(self) -> dict[str, list[Contribution]]:
        return {}

    def contributions(self, measure: str) -> list[Contribution]:
        """Return the contributions to a measure up to the cut-off."""
        if measure not in self._contributions:
            found = self.measures[measure].of(self.programme)
            self._contributions[measure] = [
                replace(c, fact=c.fact or f"{measure} {c.period} {_told(c.key)}")
                for c in found
                if self._known(c, measure)
            ]
        return self._contributions[measure]

    def _known(self, row: Contribution, measure: str) -> bool:
        if self.measures[measure].timing != "event":
            return True
        return date.fromisoformat(row.period) <= self.programme.cut_off

    def sums(self, term: Term, by: tuple[str, ...], freq: Freq, panel: str) -> dict[Place, Sum]:
        """Return the sums of a term by key over the dimensions `by` and by period."""
        cells: dict[Place, Sum] = defaultdict(Sum)
        wanted = {name: set(codes) for name, codes in term.where.items()}
        for row, period in self._in_periods(term.measure, freq, panel):
            at = dict(row.key)
            if all(at.get(name) in codes for name, codes in wanted.items()) and at.keys() >= set(
                by
            ):
                key = tuple(sorted((name, at[name]) for name in by))
                cell = cells[key, period]
                cell.by_factory[row.factory] += row.value
                cell.facts[row.factory, row.fact] += row.value
        for place in product({key for key, _ in cells}, self._periods(term.measure, cells, freq)):
            _ = cells[place]
        return dict(cells)

    def _in_periods(
        self, measure: str, freq: Freq, panel: str
    ) -> Iterator[tuple[Contribution, str]]:
        rows = [c for c in self.contributions(measure) if c.panel == panel]
        match self.measures[measure].timing:
            case "event":
                return ((c, period_of(date.fromisoformat(c.period), freq)) for c in rows)
            case "stock":
                return _last_of(rows, freq)
            case _:
                return ((c, c.period) for c in rows if _is(c.period, freq))

    def _periods(self, measure: str, cells: Iterable[Place], freq: Freq) -> Iterable[str]:
        """Return the periods in which every key has a cell: nothing counted is a zero, not a hole.

        Events have every period from the first month of the programme on, other measures those in
        which anything was counted. A hole would say what a hidden cell must not.
        """
        there = {period for _, period in cells}
        if self.measures[measure].timing != "event" or not there or freq in ("C", "D"):
            return there
        begun = [period_of(last_day(month), freq) for month in self.programme.months[:1]]
        return span(min(*there, *begun, max(there)), period_of(self.programme.cut_off, freq), freq)


def _told(key: Key) -> str:
    """Write a key out, the person's sex last: the parts of one figure have the same beginning."""
    rest = " ".join(code for name, code in sorted(key) if name != "sex")
    return f"{rest}/{dict(key).get('sex', '')}"


def _is(period: str, freq: Freq) -> bool:
    kinds: dict[str, bool] = {"FY": period.startswith("FY"), "C": period.startswith("C")}
    return kinds.get(freq, False)


def _last_of(rows: Iterable[Contribution], freq: Freq) -> Iterator[tuple[Contribution, str]]:
    """Yield the contributions of the last month there is in each period."""
    rows = list(rows)
    last: dict[str, str] = {}
    for month in {row.period for row in rows}:
        period = _period_of_month(month, freq)
        last[period] = max(month, last.get(period, month))
    for row in rows:
        period = _period_of_month(row.period, freq)
        if last[period] == row.period:
            yield row, period


def _period_of_month(month: str, freq: Freq) -> str:
    return period_of(date.fromisoformat(f"{month}-01"), freq)
