"""From a view to its card on a page: what the service answers, with the addresses around it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from dash.development.base_component import Component

from dashboard.charts import Figure
from dashboard.components.chart_card import Place, chart_card
from dashboard.components.filter_bar import Spec, filter_bar, signature, usual, values
from dashboard.components.live import live_graph
from dashboard.model import TOTAL, Slice, View
from dashboard.pages.reading import CARRIED, Reading, address, join, written
from dashboard.service import Card, Statistics


class Moved(Exception):
    """The address has a shorter spelling; `to` is the one to use."""

    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.to = to


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on a page for a card that has controls.

    `home` is the view that the page shows by itself; `own` are the names of the address that
    belong to this card; `parameter` is set where a whole view is the value of one name: such a card
    shares the width of the page with another.
    """

    name: str
    home: str
    own: Mapping[str, str]
    parameter: str = ""
    own_page: bool = False


def view_of(text: str, reading: Reading, changed: Mapping[str, str] | None = None) -> View:
    """Return the view that "indicator?query" names, in the language and release of the page."""
    indicator, _, query = text.partition("?")
    pairs = {**dict(parse_qsl(query)), **(changed or {}), **reading.carried}
    return View.from_pairs(indicator, pairs)


def place_of(card: Card, reading: Reading, name: str, *, compact: bool = False) -> Place:
    """Return where a card stands, with the addresses of its view."""
    place = Place.of(name, card.view.indicator, card.query)
    return replace(place, live=is_live(card), compact=compact)


def preview(answer: Slice) -> str:
    """Return the address of the picture that a link to a view is previewed with."""
    return Place.of("", answer.view.indicator, answer.view.to_query()).form("png", "form=social")


def is_live(card: Card) -> bool:
    """Whether plotly can draw the card; tables and timelines are pictures for good."""
    return bool(card.figure.get("live", True))


def compact(statistics: Statistics, reading: Reading, view: str, name: str) -> Component:
    """Return the card of a view without controls; raise NotPublished."""
    card = statistics.card(view_of(view, reading), reading.scope)
    return chart_card(card, place_of(card, reading, name, compact=True), reading.locale)


@dataclass(frozen=True, slots=True)
class Explorable:
    """A card with its controls, as drawn."""

    card: Card
    controls: Component
    figure: Component

    @property
    def parts(self) -> list[Component]:
        """Controls above the chart that they affect."""
        return [self.controls, self.figure]


def explorable(statistics: Statistics, reading: Reading, slot: Slot) -> Explorable:
    """Return the card of a slot with its controls; raise Moved where the address can be shorter."""
    home = view_of(slot.home, reading)
    card = statistics.card(view_of(slot.home, reading, slot.own), reading.scope)
    spec = _spec(statistics, reading, slot, card, home)
    if not slot.parameter:
        _check_address(reading, spec)
    place = replace(place_of(card, reading, slot.name), own_page=slot.own_page)
    form = "phone" if slot.parameter else reading.window.form
    graph = live_graph(slot.name, _drawn(statistics, reading, card, form)) if place.live else None
    bar = filter_bar(
        card.controls, spec, reading.locale, reading.path, _carried(reading, slot, spec)
    )
    return Explorable(card, bar, chart_card(card, place, reading.locale, graph))


def _drawn(statistics: Statistics, reading: Reading, card: Card, form: str) -> Figure:
    """Return the figure in a form, in the colours that the reader's window wants."""
    view = replace(card.view, theme=reading.theme or reading.window.scheme)
    return statistics.figure(view, reading.scope, form)


def _spec(statistics: Statistics, reading: Reading, slot: Slot, card: Card, home: View) -> Spec:
    at_home = statistics.slice(home, reading.scope)
    by_itself = values(tuple(statistics.controls(at_home, reading.locale, reading.scope)))
    default = usual(card.controls)
    pairs = dict(parse_qsl(card.query))
    return Spec(
        name=slot.name,
        indicator=card.view.indicator,
        slot=slot.parameter,
        shown=values(card.controls),
        usual=default,
        home=default if slot.parameter else {**default, **by_itself},
        signature=signature(card.controls),
        fixed={n: v for n, v in pairs.items() if n not in default and n not in CARRIED},
        reading=written(reading.carried),
    )


def differing(shown: Mapping[str, str], by_itself: Mapping[str, str]) -> dict[str, str]:
    """Return what an address must say: the values that differ from what is shown by itself."""
    return {n: v or TOTAL for n, v in shown.items() if v != by_itself.get(n, "")}


def _check_address(reading: Reading, spec: Spec) -> None:
    fixed = {name: value for name, value in reading.pairs.items() if name in spec.fixed}
    short = {**differing(spec.shown, spec.home), **fixed}
    if short != dict(reading.pairs):
        raise Moved(address(reading.path, join(written(short), written(reading.carried))))


def _carried(reading: Reading, slot: Slot, spec: Spec) -> dict[str, str]:
    """Return the names that the form of a card sends along: all but what its controls say."""
    if slot.parameter:
        own = {slot.parameter: address(spec.indicator, written(spec.fixed))}
        return {**reading.pairs, **own, **reading.carried}
    fixed = {n: v for n, v in reading.pairs.items() if n in spec.fixed}
    return {**fixed, **reading.carried}
