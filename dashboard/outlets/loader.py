"""The script that site owners paste: at an address that stays, so never kept for long."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dashboard.outlets.asking import Asking
from dashboard.web.delivery import answer, deliver


def blueprint(asking: Asking) -> Blueprint:
    """Return the route of the script."""
    routes = Blueprint("loader", __name__)

    @routes.get("/embed.js")
    def loader() -> ResponseReturnValue:
        text = asking.shell.files.text("loader.js")
        return deliver(answer(text, "text/javascript"), request)

    return routes
