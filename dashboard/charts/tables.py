"""The numbers of a chart as a table of words: one row a cell, never an empty field."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.charts import cells, periods, titles
from dashboard.i18n import Locale
from dashboard.model import Point, Slice

REST = 4
"""Value, base, interval and status follow period and codes."""


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, headings, and rows whose first field is the row's heading.

    `numbers` are the places of the columns that hold figures.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


def table(answer: Slice, locale: Locale) -> Table:
    """Return every cell of a slice with its base, interval and status, as in the chart.

    With one period the codes head the row, else the period does; a stated year is its own.
    """
    moment = len(answer.periods) == 1 or answer.unit == "year"
    heads = _ordered(list(_heads(answer, locale)), moment)
    rows = [_ordered(list(_row(point, answer, locale)), moment) for point in answer.points]
    stated = len(heads) - REST - 1 if answer.unit == "year" else -1
    said = [i for i in range(len(heads)) if i != stated]
    used = [i for i in said if i == 0 or any(row[i] for row in rows)]
    figures = range(len(heads) - REST, len(heads) - 1)
    none = locale.text("none")
    return Table(
        caption=f"{titles.descriptive(answer, locale)} · {titles.subtitle(answer, locale)}",
        columns=tuple(heads[i] for i in used),
        rows=tuple(tuple(row[i] or none for i in used) for row in rows),
        numbers=tuple(place for place, i in enumerate(used) if i in figures),
    )


def _ordered(fields: list[str], moment: bool) -> list[str]:
    """Move the period behind the codes where there is only one."""
    period, *rest = fields
    return [*rest[:-REST], period, *rest[-REST:]] if moment else fields


def _heads(answer: Slice, locale: Locale) -> Iterator[str]:
    yield locale.text("Period")
    yield from (locale.text(answer.labels[dimension][""]) for dimension in answer.split)
    yield locale.text("Value")
    yield locale.text("n")
    yield locale.text("95% interval")
    yield locale.text("Status")


def _row(point: Point, answer: Slice, locale: Locale) -> Iterator[str]:
    yield periods.words(point.time_period, answer, locale)
    yield from (cells.code_name(d, code, answer, locale) for d, code in point.key)
    yield cells.shown(point.cell, answer, locale)
    yield "" if point.cell.n is None else locale.number(point.cell.n, 0)
    yield cells.interval_text(point.cell, answer, locale)
    yield cells.status(point.cell, answer, locale)
