"""One tree of Dash components, two renderings: HTML for the first view, a layout for Dash.

A `kept` element is complete in the HTML and empty in the layout: when Dash takes the page over,
the browser moves the element's content across instead of drawing it a second time.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from dash import html
from dash.development.base_component import Component

Node = Any
"""A component, a Raw, a text, a number, None, or a list of these: what Dash takes as children."""

KEPT = "data-kept"
VOID = frozenset({"area", "br", "col", "hr", "img", "link", "meta", "source", "wbr"})
RENAMED = {"className": "class", "htmlFor": "for"}
UNSEEN = frozenset({"children", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks"})


@dataclass(frozen=True, slots=True)
class Raw:
    """Markup of our own that is ready to be sent, such as a picture. Lives in kept elements."""

    markup: str


def kept(
    id: str, children: Node, *, tag: Callable[..., Component] = html.Div, **props: Any
) -> Component:
    """Return an element whose content Dash leaves as the first HTML drew it."""
    return tag(children, id=id, **{KEPT: "", **props})


def also(attributes: Mapping[str, str]) -> dict[str, Any]:
    """Return attributes whose names Python cannot write as keywords: data-… and aria-…."""
    return dict(attributes)


def to_html(node: Node) -> str:
    """Return the HTML of a tree. Children that are plain text are escaped."""
    parts: list[str] = []
    _write(node, parts.append)
    return "".join(parts)


def _write(node: Node, put: Callable[[str], None]) -> None:
    if node is None:
        return
    if isinstance(node, Raw):
        put(node.markup)
    elif isinstance(node, Component):
        _write_component(node, put)
    elif isinstance(node, list | tuple):
        for child in node:
            _write(child, put)
    else:
        put(escape(str(node), quote=False))


def _write_component(node: Component, put: Callable[[str], None]) -> None:
    special = SPECIAL.get(node._type) if node._namespace != "dash_html_components" else None
    if special is not None:
        put(special(props_of(node)))
        return
    if node._namespace != "dash_html_components":
        raise TypeError(f"{node._namespace}.{node._type} has no HTML form; add one to SPECIAL")
    tag = node._type.lower()
    put(f"<{tag}{attributes(props_of(node))}>")
    if tag not in VOID:
        _write(getattr(node, "children", None), put)
        put(f"</{tag}>")


def props_of(node: Component) -> dict[str, Any]:
    """Return the properties given to a component; Dash has data- and aria- ones in any order."""
    given = node.to_plotly_json()["props"]
    loose = sorted(name for name in given if name.startswith(("data-", "aria-")))
    return {name: given[name] for name in (*(n for n in given if n not in loose), *loose)}


def attributes(props: Mapping[str, Any]) -> str:
    """Return ' name="value"' for each property that HTML knows; style is refused (CSP)."""
    if "style" in props:
        raise ValueError("inline styles are blocked by the content security policy; use a class")
    return "".join(_attributes(props))


def _attributes(props: Mapping[str, Any]) -> Iterable[str]:
    for name, value in props.items():
        if name in UNSEEN or value is None or value is False:
            continue
        written = RENAMED.get(name, name.lower())
        if value is True:
            yield f" {written}"
        else:
            yield f' {written}="{escape(id_text(value))}"'


def id_text(value: Any) -> str:
    """Return the text of an attribute; a Dash id of several parts as dash-renderer writes it."""
    if isinstance(value, Mapping):
        return json.dumps(value, sort_keys=True, separators=(",", ":"))
    return str(value)


def _select(props: Mapping[str, Any]) -> str:
    own = {k: props[k] for k in ("id", "name", "disabled") if k in props}
    shown = attributes({"className": f"{props.get('className', '')} form-select".strip(), **own})
    options = "".join(_option(o, o["value"] == props.get("value")) for o in props["options"])
    return f"<select{shown}>{options}</select>"


def _option(option: Mapping[str, Any], chosen: bool) -> str:
    said = {"value": option["value"], "selected": chosen, "disabled": option.get("disabled")}
    return f"<option{attributes(said)}>{escape(str(option['label']), quote=False)}</option>"


def _checklist(props: Mapping[str, Any]) -> str:
    chosen = set(props.get("value") or ())
    rows = "".join(
        _checkbox(props, option, option["value"] in chosen) for option in props["options"]
    )
    outer = {k: props[k] for k in ("id", "className") if k in props}
    return f"<div{attributes(outer)}>{rows}</div>"


def _checkbox(props: Mapping[str, Any], option: Mapping[str, Any], checked: bool) -> str:
    id = option.get("input_id") or f"{id_text(props['id'])}-{option['value']}"
    box = {"id": id, "name": props.get("name"), "value": option["value"], "checked": checked}
    label = escape(str(option["label"]), quote=False)
    return (
        f'<div class="form-check"><input{attributes(box)} class="form-check-input" type="checkbox">'
        f'<label class="form-check-label" for="{escape(id)}">{label}</label></div>'
    )


def _graph(props: Mapping[str, Any]) -> str:
    return f"<div{attributes({'id': props['id'], 'className': props.get('className')})}></div>"


def _nothing(props: Mapping[str, Any]) -> str:
    return ""


SPECIAL: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "Select": _select,
    "Checklist": _checklist,
    "Graph": _graph,
    "Store": _nothing,
}
"""The interactive components, as a browser without scripts shows them."""


def to_layout(node: Node) -> Any:
    """Return the tree as the JSON that dash-renderer mounts; kept elements are empty in it."""
    if isinstance(node, Raw):
        raise TypeError("raw markup must stand inside a kept element")
    if isinstance(node, list | tuple):
        return [to_layout(child) for child in node if child is not None]
    if not isinstance(node, Component):
        return node
    props = props_of(node)
    inside = None if KEPT in props else to_layout(props.get("children"))
    described = {"type": node._type, "namespace": node._namespace}
    if "children" in props or inside is not None:
        props["children"] = inside
    return {"props": props, **described}
