"""Pictures that travel: title, source, date and status inside, explicit colours and fonts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dashboard.charts import lettering, style, svg, titles
from dashboard.charts.dialect import Figure
from dashboard.i18n import Locale
from dashboard.model import Slice, Source

TRIES = 5
"""So often a plot is drawn anew until the picture is as high as its page."""
LOWEST, NARROWEST = 160.0, 1.5
"""No plot is lower than this in px, no row narrower than this in heights of its letters."""

UNDATED = "undated"
PLAIN = re.compile(r"\d{4}-\d\d(-\d\d)?")
"""A vintage that is a day or a month and nothing else."""
MOST = 3
"""More sources than this are named by their publishers only."""

Drawer = Callable[[style.Form], Figure]


@dataclass(frozen=True, slots=True)
class Order:
    """How a picture is wanted: form, theme ("" is light), the short link printed in it."""

    form: str = "web"
    theme: str = ""
    link: str = ""


def picture_file(answer: Slice, locale: Locale, order: Order, draw: Drawer) -> str:
    """Return a view as an SVG file as wide as its form, as high as its page where it has one."""
    form = style.FORMS[order.form]
    inner = replace(form, width=form.width - 2 * svg.EDGE * form.unit)
    heading = svg.Heading(
        titles.title(answer, locale),
        titles.subtitle(answer, locale),
        locale,
        (*foot(answer, locale), *lettering.broken(order.link, inner.width, inner.small)),
    )
    figure = draw(inner)
    drawing, tall = svg.standalone(figure, heading, inner)
    if not form.page:
        return drawing
    for _ in range(TRIES):
        inner = _fitted(inner, figure["layout"]["height"], form.page - tall)
        figure = draw(inner)
        drawing, tall = svg.standalone(figure, heading, inner)
    paper = style.PALETTES[figure["theme"]]["paper"]
    return svg.on_page(drawing, (form.width, form.page), tall, paper)


def plot_file(draw: Drawer, page: tuple[float, float]) -> str:
    """Return the plot of a view without words around it, on a page of (width, height) px."""
    inner = replace(style.FORMS["slide"], width=page[0], height=page[1])
    for _ in range(TRIES):
        figure = draw(inner)
        height = figure["layout"]["height"]
        inner = _fitted(inner, height, page[1] - height)
    figure = draw(inner)
    drawing, tall = svg.alone(figure, inner)
    return svg.on_page(drawing, page, tall, style.PALETTES[figure["theme"]]["paper"])


def _fitted(form: style.Form, height: float, spare: float) -> style.Form:
    """Return the form with its plot and rows higher or lower by what is spare on a page."""
    factor = max((height + spare) / height, 0.2)
    return replace(
        form,
        height=max(form.height * factor, LOWEST),
        row=max(form.row * factor, form.label * NARROWEST),
    )


def foot(answer: Slice, locale: Locale, link: str = "") -> Iterator[str]:
    """Yield source, date of data, release and mark of a slice, and the link if there is one."""
    if len(answer.sources) > MOST:
        publishers = list(dict.fromkeys(source.publisher for source in answer.sources))
        yield locale.text("Sources: {list}", list=locale.join(publishers))
    else:
        yield from (_cited(source, locale) for source in answer.sources)
    if answer.official:
        yield locale.text("For official use. Not to be published or passed on.")
    if answer.illustrative:
        yield locale.text("Illustrative data, not real figures.")
    yield locale.text(
        "Release {release}, cut-off date {date}",
        release=answer.release,
        date=locale.date(answer.cut_off),
    )
    if link:
        yield link


def _cited(source: Source, locale: Locale) -> str:
    words = {"publisher": source.publisher, "title": source.title}
    if not source.vintage or source.vintage.startswith(UNDATED):
        return locale.text("Source: {publisher}, {title}", **words)
    words["vintage"] = _dated(source.vintage, locale)
    return locale.text("Source: {publisher}, {title}, as of {vintage}", **words)


def _dated(vintage: str, locale: Locale) -> str:
    """Return a vintage as its publisher words it, a plain date as the language writes it."""
    return locale.period(vintage) if PLAIN.fullmatch(vintage) else vintage
