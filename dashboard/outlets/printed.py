"""The picture of a view as pixels and as paper, drawn from the same SVG without a browser."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dashboard.components.sharing import Offer
from dashboard.i18n import Locale
from dashboard.model import BadView, Scope, View
from dashboard.outlets.asking import Asking, indexing, keep_of
from dashboard.outlets.picture import drawn
from dashboard.prints import Sheet
from dashboard.web.delivery import Answer, file_answer

SCALES = ("1", "2", "3")
Kind = Literal["png", "pdf"]
MIMETYPES: Mapping[Kind, str] = {"png": "image/png", "pdf": "application/pdf"}


def blueprint(asking: Asking) -> Blueprint:
    """Return the routes of pictures as PNG and as PDF."""
    routes = Blueprint("printed", __name__)

    @routes.get("/charts/<name:indicator>.png")
    def png(indicator: str) -> ResponseReturnValue:
        def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
            return made(asking, view, scope, ("png", options))

        return asking.respond(indicator, make, ("form", "scale"))

    @routes.get("/charts/<name:indicator>.pdf")
    def pdf(indicator: str) -> ResponseReturnValue:
        def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
            return made(asking, view, scope, ("pdf", options))

        return asking.respond(indicator, make, ("form",))

    return routes


def offers(locale: Locale) -> Sequence[Offer]:
    """Return what the share dialog says of these forms."""
    text = locale.text
    return (
        Offer("picture", text("PNG for a page"), "png", "scale=2"),
        Offer("picture", text("PNG for a phone"), "png", "form=phone&scale=2"),
        Offer("picture", text("PNG for a slide"), "png", "form=slide&scale=2"),
        Offer("picture", text("PNG, square"), "png", "form=square&scale=2"),
        Offer("picture", text("PDF to print"), "pdf"),
    )


def made(
    asking: Asking, view: View, scope: Scope, wanted: tuple[Kind, Mapping[str, str]]
) -> Answer:
    """Return a picture as PNG or PDF; raise BadView for an unknown form, scale or theme."""
    kind, options = wanted
    scale = options.get("scale", "1")
    if scale not in SCALES:
        raise BadView(f"scale={scale}: not known here; possible: {', '.join(SCALES)}")
    answered, svg = drawn(asking, view, scope, options.get("form", "web"))
    said = " ".join(asking.statistics.summary(answered))
    sheet = Sheet(svg, view.lang or "en", said)
    press = asking.press
    body = press.png(sheet, int(scale)) if kind == "png" else press.pdf(sheet)
    headers = (*indexing(answered.illustrative), named(view, kind))
    return file_answer(body, MIMETYPES[kind], keep_of(view), headers)


def named(view: View, ending: str) -> tuple[str, str]:
    """Return the header with the name under which a browser keeps a file that it shows."""
    safe = re.sub(r"[^a-z0-9_]", "", view.indicator)
    return ("Content-Disposition", f'inline; filename="{safe}.{ending}"')
