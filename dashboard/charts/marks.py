"""Traces as SVG elements: lines as one path each, marks, bars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from dashboard.charts.dialect import Layout, Stroke, Trace, Values

DIAMOND = 1.3
"""Plotly's diamonds and triangles reach beyond their size by this much."""
TRIANGLE = 1.1547


class Paint(Protocol):
    """Returns the attributes that paint an element."""

    def __call__(self, fill: str = "", stroke: str = "") -> str:
        """Return attributes for a fill and a stroke; "" is none."""


@dataclass(frozen=True, slots=True)
class Place:
    """From data and paper coordinates to px."""

    left: float
    top: float
    width: float
    height: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]

    @classmethod
    def of(cls, layout: Layout) -> "Place":
        """Return the plot area of a layout."""
        margin, (x0, x1), (y0, y1) = (
            layout["margin"],
            layout["xaxis"]["range"],
            layout["yaxis"]["range"],
        )
        width = layout["width"] - margin["l"] - margin["r"]
        height = layout["height"] - margin["t"] - margin["b"]
        return cls(margin["l"], margin["t"], width, height, (x0, x1), (y0, y1))

    def x(self, value: float, *, paper: bool = False) -> float:
        """Return px from the left edge."""
        first, last = (0.0, 1.0) if paper else self.x_range
        return self.left + (value - first) / (last - first) * self.width

    def y(self, value: float, *, paper: bool = False) -> float:
        """Return px from the top edge."""
        first, last = (0.0, 1.0) if paper else self.y_range
        return self.top + self.height - (value - first) / (last - first) * self.height


def number(value: float) -> str:
    """Return a coordinate to a tenth of a px, as short as it gets."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def attribute(name: str, value: float, default: float | None = None) -> str:
    """Return an attribute unless it says what is so anyway."""
    return "" if value == default else f' {name}="{number(value)}"'


def stroked(stroke: Stroke) -> str:
    """Return width and dashes of a line."""
    dash = stroke.get("dash", "").replace("px", "").replace(",", " ")
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return attribute("stroke-width", stroke.get("width", 1), 1) + dashes


def traces(data: Sequence[Trace], place: Place, paint: Paint) -> Iterator[str]:
    """Yield the elements of all traces."""
    for trace in data:
        yield from (
            _bars(trace, place, paint) if trace["type"] == "bar" else _scatter(trace, place, paint)
        )


def _scatter(trace: Trace, place: Place, paint: Paint) -> Iterator[str]:
    runs = list(_runs(trace["x"], trace["y"], place))
    if "lines" in trace["mode"]:
        yield from _line(trace, runs, place, paint)
    if "markers" in trace["mode"]:
        yield from _markers(trace, place, paint)


def _runs(xs: Values, ys: Values, place: Place) -> Iterator[list[tuple[float, float]]]:
    """Yield the stretches between gaps, in px."""
    run: list[tuple[float, float]] = []
    for x, y in [*zip(xs, ys, strict=True), (None, None)]:
        if x is not None and y is not None:
            run.append((place.x(x), place.y(y)))
        elif run:
            yield run
            run = []


def _line(
    trace: Trace, runs: list[list[tuple[float, float]]], place: Place, paint: Paint
) -> Iterator[str]:
    stroke = trace["line"]
    steps = stroke.get("shape") == "hv"
    if trace.get("fill"):
        floor = number(place.y(max(place.y_range[0], 0)))
        area = "".join(f"{_path(run, steps)}V{floor}H{number(run[0][0])}Z" for run in runs)
        yield f'<path d="{area}"{paint(trace["fillcolor"])}/>'
    path = "".join(_path(run, steps) for run in runs if len(run) > 1)
    if path:
        join = ' stroke-linejoin="round"'
        yield f'<path d="{path}"{paint("", stroke["color"])}{stroked(stroke)}{join}/>'


def _path(run: list[tuple[float, float]], steps: bool) -> str:
    first, *rest = [(number(x), number(y)) for x, y in run]
    between = "H{}V{}" if steps else "L{} {}"
    return f"M{first[0]} {first[1]}" + "".join(between.format(x, y) for x, y in rest)


def _markers(trace: Trace, place: Place, paint: Paint) -> Iterator[str]:
    marker = trace["marker"]
    line = marker.get("line", {})
    points = list(zip(trace["x"], trace["y"], strict=True))
    fills = _each(marker["color"], len(points))
    symbols = _each(marker.get("symbol", "circle"), len(points))
    for (x, y), fill, symbol in zip(points, fills, symbols, strict=True):
        if x is not None and y is not None:
            look = paint(fill, line.get("color", "")) + (stroked(line) if line else "")
            yield _mark(symbol, place.x(x), place.y(y), marker["size"] / 2) + look + "/>"


def _each(value: str | list[str], count: int) -> list[str]:
    return value if isinstance(value, list) else [value] * count


def _mark(symbol: str, x: float, y: float, r: float) -> str:
    if symbol == "circle":
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}"'
    if symbol == "square":
        side = number(2 * r)
        return f'<rect x="{number(x - r)}" y="{number(y - r)}" width="{side}" height="{side}"'
    if symbol == "diamond":
        d = r * DIAMOND
        corners = ((x, y - d), (x + d, y), (x, y + d), (x - d, y))
    else:
        w = r * TRIANGLE
        corners = ((x - w, y + r / 2), (x + w, y + r / 2), (x, y - r))  # type: ignore[assignment]  # three corners
    return '<path d="M' + "L".join(f"{number(a)} {number(b)}" for a, b in corners) + 'Z"'


def _bars(trace: Trace, place: Place, paint: Paint) -> Iterator[str]:
    points = list(zip(trace["x"], trace["y"], strict=True))
    marker, half = trace["marker"], trace["width"] / 2
    line = marker.get("line", {})
    bases = trace.get("base") or [0.0] * len(points)
    fills = _each(marker["color"], len(points))
    for (x, y), start, fill in zip(points, bases, fills, strict=True):
        if x is None or y is None:
            continue
        if trace.get("orientation") == "h":
            box = (place.x(start), place.y(y - half), place.x(start + x), place.y(y + half))
        else:
            box = (place.x(x - half), place.y(start), place.x(x + half), place.y(start + y))
        yield rectangle(box, paint(fill, line.get("color", "")) + (stroked(line) if line else ""))


def rectangle(box: tuple[float, float, float, float], look: str) -> str:
    """Return a rectangle between two corners."""
    x0, y0, x1, y1 = box
    left, top = min(x0, x1), min(y0, y1)
    size = f'width="{number(abs(x1 - x0))}" height="{number(abs(y1 - y0))}"'
    return f'<rect x="{number(left)}" y="{number(top)}" {size}{look}/>'
