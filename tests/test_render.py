"""One tree, two renderings: what the first HTML shows is what Dash mounts in its place."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import dash_bootstrap_components as dbc
import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from dash import dcc, html
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboard import catalogue, i18n
from dashboard.components.filter_bar import bar, signature
from dashboard.i18n import Locale
from dashboard.model import PUBLIC, View
from dashboard.service import Statistics
from dashboard.web.render import KEPT, Raw, also, kept, to_html, to_layout

ROOT = Path(__file__).parents[1]
CATALOGUE = catalogue.load(ROOT / "config")
PAGES = [
    *("/", *(f"/{theme}" for theme in CATALOGUE.themes)),
    *("/explore", "/explore?left=exports_goods&right=enterprises_enrolled", "/data", "/facts"),
    *("/about", "/method", "/glossary", "/accessibility", "/privacy"),
    *("/charts/exports_goods", "/charts/noncompliance_cluster?freq=FY&split=cluster"),
]
SPELT = {"class": "className", "for": "htmlFor"}
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), max_size=30)


def tag_of(markup: str) -> Tag:
    """Return the one element that some markup is, read as a browser reads it."""
    body = BeautifulSoup(markup, "lxml").body
    assert body is not None
    (found,) = (child for child in body.children if isinstance(child, Tag))
    return found


# -- one element --------------------------------------------------------------------------------


@given(WORDS, WORDS)
def test_no_word_of_a_text_or_an_attribute_becomes_markup(words: str, said: str) -> None:
    found = tag_of(to_html(html.Div(words, title=said)))
    assert (found.name, found.get_text(), found["title"]) == ("div", words, said)
    assert list(found.attrs) == ["title"]


@pytest.mark.parametrize(
    ("node", "markup"),
    [
        (None, ""),
        ("a < b & c", "a &lt; b &amp; c"),
        (7, "7"),
        ([html.B("a"), None, " ", html.Br(), "b"], "<b>a</b> <br>b"),
        (html.Div(), "<div></div>"),
        (html.Label("L", htmlFor="x", className="c"), '<label class="c" for="x">L</label>'),
        (html.Details("d", open=True), "<details open>d</details>"),
        (html.Details("d", open=False), "<details>d</details>"),
        (html.Td("1", colSpan=2), '<td colspan="2">1</td>'),
        (html.A("a", href="/?a=1&b=2"), '<a href="/?a=1&amp;b=2">a</a>'),
        (html.Div(**also({"aria-label": 'a "b"'})), '<div aria-label="a &quot;b&quot;"></div>'),
        (html.Div(id={"b": "x", "a": 1}), '<div id="{&quot;a&quot;:1,&quot;b&quot;:&quot;x&quot;}'),
        (html.Button("go", n_clicks=3, key="k"), "<button>go</button>"),
        (dcc.Store(id="s", data=[1]), ""),
        (kept("k", Raw("<svg></svg>")), '<div id="k" data-kept=""><svg></svg></div>'),
    ],
)
def test_a_tree_is_written_as_html(node: Any, markup: str) -> None:
    assert to_html(node).startswith(markup)
    assert markup or to_html(node) == ""


def test_an_inline_style_is_refused_because_browsers_would_block_it() -> None:
    with pytest.raises(ValueError, match="use a class"):
        to_html(html.P("x", style={"color": "red"}))


def test_a_component_without_a_form_in_html_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match=r"dash_core_components\.Slider has no HTML form"):
        to_html(dcc.Slider(0, 1))


def test_raw_markup_outside_a_kept_element_cannot_be_mounted() -> None:
    picture: Any = Raw("<svg></svg>")
    with pytest.raises(TypeError, match="inside a kept element"):
        to_layout(html.Div(picture))


def test_a_kept_element_is_empty_for_dash_and_whole_for_the_reader() -> None:
    tree = html.Div([kept("k", [html.P("words"), Raw("<svg></svg>")], className="c"), None])
    assert "<p>words</p><svg></svg>" in to_html(tree)
    assert to_layout(tree)["props"]["children"] == [
        {
            "props": {"children": None, "id": "k", "data-kept": "", "className": "c"},
            "type": "Div",
            "namespace": "dash_html_components",
        }
    ]


# -- controls -----------------------------------------------------------------------------------

CHOICES = [
    {"label": "All & each", "value": "_T"},
    {"label": "<Lahore>", "value": "lahore"},
    {"label": "Multan", "value": "multan", "disabled": True},
]


def test_a_list_of_choices_is_a_native_one_with_its_choice() -> None:
    listed = dbc.Select(id={"control": "city"}, name="city", options=CHOICES, value="lahore")
    found = tag_of(to_html(listed))
    assert (found.name, found["name"], found["id"]) == ("select", "city", '{"control":"city"}')
    assert [(o["value"], o.get_text()) for o in found.find_all("option")] == [
        ("_T", "All & each"),
        ("lahore", "<Lahore>"),
        ("multan", "Multan"),
    ]
    assert [o["value"] for o in found.select("option[selected]")] == ["lahore"]


def test_a_choice_that_cannot_be_made_is_disabled_before_and_after_dash_takes_over() -> None:
    listed = dbc.Select(id="city", options=CHOICES, value="lahore")
    assert [o["value"] for o in tag_of(to_html(listed)).select("option[disabled]")] == ["multan"]
    mounted = to_layout(listed)["props"]["options"]
    assert [o["value"] for o in mounted if o.get("disabled")] == ["multan"]


def test_a_list_that_is_disabled_says_so() -> None:
    assert tag_of(to_html(dbc.Select(id="a", options=CHOICES, disabled=True))).has_attr("disabled")
    assert not tag_of(to_html(dbc.Select(id="a", options=CHOICES))).has_attr("disabled")


def test_boxes_to_tick_are_native_ones_with_labels_of_their_own() -> None:
    boxes = dbc.Checklist(id={"c": "city"}, name="city", options=CHOICES[:2], value=["lahore"])
    found = tag_of(to_html(boxes))
    assert [box["value"] for box in found.select("input[type=checkbox][checked]")] == ["lahore"]
    for box in found.find_all("input"):
        (label,) = (one for one in found.find_all("label") if one["for"] == box["id"])
        assert label.get_text(strip=True)
    assert {box["name"] for box in found.find_all("input")} == {"city"}


# -- whole pages --------------------------------------------------------------------------------

Token = tuple[str, ...]


def written(node: Tag) -> Iterator[Token]:
    """Yield what an element of the HTML is and holds; of kept elements only that they are there."""
    shown = {SPELT.get(name, name): value for name, value in node.attrs.items()}
    yield ("element", node.name, *described(shown))
    if KEPT in node.attrs:
        return
    for child in node.children:
        if isinstance(child, Tag):
            yield from special(child) if control(child) else written(child)
        elif isinstance(child, NavigableString) and child.strip():
            yield "text", child.strip()


def control(tag: Tag) -> bool:
    """Whether an element stands for an interactive component."""
    return (
        "form-select" in tag.get_attribute_list("class")
        or tag.select_one(":scope > .form-check") is not None
    )


def special(tag: Tag) -> Iterator[Token]:
    """Yield what a control of the HTML offers and has chosen."""
    boxes = tag.find_all(["option", "input"])
    offered = [str(box["value"]) for box in boxes]
    chosen = [str(b["value"]) for b in boxes if b.has_attr("selected") or b.has_attr("checked")]
    name = tag.get("name") or boxes[0].get("name")
    yield "control", str(tag["id"]), str(name), *offered, "chosen", *chosen


def mounted(node: Any) -> Iterator[Token]:
    """Yield the same of the layout that Dash mounts; a live chart is an empty place in the HTML."""
    if isinstance(node, list):
        for child in node:
            yield from mounted(child)
    elif not isinstance(node, Mapping):
        if node is not None and str(node).strip():
            yield "text", str(node).strip()
    elif node["type"] in ("Select", "Checklist"):
        yield from interactive(node["props"])
    else:
        tag = "div" if node["type"] == "Graph" else node["type"].lower()
        yield ("element", tag, *described(node["props"]))
        yield from mounted(node["props"].get("children"))


def interactive(props: Mapping[str, Any]) -> Iterator[Token]:
    """Yield what a control of the layout offers and has chosen."""
    offered = [str(option["value"]) for option in props["options"]]
    value = props["value"] if isinstance(props["value"], list) else [props["value"]]
    name = identity(props["id"])
    yield (
        "control",
        name,
        str(props["name"]),
        *offered,
        "chosen",
        *(v for v in offered if v in value),
    )


def identity(id: Any) -> str:
    """Return an id as the browser sees it."""
    if isinstance(id, Mapping):
        pairs = (f'"{name}":"{id[name]}"' for name in sorted(id))
        return "{" + ",".join(pairs) + "}"
    return str(id)


def described(props: Mapping[str, Any]) -> Iterator[str]:
    """Yield the properties that both renderings of an element must agree on."""
    for name in ("id", "className", "href", "role", "aria-label", "data-card", "data-spec"):
        value = props.get(name)
        if value is not None:
            yield f"{name}={' '.join(value) if isinstance(value, list) else identity(value)}"


@pytest.mark.parametrize("address", [*PAGES, "/?lang=ur", "/exports?lang=ur&freq=FY"])
def test_dash_mounts_what_the_first_html_shows(client: FlaskClient, address: str) -> None:
    answer = client.get(address, follow_redirects=True)
    path = answer.request.full_path.rstrip("?")
    first = BeautifulSoup(answer.text, "lxml").find(id="page")
    layout = client.get(f"/_dash-layout?at={quote(path)}").json
    assert isinstance(first, Tag)
    shown = list(written(first))
    assert len(shown) > 5
    assert list(mounted(layout)) == shown
    ids = [token[2] for token in shown if token[0] == "element" and token[2:] and "id=" in token[2]]
    assert len(ids) == len(set(ids))


def locales() -> list[Locale]:
    """Return every language."""
    return list(i18n.locales(ROOT / "config").values())


@pytest.mark.parametrize("locale", locales(), ids=lambda locale: locale.code)
def test_every_control_of_every_indicator_has_both_forms(
    statistics: Statistics, locale: Locale
) -> None:
    for name, indicator in CATALOGUE.indicators.items():
        if not statistics.published(indicator):
            continue
        answered = statistics.slice(View(name, lang=locale.code), PUBLIC)
        controls = tuple(statistics.controls(answered, locale))
        drawn = bar(controls, "main", "", locale)
        found = BeautifulSoup(to_html(html.Div(drawn)), "lxml")
        names = [
            token for tag in found.select(".control > *") if control(tag) for token in special(tag)
        ]
        assert names == [token for token in mounted(to_layout(drawn)) if token[0] == "control"], (
            name
        )
        assert len(names) == len(controls), signature(controls)
