"""Figures of official statistics to cells: as published, gaps kept, nothing added up twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from dashboard.catalogue import Formula, Freq, Indicator, Term
from dashboard.model import Cell, Key
from data_loaders import vintages
from data_loaders.formulas import converted
from data_loaders.periods import last_day, months_of, period_of, span, vintage_order
from data_loaders.records import Figure

ByPeriod = dict[str, Cell]
Given = Mapping[tuple[str, str], Mapping[Key, ByPeriod]]
"""(measure, freq) -> key -> period -> cell."""


def given(figures: Iterable[Figure], one_vintage: frozenset[str] = frozenset()) -> Given:
    """Index figures; a later vintage of a figure replaces an earlier one and is marked revised.

    Where an earlier vintage lengthens a series of the sources of `one_vintage`, whose figures are
    not comparable over vintages, the join is marked as a break.
    """
    found: dict[tuple[str, str], dict[Key, ByPeriod]] = defaultdict(lambda: defaultdict(dict))
    held: dict[vintages.Cell, Figure] = {}
    for figure in sorted(figures, key=lambda f: vintage_order(f.vintage)):
        key = tuple(sorted(figure.key))
        by_period = found[figure.measure, figure.freq][key]
        by_period[figure.time_period] = _cell(figure, by_period.get(figure.time_period))
        held[figure.measure, figure.freq, key, figure.time_period] = figure
    for measure, freq, key, period in vintages.joins(held, one_vintage):
        cell = found[measure, freq][key][period]
        found[measure, freq][key][period] = replace(cell, flags=tuple(sorted({*cell.flags, "b"})))
    return found


def _cell(figure: Figure, earlier: Cell | None) -> Cell:
    revised = earlier is not None and earlier.value != figure.value
    flags = tuple(sorted({*figure.flags} | ({"r"} if revised else set())))
    value = None if figure.status == "x" else figure.value
    return Cell(value, figure.status, None, flags, figure.qualifier, (figure.origin.source,))


def cells(
    indicator: Indicator, freq: Freq, unit: str, all_given: Given, rates: Mapping[str, str]
) -> dict[Key, ByPeriod]:
    """Return the cells of an indicator at a frequency, in a unit.

    `rates` gives per frequency the measure with dollars per unit of a foreign currency; longer
    periods are sums of converted months.
    """
    formula = indicator.formula
    if formula.numerator is None:
        return {}
    found = _at(formula.numerator, formula, freq, all_given, rates)
    if formula.denominator is not None:
        below = _at(formula.denominator, formula, freq, all_given, rates)
        found = {
            key: _divided(by_period, below[key], formula.scale)
            for key, by_period in found.items()
            if key in below
        }
    return {key: _with_gaps(by_period, freq, found) for key, by_period in found.items()}


def _at(
    term: Term, formula: Formula, freq: Freq, all_given: Given, rates: Mapping[str, str]
) -> dict[Key, ByPeriod]:
    direct = _term(term, freq, all_given)
    if direct or formula.over_time == "none" or freq == "M":
        return _in_currency(direct, freq, all_given, rates)
    months = _in_currency(_term(term, "M", all_given), "M", all_given, rates)
    summed = {key: sums(by_period, freq) for key, by_period in months.items()}
    return {key: by_period for key, by_period in summed.items() if _any_whole(by_period)}


def _any_whole(by_period: ByPeriod) -> bool:
    return any(c.value is not None and "incomplete" not in c.flags for c in by_period.values())


def _in_currency(
    found: dict[Key, ByPeriod], freq: Freq, all_given: Given, rates: Mapping[str, str]
) -> dict[Key, ByPeriod]:
    if not rates or freq not in rates:
        return found if not rates else {}
    by_period = all_given.get((rates[freq], freq), {}).get((), {})
    return {key: converted(values, by_period) for key, values in found.items()}


def _term(term: Term, freq: Freq, all_given: Given) -> dict[Key, ByPeriod]:
    """Return the figures of a term; codes of `where` are added only when all of them are there."""
    parts: dict[Key, list[ByPeriod]] = defaultdict(list)
    for key, by_period in all_given.get((term.measure, freq), {}).items():
        at = dict(key)
        if all(at.get(name) in codes for name, codes in term.where.items()):
            rest = tuple(pair for pair in key if pair[0] not in term.where)
            parts[rest].append(by_period)
    wanted = 1
    for codes in term.where.values():
        wanted *= len(codes)
    return {key: _added(them) for key, them in parts.items() if len(them) == wanted}


def _added(parts: list[ByPeriod]) -> ByPeriod:
    if len(parts) == 1:
        return dict(parts[0])
    common = set.intersection(*(set(part) for part in parts))
    return {period: _sum([part[period] for part in parts]) for period in sorted(common)}


def _sum(them: list[Cell]) -> Cell:
    flags = tuple(sorted({flag for cell in them for flag in cell.flags}))
    sources = tuple(dict.fromkeys(source for cell in them for source in cell.sources))
    values = [cell.value for cell in them if cell.value is not None]
    if len(values) < len(them):
        return Cell(None, "x", None, (), "", sources)
    return Cell(sum(values), "A", None, flags, "", sources)


def _divided(above: ByPeriod, below: ByPeriod, scale: float) -> ByPeriod:
    return {
        period: _quotient(cell, below[period], scale)
        for period, cell in above.items()
        if period in below
    }


def _quotient(above: Cell, below: Cell, scale: float) -> Cell:
    both = _sum([above, below])
    if both.value is None or above.value is None or not below.value:
        return Cell(None, "x", None, (), "", both.sources)
    return Cell(scale * above.value / below.value, "A", None, both.flags, "", both.sources)


def sums(by_month: ByPeriod, freq: Freq) -> ByPeriod:
    """Add months to quarters, calendar or fiscal years.

    The last period is marked incomplete while months are still to come; a period with a month
    missing anywhere else is x. A first period that began before the series is left out.
    """
    first, last = min(by_month), max(by_month)
    ends = [period_of(last_day(month), freq) for month in (first, last)]
    result: ByPeriod = {}
    for period in span(ends[0], ends[1], freq):
        wanted = months_of(period)
        if wanted[0] < first:
            continue
        there = [by_month[month] for month in wanted if month in by_month]
        open_end = wanted[-1] > last
        reached = sum(month <= last for month in wanted)
        total = _sum(there) if len(there) == reached else Cell(None, "x", sources=there[0].sources)
        result[period] = _marked(total) if open_end and total.value is not None else total
    return result


def _marked(cell: Cell) -> Cell:
    flags = tuple(sorted({*cell.flags, "incomplete"}))
    return Cell(cell.value, cell.status, cell.n, flags, cell.qualifier, cell.sources)


def _with_gaps(by_period: ByPeriod, freq: Freq, found: Mapping[Key, ByPeriod]) -> ByPeriod:
    """Fill the periods that the publisher does not have with x: a gap, never a fall.

    Years are filled over the span of all keys, so that a chapter missing at the end shows; months
    and quarters over the key's own span.
    """
    if freq not in ("M", "Q", "A", "FY") or not by_period:
        return by_period
    own = [by_period] if freq in ("M", "Q") else list(found.values())
    periods = [period for part in own for period in part]
    sources = next(iter(by_period.values())).sources
    gap = Cell(None, "x", None, (), "", sources)
    return {p: by_period.get(p, gap) for p in span(min(periods), max(periods), freq)}
