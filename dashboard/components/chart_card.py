"""A chart with everything it must carry: title, picture, summary, table, source, status, files."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.briefing_link import briefing_link
from dashboard.components.data_table import data_table
from dashboard.components.notes import illustrative_mark, notes, provenance
from dashboard.components.shapes import Card
from dashboard.i18n import Locale
from dashboard.web.render import Raw, also, kept


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands on its page.

    `name` is unique on the page; `stem` and `asked` are what stands before and after the ending in
    the addresses of this very view. A compact card uses the narrow picture and leaves table and
    files to its own page. Elsewhere, in another site, it is not shared or put into a
    briefing pack.
    """

    name: str
    stem: str
    asked: str = ""
    live: bool = True
    compact: bool = False
    own_page: bool = False
    elsewhere: bool = False

    @classmethod
    def of(cls, name: str, indicator: str, query: str) -> Self:
        """Return the place of a view with the addresses of its forms."""
        return cls(name, f"/charts/{indicator}", f"?{query}" if query else "")

    @property
    def page(self) -> str:
        """The address of the page of the view."""
        return self.stem + self.asked

    def form(self, ending: str, option: str = "") -> str:
        """Return the address of a form of the view, with an option that only this form knows."""
        mark = "&" if self.asked else "?"
        return f"{self.stem}.{ending}{self.asked}" + (f"{mark}{option}" if option else "")


def chart_card(
    card: Card, place: Place, locale: Locale, graph: dcc.Graph | None = None
) -> Component:
    """Return the figure of a card; `graph` is the live chart, if it is part of the first layout."""
    kind = "card compact" if place.compact else "card"
    return html.Figure(
        [
            kept(f"{place.name}-head", head(card, place, locale), tag=html.Header),
            html.P(id=f"{place.name}-problem", className="problem", role="alert"),
            _plot(card, place, graph),
            kept(f"{place.name}-foot", foot(card, place, locale), tag=html.Figcaption),
        ],
        id=place.name,
        className=kind,
        **also({"aria-labelledby": f"{place.name}-title"}),
    )


def head(
    card: Card, place: Place, locale: Locale, level: Callable[..., Component] = html.H2
) -> list[Component | None]:
    """Return title and subtitle with the marks of the card, and to which release it is pinned."""
    title = html.A(card.title, href=place.page) if not place.own_page else card.title
    marks = [illustrative_mark(locale)] if card.slice.illustrative else []
    return [
        level([title, *marks], id=f"{place.name}-title"),
        html.P(card.subtitle, className="subtitle"),
        None if place.compact else pinned(card, locale),
    ]


def pinned(card: Card, locale: Locale) -> Component | None:
    """Return the line of a pinned view; `assets/notice.js` adds whether figures were revised.

    It says nothing that a later release could change: pinned answers are kept for ever.
    """
    view = card.slice.view
    if not view.release:
        return None
    asked, newest = view.to_query(), replace(view, release="").to_query()
    page = f"/charts/{view.indicator}"
    return html.P(
        [
            locale.text("Pinned to release {release}.", release=view.release),
            " ",
            html.A(locale.text("The newest figures"), href=page + (f"?{newest}" if newest else "")),
        ],
        className="pinned",
        dir="auto",
        **also({"data-notice": f"{page}.notice.json?{asked}"}),
    )


def pictures(card: Card, place: Place) -> list[Raw]:
    """Return the picture of each width that the card is shown in."""
    narrow = Raw(f'<div class="narrow">{card.phone_picture}</div>')
    if place.compact:
        return [narrow]
    return [Raw(f'<div class="wide">{card.picture}</div>'), narrow]


def _plot(card: Card, place: Place, graph: dcc.Graph | None) -> Component:
    data = {"data-card": place.name, "aria-label": " ".join(card.summary)}
    if place.live:
        data["data-graph"] = place.form("figure.json")
    if place.compact:
        data["data-compact"] = ""
    return html.Div(
        [
            kept(f"{place.name}-picture", pictures(card, place), className="pictures"),
            html.Div(graph, id={"slot": "plot", "card": place.name}, className="live"),
        ],
        id=f"{place.name}-plot",
        className="plot",
        role="img",
        **also(data),
    )


def foot(card: Card, place: Place, locale: Locale) -> list[Component | None]:
    """Return summary, table, notes, source and files of a card."""
    text = html.P(" ".join(card.summary), className="summary", id=f"{place.name}-summary")
    if place.compact:
        return [text, provenance(card.slice, locale), _ways(card, place, locale)]
    return [
        text,
        html.Details(
            [
                html.Summary(locale.text("Data table and files")),
                data_table(card.table),
                _files(place, locale),
            ],
            id=f"{place.name}-data",
        ),
        notes(card.slice, locale),
        provenance(card.slice, locale),
        None if place.elsewhere else _ways(card, place, locale),
    ]


def _ways(card: Card, place: Place, locale: Locale) -> Component:
    """Return what can be done with the view as it is shown: share it, add it to a pack."""
    words = locale.text("Share")
    named = {"data-share": "", "aria-haspopup": "dialog", "aria-label": f"{words}: {card.title}"}
    share = html.A(words, href=f"{place.stem}/share{place.asked}", **also(named))
    return html.Div(
        [html.P(share, className="to-share"), briefing_link(card, locale)], className="card-ways"
    )


def _files(place: Place, locale: Locale) -> Component:
    png = place.form("png", "scale=2")
    links = [
        html.A(locale.text("Download CSV"), href=place.form("csv"), download=""),
        html.A(locale.text("Download a workbook (XLSX)"), href=place.form("xlsx"), download=""),
        html.A(locale.text("Download a slide (PPTX)"), href=place.form("pptx"), download=""),
        html.A(locale.text("Download JSON"), href=place.form("json")),
        html.A(locale.text("Download the picture (PNG)"), href=png, download=""),
        html.A(locale.text("Download the picture (SVG)"), href=place.form("svg"), download=""),
        html.A(locale.text("Download the picture (PDF)"), href=place.form("pdf"), download=""),
    ]
    if not place.own_page:
        links.append(html.A(locale.text("This chart on its own page"), href=place.page))
    return html.Div(links, className="files")
