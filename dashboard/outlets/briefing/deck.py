"""A pack as a presentation: a title slide, one chart a slide, its charts and sources at the end."""

from collections.abc import Iterator, Sequence

from dashboard import slides
from dashboard.model import Scope
from dashboard.outlets.asking import Asking
from dashboard.outlets.briefing.content import Content
from dashboard.outlets.briefing.origins import Origins, charts_of, sources_of
from dashboard.outlets.slide import slide_of
from dashboard.slides.look import Look

ROOM, LINE, AROUND = 540, 18, 8
"""What the rows of a list have on one slide, what a line of text takes, what is around it: px."""
LETTERS = 150
"""Of such letters fill a line of the whole width."""


def written(asking: Asking, content: Content, scope: Scope) -> bytes:
    """Return a pack as a presentation (pptx)."""
    shown = [slide_of(asking, chapter.view, scope) for chapter in content.chapters]
    look = Look(content.locale, "light")
    listings = (*_listings(charts_of(content)), *_listings(sources_of(content)))
    around = slides.Around(_cover(content), listings, look)
    return slides.written(shown, content.name, content.release.cut_off, around)


def _cover(content: Content) -> slides.Cover:
    return slides.Cover(
        title=content.title,
        lines=tuple(content.lines()),
        contents=tuple(
            f"{content.locale.number(chapter.number)}. {_marked(content, chapter.number)}"
            for chapter in content.chapters
        ),
        link=content.link,
        notes=(content.title, *content.lines()),
    )


def _marked(content: Content, number: int) -> str:
    chapter = content.chapters[number - 1]
    mark = content.locale.text("Illustrative") if chapter.answer.illustrative else ""
    return " · ".join(filter(None, (chapter.title, mark)))


def _listings(found: Origins) -> Iterator[slides.Listing]:
    """Yield a list on as many slides as it needs."""
    pages = list(_pages(found))
    for number, rows in enumerate(pages, start=1):
        count = f" ({number}/{len(pages)})" if len(pages) > 1 else ""
        yield slides.Listing(found.title + count, found.headings, tuple(rows), found.widths)


def _pages(found: Origins) -> Iterator[list[tuple[str, ...]]]:
    page: list[tuple[str, ...]] = []
    room = ROOM
    for row in found.rows:
        tall = _tall(row, found.widths)
        if page and tall > room:
            yield page
            page, room = [], ROOM
        page.append(row)
        room -= tall
    yield page


def _tall(row: Sequence[str], widths: Sequence[float]) -> int:
    """Return how many px a row takes: as many lines as its tallest cell."""
    pairs = zip(row, widths, strict=True)
    lines = max(-(-len(text) // round(LETTERS * width)) or 1 for text, width in pairs)
    return lines * LINE + AROUND
