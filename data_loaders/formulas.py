"""Published cells made from published cells: growth, to date, cumulative, share, change, currency.

Each works on one key's cells by period, rests on rounded published figures only, and refuses (x)
what an incomplete or missing period cannot carry.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dashboard.model import Cell
from data_loaders.periods import before

ByPeriod = Mapping[str, Cell]


def growth(cells: ByPeriod, against: str) -> dict[str, Cell]:
    """Percentage change against the same period a year before, or the previous period."""
    return {
        period: _ratio_cell(cell, cells[base], lambda new, old: 100 * (new - old) / old)
        for period, cell in cells.items()
        if (base := before(period, against)) in cells
    }


def share(cells: ByPeriod, totals: ByPeriod) -> dict[str, Cell]:
    """Percentage of the total, period by period."""
    return {
        period: _ratio_cell(cell, totals[period], lambda part, whole: 100 * part / whole)
        for period, cell in cells.items()
        if period in totals
    }


def reached(cells: ByPeriod, *, add_up: bool = False) -> Cell:
    """Return the last published cell, or the sum of all periods; hidden where any of them is."""
    by_time = [cell for _, cell in sorted(cells.items())]
    found = _sum(by_time) if add_up else by_time[-1]
    return replace(found, flags=(), n=None)


def per(cells: ByPeriod, others: ByPeriod, scale: float) -> dict[str, Cell]:
    """Scale times one published figure per another, period by period."""
    return {
        period: _ratio_cell(cell, others[period], lambda one, other: scale * one / other)
        for period, cell in cells.items()
        if period in others
    }


def added(parts: Sequence[ByPeriod]) -> dict[str, Cell]:
    """Sum of parts that make up a whole, period by period; hidden where any part is."""
    common = set.intersection(*(set(part) for part in parts)) if parts else set()
    return {period: _sum([part[period] for part in parts]) for period in sorted(common)}


def _sum(cells: Sequence[Cell]) -> Cell:
    total, *rest = cells
    for cell in rest:
        total = _plus(total, cell)
    return total


def _ratio_cell(new: Cell, old: Cell, formula: Callable[[float, float], float]) -> Cell:
    if hidden := {new.status, old.status} & {"c"}:
        return replace(new, value=None, status=hidden.pop(), qualifier="", flags=(), n=None)
    incomplete = "incomplete" in (*new.flags, *old.flags)
    if new.value is None or not old.value or incomplete:
        return replace(new, value=None, status="x", qualifier="")
    flags = tuple(sorted({*new.flags, *old.flags}))
    sources = tuple(dict.fromkeys((*new.sources, *old.sources)))
    return replace(new, value=formula(new.value, old.value), flags=flags, sources=sources)


def to_date(cells: ByPeriod) -> dict[str, Cell]:
    """Sum of the months since July of the same fiscal year; x once a month is missing."""
    result: dict[str, Cell] = {}
    for month, cell in sorted(cells.items()):
        start = month.endswith("-07")
        earlier = result.get(before(month, "previous"))
        if start:
            result[month] = cell
        elif earlier is not None:
            result[month] = _plus(earlier, cell)
    return result


def cumulative(cells: ByPeriod) -> dict[str, Cell]:
    """Sum of all months so far."""
    result: dict[str, Cell] = {}
    so_far: Cell | None = None
    for month, cell in sorted(cells.items()):
        so_far = cell if so_far is None else _plus(so_far, cell)
        result[month] = so_far
    return result


def _plus(total: Cell, cell: Cell) -> Cell:
    if total.value is None or cell.value is None:
        hidden = "c" in (total.status, cell.status)
        return Cell(None, "c" if hidden else "x", None, (), "", cell.sources)
    flags = tuple(sorted({*total.flags, *cell.flags}))
    sources = tuple(dict.fromkeys((*total.sources, *cell.sources)))
    return replace(cell, value=total.value + cell.value, flags=flags, sources=sources)


def change(cells: ByPeriod) -> dict[str, Cell]:
    """Points from cycle 1 to cycle 2, from the rounded rates; x where a rate is only bounded."""
    first, second = cells.get("C1"), cells.get("C2")
    if first is None or second is None:
        return {}
    if "c" in (first.status, second.status):
        return {"C2": Cell(None, "c", None, (), "", second.sources)}
    if first.value is None or second.value is None or first.qualifier or second.qualifier:
        return {"C2": replace(second, value=None, status="x", qualifier="")}
    return {"C2": replace(second, value=second.value - first.value)}


def composition(everybody: ByPeriod, same: ByPeriod) -> dict[str, Cell]:
    """Change among all less change among the same ones: what comes of who was assessed."""
    return {
        period: _less(cell, same[period]) for period, cell in everybody.items() if period in same
    }


def _less(cell: Cell, other: Cell) -> Cell:
    negative = replace(other, value=None if other.value is None else -other.value)
    return _plus(negative, cell)


def converted(cells: ByPeriod, rates: ByPeriod) -> dict[str, Cell]:
    """US dollars divided by the dollars per unit of the other currency in the same period."""
    return {period: _converted(cell, rates.get(period)) for period, cell in cells.items()}


def _converted(cell: Cell, rate: Cell | None) -> Cell:
    if cell.value is None:
        return cell
    if rate is None or not rate.value:
        return replace(cell, value=None, status="x")
    sources = tuple(dict.fromkeys((*cell.sources, *rate.sources)))
    return replace(cell, value=cell.value / rate.value, sources=sources)
