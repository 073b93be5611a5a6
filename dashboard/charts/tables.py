"""The numbers of a chart as a table of words: one row a cell, never an empty field."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.charts import cells, titles
from dashboard.i18n import Locale
from dashboard.model import Point, Slice


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, headings, and rows whose first field is the row's heading."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(answer: Slice, locale: Locale) -> Table:
    """Return every cell of a slice with its base, interval and status, as in the chart."""
    heads = tuple(_heads(answer, locale))
    rows = [tuple(_row(point, answer, locale)) for point in answer.points]
    used = [i for i in range(len(heads)) if i == 0 or any(row[i] for row in rows)]
    none = locale.text("none")
    return Table(
        caption=f"{titles.descriptive(answer, locale)} · {titles.subtitle(answer, locale)}",
        columns=tuple(heads[i] for i in used),
        rows=tuple(tuple(row[i] or none for i in used) for row in rows),
    )


def _heads(answer: Slice, locale: Locale) -> Iterator[str]:
    """Yield the headings; with one period the codes head the row, else the period does."""
    period = locale.text("Period")
    codes = [locale.text(answer.labels[dimension][""]) for dimension in answer.split]
    yield from [*codes, period] if len(answer.periods) == 1 else [period, *codes]
    yield locale.text("Value")
    yield locale.text("n")
    yield locale.text("95% interval")
    yield locale.text("Status")


def _row(point: Point, answer: Slice, locale: Locale) -> Iterator[str]:
    period = locale.period(point.time_period)
    codes = [cells.code_name(d, code, answer, locale) for d, code in point.key]
    yield from [*codes, period] if len(answer.periods) == 1 else [period, *codes]
    yield cells.shown(point.cell, answer, locale)
    yield "" if point.cell.n is None else locale.number(point.cell.n, 0)
    yield cells.interval_text(point.cell, answer, locale)
    yield cells.status(point.cell, answer, locale)
