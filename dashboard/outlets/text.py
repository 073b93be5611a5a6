"""The generated summary of a view, in its language."""

from collections.abc import Mapping

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dashboard.model import Scope, View
from dashboard.outlets.asking import indexing, keep_of, respond
from dashboard.service import Statistics
from dashboard.web.delivery import Answer, Memory, answer


def blueprint(statistics: Statistics, memory: Memory) -> Blueprint:
    """Return the route of summaries."""
    routes = Blueprint("text", __name__)

    @routes.get("/charts/<name:indicator>.txt")
    def as_text(indicator: str) -> ResponseReturnValue:
        def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
            card = statistics.card(view, scope)
            locale = statistics.locale(view.lang)
            made_up = [locale.text("Illustrative")] if card.slice.illustrative else []
            lines = [card.title, card.subtitle, *made_up, *card.summary]
            headers = indexing(card.slice.illustrative)
            return answer("\n".join(lines) + "\n", "text/plain", keep_of(view), headers=headers)

        return respond(statistics, memory, request, indicator, make)

    return routes
