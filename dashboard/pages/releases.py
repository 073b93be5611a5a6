"""Every release with its note and what it changed, and the calendars of the sources."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.charts import Table
from dashboard.components.data_table import data_table
from dashboard.components.prose import contents, links, section
from dashboard.components.shell import heading
from dashboard.i18n import Locale
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading, only
from dashboard.pages.words import as_of
from dashboard.service import Statistics
from dashboard.store import Stored
from dashboard.web.render import Node, kept
from dashboard.withdrawals import Withdrawal, withdrawn_release

PATH = "/releases"
INTRO = (
    "What is published together is a release. It has a name and never changes; new and revised "
    "figures come with the next one, which says what it changed."
)
CALENDAR = (
    "A release follows when a source has published something new or the programme has handed "
    "over its records; there are no fixed days. This is what the sources of the newest release "
    "say about their own periods."
)
PINNED = (
    "The address of a view may name its release: then it shows the same figures for ever. "
    "Without one it shows the newest release."
)


def lay_out(statistics: Statistics, reading: Reading) -> Content:
    """Lay out the list of releases, the newest first."""
    only(reading, ())
    text, board = reading.locale.text, statistics.board()
    articles = [
        _release(stored, withdrawn_release(stored.id, board.withdrawals), board.current, reading)
        for stored in reversed(board.releases)
    ]
    named = [(text("All releases"), "all"), (text("Calendar of the sources"), "calendar")]
    main: list[Node] = [
        heading(text("Releases"), text(INTRO), as_of(statistics, reading)),
        contents(named, text("On this page")),
        kept(
            "all",
            [html.H2(text("All releases")), *articles, _files(reading)],
            tag=html.Section,
            className="prose",
        ),
        *_views(board.withdrawals, reading),
        section(
            "calendar",
            text("Calendar of the sources"),
            [text(CALENDAR), text(PINNED)],
            data_table(calendar(statistics, reading)),
        ),
    ]
    return Content(text("Releases"), text(INTRO), main)


def _release(
    stored: Stored, withdrawal: Withdrawal | None, current: str, reading: Reading
) -> Component:
    text, locale = reading.locale.text, reading.locale
    words = text("Release {release}", release=stored.id)
    link = html.A(words, href=reading.link(f"/releases/{stored.id}"))
    state: list[Node] = [html.Strong(text("newest release"))] if stored.id == current else []
    if withdrawal:
        state = [html.Strong(text("Withdrawn")), " ", html.Bdi(withdrawal.why)]
    said = [text(stored.note)] if not withdrawal else []
    return html.Article(
        [
            html.H3(words if withdrawal else link),
            html.P([html.Span(fact) for fact in dates(stored, locale)], className="as-of"),
            html.P(state) if state else None,
            *(html.P(words, dir="auto") for words in said if words),
        ],
        id=f"release-{stored.id}",
    )


def dates(stored: Stored, locale: Locale) -> list[str]:
    """Return when a release was published and up to when its data reach."""
    text = locale.text
    return [
        text("Published on {date}", date=locale.date(stored.published_on)),
        text("Data up to {date}", date=locale.date(stored.cut_off)),
    ]


def _files(reading: Reading) -> Component:
    text = reading.locale.text
    return links(
        [(text("Download CSV"), "/releases.csv"), (text("Download JSON"), "/releases.json")]
    )


def _views(withdrawals: tuple[Withdrawal, ...], reading: Reading) -> Iterator[Component]:
    text = reading.locale.text
    rows = tuple((w.what, w.why) for w in withdrawals if w.view is not None)
    if rows:
        caption = text("Single views that were withdrawn, and why")
        table = Table(caption, (text("View"), text("Reason")), rows)
        yield section("views", text("Withdrawn views"), [], data_table(table))


def calendar(statistics: Statistics, reading: Reading) -> Table:
    """Return what the sources of a release say about their periods, by publisher."""
    text, release = reading.locale.text, statistics.release(reading.release)
    declared = statistics.catalogue.sources
    rows = sorted(
        (source.publisher, source.title, str(said["calendar"]), source.vintage or text("undated"))
        for source in release.sources.values()
        if source.id in declared and "calendar" in (said := declared[source.id].model_extra or {})
    )
    heads = (text("Publisher"), text("Source"), text("Calendar"), text("Date of data"))
    return Table(text("Sources of the release and their calendars"), heads, tuple(rows))
