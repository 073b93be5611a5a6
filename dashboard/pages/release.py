"""One release: its note, its dates, and every value that it changed."""

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.data_table import data_table
from dashboard.components.notes import illustrative_banner
from dashboard.components.picker import Pick, picker
from dashboard.components.prose import links, section
from dashboard.components.revision_table import by_indicator, by_value, title_of
from dashboard.components.shell import heading
from dashboard.model import BadView, NoRelease
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading, address, only, written
from dashboard.pages.releases import dates
from dashboard.revisions import Change, Revision
from dashboard.service import Statistics
from dashboard.store import Stored
from dashboard.web.render import Node, kept

PATH = "/releases/<release:release>"
PARAMETER = "indicator"
SHOWN = 200
"""Values that a page writes out; the files have all of them."""


def lay_out(statistics: Statistics, reading: Reading, release: str) -> Content:
    """Lay out a release and what it changed, of one indicator if the address names it."""
    chosen = only(reading, (PARAMETER,)).get(PARAMETER, "")
    revision, stored = statistics.revision(release), _stored(statistics, release)
    text = reading.locale.text
    title = text("Release {release}", release=stored.id)
    made_up = any(change.illustrative for change in revision.changes)
    main: list[Node] = [
        heading(title, text(stored.note), dates(stored, reading.locale)),
        kept("banner", illustrative_banner(reading.locale)) if made_up else None,
        kept("files", _files(stored, reading)),
        *_changed(statistics, reading, revision, chosen),
    ]
    return Content(title, text(stored.note) or title, main, indexed=not made_up)


def _stored(statistics: Statistics, name: str) -> Stored:
    found = [stored for stored in statistics.board().releases if stored.id == name]
    if not found:
        raise NoRelease(f"there is no release {name!r}")
    return found[0]


def _files(stored: Stored, reading: Reading) -> Component:
    text, at = reading.locale.text, f"/releases/{stored.id}"
    kept_on = {name: value for name, value in reading.carried.items() if name != "release"}
    pinned = address("/", written({**kept_on, "release": stored.id}))
    return links(
        [
            (text("Download CSV"), f"{at}.csv"),
            (text("Download JSON"), f"{at}.json"),
            (text("Sources, files and checksums"), address(f"{at}/sources", written(kept_on))),
            (text("The site as of this release"), pinned),
            (text("All releases"), reading.link("/releases")),
        ]
    )


def _changed(
    statistics: Statistics, reading: Reading, revision: Revision, chosen: str
) -> Iterator[Component]:
    text, changes = reading.locale.text, revision.changes
    if chosen and chosen not in {change.series.indicator for change in changes}:
        raise BadView(f"{PARAMETER}={chosen}: this release changed no such indicator")
    title = text("What changed in this release")
    yield section("changed", title, [_said(revision, reading)])
    if not changes:
        return
    catalogue, locale = statistics.catalogue, reading.locale
    yield kept("by-indicator", data_table(by_indicator(changes, catalogue, locale)))
    if len(changes) > SHOWN:
        yield _picker(statistics, reading, changes, chosen)
    yield from _values(statistics, reading, _of(changes, chosen))


def _said(revision: Revision, reading: Reading) -> str:
    text = reading.locale.text
    if not revision.against:
        return text("This was the first release: there was nothing to compare it with.")
    if not revision.changes:
        return text("No published value differs from release {name}.", name=revision.against)
    return reading.locale.plural(
        "{n} published value differs from release {name}.",
        "{n} published values differ from release {name}.",
        len(revision.changes),
        name=revision.against,
    )


def _of(changes: Sequence[Change], chosen: str) -> list[Change]:
    return [change for change in changes if chosen in ("", change.series.indicator)]


def _picker(
    statistics: Statistics, reading: Reading, changes: Sequence[Change], chosen: str
) -> Component:
    text, declared = reading.locale.text, statistics.catalogue.indicators
    names = dict.fromkeys(change.series.indicator for change in changes)
    choices = [(name, title_of(declared.get(name), name, reading.locale)) for name in names]
    groups = {"": [("", text("All indicators")), *choices]}
    pick = Pick(PARAMETER, text("Indicator"), groups, chosen)
    return picker([pick], reading.locale, reading.path, reading.carried)


def _values(
    statistics: Statistics, reading: Reading, changes: Sequence[Change]
) -> Iterator[Component]:
    text, locale = reading.locale.text, reading.locale
    shown = sorted(changes, key=lambda change: (not change.large, change.old is None))[:SHOWN]
    if len(shown) < len(changes):
        words = text(
            "Shown are {shown} of {all} values, the most telling first. The files have all.",
            shown=len(shown),
            all=len(changes),
        )
        yield kept("shown", html.P(words))
    yield kept("values", data_table(by_value(shown, statistics.catalogue, locale)))
