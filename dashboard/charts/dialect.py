"""The figure dialect: the small part of plotly's figure language that our charts are written in.

Everything is spelt out: ranges, tick positions, tick texts, label texts. Neither plotly.js nor our
own SVG formats a number or chooses a tick.
"""

from typing import Literal, Required, TypedDict

Values = list[float | None]


class Font(TypedDict, total=False):
    """Letters: family (layout only), size in px, colour, weight where they are bold."""

    family: str
    size: float
    color: str
    weight: int


class Stroke(TypedDict, total=False):
    """A line: colour, width in px, dashes as "3px,4px", shape linear or hv."""

    color: str
    width: float
    dash: str
    shape: Literal["linear", "hv"]


class Marker(TypedDict, total=False):
    """Marks of a trace, one for all or one list entry a point."""

    color: str | list[str]
    size: float
    symbol: str | list[str]
    line: Stroke


class Trace(TypedDict, total=False):
    """A scatter or a bar trace. `text` holds what hovering says, finished."""

    type: Required[Literal["scatter", "bar"]]
    x: Required[Values]
    y: Required[Values]
    name: str
    mode: Literal["lines", "markers", "lines+markers"]
    line: Stroke
    marker: Marker
    text: list[str]
    textposition: Literal["none"]
    hovertemplate: str
    hoverinfo: str
    fill: Literal["tozeroy"]
    fillcolor: str
    orientation: Literal["h", "v"]
    base: list[float]
    width: float
    cliponaxis: bool
    connectgaps: bool


class Axis(TypedDict, total=False):
    """An axis with its range and every tick written out."""

    range: Required[list[float]]
    tickvals: Required[list[float]]
    ticktext: Required[list[str]]
    tickmode: str
    showgrid: bool
    zeroline: bool
    showline: bool
    linecolor: str
    linewidth: float
    ticks: Literal["", "outside"]
    ticklen: float
    tickcolor: str
    tickfont: Font
    tickangle: float
    ticklabelstandoff: float
    fixedrange: bool
    automargin: bool
    side: Literal["left", "right", "bottom"]


class Shape(TypedDict, total=False):
    """A straight line or a rectangle, in data coordinates unless a ref says paper."""

    type: Required[Literal["line", "rect"]]
    xref: str
    yref: str
    x0: Required[float]
    x1: Required[float]
    y0: Required[float]
    y1: Required[float]
    line: Stroke
    fillcolor: str
    layer: Literal["below", "above"]


class Annotation(TypedDict, total=False):
    """A text at a place; `<br>` is its only markup.

    What is left out is as plotly takes it for a text without an arrow: data coordinates, centred on
    its place, not shifted, in the letters of the layout.
    """

    text: Required[str]
    x: Required[float]
    y: Required[float]
    xref: str
    yref: str
    xanchor: Literal["left", "center", "right"]
    yanchor: Literal["top", "middle", "bottom"]
    xshift: float
    yshift: float
    align: str
    font: Font


class Margin(TypedDict):
    """Room around the plot in px; `pad` is always 0."""

    l: float  # noqa: E741 - plotly's name
    r: float
    t: float
    b: float
    pad: float


class Layout(TypedDict):
    """Size, axes and everything that is not a trace."""

    width: float
    height: float
    margin: Margin
    xaxis: Axis
    yaxis: Axis
    shapes: list[Shape]
    annotations: list[Annotation]
    font: Font
    template: dict[str, dict[str, dict[str, object]]]
    hoverlabel: dict[str, object]
    hovermode: Literal["closest"] | bool
    showlegend: bool
    dragmode: bool
    barmode: Literal["overlay"]
    paper_bgcolor: str
    plot_bgcolor: str


class Figure(TypedDict):
    """A drawn slice. `live` says whether plotly adds anything; `theme` whose colours it carries."""

    data: list[Trace]
    layout: Layout
    live: bool
    theme: Literal["light", "dark"]
