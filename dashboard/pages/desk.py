"""The front page of somebody who is signed in: where their work is, and the published figures."""

from collections.abc import Mapping, Sequence

from dash import html

from dashboard.components.shell import heading
from dashboard.model import Audience
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading
from dashboard.pages.words import as_of
from dashboard.service import Statistics
from dashboard.web.render import Node, kept

WORKSPACES: Mapping[Audience, Sequence[tuple[str, str]]] = {
    "brand": (("Suppliers", "/suppliers"),),
    "ministry": (("Briefing pack", "/briefing"),),
    "staff": (("Suppliers", "/suppliers"), ("Briefing pack", "/briefing")),
    "admin": (("Suppliers", "/suppliers"),),
}
"""(words, address) of the workspaces of each audience: a workspace that is built adds its line."""

TITLES: Mapping[Audience, str] = {
    "brand": "For brand partners",
    "ministry": "For ministry officials",
    "staff": "For programme staff",
    "admin": "For administrators",
}
NAMED = {
    "/facts": "Cited facts",
    "/explore": "Explore",
    "/data": "Data",
    "/briefing": "Briefing pack",
}


def lay_out(statistics: Statistics, reading: Reading) -> Content:
    """Lay out the desk of the audience that is signed in."""
    text, audience = reading.locale.text, reading.scope.audience
    title = text(TITLES[audience])
    described = statistics.catalogue.audiences.get("staff" if audience == "admin" else audience)
    intro = text(described.intro) if described else ""
    own = [(text(words), path) for words, path in WORKSPACES[audience]]
    own.append((text("Your account"), "/account"))
    figures = (
        [(text(known(statistics)[path]), path) for path in described.links] if described else []
    )
    main: list[Node] = [
        heading(title, intro, as_of(statistics, reading)),
        _listed("workspaces", text("Your work"), own, reading),
        _listed("figures", text("Published figures"), figures, reading) if figures else None,
    ]
    return Content(title, intro or title, main, indexed=False)


def known(statistics: Statistics) -> Mapping[str, str]:
    """Return the words of the pages that an audience may be led to, by their addresses."""
    themes = statistics.catalogue.themes.values()
    return {f"/{theme.id}": theme.nav for theme in themes} | NAMED


def _listed(id: str, title: str, named: Sequence[tuple[str, str]], reading: Reading) -> Node:
    items = [html.Li(html.A(words, href=reading.link(path))) for words, path in named]
    return kept(id, [html.H2(title), html.Ul(items)], tag=html.Section, className="others")
