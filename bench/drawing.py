"""How long one answer takes to make, without a server: figures, pictures, pages."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]  # it has no types
from flask import Flask
from flask.testing import FlaskClient

from bench.lines import Group, Line, beside, median_ms
from dashboard import charts
from dashboard.components.live import live_figure
from dashboard.model import PUBLIC, View
from dashboard.service import Statistics

VIEW = View("exports_goods")
PAGES = ("/", "/exports", "/compliance", "/gsp", "/charts/exports_goods", "/facts", "/data")
TIMES = 15
ENCODINGS = ("identity", "gzip", "br")


def live(statistics: Statistics) -> dict[str, Any]:
    """Return the figure that the charts below draw, as plotly is given it."""
    found = live_figure(statistics.figure(VIEW, PUBLIC))
    return {"data": found["data"], "layout": found["layout"]}


def figures(statistics: Statistics) -> Group:
    """Time one chart in every form, beside its plain dict."""
    drawn, ready = statistics.figure(VIEW, PUBLIC), live(statistics)
    found = go.Figure(ready)

    def ms(what: str, work: Any) -> Line:
        return Line(what, median_ms(work, TIMES), "ms")

    first = ms("figure as a dict", lambda: statistics.figure(VIEW, PUBLIC))
    others = (
        ms("its JSON", lambda: json.dumps(ready)),
        ms("its picture as SVG", lambda: charts.picture(drawn)),
        ms("everything of a card", lambda: statistics.card(VIEW, PUBLIC)),
        ms("graph_objects of the ready parts", lambda: go.Figure(ready)),
        ms("JSON of graph_objects", found.to_json),
    )
    return Group("One chart of exports by month, made anew", beside(first, others))


def pages(server: Flask) -> tuple[Group, Group]:
    """Time pages that are made anew, and weigh the HTML that a browser gets first."""
    reader = server.test_client()
    cold = [
        Line(f"GET {path}", median_ms(partial(_cold, server, reader, path), 3), "ms")
        for path in PAGES
    ]
    weighed = [line for path in PAGES for line in weights(path, weigh(reader, path))]
    return (
        Group("Pages, made anew", tuple(cold)),
        Group("First HTML of a page", tuple(weighed)),
    )


def _cold(server: Flask, reader: FlaskClient, path: str) -> None:
    for cache in server.extensions["cache"]:
        cache.clear()
    reader.get(path).get_data()


def weigh(reader: FlaskClient, path: str) -> Mapping[str, int]:
    """Return the bytes of a page by encoding."""
    asked = {encoding: {"Accept-Encoding": encoding} for encoding in ENCODINGS}
    return {name: len(reader.get(path, headers=said).data) for name, said in asked.items()}


def weights(path: str, sizes: Mapping[str, int]) -> Iterator[Line]:
    """Yield the lines of one page, compressed ones beside the raw one."""
    raw = sizes["identity"] / 1000
    yield Line(f"{path} raw", raw, "kB")
    for name in ("gzip", "br"):
        yield Line(f"{path} {name}", sizes[name] / 1000, "kB", raw, "raw")
