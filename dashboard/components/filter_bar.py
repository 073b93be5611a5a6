"""Controls that name a view. Native controls in a form: they work before and without any script."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.components.shapes import Control
from dashboard.i18n import Locale
from dashboard.model import TOTAL
from dashboard.web.render import Raw, also, attributes, id_text, kept


@dataclass(frozen=True, slots=True)
class Spec:
    """What the browser must know to turn the controls of a card into addresses.

    `usual` are the values that the indicator shows by itself, `home` those that the page shows by
    itself, `shown` those shown now; `fixed` belongs to the view and has no control; `reading` is
    the language, theme and release of the page; `slot` names the card's parameter, if it has one.
    """

    name: str
    indicator: str
    slot: str
    shown: Mapping[str, str]
    usual: Mapping[str, str]
    home: Mapping[str, str]
    signature: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    reading: str = ""

    def text(self) -> str:
        """Return the specification as JSON."""
        names = self.__slots__
        return json.dumps({n: getattr(self, n) for n in names}, separators=(",", ":"))


def value_of(control: Control) -> str:
    """Return the value of a control as the address writes it: codes with commas."""
    chosen = [option.code for option in control.options if option.selected]
    return ",".join(chosen) if control.multiple else (chosen or [""])[0]


def values(controls: Iterable[Control]) -> dict[str, str]:
    """Return {name: value} of some controls."""
    return {control.name: value_of(control) for control in controls}


def usual(controls: Iterable[Control]) -> dict[str, str]:
    """Return {name: default} of some controls."""
    return {control.name: control.default for control in controls}


def signature(controls: Sequence[Control]) -> str:
    """Return a text that changes when the controls themselves change, not their values."""
    return json.dumps([(c.name, c.multiple, [o.code for o in c.options]) for c in controls])


def filter_bar(
    controls: Sequence[Control], spec: Spec, locale: Locale, action: str, carried: Mapping[str, str]
) -> Component:
    """Return the form of a card; `carried` are names of the address that must survive it."""
    active = sum(value_of(control) != spec.home.get(control.name, "") for control in controls)
    return html.Form(
        html.Details(
            [
                kept(f"{spec.name}-filters-title", summary(active, locale), tag=html.Summary),
                html.Div(
                    bar(controls, spec.name, spec.slot, locale),
                    id={"slot": "controls", "card": spec.name},
                    className="controls",
                ),
                kept(f"{spec.name}-apply", _ends(locale, action, carried), className="ends"),
            ],
            className="filters",
            id=f"{spec.name}-filters",
        ),
        action=action,
        method="get",
        className="filter-form",
        **also({"data-spec": spec.text(), "aria-label": locale.text("Filters")}),
    )


def summary(active: int, locale: Locale) -> str:
    """Return the words of the closed panel on a phone."""
    if not active:
        return locale.text("Filters")
    return locale.plural("Filters ({n} active)", "Filters ({n} active)", active)


def _ends(locale: Locale, action: str, carried: Mapping[str, str]) -> list[Component | Raw]:
    hidden = "".join(f'<input type="hidden"{attributes(_pair(*pair))}>' for pair in carried.items())
    query = "&".join(f"{name}={quote(value)}" for name, value in carried.items())
    clear = html.A(
        locale.text("Clear"), href=f"{action}?{query}" if query else action, className="clear"
    )
    apply = html.Button(locale.text("Apply"), type="submit", className="apply")
    return [Raw(hidden), apply, clear]


def _pair(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value}


def bar(controls: Sequence[Control], card: str, slot: str, locale: Locale) -> list[Component]:
    """Return one labelled control for each control of a view."""
    return [_control(control, card, slot, locale) for control in controls]


def _control(control: Control, card: str, slot: str, locale: Locale) -> Component:
    name = f"{slot}.{control.name}" if slot else control.name
    id = {"control": control.name, "card": card}
    if control.multiple:
        return _several(control, id, name)
    options = [{"label": o.label, "value": o.code} for o in control.options]
    if control.default not in {option.code for option in control.options}:
        options.insert(0, {"label": locale.text("All"), "value": TOTAL})
    select = dbc.Select(id=id, options=options, value=value_of(control) or TOTAL, name=name)
    label = html.Label(control.label, htmlFor=id_text(id))
    return html.Div([label, select], className="control")


def _several(control: Control, id: Mapping[str, str], name: str) -> Component:
    options = [
        {"label": o.label, "value": o.code, "input_id": f"{id['card']}-{control.name}-{o.code}"}
        for o in control.options
    ]
    chosen = [option.code for option in control.options if option.selected]
    boxes = dbc.Checklist(id=id, options=options, value=chosen, name=name)
    return html.Fieldset([html.Legend(control.label), boxes], className="control several")
