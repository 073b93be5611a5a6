"""Series that stand in one row with a column for each year."""

from collections.abc import Iterator
from typing import Any

from data_loaders.reading.coded import is_number
from data_loaders.reading.problems import Report
from data_loaders.reading.tabular import Cells
from data_loaders.records import Figure

DIGITS = 4
"""Decimals that are kept: single precision leaves noise behind them (69.1399993896484)."""


def wrong_percent(unit: str, value: float) -> bool:
    """Whether a value cannot be a share: below 0 or above 100 percent."""
    return unit == "percent" and not 0 <= value <= 100


def figures(
    line: Cells, years: tuple[str, ...], report: Report, scale: float, **given: Any
) -> Iterator[Figure]:
    """Yield a figure for each filled year, x for empty ones between; settle the row.

    `given` are the other fields of each Figure. A row without any value is recognised as empty.
    """
    texts = {year: line[year] for year in years}
    filled = [year for year in years if texts[year]]
    if not filled:
        report.recognise(line.sheet, line.number, "empty series")
        return
    wrong = [year for year in filled if not _right(texts[year], given["unit"])]
    for year in wrong:
        wanted = "a number, of percent between 0 and 100" if given["unit"] == "percent" else NUMBER
        report.refuse(line.sheet, line.number, year, texts[year], wanted)
    if wrong:
        return
    report.loaded(line.sheet, line.number)
    for year in years[years.index(filled[0]) : years.index(filled[-1]) + 1]:
        value = round(float(texts[year]) * scale, DIGITS) if texts[year] else None
        yield Figure(
            freq="A",
            time_period=year,
            value=value,
            status="x" if value is None else "A",
            **given,
        )


NUMBER = "a number with a point and no separators, or nothing"


def _right(text: str, unit: str) -> bool:
    return is_number(text) and not wrong_percent(unit, float(text))
