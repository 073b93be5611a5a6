"""The chart alone, as a frame in another site shows it, and what the frame says in its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dash import html
from dash.development.base_component import Component

from dashboard.components.chart_card import Place, foot, head, pictures
from dashboard.components.filter_bar import bar
from dashboard.components.shapes import Card, Control
from dashboard.i18n import Locale
from dashboard.web.render import Raw, also, attributes, kept

NAME = "Better Work Pakistan"
Filters = Literal["hide", "show", "lock"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What readers of a frame may choose: where the form leads and what it sends along."""

    filters: Filters
    action: str
    carried: Mapping[str, str]


def embedded(card: Card, place: Place, locale: Locale, choice: Choice) -> Component:
    """Return a card for a frame: words, picture, table, source, and the way to the site."""
    figure = html.Figure(
        [
            html.Header(head(card, place, locale, html.H1)),
            *_filters(card, locale, choice),
            html.Div(
                kept(f"{place.name}-picture", pictures(card, place), className="pictures"),
                className="plot",
                role="img",
                **also({"aria-label": " ".join(card.summary)}),
            ),
            html.Figcaption(foot(card, place, locale)),
        ],
        className="card",
        **also({"aria-labelledby": f"{place.name}-title"}),
    )
    return html.Main([_under_review(locale), figure, _home(locale, place.page)], className="embed")


def refused(title: str, intro: str, message: str, locale: Locale) -> Component:
    """Return what a frame says where there is no chart to show; `message` is English."""
    said = html.P(html.Bdi(message), className="message", dir="ltr", lang="en")
    words = html.Div([html.H1(title), html.P(intro), said], className="prose")
    return html.Main([words, _home(locale, "/")], className="embed")


def _home(locale: Locale, page: str) -> Component:
    link = html.A(locale.text("Open on the site"), href=page)
    return html.P([locale.text(NAME), ": ", link], className="home")


def _under_review(locale: Locale) -> Component | None:
    if locale.reviewed:
        return None
    words = locale.text("This translation is under review; the English text counts.")
    return html.P(words, className="subtitle")


def _filters(card: Card, locale: Locale, choice: Choice) -> Iterator[Component]:
    if not card.controls or choice.filters == "hide":
        return
    yield (
        _form(card.controls, locale, choice)
        if choice.filters == "show"
        else _chosen(card.controls, locale)
    )


def _form(controls: Sequence[Control], locale: Locale, choice: Choice) -> Component:
    """Return the controls as a form that asks for the frame anew, with scripts and without."""
    sent = "".join(
        f'<input type="hidden"{attributes({"name": name, "value": value})}>'
        for name, value in choice.carried.items()
    )
    apply = html.Button(locale.text("Apply"), type="submit", className="apply")
    return html.Form(
        html.Details(
            [
                html.Summary(locale.text("Filters")),
                html.Div(bar(controls, "chart", "", locale), className="controls"),
                kept("chart-apply", [Raw(sent), apply], className="ends"),
            ],
            className="filters",
        ),
        action=choice.action,
        method="get",
        target="_self",
        className="filter-form",
        **also({"aria-label": locale.text("Filters")}),
    )


def _chosen(controls: Sequence[Control], locale: Locale) -> Component:
    """Return what is chosen as words."""
    pairs = [
        html.Div([html.Dt(control.label), html.Dd(_words(control, locale))]) for control in controls
    ]
    return html.Dl(pairs, className="provenance chosen")


def _words(control: Control, locale: Locale) -> str:
    chosen = [option.label for option in control.options if option.selected]
    return locale.join(chosen) if chosen else locale.text("All")
