"""What stands before and behind the charts of a deck: its cover, and lists such as sources."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import segno
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard.slides.look import (
    CODE,
    FOOT,
    HEIGHT,
    PX,
    SUBTITLE,
    TITLE,
    WIDTH,
    Box,
    Letters,
    Look,
)

TITLE_ONLY = 5
"""The layout of the usual template that has a title and nothing else."""
HEADLINE = Box(80, 150, 1120, 150)
SAID = Box(80, 320, 1120, 100)
CONTENTS = Box(80, 425, 1040, 270)
LISTED = Box(40, 130, 1200, 520)
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The built-in table style without lines or colours (ECMA-376)."""
SCANNED = 300
"""A code of more letters than this cannot be read from a wall."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first slide: a title, lines below it, what follows, notes and the address of it all."""

    title: str
    lines: tuple[str, ...]
    contents: tuple[str, ...]
    link: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A slide with a table of texts; `widths` are the parts of the width of its columns."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


def blank(deck: Any, look: Look) -> Any:
    """Return a new slide with the ground of its theme."""
    page = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    page.background.fill.solid()
    page.background.fill.fore_color.rgb = look.colour("paper")
    return page


def add_cover(deck: Any, cover: Cover, look: Look) -> None:
    """Put the first slide into a deck."""
    page = blank(deck, look)
    head = page.shapes.title
    head.left, head.top, head.width, head.height = HEADLINE.emu
    size = 52 if len(cover.title) <= 45 else 38
    look.write(head.text_frame, [cover.title], Letters("ink", size, bold=True))
    head.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    said = page.shapes.add_textbox(*SAID.emu).text_frame
    look.write(said, list(cover.lines), Letters("text2", 20))
    listed = page.shapes.add_textbox(*CONTENTS.emu).text_frame
    look.write(listed, list(cover.contents), Letters("ink", _fitting(len(cover.contents))))
    if len(cover.link) <= SCANNED:
        add_code(page, cover.link, look)
    notes = page.notes_slide.notes_text_frame
    look.write(notes, [*cover.notes, cover.link], Letters("ink", 16))


def _fitting(lines: int) -> float:
    """Return the size of letters in px with which so many lines have room."""
    return min(18.0, CONTENTS.height / max(lines, 1) / 1.25)


def add_code(page: Any, link: str, look: Look) -> None:
    """Put the code of an address into the corner of a slide where its language ends."""
    drawn = io.BytesIO()
    segno.make(link, micro=False, error="m").save(drawn, kind="png", scale=4, border=4)
    picture = page.shapes.add_picture(drawn, *mirrored(CODE, look))
    said = picture._element.xpath(".//p:cNvPr")[0]
    said.set("descr", look.locale.text("QR code of {address}", address=link))


def mirrored(box: Box, look: Look) -> tuple[Emu, Emu, Emu, Emu]:
    """Return where a box stands, from the other side in languages that run the other way."""
    left, top, width, height = box.emu
    return (Emu(WIDTH * PX - left - width) if look.mirrored else left), top, width, height


def add_listing(deck: Any, listing: Listing, look: Look) -> None:
    """Put a slide with a native table of texts into a deck."""
    page = blank(deck, look)
    head = page.shapes.title
    head.left, head.top, head.width, head.height = TITLE.emu
    look.write(head.text_frame, [listing.title], Letters("ink", 34, bold=True))
    box = Box(LISTED.left, SUBTITLE.top + 20, LISTED.width, HEIGHT - FOOT.height)
    shape = (len(listing.rows) + 1, len(listing.headings))
    frame = page.shapes.add_table(*shape, *box.emu)
    frame._element.xpath(".//p:cNvPr")[0].set("descr", listing.title)
    _filled(frame.table, listing, look)


def _filled(table: Any, listing: Listing, look: Look) -> None:
    properties = table._tbl.tblPr
    properties.find(qn("a:tableStyleId")).text = PLAIN
    table.horz_banding = False
    if look.mirrored:
        properties.set("rtl", "1")
    for column, part in zip(table.columns, listing.widths, strict=True):
        column.width = Emu(round(LISTED.width * part * PX))
    for row in table.rows:
        row.height = Emu(24 * PX)
    heads = Letters("text2", 13, bold=True)
    for at, row in enumerate((listing.headings, *listing.rows)):
        _row(table, at, row, look, Letters("ink", 13) if at else heads)


def _row(table: Any, at: int, texts: Sequence[str], look: Look, letters: Letters) -> None:
    for place, text in enumerate(texts):
        cell = table.cell(at, place)
        look.write(cell.text_frame, [text], letters)
        cell.margin_left = cell.margin_right = Pt(4)
        cell.margin_top = cell.margin_bottom = Pt(2)
