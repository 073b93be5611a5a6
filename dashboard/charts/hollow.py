"""Marks for what is not shown: always hollow, always with the reason in words."""

from dashboard.charts import cells
from dashboard.charts.canvas import Canvas
from dashboard.charts.spots import Ink, Spot
from dashboard.model import Cell


def mark(canvas: Canvas, x: float, y: float, hover: str) -> None:
    """Set a hollow mark."""
    trace = canvas.scatter([x], [y]) | {
        "mode": "markers",
        "marker": {
            "color": canvas.colour("paper"),
            "size": round(9 * canvas.form.unit, 1),
            "line": canvas.stroke("muted", 1.5),
        },
    }
    canvas.trace(trace, [hover])


def explained(canvas: Canvas, x: float, y: float, name: str, cell: Cell) -> None:
    """Set a hollow mark and write the reason beside it."""
    words = cells.hidden(cell, canvas.locale)
    mark(canvas, x, y, f"{name}, {words}")
    spot = Spot(x, y, dx=13 * canvas.form.unit)
    canvas.say([words], spot, Ink("muted", canvas.form.small))
