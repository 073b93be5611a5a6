"""What the product leans on inside Dash is still there and still means the same."""

import json
import re
from pathlib import Path

import dash
import pytest
from dash import Input, Output
from flask import Flask

from dashboard import callbacks
from dashboard.web import seams, static

ROOT = Path(__file__).parents[1]
RENDERER = static.DASH / "dash-renderer" / "build" / "dash_renderer.min.js"


@pytest.fixture
def app() -> dash.Dash:
    """An application as the site makes it."""
    return seams.application(Flask("site", static_folder=None))


def test_dash_is_pinned_to_the_version_that_was_tried() -> None:
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'"dash=={dash.__version__}"' in declared


def test_an_application_installs_no_route(app: dash.Dash) -> None:
    assert list(app.server.url_map.iter_rules()) == []
    assert app.server.before_request_funcs == {}


def test_the_renderer_is_told_all_that_it_reads_and_no_version(app: dash.Dash) -> None:
    told = json.loads(seams.front_end_config(app))
    assert set(told) == {*seams.FRONT_END, "children_props"}
    assert (told["requests_pathname_prefix"], told["ui"]) == ("/", False)
    assert (told["validate_callbacks"], told["suppress_callback_exceptions"]) == (False, True)
    assert told["update_title"] == ""
    text = json.dumps(told)
    assert dash.__version__ not in text
    assert "python" not in text and "http" not in text


def test_the_renderer_reads_no_other_setting() -> None:
    script = RENDERER.read_text(encoding="utf-8")
    for name in ("children_props", "requests_pathname_prefix", "validate_callbacks", "ui"):
        assert re.search(rf"\b{name}\b", script), name
    assert "_dash-config" in script


@pytest.mark.parametrize("name", [seams.ENTRY, "_dash-layout", "_dash-dependencies"])
def test_the_renderer_still_asks_for_what_the_first_page_holds_ready(name: str) -> None:
    boot = (ROOT / "assets" / "boot.js").read_text(encoding="utf-8")
    assert name in RENDERER.read_text(encoding="utf-8")
    assert name in boot


def test_the_graph_still_asks_where_plotly_is() -> None:
    boot = (ROOT / "assets" / "boot.js").read_text(encoding="utf-8")
    components = (static.DASH / "dcc" / "dash_core_components.js").read_text(encoding="utf-8")
    assert "_dashPlotlyJSURL" in components
    assert "'_dashPlotlyJSURL'" in boot
    assert "DashRenderer" in RENDERER.read_text(encoding="utf-8")
    assert "window.DashRenderer" in boot


def test_all_scripts_of_dash_that_take_over_are_where_they_were() -> None:
    assert [path for path in static.TAKEOVER if not path.is_file()] == []


def test_properties_that_hold_components_are_told_of_our_libraries_only(app: dash.Dash) -> None:
    told = json.loads(seams.front_end_config(app))["children_props"]
    assert set(told) == {
        "dash_html_components",
        "dash_core_components",
        "dash_bootstrap_components",
    }
    assert all(names for library in told.values() for names in library.values())


def test_a_callback_of_the_browser_is_listed_with_its_function(app: dash.Dash) -> None:
    assert seams.callbacks(app) == ()
    assert json.loads(seams.dependencies(app)) == []
    callbacks.register(app)
    (name,) = seams.callbacks(app)
    (listed,) = json.loads(seams.dependencies(app))
    assert listed["output"] == name
    assert listed["clientside_function"]["namespace"] == "bwp"
    assert listed["prevent_initial_call"] is True
    assert listed["hidden"] is False
    assert {one["property"] for one in listed["inputs"]} == {"value"}
    assert not seams.runs_on_server(app, name)


def test_a_callback_of_the_server_runs_through_our_own_route(app: dash.Dash) -> None:
    server = app.server

    @app.callback(Output("total", "children"), Input("one", "value"))
    def double(value: int) -> int:
        return 2 * value

    (name,) = seams.callbacks(app)
    assert seams.runs_on_server(app, name)
    others: tuple[object, ...] = ("", "nothing", None, [name], {})
    assert not any(seams.runs_on_server(app, other) for other in others)
    server.add_url_rule("/run", view_func=seams.dispatch(app), methods=["POST"])
    asked = {
        "output": name,
        "outputs": {"id": "total", "property": "children"},
        "inputs": [{"id": "one", "property": "value", "value": 21}],
        "changedPropIds": ["one.value"],
    }
    answer = server.test_client().post("/run", json=asked)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["response"] == {"total": {"children": 42}}
