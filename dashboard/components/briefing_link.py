"""The way of a chart into a briefing pack: a plain link, with or without any script."""

from dash import html
from dash.development.base_component import Component

from dashboard.briefing import alone
from dashboard.components.shapes import Card
from dashboard.i18n import Locale
from dashboard.web.render import also


def briefing_link(card: Card, locale: Locale) -> Component:
    """Return the link that opens the pack of this view, or adds it to the one under way."""
    view = card.slice.view
    theme = f"&theme={view.theme}" if view.theme else ""
    words = locale.text("Add to briefing pack")
    link = html.A(
        words,
        href=alone(view).address + theme,
        **also({"data-briefing": "add", "aria-label": f"{words}: {card.title}"}),
    )
    return html.P(link, className="to-briefing")
