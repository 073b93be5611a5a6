"""Alive, and able to answer from a checked release."""

import json

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dashboard.access import EVERYONE
from dashboard.model import NoRelease
from dashboard.outlets.asking import Asking
from dashboard.service import Statistics
from dashboard.web.delivery import Answer, answer, deliver

POLICY = EVERYONE


def blueprint(asking: Asking) -> Blueprint:
    """Return the routes of health."""
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def alive() -> ResponseReturnValue:
        return deliver(_said({"status": "alive"}, 200), request)

    @routes.get("/readyz")
    def ready() -> ResponseReturnValue:
        return deliver(readiness(asking.statistics), request)

    return routes


def readiness(statistics: Statistics) -> Answer:
    """Return 200 with the release that is served, 503 with the reason without one."""
    try:
        release = statistics.release()
    except NoRelease as reason:
        return _said({"status": "not ready", "reason": str(reason)}, 503)
    if not release.cells:
        return _said({"status": "not ready", "reason": f"release {release.id} is empty"}, 503)
    return _said({"status": "ready", "release": release.id, "checksum": release.checksum}, 200)


def _said(content: dict[str, str], status: int) -> Answer:
    return answer(json.dumps(content) + "\n", "application/json", "never", status)
