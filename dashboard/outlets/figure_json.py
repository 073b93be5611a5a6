"""The figure of a view, as the page draws it, with the words around it: what filters ask for."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dashboard.components.chart_card import Place, foot, head, pictures
from dashboard.components.filter_bar import bar, signature
from dashboard.components.live import live_figure
from dashboard.model import BadView, Scope, View
from dashboard.outlets.asking import Asking, indexing, keep_of
from dashboard.service import Card, Statistics
from dashboard.web.delivery import Answer, answer
from dashboard.web.render import to_html, to_layout

OPTIONS = {"form": r"web|phone|slide", "scheme": r"light|dark", "place": r"[a-z]+"}
"""How wide it is drawn, for which colours, in which place of a page: not part of the view."""

WHOLE = ("main", "own")
"""The first chart of a theme, and an indicator's own page: the address is all about this card."""


def blueprint(asking: Asking) -> Blueprint:
    """Return the route of figures."""
    routes = Blueprint("figure_json", __name__)

    @routes.get("/charts/<name:indicator>.figure.json")
    def figure_json(indicator: str) -> ResponseReturnValue:
        def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
            return made(asking.statistics, view, scope, options)

        return asking.respond(indicator, make, tuple(OPTIONS))

    return routes


def made(statistics: Statistics, view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
    """Return the answer of a view; raise BadView for an unknown option."""
    for name, value in options.items():
        if not re.fullmatch(OPTIONS[name], value):
            raise BadView(f"{name}={value}: not known here; possible: {OPTIONS[name]}")
    card = statistics.card(view, scope)
    drawn = replace(card.view, theme=view.theme or options.get("scheme", ""))
    figure = statistics.figure(drawn, scope, options.get("form", "web"))
    content = described(card, figure) | parts(statistics, card, options.get("place", "main"))
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return answer(
        text, "application/json", keep_of(view), headers=indexing(card.slice.illustrative)
    )


def described(card: Card, figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figure and what it says, for any reader of the address."""
    live = bool(figure.get("live", True))
    return {
        "indicator": card.view.indicator,
        "query": card.query,
        "title": card.title,
        "subtitle": card.subtitle,
        "summary": list(card.summary),
        "illustrative": card.slice.illustrative,
        "release": card.slice.release,
        "notes": list(card.slice.notes),
        "table": {
            "caption": card.table.caption,
            "columns": list(card.table.columns),
            "rows": [list(row) for row in card.table.rows],
        },
        "live": live,
        "figure": live_figure(figure) if live else None,
    }


def parts(statistics: Statistics, card: Card, place: str) -> dict[str, Any]:
    """Return the pieces of the card that a page replaces: markup, controls, their signature."""
    locale = statistics.locale(card.view.lang)
    slot = "" if place in WHOLE else place
    found = Place.of(f"{slot or 'main'}-chart", card.view.indicator, card.query)
    at = replace(found, own_page=place == "own")
    markup = {
        "head": to_html(head(card, at, locale)),
        "picture": to_html(pictures(card, at)),
        "foot": to_html(foot(card, at, locale)),
    }
    return {
        "parts": markup,
        "controls": to_layout(bar(card.controls, at.name, slot, locale)),
        "signature": signature(card.controls),
    }
