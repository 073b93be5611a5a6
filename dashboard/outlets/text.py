"""The generated summary of a view, in its language."""

from collections.abc import Mapping, Sequence

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dashboard.components.sharing import Offer
from dashboard.i18n import Locale
from dashboard.model import Scope, View
from dashboard.outlets.asking import Asking, indexing, keep_of
from dashboard.web.delivery import Answer, answer


def offers(locale: Locale) -> Sequence[Offer]:
    """Return what the share dialog says of this form: words to speak to a slide."""
    return (Offer("slide", locale.text("Summary in words (TXT)"), "txt"),)


def blueprint(asking: Asking) -> Blueprint:
    """Return the route of summaries."""
    routes = Blueprint("text", __name__)

    @routes.get("/charts/<name:indicator>.txt")
    def as_text(indicator: str) -> ResponseReturnValue:
        def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
            card = asking.statistics.card(view, scope)
            locale = asking.statistics.locale(view.lang)
            made_up = [locale.text("Illustrative")] if card.slice.illustrative else []
            lines = [card.title, card.subtitle, *made_up, *card.summary]
            headers = indexing(card.slice.illustrative)
            return answer("\n".join(lines) + "\n", "text/plain", keep_of(view), headers=headers)

        return asking.respond(indicator, make)

    return routes
