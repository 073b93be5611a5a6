"""A key above the plot: real marks with their words, for what cannot be named where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import lettering
from dashboard.charts.canvas import Canvas
from dashboard.charts.spots import Ink, Spot
from dashboard.charts.style import text_role

PITCH = 1.6
"""From line to line of a key, in letters."""
BESIDE = 0.56
"""The part of a wide form's width that is surely free for a key."""


@dataclass(frozen=True, slots=True)
class Item:
    """One mark of the key and what it means; a symbol, or "tick" for an upright stroke.

    `fill` is the role of its inside if that differs.
    """

    words: str
    role: str
    symbol: str = "circle"
    fill: str = ""


def height(canvas: Canvas, items: Sequence[Item]) -> float:
    """Return the room that a key takes above the plot, in px."""
    rows = max(row for row, _ in _places(canvas, items)) + 1
    return (rows * PITCH + 0.8) * canvas.form.label


def write(canvas: Canvas, items: Sequence[Item], first: float, per_px: float) -> None:
    """Write a key from `first` on the x axis, `per_px` units of which are one px."""
    size = 10 * canvas.form.unit
    for item, (row, px) in zip(items, _places(canvas, items), strict=True):
        y = (row * PITCH + 0.6) * canvas.form.label
        x = round(first + (px + size / 2) * per_px, 5)
        _mark(canvas, item, (x, y), size)
        ink = Ink(text_role(item.role), canvas.form.small, bold=True)
        canvas.say([item.words], Spot(x, round(y, 1), dx=size), ink)


def _places(canvas: Canvas, items: Sequence[Item]) -> list[tuple[int, float]]:
    """Return the line and the px from the left of each item, a new line where one is full."""
    room = canvas.form.width * (0.9 if canvas.form.name == "phone" else BESIDE)
    size, row, px = 10 * canvas.form.unit, 0, 0.0
    places = []
    for item in items:
        wide = lettering.width(item.words, canvas.form.small, bold=True) + 3 * size
        if px and px + wide > room:
            row, px = row + 1, 0.0
        places.append((row, px))
        px += wide
    return places


def _mark(canvas: Canvas, item: Item, at: tuple[float, float], size: float) -> None:
    if item.symbol == "tick":
        ends = (at[0], round(at[1] - size * 0.7, 1), at[0], round(at[1] + size * 0.7, 1))
        canvas.rule(ends, "xy", canvas.stroke(item.role, 2.75))
        return
    fill = item.fill or item.role
    edge = "axis" if fill == "paper" and item.symbol == "square" else item.role
    hollow = fill == "paper"
    trace = canvas.scatter([at[0]], [round(at[1], 1)]) | {
        "mode": "markers",
        "marker": {
            "color": canvas.colour(fill),
            "size": round(size, 1),
            "symbol": item.symbol,
            "line": canvas.stroke(edge, 1.5 * canvas.form.unit if hollow else 0),
        },
    }
    canvas.trace(trace)
