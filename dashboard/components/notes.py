"""Where numbers come from and how to take them: marks, notes, sources, banners."""

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.origins import way_back
from dashboard.i18n import Locale
from dashboard.model import Slice, Source


def illustrative_mark(locale: Locale) -> Component:
    """Return the mark of made-up sample data."""
    return html.Span(locale.text("Illustrative"), className="mark illustrative")


def illustrative_banner(locale: Locale) -> Component:
    """Return what a page says that holds made-up sample data."""
    text = locale.text(
        "Programme figures marked “Illustrative” are made-up sample data, because the "
        "programme's own records have not been supplied. Exports, national statistics and "
        "quoted milestones are real."
    )
    return html.Div(html.P([illustrative_mark(locale), " ", text]), className="banner", role="note")


def provenance(answer: Slice, locale: Locale) -> Component:
    """Return source, date of data, release and cut-off date of a slice."""
    return html.Dl(list(_provenance(answer, locale)), className="provenance")


def _provenance(answer: Slice, locale: Locale) -> Iterator[Component]:
    named = html.Span([part for s in answer.sources for part in (_source(s), "; ")][:-1])
    yield _pair(locale.text("Source"), named)
    if vintages := _dates(answer.sources, locale):
        yield _pair(locale.text("Date of data"), vintages)
    words = locale.text("{release}, source files and checksums", release=answer.release)
    link = html.A(words, href=way_back(answer, locale))
    yield _pair(locale.text("Release"), link)
    yield _pair(locale.text("Cut-off date"), locale.date(answer.cut_off))


def _pair(name: str, value: Component | str) -> Component:
    return html.Div([html.Dt(name), html.Dd(value)])


def _source(source: Source) -> Component:
    words = f"{source.publisher}, {source.title}"
    return html.A(html.Bdi(words), href=source.url) if source.url else html.Bdi(words)


def _dates(sources: Sequence[Source], locale: Locale) -> str:
    return ", ".join(dict.fromkeys(s.vintage for s in sources if s.vintage))


def notes(answer: Slice, locale: Locale) -> Component | None:
    """Return the notes of a slice as a list."""
    items = [html.Li(locale.text(note)) for note in answer.notes]
    return html.Ul(items, className="notes") if items else None
