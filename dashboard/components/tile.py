"""Headline figures: value and unit, period, change against a named period, and the way on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.charts import Tile
from dashboard.components.notes import illustrative_mark
from dashboard.i18n import Locale
from dashboard.web.render import Node, Raw

ARROWS = {"up": "↑", "down": "↓", "level": "="}
HIDDEN: Mapping[str, Any] = {"aria-hidden": "true"}
CARRIED = ("lang", "release", "theme")
"""Names that the page puts into every link by itself."""

To = Callable[[str, str], str]
"""(path, query) -> address in the language and release of the page."""


def tiles(found: Sequence[Tile], locale: Locale, link: To) -> Component:
    """Return headline figures as one list, for a kept element: it holds small pictures."""
    listed = [
        html.Li(list(_parts(tile, locale, _address(tile, link))), className="tile")
        for tile in found
    ]
    return html.Ul(listed, className="tiles")


def _address(tile: Tile, link: To) -> str:
    pairs = [(name, value) for name, value in parse_qsl(tile.query) if name not in CARRIED]
    return link(f"/charts/{tile.indicator}", urlencode(pairs, safe=",._-"))


def _parts(tile: Tile, locale: Locale, address: str) -> Iterator[Node]:
    marks: list[Node] = [" ", illustrative_mark(locale)] if tile.illustrative else []
    yield html.P([html.A(tile.label, href=address), *marks], className="tile-label")
    yield html.P(tile.value, className="tile-value")
    yield html.P(list(_when(tile, locale)), className="tile-period")
    if tile.change:
        yield html.P(list(_change(tile, locale)), className="tile-change")
    if tile.spark:
        yield Raw(tile.spark)


def _when(tile: Tile, locale: Locale) -> Iterator[Node]:
    yield tile.period
    if said := _status(tile, locale):
        yield " "
        yield html.Span(said, className="tile-status")


def _status(tile: Tile, locale: Locale) -> str:
    """Return the status words that say more than "as measured" and the mark of the tile."""
    plain = {locale.text("as measured"), locale.text("illustrative")}
    return "; ".join(word for word in tile.status.split("; ") if word not in plain)


def _change(tile: Tile, locale: Locale) -> Iterator[Node]:
    yield html.Span(ARROWS.get(tile.arrow, ""), className="arrow", **HIDDEN)
    yield " "
    yield html.Strong(tile.change)
    yield " "
    yield html.Span(locale.text("compared with {period}", period=tile.against))
    if tile.verdict:
        yield " "
        yield html.Span(tile.verdict, className=f"verdict {tile.judgement}".strip())
