"""Lines over time, at most four, each named at its end."""

from dashboard.charts import cells, paths, scales, style, timeframe
from dashboard.charts.canvas import Canvas, Ink, Spot
from dashboard.charts.dialect import Figure
from dashboard.charts.scales import Scale
from dashboard.i18n import Locale
from dashboard.model import Slice

MOMENT = False
MOST = 4
PRINTED = 8
"""Up to this many points of an only series have their value printed."""


def suits(answer: Slice) -> bool:
    """Whether a slice can be read as lines."""
    return len(answer.periods) > 1 and len(answer.keys) <= MOST and answer.unit != "year"


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw one line a series; a hidden or missing value is a gap, never a zero."""
    canvas = Canvas(form, locale, theme, clock=True)
    scale = scales.scale(answer, zero=answer.base == "zero")
    found = timeframe.ends(canvas, answer, style.colours(answer.keys, answer.labels))
    edges, time = timeframe.open_frame(canvas, answer, scale, timeframe.label_room(canvas, found))
    for key in answer.keys:
        paths.breaks(canvas, answer, key)
    for end in found:
        look = paths.Look(end.role, floor=scale.low / scale.divisor, divisor=scale.divisor)
        paths.series(canvas, answer, end.point.key, look)
    timeframe.write_ends(canvas, found, scale)
    _print_values(canvas, answer, scale)
    return timeframe.finish(canvas, answer, scale, edges, time)


def _print_values(canvas: Canvas, answer: Slice, scale: Scale) -> None:
    """Print the values of a short only series above its marks, but for the last: it has a label."""
    known = [point for point in answer.points if point.cell.value is not None]
    if len(answer.keys) > 1 or len(answer.periods) > PRINTED:
        return
    for point in known[:-1]:
        x, y = paths.place(point, paths.Look(divisor=scale.divisor))
        words = cells.shown(point.cell, answer, canvas.locale)
        spot = Spot(x, y, dy=-10 * canvas.form.unit, across="center", down="bottom")
        canvas.say([words], spot, Ink("text2", canvas.form.small))
