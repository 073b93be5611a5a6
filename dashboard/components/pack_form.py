"""The form in which a briefing pack is put together. Every button sends it: it needs no script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.notes import illustrative_mark
from dashboard.components.picker import Pick, pick_list
from dashboard.i18n import Locale
from dashboard.web.render import Node, Raw, also, attributes, kept


@dataclass(frozen=True, slots=True)
class Row:
    """One chart of a pack: `view` as the address writes it, `problem` where it cannot be shown."""

    view: str
    title: str
    subtitle: str
    link: str
    illustrative: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed, and what is wrong with it."""

    typed: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of the form: the title as typed, lists to choose from, an address to add."""

    title: str
    longest: int
    picks: Sequence[Pick]
    add: Pick
    entry: Entry


def pack_form(
    rows: Sequence[Row], fields: Fields, hidden: Mapping[str, str], action: str, locale: Locale
) -> Component:
    """Return the form: fields of the pack, its charts, fields to add one."""
    text = locale.text
    sent = [("view", row.view) for row in rows] + list(hidden.items())
    inside: list[Node] = [
        Raw("".join(_hidden(name, value) for name, value in sent)),
        html.Div(
            [
                _typed("title", text("Title"), fields.title, fields.longest),
                *(pick_list(pick) for pick in fields.picks),
                _button(text("Apply"), "apply", "1", main=True),
            ],
            className="pick",
        ),
        html.H2(text("Charts in this pack")),
        _listed(rows, locale),
        html.H2(text("Add a chart")),
        html.Div(
            [
                pick_list(fields.add),
                _typed("address", text("Or the address of a chart"), fields.entry.typed),
                _button(text("Add"), "added", "1", main=True),
            ],
            className="pick",
        ),
        _problem(fields.entry),
    ]
    return html.Form(inside, action=action, method="get", className="pack-form")


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden"{attributes({"name": name, "value": value})}>'


def _typed(name: str, label: str, value: str, longest: int = 500) -> Component:
    """Return a field with its label."""
    id = f"pack-{name}"
    said = {"id": id, "name": name, "value": value, "maxlength": longest, "dir": "auto"}
    field = Raw(f'<input type="text" class="form-text" autocomplete="off"{attributes(said)}>')
    inside: list[Node] = [html.Label(label, htmlFor=id), field]
    return html.Div(inside, className="control")


def _button(words: str, name: str, value: str, *, main: bool = False, **more: Any) -> Component:
    look = "apply" if main else "move"
    return html.Button(words, type="submit", name=name, value=value, className=look, **more)


def _listed(rows: Sequence[Row], locale: Locale) -> Component:
    if not rows:
        words = locale.text("No chart yet. Choose one below, or “Add to briefing pack” at a chart.")
        return html.P(words, className="nothing")
    places = range(1, len(rows) + 1)
    return html.Ol(
        [_row(row, place, len(rows), locale) for place, row in zip(places, rows, strict=True)],
        className="pack",
    )


def _row(row: Row, place: int, count: int, locale: Locale) -> Component:
    mark: list[Node] = [" ", illustrative_mark(locale)] if row.illustrative else []
    title = html.A(row.title, href=row.link) if not row.problem else row.title
    said = html.P(row.subtitle, className="subtitle")
    if row.problem:
        said = html.P(row.problem, className="message", lang="en", dir="ltr")
    inside: list[Node] = [html.Span(f"{locale.number(place)}. "), title, *mark]
    head = html.H3(inside)
    return html.Li([html.Div([head, said]), _moves(row, place, count, locale)], id=f"view-{place}")


def _moves(row: Row, place: int, count: int, locale: Locale) -> Component:
    text = locale.text
    moves = []
    if place > 1:
        moves.append(("up", text("Move up")))
    if place < count:
        moves.append(("down", text("Move down")))
    moves.append(("remove", text("Remove")))
    buttons = [
        _button(
            words,
            name,
            str(place),
            id=f"{name}-{place}",
            **also({"aria-label": f"{words}: {row.title}"}),
        )
        for name, words in moves
    ]
    return html.Div(buttons, className="moves")


def _problem(entry: Entry) -> Component:
    words = html.Bdi(entry.problem, lang="en") if entry.problem else None
    return html.P(words, className="problem", id="pack-problem", role="alert")


def whole(parts: Sequence[Node], query: str) -> Component:
    """Return all of the form as one element; `query` names the pack for the script that keeps it.

    It is "" for an empty pack.
    """
    return kept("pack", list(parts), tag=html.Section, **also({"data-pack": query}))
