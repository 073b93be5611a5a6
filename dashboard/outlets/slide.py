"""A view as one slide of a presentation, with a native chart and notes."""

from collections.abc import Mapping, Sequence

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dashboard import slides
from dashboard.charts.style import theme_of
from dashboard.components.sharing import Offer
from dashboard.i18n import Locale
from dashboard.model import Scope, View
from dashboard.outlets.asking import Asking, indexing, keep_of
from dashboard.prints import Sheet
from dashboard.service import Statistics
from dashboard.slides.look import PLOT
from dashboard.web.delivery import Answer, file_answer

MIMETYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def blueprint(asking: Asking) -> Blueprint:
    """Return the route of slides."""
    routes = Blueprint("slide", __name__)

    @routes.get("/charts/<name:indicator>.pptx")
    def pptx(indicator: str) -> ResponseReturnValue:
        def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
            return made(asking, view, scope)

        return asking.respond(indicator, make)

    return routes


def offers(locale: Locale) -> Sequence[Offer]:
    """Return what the share dialog says of this form."""
    return (Offer("slide", locale.text("Slide (PPTX)"), "pptx"),)


def made(asking: Asking, view: View, scope: Scope) -> Answer:
    """Return the slide of a view."""
    found = slide_of(asking, view, scope)
    answered = found.answer
    body = slides.written([found], found.title, answered.cut_off)
    named = f'attachment; filename="{answered.view.indicator}.pptx"'
    headers = (*indexing(answered.illustrative), ("Content-Disposition", named))
    return file_answer(body, MIMETYPE, keep_of(view), headers)


def slide_of(asking: Asking, view: View, scope: Scope) -> slides.Slide:
    """Return everything that a slide says of a view."""
    statistics: Statistics = asking.statistics
    card, locale = statistics.card(view, scope), statistics.locale(view.lang)
    link = asking.link(card.slice)
    picture = b""
    if not slides.native(card.slice, locale):
        svg = statistics.plot(view, scope, (PLOT.width, PLOT.height))
        picture = asking.press.png(Sheet(svg, locale.code, " ".join(card.summary)), 2)
    return slides.Slide(
        answer=card.slice,
        locale=locale,
        title=card.title,
        subtitle=card.subtitle,
        summary=" ".join(card.summary),
        foot=statistics.foot(card.slice, link),
        link=link,
        address=asking.address(card.slice),
        table=card.table,
        picture=picture,
        theme=theme_of(view.theme),
        origin=locale.text("Source files: {address}", address=asking.files_link(card.slice)),
    )
