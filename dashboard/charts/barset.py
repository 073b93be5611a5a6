"""Bars of one chart as few traces: all full ones together, hollow ones by colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Stroke, Trace, Values


@dataclass(frozen=True, slots=True)
class BarMark:
    """A bar at a place, as long as its value, beginning at `start`."""

    at: float
    value: float
    role: str
    hover: str
    start: float = 0
    hollow: bool = False


def draw(
    canvas: Canvas, marks: Sequence[BarMark], way: Literal["h", "v"], width: float, gap: float = 0
) -> None:
    """Draw bars lying (h) or standing (v), `width` units thick, full ones `gap` px apart."""
    full = [mark for mark in marks if not mark.hollow]
    if full:
        between = canvas.stroke("paper", gap) if gap else {}
        colours = [canvas.colour(mark.role) for mark in full]
        one = colours[0] if len(set(colours)) == 1 else colours
        _trace(canvas, full, (way, width), one, between)
    for role in dict.fromkeys(mark.role for mark in marks if mark.hollow):
        hollow = [mark for mark in marks if mark.hollow and mark.role == role]
        edge = canvas.stroke(role, 1 if role == "axis" else 1.5)
        _trace(canvas, hollow, (way, width), canvas.colour("paper"), edge)


def _trace(
    canvas: Canvas,
    marks: Sequence[BarMark],
    look: tuple[Literal["h", "v"], float],
    colour: str | list[str],
    edge: Stroke,
) -> None:
    way, width = look
    places: Values = [mark.at for mark in marks]
    values: Values = [round(mark.value, 6) for mark in marks]
    trace: Trace = {
        "type": "bar",
        "orientation": way,
        "x": values if way == "h" else places,
        "y": places if way == "h" else values,
        "width": width,
        "marker": {"color": colour, "line": edge or {"width": 0}},
    }
    if any(mark.start for mark in marks):
        trace["base"] = [round(mark.start, 6) for mark in marks]
    canvas.trace(trace, [mark.hover for mark in marks])
