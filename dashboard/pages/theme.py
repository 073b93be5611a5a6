"""A theme: headline tiles, its first chart with controls, its other charts, what else there is."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component
from werkzeug.exceptions import NotFound

from dashboard.catalogue import Theme
from dashboard.components.event_list import event_list
from dashboard.components.notes import illustrative_banner
from dashboard.components.shell import heading
from dashboard.components.tile import tiles
from dashboard.model import NotPublished, Slice
from dashboard.pages.cards import Slot, compact, explorable, preview, view_of
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading
from dashboard.pages.words import as_of
from dashboard.service import Statistics
from dashboard.web.render import Node, kept

PATH = "/<theme>"


def lay_out(statistics: Statistics, reading: Reading, theme: str) -> Content:
    """Lay out a theme; its first chart is the one that the address speaks of."""
    declared = statistics.catalogue.themes.get(theme)
    if declared is None:
        raise NotFound
    text = reading.locale.text
    made_up = holds_illustrative(statistics, reading, declared)
    main: list[Node] = [
        heading(text(declared.title), text(declared.intro), as_of(statistics, reading)),
        kept("banner", illustrative_banner(reading.locale)) if made_up else None,
        *_tiles(statistics, reading, declared),
        *_charts(statistics, reading, declared),
        *_events(statistics, reading, declared),
        *_others(statistics, reading, declared),
    ]
    return Content(
        title=text(declared.title),
        description=text(declared.intro),
        main=main,
        indexed=not made_up,
        explorable=True,
        picture=_preview(statistics, reading, declared),
    )


def holds_illustrative(statistics: Statistics, reading: Reading, theme: Theme) -> bool:
    """Whether any tile or chart of a theme shows made-up data."""
    return any(
        answer.illustrative
        for view in (*theme.charts, *theme.tiles)
        if (answer := _slice(statistics, reading, view)) is not None
    )


def _preview(statistics: Statistics, reading: Reading, theme: Theme) -> str:
    """Return the preview of the first chart as the address asks for it."""
    for view in theme.charts:
        if _slice(statistics, reading, view) is not None:
            asked = view_of(view, reading, reading.pairs)
            return preview(statistics.slice(asked, reading.scope))
    return ""


def _slice(statistics: Statistics, reading: Reading, view: str) -> Slice | None:
    try:
        return statistics.slice(view_of(view, reading), reading.scope)
    except NotPublished:
        return None


def _tiles(statistics: Statistics, reading: Reading, theme: Theme) -> Iterator[Component]:
    views = tuple(view_of(view, reading) for view in theme.tiles)
    found = statistics.tiles(views, reading.scope)
    if found:
        yield kept("tiles", tiles(found, reading.locale, reading.link))


def _charts(statistics: Statistics, reading: Reading, theme: Theme) -> Iterator[Node]:
    published = [v for v in theme.charts if _slice(statistics, reading, v) is not None]
    if not published:
        words = reading.locale.text("Nothing is published here yet.")
        yield kept("nothing", html.P(words, className="nothing"))
        return
    slot = Slot("main-chart", published[0], reading.pairs)
    yield html.Section(explorable(statistics, reading, slot).parts, className="lead")
    cards = [
        compact(statistics, reading, view, f"chart-{number}")
        for number, view in enumerate(published[1:], start=2)
    ]
    yield html.Section(cards, className="grid")


def _events(statistics: Statistics, reading: Reading, theme: Theme) -> Iterator[Component]:
    """Yield the events of a theme: those up to the cut-off date, newest first, and those ahead."""
    text, day = reading.locale.text, statistics.release(reading.release).cut_off.isoformat()
    found = [event for event in statistics.catalogue.events if event.kind in theme.events]
    ahead = [event for event in found if event.date > day]
    past = [event for event in reversed(found) if event.date <= day]
    parts = [
        html.Div([html.H3(title), event_list(events, reading.locale)])
        for title, events in ((text("Dates ahead"), ahead), (text("So far"), past))
        if events
    ]
    if parts:
        yield kept("events", [html.H2(text("Dates")), *parts], tag=html.Section, className="prose")


def _others(statistics: Statistics, reading: Reading, theme: Theme) -> Iterator[Component]:
    named = {view.partition("?")[0] for view in theme.charts}
    others = [i for i in statistics.catalogue.of_theme(theme.id) if i.id not in named]
    others = [i for i in others if statistics.published(i, reading.release)]
    if others:
        text = reading.locale.text
        links = [html.A(text(i.title), href=reading.link(f"/charts/{i.id}")) for i in others]
        listed = html.Ul(
            [
                html.Li([link, " ", html.Span(text(i.measure))])
                for link, i in zip(links, others, strict=True)
            ]
        )
        yield kept("others", [html.H2(text("More on this theme")), listed], className="others")
