"""What happened and what is ahead: dated events with their sources."""

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Locale
from dashboard.model import Event


def event_list(events: Sequence[Event], locale: Locale) -> Component:
    """Return events as a list, one line an event: date, what, whether it is confirmed, source."""
    return html.Ol([html.Li(list(_event(event, locale))) for event in events], className="events")


def _event(event: Event, locale: Locale) -> Iterator[Component | str]:
    yield html.Time(locale.period(event.date), dateTime=event.date)
    words = html.Span(locale.text(event.title))
    yield html.A(words, href=event.url) if event.url else words
    if not event.confirmed:
        yield html.Span(locale.text("not confirmed by a second source"), className="unconfirmed")
