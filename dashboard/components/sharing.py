"""Every way to take a view along: link, picture, data, slide, embed, citation. No script needed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from dash import html
from dash.development.base_component import Component

from dashboard.components.chart_card import Place
from dashboard.components.data_table import data_table
from dashboard.components.shapes import Card
from dashboard.i18n import Locale
from dashboard.web.render import Node, Raw, also, attributes

FEW = 3
"""So many rows of a table are shown to say what a file of data is like."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A form of a view that is offered: in which part, in which words, at which ending."""

    part: str
    words: str
    ending: str
    option: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What was chosen for an embed: live or frozen, hide, show or lock filters, its language."""

    kind: str = "live"
    filters: str = "hide"
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Choice:
    """One control of the embed: its name, label, value and {value: words}."""

    name: str
    label: str
    value: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shared:
    """What there is to share of a view.

    `links` are (words, short link) of the newest figures and of this release; `rows` counts the
    rows of the view and of the indicator; `embed` is the address of the frame; `carried` are the
    names of the view for the form that asks for another embed; `citation` are lines, none where
    the data are made up; `preview` is the address of the frame on this site, "" where it may not
    stand in a page.
    """

    card: Card
    place: Place
    links: Sequence[tuple[str, str]]
    offers: Sequence[Offer]
    rows: tuple[int, int]
    embed: str
    script: str
    page: str
    choices: Sequence[Choice]
    carried: Mapping[str, str]
    citation: Sequence[str]
    bibtex: str
    style: str
    preview: str = ""


def sharing(shared: Shared, locale: Locale, level: Callable[..., Component]) -> Component:
    """Return all parts in their order, each with a heading of a level."""
    text = locale.text
    said = {
        "data-copy": text("Copy"),
        "data-copied": text("Copied"),
        "data-select": text("Selected. Press Ctrl and C to copy."),
        "data-picture": text("Copy the picture"),
        "data-close": text("Close"),
        "data-accessed": text("Accessed on {date}."),
    }
    parts = (_links, _picture, _data, _slide, _embed, _cite)
    style: Node = Raw(f'<link rel="stylesheet" href="{shared.style}">')
    return html.Div(
        [style, *(part(shared, locale, level) for part in parts)],
        className="sharing-parts",
        **also(said),
    )


def _part(name: str, title: Component, *content: Node) -> Component:
    named = f"share-{name}"
    setattr(title, "id", named)  # noqa: B010  (components name no attributes of their own)
    return html.Section(
        [title, *content], className=f"share-part {named}", **also({"aria-labelledby": named})
    )


def _copied(words: str, content: Node) -> Component:
    """Return a text that can be copied, under the words that say what it is."""
    text = html.Div(content, className="copied", dir="auto")
    return html.Div([html.Span(words, className="copied-name"), text], className="copy-row")


def _links(shared: Shared, locale: Locale, level: Callable[..., Component]) -> Component:
    rows = [_copied(words, html.A(link, href=link, dir="ltr")) for words, link in shared.links]
    return _part("link", level(locale.text("Link")), *rows)


def _files(shared: Shared, part: str, extra: str = "") -> list[Component]:
    return [
        html.A(
            offer.words,
            href=shared.place.form(offer.ending, "&".join(filter(None, (offer.option, extra)))),
            download="",
        )
        for offer in shared.offers
        if offer.part == part
    ]


def _seen(shared: Shared, form: str, locale: Locale) -> Raw:
    """Return a small picture of what is offered."""
    said = {
        "src": shared.place.form("png", f"form={form}"),
        "alt": locale.text("Preview: {title}", title=shared.card.title),
        "loading": "lazy",
        "className": f"preview {form}",
    }
    return Raw(f"<img{attributes(said)}>")


def _picture(shared: Shared, locale: Locale, level: Callable[..., Component]) -> Component:
    source = also({"data-copy-picture": shared.place.form("png", "scale=2")})
    files = html.Div(_files(shared, "picture"), className="files", **source)
    return _part("picture", level(locale.text("Picture")), _seen(shared, "web", locale), files)


def _data(shared: Shared, locale: Locale, level: Callable[..., Component]) -> Component:
    text = locale.text
    of_view, of_all = shared.rows
    here = locale.plural("This view ({n} row)", "This view ({n} rows)", of_view)
    whole = locale.plural("All rows ({n} row)", "All rows ({n} rows)", of_all)
    return _part(
        "data",
        level(text("Data")),
        data_table(_beginning(shared.card)),
        html.P(here, className="copied-name"),
        html.Div(_files(shared, "data"), className="files"),
        html.P(whole, className="copied-name"),
        html.Div(_files(shared, "data", "rows=all"), className="files"),
    )


@dataclass(frozen=True, slots=True)
class _Beginning:
    """The first rows of a table."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]


