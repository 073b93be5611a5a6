"""Columns from zero: one series over a few periods."""

from dashboard.charts import cells, lettering, moments, scales, timeframe
from dashboard.charts.canvas import Canvas, Ink, Spot
from dashboard.charts.dialect import Figure
from dashboard.charts.scales import Scale
from dashboard.model import Point, Slice

WIDTH = 0.7
"""How wide a column is in its step of time."""


def draw(answer: Slice, canvas: Canvas) -> Figure:
    """Draw a column a period; what is not final is hollow, what is hidden a mark in words."""
    scale = scales.scale(answer)
    edges, time = timeframe.open_frame(canvas, answer, scale, 12 * canvas.form.unit)
    wide = WIDTH / (time.last - time.first) * time.room
    printed = _printed(canvas, answer, wide / WIDTH)
    for point in answer.points:
        if point.cell.value is not None:
            _column(canvas, answer, point, scale)
            if point in printed:
                _value(canvas, answer, point, scale)
    return timeframe.finish(canvas, answer, scale, edges, time)


def _column(canvas: Canvas, answer: Slice, point: Point, scale: Scale) -> None:
    open_ = any(flag in point.cell.flags for flag in ("p", "incomplete"))
    hover = cells.hover(point.key, point.time_period, point.cell, answer, canvas.locale)
    canvas.trace(
        {
            "type": "bar",
            "orientation": "v",
            "x": [moments.position(point.time_period)],
            "y": [round((point.cell.value or 0) / scale.divisor, 6)],
            "width": WIDTH,
            "marker": {
                "color": canvas.colour("paper" if open_ else "blue"),
                "line": canvas.stroke("blue", 1.5 if open_ else 0),
            },
        },
        [hover],
    )


def _printed(canvas: Canvas, answer: Slice, step: float) -> tuple[Point, ...]:
    """Return the points whose values have room above their columns: all, or the last alone."""
    known = tuple(point for point in answer.points if point.cell.value is not None)
    divisor = scales.divisor_of(scales.known(answer), answer.unit)
    words = [cells.in_axis_unit(p.cell, answer, divisor, canvas.locale) for p in known]
    fits = lettering.widest(words, canvas.form.small) + 4 <= step
    return known if fits else known[-1:]


def _value(canvas: Canvas, answer: Slice, point: Point, scale: Scale) -> None:
    value = (point.cell.value or 0.0) / scale.divisor
    words = cells.in_axis_unit(point.cell, answer, scale.divisor, canvas.locale)
    below = value < 0
    spot = Spot(
        moments.position(point.time_period),
        value,
        dy=(4 if below else -4) * canvas.form.unit,
        across="center",
        down="top" if below else "bottom",
    )
    canvas.say([words], spot, Ink("ink", canvas.form.small, bold=True))
