"""A page of the site: the frame of links around content, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.components.shell import Frame, Link, framed
from dashboard.i18n import Locale
from dashboard.model import NoRelease, NotPublished
from dashboard.pages.cards import preview, view_of
from dashboard.pages.reading import Reading
from dashboard.service import Statistics
from dashboard.web.document import Page
from dashboard.web.render import Node

NAME = "Better Work Pakistan"


@dataclass(frozen=True, slots=True)
class Content:
    """What a page module makes: its words, its content, and how it may be indexed and explored."""

    title: str
    description: str
    main: Sequence[Node]
    status: int = 200
    indexed: bool = True
    explorable: bool = False
    bare: bool = False
    """Whether the links to other pages are left out: they lead nowhere without signing in."""
    pairs: Mapping[str, str] = field(default_factory=dict)
    picture: str = ""
    """Address of its preview; without one, that of the first chart of the front page."""
    embedded: str = ""
    """Address of the chart that it is all about, if it is about one."""


def page(statistics: Statistics, reading: Reading, content: Content) -> Page:
    """Return the page of some content."""
    locale = reading.locale
    around = frame(statistics, reading)
    if content.bare and reading.scope.audience == "public":
        around = replace(around, sections=(), tools=(), about=())
    tree = framed(around, locale, content.main)
    return Page(
        title=content.title,
        description=content.description,
        body=tree,
        lang=locale.code,
        direction=locale.direction,
        theme=reading.theme,
        status=content.status,
        indexed=content.indexed,
        explorable=content.explorable,
        picture=content.picture or _front(statistics, reading),
        embedded=content.embedded,
        alternates={c: reading.here(lang="" if c == "en" else c) for c in statistics.locales},
    )


def _front(statistics: Statistics, reading: Reading) -> str:
    """Return the preview of the first chart that the front page can show, "" without any."""
    for theme in statistics.catalogue.themes.values():
        for view in filter(None, (theme.front, *theme.charts)):
            try:
                return preview(statistics.slice(view_of(view, reading), reading.scope))
            except (NotPublished, NoRelease):
                continue
    return ""


def frame(statistics: Statistics, reading: Reading) -> Frame:
    """Return the links around a page."""
    text = reading.locale.text
    themes = statistics.catalogue.themes.values()
    return Frame(
        home=_link(reading, text(NAME), "/"),
        sections=[_link(reading, text(theme.nav), f"/{theme.id}") for theme in themes],
        tools=[
            _link(reading, text("Explore"), "/explore"),
            _link(reading, text("Briefing pack"), "/briefing"),
            _link(reading, text("Data"), "/data"),
            _link(reading, text("Cited facts"), "/facts"),
            *_own(reading),
        ],
        languages=[_language(reading, locale) for locale in statistics.locales.values()],
        about=_about(reading),
        schemes=_schemes(reading),
        imprint=text(
            "A statistical dashboard of the Better Work Pakistan programme. Figures may be "
            "reused with their source."
        ),
    )


def _own(reading: Reading) -> list[Link]:
    if reading.scope.audience == "public":
        return []
    return [_link(reading, reading.locale.text("Your account"), "/account")]


def _about(reading: Reading) -> list[Link]:
    text = reading.locale.text
    return [
        _link(reading, text("About"), "/about"),
        _link(reading, text("Method"), "/method"),
        _link(reading, text("Glossary"), "/glossary"),
        _link(reading, text("Releases"), "/releases"),
        _link(reading, text("Accessibility"), "/accessibility"),
        _link(reading, text("Privacy"), "/privacy"),
    ]


def _schemes(reading: Reading) -> list[Link]:
    text = reading.locale.text
    named = (("", text("As my device")), ("light", text("Light")), ("dark", text("Dark")))
    return [Link(w, reading.here(theme=scheme), reading.theme == scheme) for scheme, w in named]


def _link(reading: Reading, words: str, path: str) -> Link:
    return Link(words, reading.link(path), current=reading.path == path)


def _language(reading: Reading, locale: Locale) -> Link:
    lang = "" if locale.code == "en" else locale.code
    here = reading.here(lang=lang)
    return Link(locale.name, here, locale is reading.locale, locale.code, locale.direction)
