"""The picture of a view as SVG."""

from collections.abc import Mapping

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dashboard.model import BadView, Scope, View
from dashboard.outlets.asking import Asking, indexing, keep_of
from dashboard.service import FORMS
from dashboard.web.delivery import Answer, answer


def blueprint(asking: Asking) -> Blueprint:
    """Return the route of pictures."""
    routes = Blueprint("picture", __name__)

    @routes.get("/charts/<name:indicator>.svg")
    def svg(indicator: str) -> ResponseReturnValue:
        def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
            form = options.get("form", "web")
            if form not in FORMS:
                raise BadView(f"form={form}: not known here; possible: {', '.join(FORMS)}")
            card = asking.statistics.card(view, scope, form)
            headers = indexing(card.slice.illustrative)
            return answer(card.picture, "image/svg+xml", keep_of(view), headers=headers)

        return asking.respond(indicator, make, ("form",))

    return routes
