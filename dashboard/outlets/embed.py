"""A view alone, to stand in a frame of another site: no cookie, no storage, no other address.

Whoever asks, it shows what the public may see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast, get_args
from urllib.parse import parse_qsl, quote

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.access import FRAMED
from dashboard.components.chart_card import Place
from dashboard.components.embedded import Choice, Filters, embedded
from dashboard.components.filter_bar import usual, values
from dashboard.model import PUBLIC, TOTAL, BadView, NotPublished, Scope, View
from dashboard.outlets.asking import Asking, indexing
from dashboard.query import find
from dashboard.service import Card
from dashboard.web.delivery import Answer, answer
from dashboard.web.document import Framed

POLICY = FRAMED
ENDPOINT = "embed.chart"
OPTIONS = ("filters",)
FILTERS = get_args(Filters)
SENT = "sent"
"""The name that a form of a frame sends beside its controls: its address can be shorter."""


def blueprint(asking: Asking) -> Blueprint:
    """Return the route of frames."""
    routes = Blueprint("embed", __name__)

    @routes.get("/embed/<name:indicator>")
    def chart(indicator: str) -> ResponseReturnValue:
        pairs = parse_qsl(request.query_string.decode(), keep_blank_values=True)
        if (SENT, "1") in pairs:
            shorter = chosen(asking, indicator, pairs)
            return redirect(address(indicator, shorter), 302)

        def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
            return made(asking, view, options.get("filters", "hide"))

        return asking.respond(indicator, make, OPTIONS)

    return routes


def address(indicator: str, pairs: Mapping[str, str]) -> str:
    """Return the path and query of a frame."""
    asked = "&".join(f"{name}={quote(value, safe=',._-')}" for name, value in pairs.items())
    return f"/embed/{indicator}" + (f"?{asked}" if asked else "")


def made(asking: Asking, view: View, filters: str) -> Answer:
    """Return the document of a view; raise BadView for an unknown way to show filters.

    Raise NotPublished for what may not stand in the pages of others.
    It lives a minute also where it is pinned: it may be withdrawn, and it names the scripts of
    this edition.
    """
    if filters not in FILTERS:
        raise BadView(f"filters={filters}: not known here; possible: {', '.join(FILTERS)}")
    card = asking.statistics.card(view, PUBLIC)
    if not card.slice.embeddable:
        raise NotPublished(f"{view.indicator}: figures for official use cannot be embedded")
    locale = asking.statistics.locale(view.lang)
    place = replace(Place.of("chart", card.view.indicator, card.query), elsewhere=True)
    shown = Framed(
        title=card.title,
        body=embedded(card, place, locale, _choice(card, cast(Filters, filters))),
        lang=locale.code,
        direction=locale.direction,
        theme=card.view.theme,
        canonical=place.page,
    )
    headers = indexing(card.slice.illustrative)
    return answer(asking.shell.framed(shown), "text/html", headers=headers)


@dataclass(frozen=True, slots=True)
class _Said:
    """What an address says of a card: what has no control, and what its controls differ in."""

    fixed: Mapping[str, str]
    differing: Mapping[str, str]


def _said(card: Card) -> _Said:
    by_itself = usual(card.controls)
    fixed = {n: v for n, v in parse_qsl(card.query) if n not in by_itself}
    shown = values(card.controls)
    return _Said(fixed, {n: v or TOTAL for n, v in shown.items() if v != by_itself[n]})


def _choice(card: Card, filters: Filters) -> Choice:
    carried = {**_said(card).fixed, "filters": filters, SENT: "1"}
    return Choice(filters, f"/embed/{card.view.indicator}", carried)


def chosen(asking: Asking, indicator: str, sent: list[tuple[str, str]]) -> Mapping[str, str]:
    """Return the shortest names of the view that a form asks for; raise as `Statistics.card`.

    A form repeats a name for each code that is ticked, and says "all" where nothing is meant.
    """
    found: dict[str, list[str]] = {}
    for name, value in sent:
        if value and name != SENT:
            found.setdefault(name, []).append(value)
    pairs = {name: ",".join(several) for name, several in found.items()}
    own = {name: pairs.pop(name) for name in OPTIONS if name in pairs}
    meant = {"split", *find(asking.statistics.catalogue, indicator).filters}
    said = {name: v for name, v in pairs.items() if v != TOTAL or name in meant}
    card = asking.statistics.card(View.from_pairs(indicator, said), PUBLIC)
    parts = _said(card)
    return {**parts.differing, **parts.fixed, **own}
