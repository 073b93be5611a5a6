"""A pack on A4: a page of contents, a chapter a chart, its charts and sources at the end."""

from collections.abc import Iterator

from dashboard import charts
from dashboard.i18n.digits import LATIN
from dashboard.model import Scope
from dashboard.outlets.asking import Asking
from dashboard.outlets.briefing.content import Chapter, Content
from dashboard.outlets.briefing.origins import Origins, charts_of, sources_of
from dashboard.prints import Booklet, Grid, bound
from dashboard.prints import Chapter as Printed

PLOT = (800, 390)
"""Width and height of a plot in px; on paper 0.6 of a point each, so that letters keep 9 points."""
TALL = (800, 760)
"""The plot of a chart with many rows."""
ROWS = 14
"""A chart with more rows than this is a tall one."""


def written(asking: Asking, content: Content, scope: Scope) -> bytes:
    """Return a pack as PDF."""
    locale = content.locale
    booklet = Booklet(
        title=content.title,
        name=content.name,
        lang=locale.code,
        direction=locale.direction,
        digits=locale.digits.spell(LATIN),
        page=locale.text("Page"),
        contents=locale.text("Contents"),
        lines=tuple(content.lines()),
        running=content.dated,
        chapters=tuple(_chapter(asking, content, one, scope) for one in content.chapters),
        behind=locale.text("Sources"),
        grids=(_grid(charts_of(content)), _grid(sources_of(content))),
        link=content.link,
    )
    return bound(asking.press, booklet)


def _grid(found: Origins) -> Grid:
    return Grid(found.title, found.headings, found.rows, parts=found.widths)


def _chapter(asking: Asking, content: Content, chapter: Chapter, scope: Scope) -> Printed:
    statistics, locale, answer = asking.statistics, content.locale, chapter.answer
    recent = chapter.recent()
    table = charts.table(recent, locale)
    return Printed(
        title=f"{locale.number(chapter.number)}. {chapter.title}",
        subtitle=charts.subtitle(answer, locale),
        mark=locale.text("Illustrative") if answer.illustrative else "",
        svg=statistics.plot(chapter.view, scope, _page(chapter)),
        summary=" ".join(statistics.summary(answer)),
        grid=Grid(table.caption, table.columns, table.rows, table.numbers),
        below=tuple(_below(asking, content, chapter, len(recent.points))),
        link=chapter.link,
    )


def _page(chapter: Chapter) -> tuple[float, float]:
    """Return the size of a plot: tall where its rows would be too narrow to read."""
    many = len(chapter.answer.keys) > ROWS
    moment = charts.kind_of(chapter.answer, "slide") in ("bars", "heat", "timeline", "dumbbell")
    return TALL if many and moment else PLOT


def _below(asking: Asking, content: Content, chapter: Chapter, shown: int) -> Iterator[str]:
    """Yield what stands below a table: what it leaves out, notes, source and release."""
    locale, there = content.locale, len(chapter.answer.points)
    if shown < there:
        yield locale.text(
            "The latest {shown} of {all} values; the workbook of this chart holds them all.",
            shown=shown,
            all=there,
        )
    yield from (locale.text(note) for note in chapter.answer.notes)
    yield from asking.statistics.foot(chapter.answer, "")
