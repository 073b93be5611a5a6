"""Text to be read: sections with a heading, whole paragraphs, and links beside them."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.web.render import Node, kept


def section(id: str, title: str, paragraphs: Sequence[str], *more: Node) -> Component:
    """Return a section at an anchor of its own; what is more stands below its paragraphs."""
    return kept(
        id,
        [html.H2(title), *(html.P(words) for words in paragraphs), *more],
        tag=html.Section,
        className="prose",
    )


def links(named: Sequence[tuple[str, str]]) -> Component:
    """Return links, given as (words, address), in a row."""
    return html.Div([html.A(words, href=address) for words, address in named], className="files")


def defined(rows: Sequence[tuple[Node, Node]]) -> Component:
    """Return terms with what they mean, as a list of definitions."""
    return html.Dl(
        [html.Div([html.Dt(term), html.Dd(meaning)]) for term, meaning in rows],
        className="defined",
    )


def bullets(items: Sequence[Node]) -> Component:
    """Return a list of points."""
    return html.Ul([html.Li(item) for item in items])


def contents(named: Sequence[tuple[str, str]], label: str) -> Component:
    """Return links to the sections of the page, given as (words, id)."""
    items = [html.Li(html.A(words, href=f"#{id}")) for words, id in named]
    return kept(
        "contents", html.Ul(items), tag=html.Nav, className="contents", **{"aria-label": label}
    )
