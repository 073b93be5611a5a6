"""One indicator in full, at its permanent address."""

from dash import html
from dash.development.base_component import Component

from dashboard.catalogue import Indicator
from dashboard.components.chart_card import Place
from dashboard.components.notes import illustrative_banner
from dashboard.components.shell import heading
from dashboard.pages.cards import Explorable, Slot, explorable, preview
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading
from dashboard.pages.words import as_of
from dashboard.service import Statistics
from dashboard.web.render import kept

PATH = "/charts/<name:indicator>"


def lay_out(statistics: Statistics, reading: Reading, indicator: str) -> Content:
    """Lay out the view that the address names."""
    slot = Slot("main-chart", indicator, reading.pairs, own_page=True)
    shown = explorable(statistics, reading, slot)
    declared = statistics.catalogue.indicators[shown.card.view.indicator]
    text, made_up = reading.locale.text, shown.card.slice.illustrative
    main = [
        heading(text(declared.title), text(declared.measure), as_of(statistics, reading)),
        kept("banner", illustrative_banner(reading.locale)) if made_up else None,
        html.Section(shown.parts, className="lead"),
        _definition(declared, shown, reading, statistics),
    ]
    return Content(
        title=text(declared.title),
        description=" ".join(shown.card.summary) or text(declared.definition),
        main=main,
        indexed=not made_up,
        explorable=True,
        picture=preview(shown.card.slice),
        embedded=Place.of("", shown.card.view.indicator, shown.card.query).page,
    )


def _definition(
    declared: Indicator, shown: Explorable, reading: Reading, statistics: Statistics
) -> Component:
    text = reading.locale.text
    theme = statistics.catalogue.themes[declared.theme]
    rows = [(text("Definition"), text(declared.definition))]
    if declared.denominator:
        rows.append((text("Denominator (n)"), text(declared.denominator)))
    listed = html.Dl([html.Div([html.Dt(name), html.Dd(said)]) for name, said in rows])
    links = [
        html.A(text(theme.title), href=reading.link(f"/{theme.id}")),
        html.A(text("Method"), href=reading.link("/method")),
        html.A(text("Compare with another indicator"), href=_compare(shown, reading)),
    ]
    return kept(
        "definition",
        [html.H2(text("About this indicator")), listed, html.Div(links, className="files")],
        tag=html.Section,
        className="prose",
    )


def _compare(shown: Explorable, reading: Reading) -> str:
    return reading.link("/explore", f"left={shown.card.view.indicator}")
