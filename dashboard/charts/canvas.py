"""What kinds draw on: collects traces, shapes and texts of one figure in the dialect."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from dashboard.charts import spots, style
from dashboard.charts.dialect import (
    Annotation,
    Axis,
    Figure,
    Font,
    Layout,
    Shape,
    Stroke,
    Trace,
    Values,
)
from dashboard.charts.spots import Edges, Ink, Spot, Ticks
from dashboard.i18n import Locale

PLAIN = Ink()
OWN = "text2"
"""The colour of letters that are given none."""
MOST = 100
"""With more texts than this every value is printed and a live chart would only weigh."""
STANDOFF = 4
"""Room between the numbers beside an axis and its plot, in px."""


@dataclass(slots=True)
class Canvas:
    """One drawing. Kinds write for left-to-right; a mirrored canvas turns what has a side.

    `mirrored` turns layout and number axis; with `clock` the x axis is time and stays.
    """

    form: style.Form
    locale: Locale
    theme: style.Theme
    mirrored: bool = False
    clock: bool = False
    traces: list[Trace] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    texts: list[Annotation] = field(default_factory=list)

    def colour(self, role: str) -> str:
        """Return the hex of a role in this theme."""
        return style.PALETTES[self.theme][role]

    def stroke(self, role: str, width: float, dash: str = "") -> Stroke:
        """Return a line in a role."""
        stroke: Stroke = {"color": self.colour(role), "width": width}
        return stroke | {"dash": dash} if dash else stroke

    def say(self, lines: Sequence[str], spot: Spot, ink: Ink = PLAIN) -> None:
        """Write some lines of text."""
        turned = self._turned(spot)
        written = "<br>".join(self.locale.line(line) for line in lines)
        text: Annotation = {"text": written, "x": turned.x, "y": turned.y}
        spots.place(text, turned)
        self._ink(text, ink)
        if len(lines) > 1:
            text["align"] = turned.across
        self.texts.append(text)

    def _ink(self, text: Annotation, ink: Ink) -> None:
        """Say what letters a text has, as far as they are not those of the whole drawing."""
        font: Font = {}
        if ink.role != OWN:
            font["color"] = self.colour(ink.role)
        if (size := ink.size or self.form.label) != self.form.small:
            font["size"] = size
        if ink.bold:
            font["weight"] = style.BOLD
        if font:
            text["font"] = font

    def _turned(self, spot: Spot) -> Spot:
        if not self.mirrored or (self.clock and spot.on[0] == "x"):
            return spot
        x = 1 - spot.x if spot.on[0] == "p" else spot.x
        return replace(spot, x=x, dx=-spot.dx, across=spots.OTHER_SIDE[spot.across])

    def rule(self, spot: tuple[float, float, float, float], on: str, stroke: Stroke) -> None:
        """Draw a straight line from (x0, y0) to (x1, y1) below the marks."""
        self._shape("line", spot, on, {"line": stroke, "layer": "below"})

    def mark(self, spot: tuple[float, float, float, float], on: str, stroke: Stroke) -> None:
        """Draw a straight line above the marks."""
        self._shape("line", spot, on, {"line": stroke, "layer": "above"})

    def box(
        self, spot: tuple[float, float, float, float], on: str, fill: str, edge: str = ""
    ) -> None:
        """Fill a rectangle below the marks, with an edge if it has a role."""
        line: Stroke = self.stroke(edge, 1) if edge else {"width": 0}
        self._shape("rect", spot, on, {"line": line, "fillcolor": self.colour(fill)})

    def _shape(
        self,
        kind: Literal["line", "rect"],
        spot: tuple[float, float, float, float],
        on: str,
        rest: "dict[str, object]",
    ) -> None:
        x0, y0, x1, y1 = spot
        if self.mirrored and on[0] == "p":
            x0, x1 = 1 - x0, 1 - x1
        where = {f"{way}ref": "paper" for way, ref in zip("xy", on, strict=True) if ref == "p"}
        shape = {"type": kind, "x0": x0, "x1": x1, "y0": y0, "y1": y1, "layer": "below"}
        self.shapes.append(shape | where | rest)  # type: ignore[arg-type]  # keys are checked by the schema test

    def trace(self, trace: Trace, hover: Iterable[str] = ()) -> None:
        """Add a trace; with what hovering over each point says, else it is silent."""
        said = [self.locale.line(text) for text in hover]
        quiet: Trace = {**trace, "hoverinfo": "skip"}
        heard: Trace = {**trace, "text": said, "hovertemplate": "%{text}<extra></extra>"}
        if trace["type"] == "bar":
            heard["textposition"] = "none"
        self.traces.append(heard if said else quiet)

    def scatter(self, x: Values, y: Values) -> Trace:
        """Return the start of a scatter trace that never bridges a gap nor clips a mark."""
        return {"type": "scatter", "x": x, "y": y, "connectgaps": False, "cliponaxis": False}

    def figure(
        self, edges: Edges, x: Ticks, y: Ticks, height: float, *, live: bool = True
    ) -> Figure:
        """Return the figure of everything drawn so far; full of words it needs no live chart."""
        left, right = (edges.right, edges.left) if self.mirrored else (edges.left, edges.right)
        layout: Layout = {
            "width": self.form.width,
            "height": round(height),
            "margin": {
                "l": round(left),
                "r": round(right),
                "t": round(edges.top),
                "b": round(edges.bottom),
                "pad": 0,
            },
            "xaxis": self._axis(x, turned=self.mirrored and not self.clock),
            "yaxis": self._axis(y, turned=False) | {"ticklabelstandoff": STANDOFF},
            "shapes": self.shapes,
            "annotations": self.texts,
            "font": {
                "family": style.family(self.locale.code),
                "size": self.form.small,
                "color": self.colour(OWN),
            },
            "template": {"layout": {"annotationdefaults": {"showarrow": False, "borderpad": 0}}},
            "hoverlabel": self._hover(),
            "hovermode": "closest",
            "showlegend": False,
            "dragmode": False,
            "barmode": "overlay",
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
        }
        few = len(self.texts) <= MOST
        return {"data": self.traces, "layout": layout, "live": live and few, "theme": self.theme}

    def _hover(self) -> dict[str, object]:
        font = {"color": self.colour("ink"), "size": self.form.label}
        return {"bgcolor": self.colour("paper"), "bordercolor": self.colour("axis"), "font": font}

    def _axis(self, ticks: Ticks, *, turned: bool) -> Axis:
        axis: Axis = {
            "range": [ticks.high, ticks.low] if turned else [ticks.low, ticks.high],
            "tickmode": "array",
            "tickvals": list(ticks.at),
            "ticktext": [
                "<br>".join(map(self.locale.line, text.split("\n"))) for text in ticks.texts
            ],
            "tickfont": {"size": self.form.small, "color": self.colour("text2")},
            "tickangle": 0,
            "showgrid": False,
            "zeroline": False,
            "showline": ticks.line,
            "fixedrange": True,
            "automargin": False,
            "ticks": "outside" if ticks.marks else "",
        }
        if ticks.line or ticks.marks:
            axis |= {
                "linecolor": self.colour("axis"),
                "linewidth": 1,
                "ticklen": 5,
                "tickcolor": self.colour("axis"),
            }
        return axis
