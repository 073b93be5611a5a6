"""What there is to share of a view: a page of its own, and the same as a piece for a dialog."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

from dash import html
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dashboard import short
from dashboard.access import scope_of
from dashboard.citation import cite
from dashboard.components.chart_card import Place
from dashboard.components.notes import illustrative_banner
from dashboard.components.sharing import Choice, Frame, Offer, Shared, sharing
from dashboard.components.shell import heading
from dashboard.i18n import Locale
from dashboard.model import BadView, View
from dashboard.pages.cards import view_of
from dashboard.pages.framing import Content, page
from dashboard.pages.reading import Reading, address, join, read, written
from dashboard.pages.serving import Pages
from dashboard.service import Card
from dashboard.web.delivery import Answer, answer, deliver
from dashboard.web.memory import key_of, vintage_of
from dashboard.web.render import kept, to_html

OWN = ("embed", "embed-filters", "embed-lang")
"""Names of the address that choose the embed and are not part of the view."""
Offers = Callable[[Locale], Sequence[Offer]]


def blueprint(pages: Pages, offers: Offers) -> Blueprint:
    """Return the routes of sharing. `offers` says what the outlets have, in a language."""
    routes = Blueprint("sharing", __name__)

    def answered(indicator: str, make: Callable[[Reading, Shared], str]) -> ResponseReturnValue:
        query = request.query_string.decode()
        reading = read(request.path, query, pages.statistics.locales, scope_of(request))
        vintage = vintage_of(pages.statistics.release(reading.release))
        board = pages.statistics.board().marks
        key = key_of(pages.edition, *vintage, *board, pages.site, request.path, query)

        def made() -> Answer:
            headers = (("X-Robots-Tag", "noindex"),)
            shared = shared_of(pages, offers, reading, indicator)
            return answer(make(reading, shared), "text/html", "minute", headers=headers)

        return deliver(pages.memory.remember(key, made), request)

    @routes.get("/charts/<name:indicator>/share")
    def whole(indicator: str) -> ResponseReturnValue:
        return answered(indicator, lambda reading, shared: _document(pages, reading, shared))

    @routes.get("/charts/<name:indicator>.share")
    def piece(indicator: str) -> ResponseReturnValue:
        return answered(indicator, _piece)

    return routes


def _document(pages: Pages, reading: Reading, shared: Shared) -> str:
    text, made_up = reading.locale.text, shared.card.slice.illustrative
    title = text("Share: {title}", title=shared.card.title)
    back = html.A(text("Back to the chart"), href=shared.place.page)
    main = [
        heading(title, shared.card.subtitle),
        kept("banner", illustrative_banner(reading.locale)) if made_up else None,
        html.P(back),
        kept("sharing", sharing(shared, reading.locale, html.H2)),
    ]
    content = Content(title, " ".join(shared.card.summary), main, indexed=False)
    return pages.shell.document(page(pages.statistics, reading, content))


def _piece(reading: Reading, shared: Shared) -> str:
    title = html.H2(reading.locale.text("Share this chart"), id="sharing-title", tabIndex="-1")
    what = html.P(shared.card.title, className="subtitle")
    parts = sharing(shared, reading.locale, html.H3)
    status = html.P(id="sharing-said", className="hidden-visually", role="status")
    return to_html([title, what, parts, status])


def shared_of(pages: Pages, offers: Offers, reading: Reading, indicator: str) -> Shared:
    """Return what there is to share of the view of an address; raise the errors of a view."""
    statistics, locale = pages.statistics, reading.locale
    pairs = {name: value for name, value in reading.pairs.items() if name not in OWN}
    card = statistics.card(view_of(indicator, reading, pairs), reading.scope)
    site, pinned = pages.shell.public_url, replace(card.view, release=card.slice.release)
    found = cite(statistics, card.slice, site)
    frame = _frame(reading, card, statistics.locales)
    files = pages.shell.files
    embed = _embed(frame, card.view, pinned)
    return Shared(
        card=card,
        place=Place.of("share", card.view.indicator, card.query),
        links=_links(card, locale, site),
        offers=offers(locale),
        rows=(len(card.slice.points), _rows(pages, card)),
        embed=site + embed,
        script=f"{site}/embed.js",
        page=site + card.view.to_path(),
        choices=tuple(_choices(frame, locale, statistics.locales)),
        carried=dict(parse_qsl(card.query)),
        citation=found.plain(locale) if found else (),
        bibtex=found.bibtex() if found else "",
        style=files.url("share.css"),
        preview=embed if pages.site == "public" else "",
    )


def _links(card: Card, locale: Locale, site: str) -> list[tuple[str, str]]:
    newest, pinned = (replace(card.view, release=r) for r in ("", card.slice.release))
    always = locale.text("Always the newest figures")
    fixed = locale.text("These figures, release {release}", release=card.slice.release)
    return [(always, short.address_of(newest, site)), (fixed, short.address_of(pinned, site))]


def _rows(pages: Pages, card: Card) -> int:
    cells = pages.statistics.release(card.view.release).cells
    own = (keys for series, keys in cells.items() if series.indicator == card.view.indicator)
    return sum(len(periods) for keys in own for periods in keys.values())


def _frame(reading: Reading, card: Card, locales: Mapping[str, Locale]) -> Frame:
    """Return what is chosen for the embed; raise BadView for what there is not."""
    usual = "frozen" if card.view.release else "live"
    possible = {
        "embed": ("live", "frozen"),
        "embed-filters": ("hide", "show", "lock"),
        "embed-lang": tuple(locales),
    }
    asked = {
        "embed": reading.pairs.get("embed", usual),
        "embed-filters": reading.pairs.get("embed-filters", "hide"),
        "embed-lang": reading.pairs.get("embed-lang", reading.locale.code),
    }
    for name, value in asked.items():
        if value not in possible[name]:
            raise BadView(f"{name}={value}: not known here; possible: {', '.join(possible[name])}")
    return Frame(asked["embed"], asked["embed-filters"], asked["embed-lang"])


def _embed(frame: Frame, view: View, pinned: View) -> str:
    shown = pinned if frame.kind == "frozen" else replace(view, release="")
    shown = replace(shown, lang="" if frame.lang == "en" else frame.lang)
    filters = {} if frame.filters == "hide" else {"filters": frame.filters}
    return address(f"/embed/{view.indicator}", join(shown.to_query(), written(filters)))


def _choices(frame: Frame, locale: Locale, locales: Mapping[str, Locale]) -> Iterator[Choice]:
    text = locale.text
    kinds = {"live": text("Live: the newest figures"), "frozen": text("Frozen: this release")}
    filters = {
        "hide": text("Without filters"),
        "show": text("Readers may filter"),
        "lock": text("Filters are shown and locked"),
    }
    names = {code: one.name for code, one in locales.items()}
    yield Choice("embed", text("Figures"), frame.kind, kinds)
    yield Choice("embed-filters", text("Filters"), frame.filters, filters)
    yield Choice("embed-lang", text("Language"), frame.lang, names)
