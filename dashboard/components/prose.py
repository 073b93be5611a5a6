"""Text to be read: sections with a heading, whole paragraphs, and links beside them."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.web.render import Node, kept


def section(id: str, title: str, paragraphs: Sequence[str], *more: Node) -> Component:
    """Return a section at an anchor of its own; what is more stands below its paragraphs."""
    return kept(
        id,
        [html.H2(title, dir="auto"), *(paragraph(words) for words in paragraphs), *more],
        tag=html.Section,
        className="prose",
    )


def paragraph(words: str) -> Component:
    """Return a paragraph; one that is not translated keeps its own direction."""
    return html.P(words, dir="auto")


def links(named: Sequence[tuple[str, str]]) -> Component:
    """Return links, given as (words, address), in a row."""
    return html.Div([html.A(words, href=address) for words, address in named], className="files")


def defined(rows: Sequence[tuple[Node, Node]]) -> Component:
    """Return terms with what they mean, as a list of definitions."""
    return html.Dl(
        [
            html.Div([html.Dt(term, dir="auto"), html.Dd(meaning, dir="auto")])
            for term, meaning in rows
        ],
        className="defined",
    )


def bullets(items: Sequence[str], tag: Callable[..., Component] = html.Ul) -> Component:
    """Return a list of points, or with html.Ol of steps."""
    return tag([html.Li(html.Bdi(item)) for item in items], className="points")


def contents(named: Sequence[tuple[str, str]], label: str) -> Component:
    """Return links to the sections of the page, given as (words, id)."""
    items = [html.Li(html.A(words, href=f"#{id}")) for words, id in named]
    return kept(
        "contents", html.Ul(items), tag=html.Nav, className="contents", **{"aria-label": label}
    )
