"""Pictures that travel: title, source, date and status inside, explicit colours and fonts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dashboard.charts import style, svg, titles
from dashboard.charts.dialect import Figure
from dashboard.i18n import Locale
from dashboard.model import Slice, Source

SLIDE = 720.0
"""Height of a slide in px; its width is its form's."""

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
    """Return a view as an SVG file as wide as its form; a slide is 1280 by 720."""
    form = style.FORMS[order.form]
    inner = replace(form, width=form.width - 2 * svg.EDGE * form.unit)
    heading = svg.Heading(
        titles.title(answer, locale),
        titles.subtitle(answer, locale),
        locale,
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
    if len(answer.sources) > MOST:
        publishers = list(dict.fromkeys(source.publisher for source in answer.sources))
        yield locale.text("Sources: {list}", list=locale.join(publishers))
    else:
        yield from (_cited(source, locale) for source in answer.sources)
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
