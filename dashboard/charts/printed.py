"""Values beside the marks of a short only line, where the line does not run through them."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import cells, paths
from dashboard.charts.canvas import Canvas
from dashboard.charts.scales import Scale
from dashboard.charts.spots import Ink, Spot
from dashboard.charts.timeframe import Span
from dashboard.model import Point, Slice

STEEP = 0.35
"""A line that is steeper than this runs through a text above its mark."""
LOW = 27
"""Nearer to the floor than this a text does not stand below its mark, in px of the web form."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the line: where it is on the axes, and in px from the origin of the plot."""

    point: Point
    x: float
    y: float
    right: float
    up: float


def values(canvas: Canvas, answer: Slice, scale: Scale, time: Span) -> None:
    """Print the values of all points but the last, which has its label."""
    marks = _marks(canvas, answer, scale, time)
    for i, mark in enumerate(marks[:-1]):
        words = cells.in_axis_unit(mark.point.cell, answer, scale.divisor, canvas.locale)
        whisker = cells.interval(mark.point.cell, answer) is not None
        spot = _beside(canvas, mark, _slopes(marks, i), whisker=whisker)
        canvas.say([words], spot, Ink("text2", canvas.form.small))


def _marks(canvas: Canvas, answer: Slice, scale: Scale, time: Span) -> list[Mark]:
    across = (time.last - time.first) / time.room
    upward = (scale.high - scale.low) / scale.divisor / canvas.form.height
    floor, look = scale.low / scale.divisor, paths.Look(divisor=scale.divisor)
    known = [point for point in answer.points if point.cell.value is not None]
    spots = [(point, *paths.place(point, look)) for point in known]
    return [Mark(p, x, y, (x - time.first) / across, (y - floor) / upward) for p, x, y in spots]


def _slopes(marks: Sequence[Mark], i: int) -> tuple[float, float]:
    """Return how steeply the line falls into a mark and rises out of it."""
    here, after = marks[i], marks[i + 1]
    rising = (after.up - here.up) / (after.right - here.right)
    if not i:
        return 0.0, rising
    return (marks[i - 1].up - here.up) / (here.right - marks[i - 1].right), rising


def _beside(canvas: Canvas, mark: Mark, slopes: tuple[float, float], *, whisker: bool) -> Spot:
    """Return where a value is printed: above its mark, aside where a line runs through there."""
    gap = 9 * canvas.form.unit
    falling, rising = slopes
    if rising > STEEP and mark.up < LOW * canvas.form.unit:
        return Spot(mark.x, mark.y, dx=1.4 * gap)
    if rising > STEEP:
        return Spot(mark.x, mark.y, dx=gap, dy=0.6 * gap, down="top")
    if whisker:
        return Spot(mark.x, mark.y, dx=gap, dy=-gap, down="bottom")
    if falling > STEEP:
        return Spot(mark.x, mark.y, dx=0.6 * gap, dy=-0.6 * gap, down="bottom")
    return Spot(mark.x, mark.y, dy=-gap, across="center", down="bottom")
