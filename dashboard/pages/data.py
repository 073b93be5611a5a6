"""The catalogue: every published indicator, how to take its data, how the addresses work."""

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.catalogue import Indicator, Theme
from dashboard.components.holding import Entry, Holding, holding, holding_of
from dashboard.components.prose import contents, defined, links, paragraph, section
from dashboard.components.reuse import COLUMNS, REUSE
from dashboard.components.shell import heading
from dashboard.i18n.locale import STATUS
from dashboard.model import NotPublished, View
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading, only
from dashboard.pages.words import as_of
from dashboard.service import Statistics
from dashboard.web.render import Node, kept

PATH = "/data"
INTRO = (
    "Every published indicator with its data. All files are made from the same release as "
    "the pages and keep the same rules of protection."
)

ADDRESSES = (
    (
        "A view is one indicator, broken down, filtered and drawn in one way, and its "
        "address says all of it. The same words after the question mark work with every "
        "ending, so what you see on a page can be taken as data by changing the ending."
    ),
    (
        "Only what differs from the usual view has to be written. A name or a code that does "
        "not exist gets an answer that says so and lists what is possible; it never gets "
        "another view."
    ),
)
ENDINGS = (
    ("/charts/exports_goods?freq=FY", "Page with chart, table, text and files"),
    ("/charts/exports_goods.csv?freq=FY", "Figures of the view as CSV (UTF-8, one row a cell)"),
    ("/charts/exports_goods.csv?rows=all", "All published figures of the indicator as CSV"),
    ("/charts/exports_goods.json?freq=FY", "Figures with definition, sources and notes as JSON"),
    ("/charts/exports_goods.json?rows=all", "All published figures with the same notes as JSON"),
    ("/charts/exports_goods.xlsx?freq=FY", "Workbook with data, notes and sources"),
    ("/charts/exports_goods.zip", "All published figures with dictionary and sources as ZIP"),
    ("/charts/exports_goods.svg?freq=FY", "Picture of the chart"),
    ("/charts/exports_goods.png?freq=FY&scale=2", "Picture of the chart as PNG"),
    ("/charts/exports_goods.pdf?freq=FY", "Picture of the chart as PDF"),
    ("/charts/exports_goods.pptx?freq=FY", "Slide with a chart that can be edited"),
    ("/charts/exports_goods.txt?freq=FY", "Summary in words"),
)
"""Forms of a view, each as a real address."""

NAMES = (
    (
        "split",
        "/charts/exports_goods?split=market",
        "Compare the codes of up to two dimensions; _T shows the total only.",
    ),
    (
        "market, sex, product …",
        "/charts/exports_chapter?split=market&product=hs61&market=europe,northern_america",
        "Keep some codes of a dimension, with commas between them; _T is all of it together.",
    ),
    (
        "freq",
        "/charts/exports_goods?freq=FY",
        "M month, Q calendar quarter, A calendar year, FY fiscal year, C assessment cycle.",
    ),
    (
        "from, to",
        "/charts/exports_goods?from=2024-07&to=2025-06",
        "First and last period: 2024-07, 2024-Q3, 2024, FY2025 or C2, as the frequency needs.",
    ),
    ("unit", "/charts/exports_goods?unit=eur", "Another unit, where the indicator has several."),
    (
        "panel",
        "/charts/noncompliance_cycle?panel=all",
        "All factories, or only the same factories in both cycles (all, same).",
    ),
    ("chart", "/charts/exports_goods?freq=FY&chart=bars", "Another kind of chart."),
    (
        "lang",
        "/charts/exports_goods?lang=ur",
        ("The language of the page and of its summary, by a code of two letters."),
    ),
    (
        "release",
        "/charts/exports_goods?release={release}",
        "Fixes the release. Without it the newest counts; with it the answer never changes.",
    ),
    ("theme", "/charts/exports_goods?theme=dark", "Colours of the page (light, dark)."),
)
"""Names of the grammar, each with a real address and what it means."""

STATUSES = (
    "Every cell has one status, in capital or small letters as written here, and may have "
    "flags. A zero is a value; a cell without a value is never a zero."
)
WHOLE = (
    (
        "One ZIP holds every published figure of the release: a CSV for each indicator, a "
        "dictionary of indicators, codes, units and marks in every language, the sources with the "
        "checksums of their files, the cited figures, and a text to read first. Made-up sample "
        "data stand in a folder of their own."
    ),
    (
        "With the release in its address the file never changes. For one indicator alone write "
        ".zip behind its address."
    ),
)
STILL_TO_COME = ("The SDMX interface is not offered yet.",)


