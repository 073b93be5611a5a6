"""Instruments on an axis of years: full where the year is known, hollow where it is not."""

from dashboard.charts import cells, hollow, lettering, rows, scales, style
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.charts.spots import Edges, Ink, Spot, Ticks
from dashboard.i18n import Locale
from dashboard.model import Cell, Key, Point, Slice

MOMENT = False
SIZE = 11


def suits(answer: Slice) -> bool:
    """Whether the values of a slice are years."""
    return answer.unit == "year"


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw a row an instrument, in groups where the code list has them."""
    canvas = Canvas(form, locale, theme, mirrored=locale.direction == "rtl", clock=True)
    entries = rows.by_key(answer, answer.keys, locale)
    board = rows.lay(canvas, entries)
    known = scales.known(answer)
    scale = scales.scale_of(known or [1950, 2025], "year", most=9, zero=False)
    edges = Edges(14, 18 * form.unit, 4, lettering.height(1, form.small) + 12)
    for entry, middle in board.marked:
        canvas.rule((0, middle, 1, middle), "py", canvas.stroke("grid", 1))
        point = _latest(answer, entry.key or ())
        _draw(canvas, answer, point, (entry.name, middle), scale.high)
    return rows.close(canvas, board, edges, _years(canvas, scale.ticks), live=False)


def _years(canvas: Canvas, ticks: tuple[float, ...]) -> Ticks:
    texts = tuple(canvas.locale.period_short(f"{tick:.0f}") for tick in ticks)
    return Ticks(ticks[0] - 1, ticks[-1] + 1, ticks, texts)


def _latest(answer: Slice, key: Key) -> Point:
    points = answer.of(key)
    known = [point for point in points if point.cell.value is not None]
    return (known or list(points))[-1]


def _draw(canvas: Canvas, answer: Slice, point: Point, row: tuple[str, float], last: float) -> None:
    name, middle = row
    if point.cell.value is None:
        words = _open(point.cell, canvas.locale)
        hollow.mark(canvas, last, middle, f"{name}, {words}")
        spot = Spot(last, middle, dx=-13 * canvas.form.unit, across="right")
        canvas.say([words], spot, Ink("muted", canvas.form.small))
        return
    trace = canvas.scatter([point.cell.value], [middle]) | {
        "mode": "markers",
        "marker": {"color": canvas.colour("blue"), "size": round(SIZE * canvas.form.unit, 1)},
    }
    year = canvas.locale.period_short(f"{point.cell.value:.0f}")
    canvas.trace(trace, [f"{name}, {year}"])
    _year(canvas, point.cell, middle, (year, last))


def _year(canvas: Canvas, cell: Cell, middle: float, words: tuple[str, float]) -> None:
    """Print the year beside its mark, on the left near the end of the axis; say what is open."""
    text, last = words
    value = cells.qualified(cell, text, canvas.locale)
    if cell.status == "u":
        value = canvas.locale.text("{year}, not confirmed", year=value)
    gap = 10 * canvas.form.unit
    ink = Ink("text2") if cell.status == "u" else Ink(bold=True)
    if (cell.value or 0) > last - (25 if cell.status == "u" else 8):
        canvas.say([value], Spot(cell.value or 0, middle, dx=-gap, across="right"), ink)
    else:
        canvas.say([value], Spot(cell.value or 0, middle, dx=gap), ink)


def _open(cell: Cell, locale: Locale) -> str:
    if cell.status == "z":
        return locale.text("not ratified")
    return locale.text("year not found")
