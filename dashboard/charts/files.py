"""Pictures that travel: title, source, date and status inside, explicit colours and fonts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dashboard.charts import style, svg, titles
from dashboard.charts.dialect import Figure
from dashboard.i18n import Locale
from dashboard.model import Slice

SLIDE = 720.0
"""Height of a slide in px; its width is its form's."""

Drawer = Callable[[style.Form], Figure]


@dataclass(frozen=True, slots=True)
class Order:
    """How a picture is wanted: form, theme ("" is light), the short link printed in it."""

    form: str = "web"
    theme: str = ""
    link: str = ""


def picture_file(answer: Slice, locale: Locale, order: Order, draw: Drawer) -> str:
    """Return a view as an SVG file as wide as its form; a slide is 1280 by 720."""
    form = style.FORMS[order.form]
    inner = replace(form, width=form.width - 2 * svg.EDGE * form.unit)
    heading = svg.Heading(
        titles.title(answer, locale),
        titles.subtitle(answer, locale),
        tuple(foot(answer, locale, order.link)),
    )
    drawing, tall = svg.standalone(draw(inner), heading, inner)
    for _ in range(4 if form.name == "slide" else 0):
        inner = _fitted(inner, SLIDE - tall)
        drawing, tall = svg.standalone(draw(inner), heading, inner)
    return drawing


def _fitted(form: style.Form, spare: float) -> style.Form:
    """Return the form with its plot and rows higher or lower by what is spare on a slide."""
    height = max(form.height + spare, 200)
    return replace(form, height=height, row=max(form.row * (1 + spare / SLIDE), form.label * 1.5))


def foot(answer: Slice, locale: Locale, link: str = "") -> Iterator[str]:
    """Yield source, date of data, release and mark of a slice, and the link if there is one."""
    for source in answer.sources:
        words = {"publisher": source.publisher, "title": source.title}
        if source.vintage:
            words["vintage"] = source.vintage
            yield locale.text("Source: {publisher}, {title}, as of {vintage}", **words)
        else:
            yield locale.text("Source: {publisher}, {title}", **words)
    if answer.illustrative:
        yield locale.text("Illustrative data, not real figures.")
    yield locale.text(
        "Release {release}, cut-off date {date}",
        release=answer.release,
        date=locale.date(answer.cut_off),
    )
    if link:
        yield link
