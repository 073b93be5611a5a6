"""What dash-renderer asks for when it takes a page over: the page's layout, and the callbacks."""

import json
from collections.abc import Mapping

from dash import Dash
from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from dashboard.model import BadView
from dashboard.pages.reading import Window
from dashboard.pages.serving import Pages
from dashboard.web import seams
from dashboard.web.delivery import answer, deliver
from dashboard.web.render import to_layout

WINDOWS = {"form": ("web", "phone"), "scheme": ("", "light", "dark")}
"""What a browser may say of its window."""


def blueprint(pages: Pages, app: Dash) -> Blueprint:
    """Return the routes that Dash's browser half asks."""
    routes = Blueprint("exploring", __name__)

    @routes.get("/_dash-layout")
    def layout() -> ResponseReturnValue:
        shown = pages.at(request.args.get("at", "/"), window(request.args), request)
        text = json.dumps(to_layout(shown.body), ensure_ascii=False, separators=(",", ":"))
        return deliver(answer(text, "application/json", "never"), request)

    @routes.get("/_dash-dependencies")
    def dependencies() -> ResponseReturnValue:
        return deliver(answer(seams.dependencies(app), "application/json", "minute"), request)

    return routes


def server_callbacks(app: Dash) -> Blueprint:
    """Return the route of callbacks that run on the server."""
    routes = Blueprint("callbacks", __name__)
    dispatch = seams.dispatch(app)

    @routes.post("/_dash-update-component")
    def run() -> ResponseReturnValue:
        if not seams.runs_on_server(app, request.get_json().get("output")):
            raise NotFound
        done: ResponseReturnValue = dispatch()
        return done

    return routes


def window(given: Mapping[str, str]) -> Window:
    """Return the window that a browser describes; raise BadView."""
    for name, possible in WINDOWS.items():
        if given.get(name, possible[0]) not in possible:
            raise BadView(f"{name}={given[name]}: not known here; possible: {', '.join(possible)}")
    return Window(given.get("form", "web"), given.get("scheme", ""))
