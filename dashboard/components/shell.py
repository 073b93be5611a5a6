"""What frames every page: skip link, masthead, navigation, languages, footer, live region."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Locale
from dashboard.web.render import Node, also, kept


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame: its words, its address, whether it is this very page."""

    words: str
    href: str
    current: bool = False
    lang: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The links around a page."""

    home: Link
    sections: Sequence[Link]
    tools: Sequence[Link]
    languages: Sequence[Link]
    about: Sequence[Link]
    schemes: Sequence[Link]
    imprint: str


def framed(frame: Frame, locale: Locale, main: Sequence[Node]) -> Component:
    """Return the whole tree of a page around its content."""
    return html.Div(
        [
            kept("top", _top(frame, locale)),
            html.Main(list(main), id="main", tabIndex="-1"),
            kept("bottom", _bottom(frame, locale)),
            kept(
                "live",
                None,
                role="status",
                className="hidden-visually",
                **also({"aria-live": "polite"}),
            ),
        ],
        id="page",
        **also({"data-page": ""}),
    )


def _top(frame: Frame, locale: Locale) -> list[Component | None]:
    brand = html.A(
        [html.Span(className="weave", **also({"aria-hidden": "true"})), frame.home.words],
        href=frame.home.href,
        className="brand",
    )
    languages = html.Nav(
        html.Ul([html.Li(_link(link)) for link in frame.languages]),
        className="languages",
        **also({"aria-label": locale.text("Language")}),
    )
    return [
        html.A(locale.text("Skip to content"), href="#main", className="skip"),
        html.Header(html.Div([brand, languages], className="inner"), className="masthead"),
        _navigation(frame, locale) if frame.sections or frame.tools else None,
        None if locale.reviewed else _under_review(locale),
    ]


def _under_review(locale: Locale) -> Component:
    words = locale.text("This translation is under review; the English text counts.")
    label = {"aria-label": locale.text("Language")}
    return html.Aside(words, className="review", **also(label))


def _navigation(frame: Frame, locale: Locale) -> Component:
    links = html.Ul([html.Li(_link(link)) for link in (*frame.sections, *frame.tools)])
    return html.Nav(
        html.Details(
            [html.Summary(locale.text("Menu")), html.Div(links, className="inner")],
            className="menu",
            id="menu",
        ),
        className="sections",
        **also({"aria-label": locale.text("Main")}),
    )


def _bottom(frame: Frame, locale: Locale) -> Component:
    about = html.Ul([html.Li(_link(link)) for link in frame.about])
    schemes = html.Ul([html.Li(_link(link)) for link in frame.schemes])
    return html.Footer(
        html.Div(
            [
                html.Nav(about, **also({"aria-label": locale.text("About this site")}))
                if frame.about
                else None,
                html.Nav(
                    schemes, className="schemes", **also({"aria-label": locale.text("Colours")})
                ),
                html.P(frame.imprint),
            ],
            className="inner",
        )
    )


def _link(link: Link) -> Component:
    more: dict[str, Any] = {}
    if link.current:
        more["aria-current"] = "page"
    if link.lang:
        more |= {"lang": link.lang, "hrefLang": link.lang, "dir": link.direction}
    return html.A(link.words, href=link.href, **more)


def heading(title: str, intro: str, facts: Sequence[str] = ()) -> Component:
    """Return the head of a page: its title, what it shows, and as of when."""
    as_of = html.P([html.Span(fact) for fact in facts], className="as-of") if facts else None
    return kept(
        "heading",
        [html.H1(title), html.P(intro, className="intro") if intro else None, as_of],
        tag=html.Header,
        className="heading",
    )
