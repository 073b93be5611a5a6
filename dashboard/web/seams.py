"""Every private part of Dash that the product leans on. Dash is pinned; each seam has a test."""

import json
from collections.abc import Mapping
from typing import Any

import dash
from dash._utils import to_json
from flask import Flask

ENTRY = "react-entry-point"
"""The id of the element into which dash-renderer mounts."""

FRONT_END = (
    "url_base_pathname",
    "requests_pathname_prefix",
    "ui",
    "props_check",
    "disable_version_check",
    "show_undo_redo",
    "suppress_callback_exceptions",
    "update_title",
    "serve_locally",
    "validate_callbacks",
    "csrf_token_name",
    "csrf_header_name",
)
"""What dash-renderer reads of its settings; the rest (versions of the server) stays at home."""


def application(server: Flask) -> dash.Dash:
    """Return a Dash application without any route of its own; its routes are ours.

    Dash's catch-all answers every unknown address with 200, so its routes are never installed.
    """
    app = dash.Dash(
        "dashboard",
        server=False,
        suppress_callback_exceptions=True,
        update_title="",
        add_log_handler=False,
        enable_mcp=False,
        include_assets_files=False,
    )
    app.server = server
    app.backend.server = server
    return app


def front_end_config(app: dash.Dash) -> str:
    """Return the JSON of `_dash-config`, without what a stranger need not know."""
    whole = app._config()
    shown: dict[str, Any] = {name: whole[name] for name in FRONT_END}
    shown["children_props"] = _children_props(whole["children_props"])
    return json.dumps(shown, separators=(",", ":"))


def _children_props(registered: Mapping[str, Mapping[str, list[str]]]) -> dict[str, Any]:
    used = ("dash_html_components", "dash_core_components", "dash_bootstrap_components")
    return {
        namespace: {name: props for name, props in registered.get(namespace, {}).items() if props}
        for namespace in used
    }


def dependencies(app: dash.Dash) -> str:
    """Return the JSON of the callbacks that dash-renderer runs in the browser."""
    listed = [{**one, "hidden": bool(one.get("hidden"))} for one in app._callback_list]
    return str(to_json(listed))


def callbacks(app: dash.Dash) -> tuple[str, ...]:
    """Return the names of all callbacks."""
    return tuple(one["output"] for one in app._callback_list)


def runs_on_server(app: dash.Dash, output: object) -> bool:
    """Whether a callback of that name has a function on the server."""
    return isinstance(output, str) and "callback" in app.callback_map.get(output, {})


def dispatch(app: dash.Dash) -> Any:
    """Return the view function that runs a callback on the server."""
    return app.backend.serve_callback(app)
