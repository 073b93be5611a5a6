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
    """Return every cell of a slice with its base, interval and status, formatted as in the chart."""
    columns = list(_columns(answer, locale))
    rows = [dict(_fields(point, answer, locale)) for point in answer.points]
    used = [c for c in columns if any(row[c] for row in rows) or c == columns[0]]
    none = locale.text("none")
    return Table(
        caption=f"{titles.descriptive(answer, locale)} · {titles.subtitle(answer, locale)}",
        columns=tuple(used),
        rows=tuple(tuple(row[column] or none for column in used) for row in rows),
    )


def _columns(answer: Slice, locale: Locale) -> Iterator[str]:
    return (
        (name for name, _ in _fields(answer.points[0], answer, locale))
        if answer.points
        else iter((locale.text("Period"), locale.text("Value")))
    )


def _fields(point: Point, answer: Slice, locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield heading and text of each field; with one period the codes head the row."""
    period = (locale.text("Period"), locale.period(point.time_period))
    codes = [
        (locale.text(answer.labels[d][""]), cells.code_name(d, code, answer, locale))
        for d, code in point.key
    ]
    yield from [*codes, period] if len(answer.periods) == 1 else [period, *codes]
    yield locale.text("Value"), cells.shown(point.cell, answer, locale)
    n = point.cell.n
    yield locale.text("n"), "" if n is None else locale.number(n, 0)
    yield locale.text("95% interval"), cells.interval_text(point.cell, answer, locale)
    yield locale.text("Status"), cells.status(point.cell, answer, locale)
