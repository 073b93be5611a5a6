"""The terms of this site and what they mean here, each at an anchor of its own."""

from collections.abc import Iterator, Mapping

from dash import html
from dash.development.base_component import Component

from dashboard.catalogue import Entry
from dashboard.components.prose import paragraph
from dashboard.components.shell import heading
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading, only
from dashboard.service import Statistics
from dashboard.web.render import kept

PATH = "/glossary"
INTRO = "What the words on this site mean: of official statistics, of trade and of the programme."


def lay_out(statistics: Statistics, reading: Reading) -> Content:
    """Lay out the glossary, sorted as the reader's language calls the terms."""
    only(reading, ())
    text, entries = reading.locale.text, statistics.catalogue.glossary
    named = sorted(entries.values(), key=lambda entry: text(entry.term).casefold())
    listed = html.Dl(
        [_entry(entry, entries, reading) for entry in named], className="defined glossary"
    )
    main = [heading(text("Glossary"), text(INTRO)), kept("terms", listed)]
    return Content(text("Glossary"), text(INTRO), main)


def _entry(entry: Entry, entries: Mapping[str, Entry], reading: Reading) -> Component:
    text = reading.locale.text
    meaning = [paragraph(text(entry.definition)), *_see(entry, entries, reading)]
    return html.Div([html.Dt(text(entry.term)), html.Dd(meaning)], id=entry.id)


def _see(entry: Entry, entries: Mapping[str, Entry], reading: Reading) -> Iterator[Component]:
    if entry.see:
        text = reading.locale.text
        links = [html.A(text(entries[name].term), href=f"#{name}") for name in entry.see]
        yield html.P([html.Span(text("See also:")), *links], className="see")
