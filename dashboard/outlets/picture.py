"""The picture of a view as SVG: it travels, so it says itself what it shows and from where."""

from collections.abc import Mapping, Sequence

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dashboard.components.sharing import Offer
from dashboard.i18n import Locale
from dashboard.model import BadView, Scope, Slice, View
from dashboard.outlets.asking import Asking, indexing, keep_of
from dashboard.service import FORMS
from dashboard.web.delivery import Answer, answer


def blueprint(asking: Asking) -> Blueprint:
    """Return the route of pictures."""
    routes = Blueprint("picture", __name__)

    @routes.get("/charts/<name:indicator>.svg")
    def svg(indicator: str) -> ResponseReturnValue:
        def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
            return made(asking, view, scope, options.get("form", "web"))

        return asking.respond(indicator, make, ("form",))

    return routes


def offers(locale: Locale) -> Sequence[Offer]:
    """Return what the share dialog says of this form."""
    return (Offer("picture", locale.text("SVG, sharp at any size"), "svg"),)


def made(asking: Asking, view: View, scope: Scope, form: str) -> Answer:
    """Return the picture of a view with its address inside; raise BadView for an unknown form."""
    answered, text = drawn(asking, view, scope, form)
    headers = indexing(answered.illustrative)
    return answer(text, "image/svg+xml", keep_of(view), headers=headers)


def drawn(asking: Asking, view: View, scope: Scope, form: str) -> tuple[Slice, str]:
    """Return the slice of a view and its picture as SVG; raise BadView for an unknown form."""
    if form not in FORMS:
        raise BadView(f"form={form}: not known here; possible: {', '.join(FORMS)}")
    answered = asking.statistics.slice(view, scope)
    link = asking.link(answered)
    return answered, asking.statistics.picture(view, scope, form, link)
