"""Any two indicators side by side, each on its own axes: two views, two charts, one address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from dash import html
from dash.development.base_component import Component

from dashboard.components.notes import illustrative_banner
from dashboard.components.picker import Choices, Pick, picker
from dashboard.components.shell import heading
from dashboard.model import TOTAL, BadView
from dashboard.pages.cards import Explorable, Moved, Slot, explorable, preview
from dashboard.pages.framing import Content
from dashboard.pages.reading import CARRIED, Reading, address, written
from dashboard.pages.words import as_of
from dashboard.service import Statistics
from dashboard.web.render import Node, kept

PATH = "/explore"
SIDES = {"left": "exports_goods", "right": "exports_textile_share"}
"""The names of the address and what stands there by itself: official figures, never a sample."""

INTRO = (
    "Two indicators beside each other, each with its own axes, table and files. The address "
    "of this page names both views, so it can be kept and sent."
)
CAUTION = (
    "Side by side is not cause and effect: two lines may move together for reasons that "
    "neither chart shows."
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the page: its name and the view that the address asks for there."""

    name: str
    indicator: str
    pairs: Mapping[str, str]

    @property
    def view(self) -> str:
        """The view as the value of one name of the address."""
        return address(self.indicator, written(self.pairs))


def lay_out(statistics: Statistics, reading: Reading) -> Content:
    """Lay out both sides; raise Moved where the address has a plainer spelling."""
    _check_names(reading)
    asked = [_side(statistics, name, reading) for name in SIDES]
    drawn = [_drawn(statistics, reading, side) for side in asked]
    shown = [_shown(side, card) for side, card in zip(asked, drawn, strict=True)]
    _check_address(reading, shown)
    text = reading.locale.text
    made_up = any(side.card.slice.illustrative for side in drawn)
    main: list[Node] = [
        heading(text("Explore"), text(INTRO), as_of(statistics, reading)),
        kept("banner", illustrative_banner(reading.locale)) if made_up else None,
        _picker(statistics, reading, shown),
        html.Div([html.Section(side.parts) for side in drawn], className="sides"),
        kept("caution", html.P(text(CAUTION)), className="notes"),
    ]
    return Content(
        title=text("Explore"),
        description=text(INTRO),
        main=main,
        indexed=not made_up and not reading.pairs,
        explorable=True,
        picture=preview(drawn[0].card.slice),
    )


def _check_names(reading: Reading) -> None:
    """Raise BadView for a name that is neither a side nor a control of one."""
    unknown = sorted(name for name in reading.pairs if name.partition(".")[0] not in SIDES)
    if unknown:
        possible = ", ".join((*SIDES, *CARRIED))
        raise BadView(f"{', '.join(unknown)}: not known on this page; possible: {possible}")


def _side(statistics: Statistics, name: str, reading: Reading) -> Side:
    """Return what the address asks of one side: a whole view, and what a form adds to it."""
    indicator, _, query = reading.pairs.get(name, SIDES[name]).partition("?")
    pairs = dict(parse_qsl(query))
    if carried := sorted(set(pairs) & set(CARRIED)):
        raise BadView(f"{name}: {', '.join(carried)} belongs to the page, not to one of its views")
    start = f"{name}."
    added = {n.removeprefix(start): v for n, v in reading.pairs.items() if n.startswith(start)}
    declared = statistics.catalogue.indicators.get(indicator)
    usual = {"split", *(declared.filters if declared else ())}
    said = {n: v for n, v in {**pairs, **added}.items() if v != TOTAL or n in usual}
    return Side(name, indicator, said)


def _drawn(statistics: Statistics, reading: Reading, side: Side) -> Explorable:
    slot = Slot(f"{side.name}-chart", side.indicator, side.pairs, parameter=side.name)
    return explorable(statistics, reading, slot)


def _shown(side: Side, drawn: Explorable) -> Side:
    """Return a side as its shortest address has it."""
    pairs = {n: v for n, v in parse_qsl(drawn.card.query) if n not in CARRIED}
    return Side(side.name, drawn.card.view.indicator, pairs)


def _check_address(reading: Reading, shown: list[Side]) -> None:
    """Raise Moved if the address names controls one by one, or a view in a longer way."""
    named = {name.partition(".")[0] for name in reading.pairs}
    plain = {side.name: side for side in shown if side.name in named}
    asked = {name: reading.pairs[name] for name in SIDES if name in reading.pairs}
    if asked.keys() == reading.pairs.keys() and all(
        _same(value, plain[name]) for name, value in asked.items()
    ):
        return
    pairs = {**{name: side.view for name, side in plain.items()}, **reading.carried}
    raise Moved(address(reading.path, written(pairs)))


def _same(value: str, side: Side) -> bool:
    indicator, _, query = value.partition("?")
    return indicator == side.indicator and dict(parse_qsl(query)) == dict(side.pairs)


def _picker(statistics: Statistics, reading: Reading, shown: list[Side]) -> Component:
    text = reading.locale.text
    labels = {"left": text("First indicator"), "right": text("Second indicator")}
    picks = [
        Pick(side.name, labels[side.name], dict(_groups(statistics, reading, side)), side.view)
        for side in shown
    ]
    return picker(picks, reading.locale, reading.path, reading.carried)


def _groups(statistics: Statistics, reading: Reading, side: Side) -> Iterator[tuple[str, Choices]]:
    """Yield the published indicators of each theme; the one shown keeps its whole view."""
    text = reading.locale.text
    for theme in statistics.catalogue.themes.values():
        choices = [
            (side.view if one.id == side.indicator else one.id, text(one.title))
            for one in statistics.catalogue.of_theme(theme.id)
            if statistics.published(one, reading.release)
        ]
        if choices:
            yield text(theme.title), choices
