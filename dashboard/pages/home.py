"""The front page: headline figures, what changed, one chart per theme, doors for the audiences."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.components.fact_list import quotes
from dashboard.components.notes import illustrative_banner
from dashboard.components.shell import heading
from dashboard.components.tile import tiles
from dashboard.model import NotPublished
from dashboard.pages import desk
from dashboard.pages.cards import compact, view_of
from dashboard.pages.framing import NAME, Content
from dashboard.pages.reading import Reading, only
from dashboard.pages.words import as_of
from dashboard.service import Statistics
from dashboard.web.render import Node, kept

PATH = "/"
TILES = 8
INTRO = (
    "How Pakistan's textile and garment exports are doing, and what the Better Work programme of "
    "the ILO and IFC does for the people who make them: figures with their sources, to read, "
    "download and quote."
)


def lay_out(statistics: Statistics, reading: Reading) -> Content:
    """Lay out the front page; whoever is signed in finds their own desk there."""
    only(reading, ())
    if reading.scope.audience != "public":
        return desk.lay_out(statistics, reading)
    text = reading.locale.text
    made_up = statistics.release(reading.release).illustrative
    main: list[Node] = [
        heading(text(NAME), text(INTRO), as_of(statistics, reading)),
        kept("banner", illustrative_banner(reading.locale)) if made_up else None,
        *_tiles(statistics, reading),
        *_milestones(statistics, reading),
        _changed(statistics, reading),
        html.Section(list(_charts(statistics, reading)), className="grid"),
        _doors(statistics, reading),
    ]
    return Content(text(NAME), text(INTRO), main, explorable=True)


def _tiles(statistics: Statistics, reading: Reading) -> Iterator[Component]:
    themes = statistics.catalogue.themes.values()
    first = [view for theme in themes for view in theme.tiles[:2]]
    views = tuple(view_of(view, reading) for view in dict.fromkeys(first))
    found = statistics.tiles(views, reading.scope)[:TILES]
    if found:
        real_first = sorted(found, key=lambda tile: tile.illustrative)
        yield kept("tiles", tiles(real_first, reading.locale, reading.link))


def _milestones(statistics: Statistics, reading: Reading) -> Iterator[Component]:
    facts = statistics.release(reading.release).facts
    said = [fact for fact in facts if fact.display == "headline"][:4]
    if said:
        text = reading.locale.text
        more = html.A(text("All cited facts"), href=reading.link("/facts"))
        yield kept(
            "milestones",
            [html.H2(text("As published")), quotes(said, reading.locale), html.P(more)],
            tag=html.Section,
            className="milestones",
        )


def _changed(statistics: Statistics, reading: Reading) -> Component:
    release, text = statistics.release(reading.release), reading.locale.text
    said = text("Release {release}", release=release.id)
    link = html.A(said, href=reading.link(f"/releases/{release.id}"))
    return kept(
        "changed",
        [
            html.H2(text("What changed in this release")),
            html.P([html.Strong(link), " ", text(release.note)]),
        ],
        tag=html.Section,
        className="changed",
    )


def _charts(statistics: Statistics, reading: Reading) -> Iterator[Component]:
    for theme in statistics.catalogue.themes.values():
        for view in filter(None, (theme.front, *theme.charts)):
            try:
                card = compact(statistics, reading, view, f"chart-{theme.id}")
            except NotPublished:
                continue
            words = reading.locale.text(theme.title)
            link = html.A(words, href=reading.link(f"/{theme.id}"), className="theme-link")
            yield html.Div([kept(f"theme-{theme.id}", link), card])
            break


def _doors(statistics: Statistics, reading: Reading) -> Component:
    text, known = reading.locale.text, desk.known(statistics)
    doors = []
    for audience in statistics.catalogue.audiences.values():
        links = [
            html.Li(html.A(text(known.get(path, path)), href=reading.link(path)))
            for path in audience.links
        ]
        doors.append(
            html.Div([html.H3(text(audience.title)), html.P(text(audience.intro)), html.Ul(links)])
        )
    return kept(
        "doors",
        [html.H2(text("Who this is for")), html.Div(doors, className="doors")],
        tag=html.Section,
    )
