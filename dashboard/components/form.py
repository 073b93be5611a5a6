"""Forms that send: plain fields and buttons, which work without any script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dash import html
from dash.development.base_component import Component

from dashboard.web.render import Node, Raw, attributes, kept


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to be filled in. `more` are further attributes of HTML."""

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    hint: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


def form(action: str, fields: Sequence[Field], button: str, **hidden: str) -> Component:
    """Return a form that is sent to an address of this site; hidden values go along."""
    carried: list[Node] = [
        _input({"type": "hidden", "name": n, "value": v}) for n, v in hidden.items()
    ]
    rows = [_row(one) for one in fields]
    send = html.Button(button, type="submit", className="apply")
    return html.Form([*carried, *rows, send], action=action, method="post", className="entry")


def problem(words: str) -> Component | None:
    """Return what was wrong with what was sent, said at once to those who listen; or nothing."""
    return kept("problem", html.P(words), role="alert", className="problem") if words else None


def _row(one: Field) -> Component:
    id = f"field-{one.name}"
    about = {"aria-describedby": f"{id}-hint"} if one.hint else {}
    given = {"id": id, "name": one.name, "type": one.kind, "value": one.value or None}
    parts: list[Node] = [html.Label(one.label, htmlFor=id)]
    if one.hint:
        parts.append(html.P(one.hint, id=f"{id}-hint", className="hint"))
    parts.append(_input({**given, "required": True, "dir": "ltr", **about, **one.more}))
    return html.Div(parts, className="field")


def _input(given: Mapping[str, object]) -> Raw:
    return Raw(f"<input{attributes(given)}>")
