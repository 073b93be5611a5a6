"""Lists that are shown whole: a row for every code that belongs, whether or not a figure was found.

Such a list holds what a source states once, so an absent year is no gap in a series.
"""

from collections.abc import Mapping
from dataclasses import replace

from dashboard.catalogue import CodeList, Indicator
from dashboard.model import Cell, Key

ByPeriod = dict[str, Cell]
CodeLists = Mapping[str, CodeList]


def whole(
    indicator: Indicator, found: dict[Key, ByPeriod], codelists: CodeLists
) -> dict[Key, ByPeriod]:
    """Return the cells of an indicator with a row for every code that its list marks.

    A code that the list does not confirm is of low reliability; one without a figure is x at the
    newest period of the list.
    """
    for dimension, mark in indicator.whole.items():
        found = _whole(dimension, mark, found, codelists[dimension])
    return found


def _whole(
    dimension: str, mark: str, found: dict[Key, ByPeriod], codelist: CodeList
) -> dict[Key, ByPeriod]:
    stated = {key: _stated(by_period) for key, by_period in found.items()}
    periods = [period for by_period in stated.values() for period in by_period]
    if not periods:
        return {}
    sources = next(cell.sources for by_period in stated.values() for cell in by_period.values())
    absent = {max(periods): Cell(None, "x", sources=sources)}
    result: dict[Key, ByPeriod] = {}
    for code, row in codelist.codes.items():
        if row.get(mark):
            key = ((dimension, code),)
            result[key] = _sure(stated.get(key) or absent, sure=bool(row.get("confirmed", True)))
    return result


def _stated(by_period: ByPeriod) -> ByPeriod:
    return {period: cell for period, cell in by_period.items() if cell.value is not None}


def _sure(by_period: ByPeriod, *, sure: bool) -> ByPeriod:
    if sure:
        return by_period
    return {p: replace(c, status="u") if c.status == "A" else c for p, c in by_period.items()}
