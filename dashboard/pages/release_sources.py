"""The files that a release was made from: the way back from every figure to where it came from."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.data_table import data_table
from dashboard.components.notes import illustrative_banner, illustrative_mark
from dashboard.components.origins import files_table
from dashboard.components.prose import defined, links
from dashboard.components.shell import heading
from dashboard.model import BadView, Release, Source
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading, address, only, written
from dashboard.service import Statistics
from dashboard.web.render import Node, kept

PATH = "/releases/<release:release>/sources"
PARAMETER = "source"
INTRO = (
    "Every figure of a release comes from a file. Each file stands here with its publisher, its "
    "date, its SHA-256 checksum, and what became of its rows. Read are as many rows as were "
    "loaded, refused and recognised as something else, such as a title or a note."
)
OWN = (
    "The programme's own files are not named, and their rows are given in hundreds, so that "
    "nothing can be counted back to one factory."
)


def lay_out(statistics: Statistics, reading: Reading, release: str) -> Content:
    """Lay out the sources of a release, those alone that the address names if it names any."""
    text, found = reading.locale.text, statistics.release(release)
    shown = chosen(found, only(reading, (PARAMETER,)).get(PARAMETER, ""))
    used = resting(found)
    made_up = any(source.illustrative for source in shown)
    title = text("Sources of release {release}", release=found.id)
    said = [text(INTRO), *([text(OWN)] if any(f.step > 1 for s in shown for f in s.files) else [])]
    main: list[Node] = [
        heading(title, " ".join(said), [_up_to(found, reading)]),
        kept("banner", illustrative_banner(reading.locale)) if made_up else None,
        kept("files", _links(found, reading, every=len(shown) == len(found.sources))),
        *(
            _article(source, _rests(statistics, used[source.id], reading, found), reading)
            for source in shown
        ),
    ]
    return Content(title, text(INTRO), main, indexed=not made_up)


def chosen(release: Release, said: str) -> Sequence[Source]:
    """Return the sources that an address names, without any all; raise BadView for an unknown."""
    ids = [id_ for id_ in said.split(",") if id_] or list(release.sources)
    if unknown := sorted(set(ids) - set(release.sources)):
        possible = ", ".join(sorted(release.sources))
        raise BadView(f"{PARAMETER}={unknown[0]}: not in this release; possible: {possible}")
    found = (release.sources[id_] for id_ in dict.fromkeys(ids))
    return sorted(found, key=lambda s: (s.illustrative, s.publisher, s.title, s.id))


def resting(release: Release) -> defaultdict[str, list[str]]:
    """Return {source: indicators with a cell that comes from it}, in order of their names."""
    pairs = {
        (id_, series.indicator)
        for series, by_key in release.cells.items()
        for by_period in by_key.values()
        for ids in {cell.sources for cell in by_period.values()}
        for id_ in ids
    }
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id_, indicator in sorted(pairs):
        found[id_].append(indicator)
    return found


def _up_to(found: Release, reading: Reading) -> str:
    return reading.locale.text("Data up to {date}", date=reading.locale.date(found.cut_off))


def _links(found: Release, reading: Reading, *, every: bool) -> Component:
    text, at = reading.locale.text, f"/releases/{found.id}"
    carried = written({n: value for n, value in reading.carried.items() if n != "release"})
    rest = [] if every else [(text("All sources of the release"), address(reading.path, carried))]
    return links(
        [
            *rest,
            (text("Release {release}", release=found.id), address(at, carried)),
            (text("Download CSV"), f"{at}/sources.csv"),
            (text("Download JSON"), f"{at}/sources.json"),
        ]
    )


def _article(source: Source, rests: list[Node], reading: Reading) -> Component:
    text = reading.locale.text
    indicators = [(text("Indicators"), html.Span(rests))] if rests else []
    marks = [" ", illustrative_mark(reading.locale)] if source.illustrative else []
    return kept(
        f"source-{source.id}",
        [
            html.Div(
                [
                    html.H2(list[Node]([html.Bdi(source.title), *marks])),
                    defined([*_said(source, reading), *indicators]),
                ],
                className="prose",
            ),
            data_table(files_table(source, reading.locale))
            if source.files
            else html.P(text("The files of this source were not noted when it was published.")),
        ],
        tag=html.Section,
        className="source",
    )


def _said(source: Source, reading: Reading) -> Iterator[tuple[Node, Node]]:
    text = reading.locale.text
    yield text("Publisher"), html.Bdi(source.publisher or text("not stated"))
    if source.url:
        yield text("Address"), html.A(html.Bdi(source.url, dir="ltr"), href=source.url)
    yield text("Name in files"), html.Code(source.id, dir="ltr")
    yield text("Date of data"), html.Bdi(source.vintage or text("undated"))
    if source.retrieved:
        yield text("Retrieved"), html.Bdi(source.retrieved)
    if source.licence:
        yield text("Licence"), html.Bdi(source.licence)


def _rests(
    statistics: Statistics, names: Sequence[str], reading: Reading, found: Release
) -> list[Node]:
    """Return links to the indicators that rest on a source, as this release shows them."""
    declared, text = statistics.catalogue.indicators, reading.locale.text
    pinned = written({**reading.carried, "release": found.id})
    shown: list[Node] = []
    for name in (name for name in names if name in declared):
        words = text(declared[name].title)
        shown += [text("; "), html.A(words, href=address(f"/charts/{name}", pinned))]
    return shown[1:]
