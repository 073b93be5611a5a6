"""The live chart: plotly over our own figure, without its tool bar."""

from collections.abc import Mapping
from typing import Any

from dash import dcc

CONFIG: Mapping[str, object] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "showEditInChartStudio": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
}
"""Nothing is offered that sends the reader's data away or traps the page's scrolling."""


def live_figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figure as plotly is given it: as wide as its place, not to be dragged."""
    layout = {name: value for name, value in figure["layout"].items() if name != "width"}
    layout |= {"autosize": True, "dragmode": False}
    return {"data": figure["data"], "layout": layout, "config": dict(CONFIG)}


def live_graph(name: str, figure: Mapping[str, Any]) -> dcc.Graph:
    """Return the live chart of a card."""
    shown = live_figure(figure)
    height = {"height": f"{shown['layout']['height']}px"}
    return dcc.Graph(
        id={"graph": name},
        figure={"data": shown["data"], "layout": shown["layout"]},
        config=shown["config"],
        responsive=True,
        style=height,
    )
