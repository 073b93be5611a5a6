"""Single published figures on a time axis: each stands for itself, none are joined to a line."""

from dashboard.charts import cells, hollow, labels, lettering, moments, rows, style, timeframe
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.charts.spots import Edges, Ink, Spot, Ticks
from dashboard.charts.timeframe import Span
from dashboard.i18n import Locale
from dashboard.model import Key, Point, Slice

MOMENT = False
SIZE = 11
MOST = 4


def suits(answer: Slice) -> bool:
    """Whether a slice has a few figures a row to stand on a time axis."""
    most = max((len(answer.of(key)) for key in answer.keys), default=0)
    return 0 < most <= MOST and answer.unit != "year"


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw a row a series, a mark with its printed value a figure; of one moment a list."""
    if len(answer.periods) == 1:
        return _listed(answer, Canvas(form, locale, theme, mirrored=locale.direction == "rtl"))
    canvas = Canvas(form, locale, theme, mirrored=locale.direction == "rtl", clock=True)
    entries = rows.by_key(answer, answer.keys, locale)
    board = rows.lay(canvas, entries, rows.Space(more=14 * form.unit, lean=0.68))
    edges = Edges(26 * form.unit, 44 * form.unit, 4, lettering.height(2, form.small) + 12)
    wide = rows.plot_width(canvas, board, edges)
    time = timeframe.span(answer, wide)
    for entry, middle in board.marked:
        ends = (0, middle, 1, middle)
        canvas.rule(ends, "py", canvas.stroke("grid", 1))
        _row(canvas, answer, entry.key or (), (entry.name, middle), time)
    return rows.close(canvas, board, edges, timeframe.time_ticks(canvas, answer, time))


def _listed(answer: Slice, canvas: Canvas) -> Figure:
    """Write figures of one moment beside their names: they count unlike things."""
    entries = rows.by_key(answer, answer.keys, canvas.locale)
    board = rows.lay(canvas, entries, rows.Space(lean=0.35))
    for entry, middle in board.marked:
        below = middle + board.thick
        canvas.rule((0, below, 1, below), "py", canvas.stroke("grid", 1))
        for point in answer.of(entry.key or ()):
            words = cells.shown(point.cell, answer, canvas.locale)
            role = "ink" if point.cell.value is not None else "muted"
            canvas.say([words], Spot(0, middle, on="py"), Ink(role, bold=role == "ink"))
    return rows.close(canvas, board, Edges(8, 8, 4, 6), Ticks(0, 1), live=False)


def _row(canvas: Canvas, answer: Slice, key: Key, row: tuple[str, float], time: Span) -> None:
    name, middle = row
    known = [point for point in answer.of(key) if point.cell.value is not None]
    for point in answer.of(key):
        if point.cell.value is None and point.cell.status == "c":
            hollow.mark(canvas, moments.position(point.time_period), middle, name)
    if known:
        _marks(canvas, answer, known, middle)
        _values(canvas, answer, known, middle, time)
    elif answer.of(key):
        hollow.explained(canvas, time.first, middle, name, answer.of(key)[-1].cell)


def _marks(canvas: Canvas, answer: Slice, known: list[Point], middle: float) -> None:
    trace = canvas.scatter(
        [moments.position(point.time_period) for point in known], [middle] * len(known)
    ) | {
        "mode": "markers",
        "marker": {
            "color": canvas.colour("blue"),
            "size": round(SIZE * canvas.form.unit, 1),
            "line": canvas.stroke("paper", 1.5),
        },
    }
    hover = [cells.hover(p.key, p.time_period, p.cell, answer, canvas.locale) for p in known]
    canvas.trace(trace, hover)


def _values(canvas: Canvas, answer: Slice, known: list[Point], middle: float, time: Span) -> None:
    """Print the values above their marks, moved apart where they would touch."""
    words = [cells.shown(point.cell, answer, canvas.locale) for point in known]
    per_px = (time.last - time.first) / time.room
    wanted = [(moments.position(point.time_period) - time.first) / per_px for point in known]
    widths = [lettering.width(text, canvas.form.label, bold=True) + 8 for text in words]
    places = labels.apart(wanted, widths, (-26, time.room + 44))
    for point, text, want, place in zip(known, words, wanted, places, strict=True):
        spot = Spot(
            moments.position(point.time_period),
            middle,
            dx=place - want,
            dy=-9 * canvas.form.unit,
            across="center",
            down="bottom",
        )
        canvas.say([text], spot, Ink(bold=True))
