"""A small form of native lists that leads to another view of a page, with or without scripts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Locale
from dashboard.web.render import Node, Raw, attributes, kept

Choices = Sequence[tuple[str, str]]
"""Pairs of a value and its words."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One list: its name in the address, its label, its choices by group ("" is none)."""

    name: str
    label: str
    groups: Mapping[str, Choices]
    chosen: str


def picker(
    picks: Sequence[Pick],
    locale: Locale,
    action: str,
    carried: Mapping[str, str],
    before: Sequence[Node] = (),
) -> Component:
    """Return the form; `carried` are names of the address that must survive it.

    Other controls may stand `before` the lists.
    """
    hidden = "".join(
        f'<input type="hidden"{attributes({"name": name, "value": value})}>'
        for name, value in carried.items()
    )
    button = html.Button(locale.text("Show"), type="submit", className="apply")
    inside: list[Node] = [*before, *(pick_list(pick) for pick in picks), Raw(hidden), button]
    return kept("picker", html.Form(inside, action=action, method="get", className="pick"))


def pick_list(pick: Pick) -> Component:
    """Return one list with its label."""
    id = f"pick-{pick.name}"
    options: list[Component] = []
    for group, choices in pick.groups.items():
        listed = [_option(value, words, pick) for value, words in choices]
        options += [html.Optgroup(listed, label=group)] if group else listed
    select = html.Select(options, id=id, name=pick.name, className="form-select")
    return html.Div([html.Label(pick.label, htmlFor=id), select], className="control")


def _option(value: str, words: str, pick: Pick) -> Component:
    return html.Option(words, value=value, selected=value == pick.chosen)
