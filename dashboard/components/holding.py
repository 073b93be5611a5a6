"""What a release holds of an indicator: how many cells, from when to when, from which sources."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dash import html
from dash.development.base_component import Component

from dashboard.catalogue import Indicator
from dashboard.components.fact_list import period as printed
from dashboard.components.notes import illustrative_mark
from dashboard.i18n import Locale
from dashboard.model import Release, Source
from dashboard.web.render import Node, also

FEW = 3
"""More sources than this are folded away."""

Link = Callable[[str, str], str]
"""Returns the address of a path and a query in the reader's language and release."""


@dataclass(slots=True)
class Holding:
    """The cells of one indicator in one release."""

    cells: int = 0
    hidden: int = 0
    periods: dict[str, tuple[str, str]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    @property
    def illustrative(self) -> bool:
        """Whether the cells are made-up sample data."""
        return any(source.illustrative for source in self.sources.values())


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the catalogue with the names of its dimensions."""

    indicator: Indicator
    held: Holding
    dimensions: Sequence[str]


def holding(release: Release) -> Mapping[str, Holding]:
    """Return what a release holds of each of its indicators."""
    found: dict[str, Holding] = {}
    for series, keys in release.cells.items():
        held = found.setdefault(series.indicator, Holding())
        for by_period in keys.values():
            cells = by_period.values()
            held.cells += len(cells)
            held.hidden += sum(cell.status == "c" for cell in cells)
            names = dict.fromkeys(name for cell in cells for name in cell.sources)
            held.sources |= {n: release.sources[n] for n in names if n in release.sources}
            first, last = held.periods.get(series.freq, ("~", ""))
            held.periods[series.freq] = (min(first, *by_period), max(last, *by_period))
    return found


def holding_of(entry: Entry, locale: Locale, link: Link) -> Component:
    """Return the entry of an indicator in the catalogue."""
    text, one = locale.text, entry.indicator
    page = html.A(text(one.title), href=link(f"/charts/{one.id}", ""))
    mark = [illustrative_mark(locale)] if entry.held.illustrative else []
    rows = [html.Div([html.Dt(name), html.Dd(said)]) for name, said in _rows(entry, locale)]
    return html.Section(
        [
            html.H3([page, *mark]),
            html.P(text(one.measure), className="subtitle"),
            html.Dl(rows, className="provenance"),
            _files(one, locale, link),
        ],
        id=one.id,
        className="holding",
    )


def _rows(entry: Entry, locale: Locale) -> Iterator[tuple[str, Node]]:
    text, one, held = locale.text, entry.indicator, entry.held
    units = [locale.unit_label(unit) for unit in one.units or (one.unit,)]
    yield text("Unit"), locale.join(units)
    if entry.dimensions:
        yield text("Dimensions"), locale.join(entry.dimensions)
    yield text("Periods"), [html.Div(words) for words in _periods(one, held, locale)]
    yield text("Published cells"), _cells(held, locale)
    yield text("Sources"), _sources(tuple(held.sources.values()), locale)


def _periods(one: Indicator, held: Holding, locale: Locale) -> Iterator[str]:
    for freq in one.freq:
        if freq in held.periods:
            words = locale.range(*held.periods[freq])
            yield locale.text(
                "{frequency}: {periods}", frequency=locale.frequency(freq), periods=words
            )


def _cells(held: Holding, locale: Locale) -> str:
    if not held.hidden:
        return locale.number(held.cells)
    return locale.text(
        "{n}, of which {hidden} not shown to protect confidentiality",
        n=held.cells,
        hidden=held.hidden,
    )


def _sources(sources: Sequence[Source], locale: Locale) -> Node:
    listed = html.Ul([html.Li(_source(source, locale)) for source in sources], className="sources")
    if len(sources) == 1:
        return html.Span(_source(sources[0], locale), className="sources")
    if len(sources) <= FEW:
        return listed
    words = locale.plural("{n} source", "{n} sources", len(sources))
    return html.Details([html.Summary(words), listed])


def _source(source: Source, locale: Locale) -> list[Node]:
    """Return publisher, title and date of a source; most titles name their publisher."""
    known = source.title.startswith(source.publisher)
    words = html.Bdi(source.title if known else f"{source.publisher}, {source.title}")
    named = html.A(words, href=source.url) if source.url else words
    return [named, ", ", html.Bdi(printed(source.vintage, locale))] if source.vintage else [named]


def _files(one: Indicator, locale: Locale, link: Link) -> Component:
    text, base = locale.text, f"/charts/{one.id}"
    named = [
        (text("CSV"), link(f"{base}.csv", "")),
        (text("CSV, all rows"), link(f"{base}.csv", "rows=all")),
        (text("JSON"), link(f"{base}.json", "")),
        (text("JSON, all rows"), link(f"{base}.json", "rows=all")),
    ]
    files = [
        html.A(words, href=address, **also({"aria-label": f"{words}: {text(one.title)}"}))
        for words, address in named
    ]
    return html.Div(files, className="files")
