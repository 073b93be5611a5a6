"""Where things stand on a drawing: places of texts, how they are written, edges, axes."""

from dataclasses import dataclass
from typing import Literal

from dashboard.charts.dialect import Annotation

Across = Literal["left", "center", "right"]
Down = Literal["top", "middle", "bottom"]

OTHER_SIDE: dict[Across, Across] = {"left": "right", "center": "center", "right": "left"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a text: coordinates, a shift in px (right, down), which of its sides is there.

    `on` names the axes of x and y: "x" and "y" are data, "p" is the paper from 0 to 1.
    """

    x: float
    y: float
    on: Literal["xy", "py", "xp", "pp"] = "xy"
    dx: float = 0
    dy: float = 0
    across: Across = "left"
    down: Down = "middle"


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text is written: colour role, size in px (0 is the form's label size), weight."""

    role: str = "ink"
    size: float = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Edges:
    """Room around the plot in px, written for left-to-right readers."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Ticks:
    """An axis: its range, its ticks, and what is drawn of it."""

    low: float
    high: float
    at: tuple[float, ...] = ()
    texts: tuple[str, ...] = ()
    line: bool = False
    marks: bool = False


def place(text: Annotation, spot: Spot) -> None:
    """Put a text at its place, saying only what plotly would not take for itself."""
    _anchor(text, spot)
    _shift(text, spot)


def _anchor(text: Annotation, spot: Spot) -> None:
    """Say on which axes a text stands and by which side, as far as not data and the middle."""
    if spot.on[0] == "p":
        text["xref"] = "paper"
    if spot.on[1] == "p":
        text["yref"] = "paper"
    if spot.across != "center":
        text["xanchor"] = spot.across
    if spot.down != "middle":
        text["yanchor"] = spot.down


def _shift(text: Annotation, spot: Spot) -> None:
    """Say how far a text is moved from its place in px."""
    if right := round(spot.dx, 1):
        text["xshift"] = right
    if up := round(-spot.dy, 1):
        text["yshift"] = up
