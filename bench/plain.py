"""What the site is set beside: a route that does nothing, and a stock Dash callback.

Served by the same gunicorn configuration. The callback does what Dash's own examples do: it builds
a graph_objects figure, here from the very parts of the figure that the site sends.
"""

import json
import os
from pathlib import Path
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]  # it has no types
from dash import Dash, Input, Output, dcc, html
from flask import Flask

FIGURE = "BENCH_FIGURE"
"""The variable that names the file of the figure's parts."""

CALLBACK = {
    "output": "graph.figure",
    "outputs": {"id": "graph", "property": "figure"},
    "inputs": [{"id": "choice", "property": "value", "value": "all"}],
    "changedPropIds": ["choice.value"],
}
"""What a browser sends when a reader chooses something."""


def create_app(figure: Path) -> Flask:
    """Return the server with both."""
    server = Flask("plain")
    parts = json.loads(figure.read_text(encoding="utf-8"))

    @server.get("/nothing")
    def nothing() -> str:
        return "nothing"

    stock = Dash("plain", server=server)  # type: ignore[arg-type]  # as Dash documents it
    stock.layout = html.Div([dcc.Dropdown(["all"], "all", id="choice"), dcc.Graph(id="graph")])

    @stock.callback(Output("graph", "figure"), Input("choice", "value"))
    def redraw(_choice: str) -> Any:
        # plotly takes the type out of a trace while it reads it: threads may not share one
        return go.Figure([dict(trace) for trace in parts["data"]], parts["layout"])

    return server


if FIGURE in os.environ:
    application = create_app(Path(os.environ[FIGURE]))
