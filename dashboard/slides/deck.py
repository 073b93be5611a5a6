"""A deck of views: title, native chart, source, date, address and its code, notes to speak from."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pptx import Presentation
from pptx.util import Emu

from dashboard import charts
from dashboard.charts import Table, cells, style
from dashboard.i18n import Locale
from dashboard.model import Slice
from dashboard.slides import chart, table
from dashboard.slides.framing import (
    Cover,
    Listing,
    add_code,
    add_cover,
    add_listing,
    blank,
    mirrored,
)
from dashboard.slides.look import FOOT, HEIGHT, PLOT, PX, SUBTITLE, TITLE, WIDTH, Letters, Look
from dashboard.slides.series import data_of, without_value
from dashboard.slides.settled import settled

FEW = 16
"""With more categories than this the table says which have no value."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One view for a slide. `foot` are the lines below it; `picture` is its plot as PNG.

    `link` is short and printed; `address` is long and stands in the notes, as does `origin`, where
    the source files are. The picture is used where no native chart can show the view.
    """

    answer: Slice
    locale: Locale
    title: str
    subtitle: str
    summary: str
    foot: tuple[str, ...]
    link: str
    address: str
    table: Table
    picture: bytes = b""
    theme: style.Theme = "light"
    origin: str = ""


def native(answer: Slice, locale: Locale) -> bool:
    """Whether a slice can stand on a slide as a chart or a table that can be edited."""
    kind = charts.kind_of(answer, "slide")
    if kind == "heat":
        return table.Grid.of(answer).fits
    return data_of(answer, kind, locale) is not None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the slides of a pack: its cover, and lists behind them."""

    cover: Cover
    listings: tuple[Listing, ...]
    look: Look


def written(slides: Sequence[Slide], title: str, day: date, around: Around | None = None) -> bytes:
    """Return a presentation (pptx) as if written on a day: the cut-off date of the release."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH * PX), Emu(HEIGHT * PX)
    said = deck.core_properties
    said.title, said.author, said.last_modified_by, said.revision = title, "", "", 1
    said.created = said.modified = datetime.combine(day, time())
    if around:
        add_cover(deck, around.cover, around.look)
    for slide in slides:
        _add(deck, slide)
    if around:
        for listing in around.listings:
            add_listing(deck, listing, around.look)
    out = io.BytesIO()
    deck.save(out)
    return settled(out.getvalue(), day)


def _add(deck: Any, slide: Slide) -> None:
    look = Look(slide.locale, slide.theme)
    page = blank(deck, look)
    head = page.shapes.title
    head.left, head.top, head.width, head.height = TITLE.emu
    size = 34 if len(slide.title) <= 62 else 26
    look.write(head.text_frame, [slide.title], Letters("ink", size, bold=True))
    _text(page, SUBTITLE.emu, [_subtitle(slide)], (Letters("text2", 20), look))
    _described(_plot(page, slide, look), slide)
    lines = [*_absent(slide), *slide.foot]
    _text(page, mirrored(FOOT, look), lines, (Letters("muted", 15), look))
    add_code(page, slide.link, look)
    notes = page.notes_slide.notes_text_frame
    look.write(notes, list(_notes(slide)), Letters("ink", 16))
    for paragraph in notes.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = Look(slide.locale, "light").colour("ink")


def _subtitle(slide: Slide) -> str:
    mark = slide.locale.text("Illustrative") if slide.answer.illustrative else ""
    return " · ".join(part for part in (mark, slide.subtitle) if part)


def _absent(slide: Slide) -> Iterator[str]:
    """Yield which categories of a native chart have no value, and why that can be."""
    kind = charts.kind_of(slide.answer, "slide")
    data = None if kind == "heat" else data_of(slide.answer, kind, slide.locale)
    names = without_value(data) if data and len(data.categories) <= FEW else ()
    if names:
        why = {
            cells.hidden(p.cell, slide.locale) for p in slide.answer.points if p.cell.value is None
        }
        words = {"list": slide.locale.join(names), "why": slide.locale.join(sorted(why))}
        yield slide.locale.text("Without a value: {list} ({why})", **words)


def _text(page: Any, at: tuple[Emu, ...], lines: list[str], ink: tuple[Letters, Look]) -> None:
    letters, look = ink
    look.write(page.shapes.add_textbox(*at).text_frame, lines, letters)


def _plot(page: Any, slide: Slide, look: Look) -> Any:
    """Put the native chart or table of a view on its slide, else its picture."""
    kind = charts.kind_of(slide.answer, "slide")
    if kind == "heat" and native(slide.answer, slide.locale):
        return table.add(page.shapes, slide.answer, look)
    data = data_of(slide.answer, kind, slide.locale)
    if data is not None:
        return chart.add(page.shapes, slide.answer, data, look)
    return page.shapes.add_picture(io.BytesIO(slide.picture), *PLOT.emu)


def _described(shape: Any, slide: Slide) -> None:
    """Say in words what a chart shows, for who cannot see it."""
    said = shape._element.xpath(".//p:cNvPr")[0]
    said.set("descr", slide.summary)
    said.set("title", slide.title)


def _notes(slide: Slide) -> Sequence[str]:
    """Return the notes: summary, lines of the foot, and the numbers that a picture cannot give."""
    lines = [line for line in (slide.summary, *slide.foot, slide.address, slide.origin) if line]
    if not native(slide.answer, slide.locale):
        lines += ["", slide.table.caption, " | ".join(slide.table.columns)]
        lines += [" | ".join(row) for row in slide.table.rows]
    return lines
