"""Actual against target: a bar a goal on a track up to its target, met or behind in words."""

from collections.abc import Sequence

from dashboard.charts import barset, cells, hollow, lettering, rows, scales, style
from dashboard.charts.barset import BarMark
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.charts.rows import Board
from dashboard.charts.spots import Edges, Ink, Spot, Ticks
from dashboard.i18n import Locale
from dashboard.model import Cell, Point, Slice

MOMENT = True
TARGET = 100.0


def suits(answer: Slice) -> bool:
    """Whether a slice holds shares of targets at one moment."""
    return len(answer.periods) == 1 and answer.unit == "percent"


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw one bar a goal; 100 per cent is the target."""
    canvas = Canvas(form, locale, theme, mirrored=locale.direction == "rtl")
    top = 2 * form.label
    board = rows.lay(canvas, rows.by_key(answer, answer.keys, locale), rows.Space(top))
    points = {point.key: point for point in answer.points}
    found = [(points[entry.key or ()], entry.name, y) for entry, y in board.marked]
    thick = round(board.thick * 0.75, 1)
    _tracks(canvas, found, thick)
    marks = [_mark(canvas, answer, p, y) for p, _, y in found if p.cell.value is not None]
    barset.draw(canvas, marks, "h", thick)
    _line(canvas, board, top)
    right = _verdicts(canvas, answer, found)
    high = max([TARGET * 1.04, *(value * 1.02 for value in scales.known(answer))])
    edges = Edges(8, right, 2, lettering.height(1, form.small) + 8)
    texts = tuple(locale.number(at, 0) for at in (0, 50))
    ticks = Ticks(0, high, (0, 50, TARGET), (*texts, locale.value(TARGET, "percent", 0)))
    return rows.close(canvas, board, edges, ticks)


def _mark(canvas: Canvas, answer: Slice, point: Point, middle: float) -> BarMark:
    return BarMark(
        at=middle,
        value=point.cell.value or 0.0,
        role="blue" if met(point.cell) else "rust",
        hover=cells.hover(point.key, point.time_period, point.cell, answer, canvas.locale),
    )


def _tracks(canvas: Canvas, found: Sequence[tuple[Point, str, float]], thick: float) -> None:
    """Draw the way to the target below each bar, or say why there is no bar."""
    for point, name, middle in found:
        if point.cell.value is None:
            hollow.explained(canvas, 0, middle, name, point.cell)
        else:
            box = (0, round(middle - thick / 2, 1), TARGET, round(middle + thick / 2, 1))
            canvas.box(box, "xy", "grid")


def met(cell: Cell) -> bool:
    """Whether a share of a target is the whole of it."""
    return cell.value is not None and cell.value >= TARGET and cell.qualifier != "lt"


def _line(canvas: Canvas, board: Board, top: float) -> None:
    reach = [(top * 0.7, board.height)]
    if canvas.form.name == "phone":
        reach = [(middle - board.thick, middle + board.thick) for _, middle in board.marked]
    for start, end in reach:
        ends = (TARGET, round(start, 1), TARGET, round(end, 1))
        canvas.mark(ends, "xy", canvas.stroke("ink", 2))
    words = canvas.locale.text("Target")
    spot = Spot(TARGET, 0, across="center", down="top")
    canvas.say([words], spot, Ink(bold=True))


def _verdicts(canvas: Canvas, answer: Slice, found: Sequence[tuple[Point, str, float]]) -> float:
    """Write value and verdict beside each bar; return the room that they take."""
    locale, gap = canvas.locale, 14 * canvas.form.unit
    shown = [(point, y) for point, _, y in found if point.cell.value is not None]
    values = [cells.shown(point.cell, answer, locale) for point, _ in shown]
    first = lettering.widest(values, canvas.form.label, bold=True) + gap
    widest = 0.0
    for (point, y), value in zip(shown, values, strict=True):
        reached = met(point.cell)
        words = locale.text("Met") if reached else locale.text("Behind")
        canvas.say([value], Spot(1, y, on="py", dx=gap), Ink(bold=True))
        role = "blue" if reached else "rust"
        canvas.say([words], Spot(1, y, on="py", dx=first + gap * 0.7), Ink(role, bold=True))
        widest = max(widest, lettering.width(words, canvas.form.label, bold=True))
    return first + gap * 0.7 + widest + 4