def lay_out(statistics: Statistics, reading: Reading) -> Content:
    """Lay out the catalogue and the grammar of addresses."""
    only(reading, ())
    text = reading.locale.text
    held = holding(statistics.release(reading.release))
    themes = [
        (theme, [i for i in statistics.catalogue.of_theme(theme.id) if i.id in held])
        for theme in statistics.catalogue.themes.values()
    ]
    there = [(theme, indicators) for theme, indicators in themes if indicators]
    main: list[Node] = [
        heading(text("Data"), text(INTRO), as_of(statistics, reading)),
        _contents(reading, there),
        section(
            "all",
            text("All data at once"),
            [text(words) for words in WHOLE],
            _whole(statistics, reading),
        ),
        *(
            _theme(statistics, reading, theme, [(i, held[i.id]) for i in indicators])
            for theme, indicators in there
        ),
        *_documentation(statistics, reading),
    ]
    return Content(text("Data"), text(INTRO), main)


def _contents(reading: Reading, there: Sequence[tuple[Theme, Sequence[Indicator]]]) -> Component:
    text = reading.locale.text
    named = [
        (text("{theme} ({n})", theme=text(theme.title), n=len(indicators)), f"of-{theme.id}")
        for theme, indicators in there
    ]
    named = [(text("All data at once"), "all"), *named]
    named += [
        (text("How addresses work"), "addresses"),
        (text("Status and flags"), "status"),
        (text("Reuse"), "reuse"),
    ]
    return contents(named, text("On this page"))


def _whole(statistics: Statistics, reading: Reading) -> Component:
    text, release = reading.locale.text, statistics.release(reading.release).id
    return links(
        [
            (text("Download all data (ZIP)"), f"/data.zip?release={release}"),
            (text("Sources, files and checksums"), reading.link(f"/releases/{release}/sources")),
        ]
    )


def _theme(
    statistics: Statistics,
    reading: Reading,
    theme: Theme,
    held: Sequence[tuple[Indicator, Holding]],
) -> Component:
    text = reading.locale.text
    codelists = statistics.catalogue.codelists
    entries = [
        holding_of(
            Entry(
                indicator,
                held_of_it,
                [text(codelists[name].label) for name in indicator.dimensions],
            ),
            reading.locale,
            reading.link,
        )
        for indicator, held_of_it in held
    ]
    link = html.A(text(theme.title), href=reading.link(f"/{theme.id}"))
    return kept(
        f"of-{theme.id}",
        [html.H2(link), html.Div(entries, className="holdings")],
        tag=html.Section,
        className="catalogue",
    )


def _documentation(statistics: Statistics, reading: Reading) -> Iterator[Component]:
    text, locale = reading.locale.text, reading.locale
    yield section(
        "addresses",
        text("How addresses work"),
        [text(words) for words in ADDRESSES],
        html.H3(text("Endings")),
        defined([(_address(at), text(meaning)) for at, meaning in ENDINGS]),
        html.H3(text("Names after the question mark")),
        defined(list(_names(statistics, reading))),
        html.H3(text("Columns")),
        *(paragraph(text(words)) for words in COLUMNS),
        *(paragraph(text(words)) for words in STILL_TO_COME),
    )
    codes = [(html.Code(code), locale.status(code)) for code in STATUS]
    yield section("status", text("Status and flags"), [text(STATUSES)], defined(codes))
    yield section("reuse", text("Reuse"), [text(words) for words in REUSE])


def _names(statistics: Statistics, reading: Reading) -> Iterator[tuple[Node, Node]]:
    text = reading.locale.text
    release = statistics.release(reading.release).id
    for name, pattern, meaning in NAMES:
        at = pattern.replace("{release}", release)
        example = [" ", _address(at)] if _answered(statistics, reading, at) else []
        yield html.Code(name, dir="ltr"), [text(meaning), *example]


def _answered(statistics: Statistics, reading: Reading, at: str) -> bool:
    """Whether the newest release has an answer to an example."""
    indicator, _, query = at.removeprefix("/charts/").partition("?")
    try:
        statistics.slice(View.from_query(indicator, query), reading.scope)
    except NotPublished:
        return False
    return True


def _address(at: str) -> Component:
    """An address as it is written, to be followed: without the language of this page."""
    return html.A(html.Code(at, dir="ltr"), href=at)
