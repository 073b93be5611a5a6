"""A short link leads to the page of its view."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from dashboard import short
from dashboard.access import scope_of
from dashboard.model import BadView, NoRelease, NotPublished, View
from dashboard.outlets.asking import Asking
from dashboard.web.delivery import KEEP


def blueprint(asking: Asking) -> Blueprint:
    """Return the route of short links."""
    routes = Blueprint("short", __name__)

    @routes.get(f"{short.PATH}<code>")
    def follow(code: str) -> ResponseReturnValue:
        if request.query_string:
            raise BadView(f"{short.PATH}{code}: a short link says all of a view; leave out the '?'")
        answer = redirect(_canonical(asking, short.view_of(code)).to_path(), 302)
        answer.headers["Cache-Control"] = KEEP["minute"]
        return answer

    return routes


def _canonical(asking: Asking, view: View) -> View:
    """Return a view as it is spelled today; one that has no answer stays: its page says why."""
    try:
        return asking.statistics.slice(view, scope_of(request)).view
    except (BadView, NotPublished, NoRelease):
        return view
