"""Columns from zero: one series over a few periods."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts import barset, cells, hollow, lettering, moments, scales, timeframe
from dashboard.charts.barset import BarMark
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.charts.scales import Scale
from dashboard.charts.spots import Ink, Spot
from dashboard.model import Point, Slice

WIDTH = 0.7
"""How wide a column is in its step of time."""
WIDEST = 84
"""How wide a column is at most, in px of the web form."""


def draw(answer: Slice, canvas: Canvas) -> Figure:
    """Draw a column a period; what is not final is hollow, what is hidden a mark in words.

    Events have no lines: a day has no place within a column.
    """
    scale = scales.roomy(scales.scale(answer), answer)
    without = replace(answer, events=())
    known = [point for point in answer.points if point.cell.value is not None]
    edges, time = timeframe.open_frame(canvas, without, scale, _right(canvas, answer, known, scale))
    marks = [_column(canvas, answer, point, scale) for point in known]
    step = time.room / (time.last - time.first)
    barset.draw(canvas, marks, "v", round(min(WIDTH, WIDEST * canvas.form.unit / step), 3))
    for point in _printed(canvas, answer, known, step):
        _value(canvas, answer, point, scale)
    _hidden(canvas, answer)
    return timeframe.finish(canvas, answer, scale, edges, time)


def _right(canvas: Canvas, answer: Slice, known: Sequence[Point], scale: Scale) -> float:
    """Return the room right of the plot: half of the last value may stand there."""
    words = [cells.in_axis_unit(p.cell, answer, scale.divisor, canvas.locale) for p in known[-1:]]
    return max(12 * canvas.form.unit, lettering.widest(words, canvas.form.small, bold=True) / 2)


def _column(canvas: Canvas, answer: Slice, point: Point, scale: Scale) -> BarMark:
    return BarMark(
        at=moments.position(point.time_period),
        value=(point.cell.value or 0.0) / scale.divisor,
        role="blue",
        hover=cells.hover(point.key, point.time_period, point.cell, answer, canvas.locale),
        hollow=any(flag in point.cell.flags for flag in ("p", "incomplete")),
    )


def _hidden(canvas: Canvas, answer: Slice) -> None:
    for point in answer.points:
        if point.cell.status == "c":
            words = cells.hover(point.key, point.time_period, point.cell, answer, canvas.locale)
            hollow.mark(canvas, moments.position(point.time_period), 0, words)


def _printed(canvas: Canvas, answer: Slice, known: Sequence[Point], step: float) -> Sequence[Point]:
    """Return the points whose values have room above their columns: all, or the last alone."""
    divisor = scales.divisor_of(scales.known(answer), answer.unit)
    words = [cells.in_axis_unit(p.cell, answer, divisor, canvas.locale) for p in known]
    fits = lettering.widest(words, canvas.form.small, bold=True) + 4 <= step
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
