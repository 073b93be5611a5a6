"""A briefing pack is put together: charts in an order, a title, a language; then its files."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard import charts
from dashboard.briefing import MOST_LETTERS, MOST_VIEWS, PATH, Pack, as_written, read_view, written
from dashboard.components.notes import illustrative_banner
from dashboard.components.pack_form import Entry, Fields, Row, pack_form, whole
from dashboard.components.picker import Choices, Pick
from dashboard.components.shell import heading
from dashboard.model import BadView, NoRelease, NotPublished, View
from dashboard.pages.cards import Moved, preview
from dashboard.pages.framing import Content
from dashboard.pages.reading import NEXT, Reading, address, only
from dashboard.pages.words import as_of
from dashboard.service import Statistics
from dashboard.web.render import Node, also, kept
from dashboard.withdrawals import withdrawn_release

INTRO = (
    "Charts for a meeting in one file: choose them, bring them into an order, give them a title. "
    "The address of this page is the pack, so it can be kept and sent."
)
MOVES = {"up": -1, "down": 1}
CHANGES = (*MOVES, "remove", "add", "address", "apply", "added")
"""What the buttons and fields of the form send."""
FORMS = {
    "pptx": "Download the presentation (PPTX)",
    "pdf": "Download for printing (PDF)",
    "xlsx": "Download the workbook (XLSX)",
}


def lay_out(statistics: Statistics, reading: Reading) -> Content:
    """Lay out a pack; raise Moved where the address changes it or has a plainer spelling."""
    asked = only(reading, ("view", "title", *CHANGES))
    pack = pack_of(reading)
    try:
        changed, place = _changed(statistics, reading, pack, asked)
    except (BadView, NotPublished, NoRelease) as error:
        entry = Entry(asked.get("address", ""), str(error))
        return _content(statistics, reading, pack, entry)
    if changed != pack or set(asked) & set(CHANGES) or not _plain(asked, pack):
        raise Moved(_here(changed, reading) + place)
    return _content(statistics, reading, pack, Entry())


def pack_of(reading: Reading) -> Pack:
    """Return the pack that an address names; raise BadView."""
    views = [view for view in reading.pairs.get("view", "").split(NEXT) if view]
    if len(views) > MOST_VIEWS:
        raise BadView(f"a briefing pack holds at most {MOST_VIEWS} views, not {len(views)}")
    lang = reading.carried.get("lang", "")
    return Pack.of(views, reading.pairs.get("title", ""), lang, reading.release)


def _plain(asked: Mapping[str, str], pack: Pack) -> bool:
    """Whether an address writes a pack as the pack does."""
    views = NEXT.join(written(view) for view in pack.views)
    return asked.get("view", "") == views and asked.get("title", "") == pack.title


def _here(pack: Pack, reading: Reading) -> str:
    """Return the address of a pack in the colours of the page."""
    return address(PATH, "&".join(filter(None, (pack.to_query(), _theme(reading)))))


def _theme(reading: Reading) -> str:
    return f"theme={reading.theme}" if reading.theme else ""


def _changed(
    statistics: Statistics, reading: Reading, pack: Pack, asked: Mapping[str, str]
) -> tuple[Pack, str]:
    """Return the pack as the form wants it, and where the page then is to be entered.

    The first view gives the pack its release, if it names one.
    """
    views, place = list(pack.views), ""
    for name, step in MOVES.items():
        if (at := _place(asked, name, views)) and 0 <= at - 1 + step < len(views):
            views.insert(at - 1 + step, views.pop(at - 1))
            place = _focus(name, at + step, len(views))
    if at := _place(asked, "remove", views):
        del views[at - 1]
        place = f"#view-{min(at, len(views))}" if views else ""
    release = pack.release
    for said in filter(None, (asked.get("add", ""), asked.get("address", ""))):
        release = release if views else release or as_written(said).release
        views.append(_new(statistics, reading, said, release))
        place = f"#view-{len(views)}"
    return replace(pack, views=tuple(dict.fromkeys(views)), release=release), place


def _place(asked: Mapping[str, str], name: str, views: list[View]) -> int:
    """Return which chart a button means, counted from 1; 0 for none; raise BadView."""
    said = asked.get(name, "")
    if not said:
        return 0
    if not (said.isascii() and said.isdigit() and 1 <= int(said) <= len(views)):
        raise BadView(f"{name}={said[:20]}: there is no such chart in this pack")
    return int(said)


def _focus(name: str, place: int, count: int) -> str:
    """Return the same button of the chart at its new place, or the other one at an end."""
    at_end = place == (1 if name == "up" else count)
    other = {"up": "down", "down": "up"}[name]
    return f"#{other if at_end else name}-{place}"


def _new(statistics: Statistics, reading: Reading, said: str, release: str) -> View:
    """Return a view that is to be added, once it is known that it can be shown."""
    view = read_view(said, release)
    statistics.slice(replace(view, release=release), reading.scope)
    return view


def _content(statistics: Statistics, reading: Reading, pack: Pack, entry: Entry) -> Content:
    text, locale = reading.locale.text, reading.locale
    rows = [_row(statistics, reading, view) for view in pack.views]
    hidden = {"theme": reading.theme} if reading.theme else {}
    fields = Fields(
        pack.title, MOST_LETTERS, _picks(statistics, reading), _add(statistics, reading), entry
    )
    made_up = any(row.illustrative for row in rows)
    form = pack_form(rows, fields, hidden, PATH, locale)
    main: list[Node] = [
        heading(text("Briefing pack"), text(INTRO), as_of(statistics, reading)),
        kept("banner", illustrative_banner(locale)) if made_up else None,
        whole([form] if rows else [_kept(reading), form], pack.to_query() if rows else ""),
        *_files(statistics, reading, pack, rows),
    ]
    return Content(
        title=text("Briefing pack"),
        description=text(INTRO),
        main=main,
        status=_status(rows, entry),
        indexed=not reading.pairs,
        picture=_preview(statistics, reading, pack),
    )


def _status(rows: list[Row], entry: Entry) -> int:
    """Return 400 for a wrong entry, 404 where a chart of the pack is not there."""
    if entry.problem:
        return 400
    return 404 if any(row.problem for row in rows) else 200


def _row(statistics: Statistics, reading: Reading, view: View) -> Row:
    """Return a chart of the pack as the page lists it; one that cannot be shown says why."""
    own = replace(view, lang=reading.carried.get("lang", ""), release=reading.release)
    try:
        answer = statistics.slice(own, reading.scope)
    except (BadView, NotPublished) as error:
        return Row(written(view), view.indicator, "", "", problem=str(error))
    locale = reading.locale
    return Row(
        view=written(view),
        title=charts.title(answer, locale),
        subtitle=charts.subtitle(answer, locale),
        link=reading.link(f"/charts/{view.indicator}", view.to_query()),
        illustrative=answer.illustrative,
    )


def _preview(statistics: Statistics, reading: Reading, pack: Pack) -> str:
    for view in pack.asked()[:1]:
        try:
            return preview(statistics.slice(view, reading.scope))
        except (BadView, NotPublished):
            return ""
    return ""


def _picks(statistics: Statistics, reading: Reading) -> list[Pick]:
    """Return the lists of languages and of releases."""
    text, board = reading.locale.text, statistics.board()
    languages = [(locale.code, locale.name) for locale in statistics.locales.values()]
    releases = [
        (stored.id, reading.locale.isolate(stored.id))
        for stored in reversed(board.releases)
        if withdrawn_release(stored.id, board.withdrawals) is None
    ]
    newest = ("", text("The newest"))
    return [
        Pick("lang", text("Language"), {"": languages}, reading.locale.code),
        Pick("release", text("Release"), {"": [newest, *releases]}, reading.release),
    ]


def _add(statistics: Statistics, reading: Reading) -> Pick:
    text = reading.locale.text
    none = {"": [("", text("Choose a chart"))]}
    return Pick("add", text("A chart"), none | dict(_groups(statistics, reading)), "")


def _groups(statistics: Statistics, reading: Reading) -> Iterator[tuple[str, Choices]]:
    """Yield the published indicators of each theme."""
    text = reading.locale.text
    for theme in statistics.catalogue.themes.values():
        choices = [
            (one.id, text(one.title))
            for one in statistics.catalogue.of_theme(theme.id)
            if statistics.published(one, reading.release)
        ]
        if choices:
            yield text(theme.title), choices


def _kept(reading: Reading) -> Component:
    """Return the way back to the pack that the browser keeps; a script shows it."""
    words = reading.locale.text("Go on with the pack that you have begun")
    return html.P(html.A(words, href=PATH), id="pack-kept", hidden=True)


def _files(
    statistics: Statistics, reading: Reading, pack: Pack, rows: list[Row]
) -> Iterator[Component]:
    """Yield the files of a pack, and its address with the release in it."""
    if not rows:
        return
    text = reading.locale.text
    release = statistics.release(reading.release).id
    links = [
        html.A(text(words), href=f"{PATH}.{form}?{pack.to_query()}", download="")
        for form, words in FORMS.items()
    ]
    files: Node = html.Div(links, className="files")
    if any(row.problem for row in rows):
        words = text("Remove the charts that cannot be shown: then there are files.")
        files = html.P(words, role="note")
    pinned = html.A(
        text("This pack with the figures of release {release}, for ever", release=release),
        href=_here(replace(pack, release=release), reading),
    )
    fixed = text("Fixed to release {release}", release=release)
    empty = _here(Pack(lang=pack.lang), reading)
    new = html.A(text("Begin a new pack"), href=empty, **also({"data-briefing": "new"}))
    yield kept(
        "files",
        [
            html.H2(text("Get the pack")),
            files,
            html.P(fixed if pack.release else pinned),
            html.P(new),
        ],
        tag=html.Section,
        className="prose",
    )