def _beginning(card: Card) -> _Beginning:
    table = card.table
    return _Beginning(table.caption, table.columns, table.rows[:FEW], table.numbers)


def _slide(shared: Shared, locale: Locale, level: Callable[..., Component]) -> Component:
    files = html.Div(_files(shared, "slide"), className="files")
    return _part("slide", level(locale.text("Slide")), _seen(shared, "slide", locale), files)


def _embed(shared: Shared, locale: Locale, level: Callable[..., Component]) -> Component:
    text = locale.text
    frame, script = _codes(shared)
    return _part(
        "embed",
        level(text("Embed")),
        _form(shared, locale),
        html.Div(
            [
                _look(shared, text("Look at the embed")),
                _copied(text("Frame alone"), html.Code(frame, dir="ltr")),
                _copied(text("Frame that is as high as its content"), html.Code(script, dir="ltr")),
            ],
            id="share-embed-code",
        ),
    )


def _look(shared: Shared, words: str) -> Component:
    """Return the frame itself, made when it is unfolded; a link to it where no page may hold it."""
    if not shared.preview:
        return html.P(html.A(words, href=shared.embed))
    named = attributes({"src": shared.preview, "title": shared.card.title, "loading": "lazy"})
    inside: list[Node] = [html.Summary(words), Raw(f"<iframe{named}></iframe>")]
    return html.Details(inside, className="framed-preview")


def _codes(shared: Shared) -> tuple[str, str]:
    title, address = escape(shared.card.title), escape(shared.embed)
    frame = (
        f'<iframe src="{address}" title="{title}" width="100%" height="760" '
        'style="border:0" loading="lazy"></iframe>'
    )
    script = (
        f'<div data-bwp-embed="{address}"><a href="{escape(shared.page)}">{title}</a></div>\n'
        f'<script src="{escape(shared.script)}" async></script>'
    )
    return frame, script


def _form(shared: Shared, locale: Locale) -> Component:
    hidden = "".join(
        f"<input{attributes({'type': 'hidden', 'name': name, 'value': value})}>"
        for name, value in shared.carried.items()
    )
    inside: list[Node] = [
        Raw(hidden),
        *(_control(choice) for choice in shared.choices),
        html.Button(locale.text("Change the embed"), type="submit", className="apply"),
    ]
    return html.Form(
        inside,
        action=f"{shared.place.stem}/share#share-embed",
        method="get",
        className="controls share-form",
    )


def _control(choice: Choice) -> Component:
    id = f"choose-{choice.name}"
    options = "".join(
        f"<option{attributes({'value': value, 'selected': value == choice.value})}>"
        f"{escape(words, quote=False)}</option>"
        for value, words in choice.options.items()
    )
    own = attributes({"id": id, "name": choice.name, "className": "form-select"})
    select: Node = Raw(f"<select{own}>{options}</select>")
    return html.Div([html.Label(choice.label, htmlFor=id), select], className="control")


def _cite(shared: Shared, locale: Locale, level: Callable[..., Component]) -> Component:
    title = level(locale.text("Cite"))
    if not shared.citation:
        words = locale.text(
            "These are made-up sample data. They have no citation: please do not quote them."
        )
        return _part("cite", title, html.P(words))
    return _part("cite", title, *_cited(shared, locale))


def _cited(shared: Shared, locale: Locale) -> Iterator[Component]:
    lines = [html.Div(line, dir="auto") for line in shared.citation]
    day = html.Div(dir="auto", hidden=True, **also({"data-today": ""}))
    yield _copied(locale.text("In words"), [*lines, day])
    yield _copied("BibTeX", html.Pre(shared.bibtex, dir="ltr"))
    yield html.Div(_files(shared, "cite"), className="files")
