"""A heat table as a native table: every number printed, the colour of its class behind it."""

from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.util import Emu

from dashboard.charts import cells, heatscale
from dashboard.model import Cell, Key, Slice
from dashboard.slides.look import PLOT, PX, Letters, Look

NAMES = 0.34
"""The part of the width that the names of the rows take."""
TALLEST = 46
MOST_ROWS, MOST_COLUMNS = 16, 13
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The built-in table style without lines or colours (ECMA-376)."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows by the first dimension, columns by the rest of the key and by period."""

    rows: tuple[Key, ...]
    columns: tuple[tuple[Key, str], ...]

    @classmethod
    def of(cls, answer: Slice) -> "Grid":
        """Return the grid of a slice."""
        rests = dict.fromkeys(key[1:] for key in answer.keys)
        return cls(
            tuple(dict.fromkeys(key[:1] for key in answer.keys)),
            tuple((rest, period) for rest in rests for period in answer.periods),
        )

    @property
    def fits(self) -> bool:
        """Whether its letters can be read on a slide."""
        return len(self.rows) <= MOST_ROWS and len(self.columns) <= MOST_COLUMNS


def add(shapes: Any, answer: Slice, look: Look) -> GraphicFrame:
    """Put the table of a slice on a slide and return its frame."""
    grid = Grid.of(answer)
    tall = min(PLOT.height / (len(grid.rows) + 1), TALLEST)
    frame: GraphicFrame = shapes.add_table(len(grid.rows) + 1, len(grid.columns) + 1, *PLOT.emu)
    table: Any = frame.table
    _plain(table, look)
    wide = PLOT.width * (1 - NAMES) / len(grid.columns)
    for place, column in enumerate(table.columns):
        column.width = Emu(round((wide if place else PLOT.width * NAMES) * PX))
    for row in table.rows:
        row.height = Emu(round(tall * PX))
    letters = Letters("text2", min(15, tall * 0.45))
    _write(table.cell(0, 0), look.locale.text(answer.labels[answer.split[0]][""]), letters, look)
    for place, (rest, period) in enumerate(grid.columns, start=1):
        named = cells.name(rest, answer, look.locale) if rest else ""
        words = [part for part in (named, look.locale.period_short(period)) if part]
        _write(table.cell(0, place), "\n".join(words), letters, look, centred=True)
    _fill(table, answer, grid, look)
    return frame


def _fill(table: Any, answer: Slice, grid: Grid, look: Look) -> None:
    heat = heatscale.of(answer)
    found = {(point.key, point.time_period): point.cell for point in answer.points}
    size = min(18, PLOT.height / (len(grid.rows) + 1) * 0.45)
    for down, head in enumerate(grid.rows, start=1):
        name = cells.name(head, answer, look.locale)
        _write(table.cell(down, 0), name, Letters("ink", size), look)
        for across, (rest, period) in enumerate(grid.columns, start=1):
            at, cell = table.cell(down, across), found.get((head + rest, period))
            _number(at, cell, answer, (heat, look, size))


def _number(
    at: Any, cell: Cell | None, answer: Slice, look_of: tuple[heatscale.Heat, Look, float]
) -> None:
    heat, look, size = look_of
    if cell is None or cell.value is None:
        words = heatscale.sign(cell) if cell else ""
        _write(at, words, Letters("muted", size), look, centred=True)
        return
    place = heat.place(cell)
    at.fill.solid()
    at.fill.fore_color.rgb = look.colour(f"seq{place + 1}")
    words = cells.brief(cell, answer, look.locale, heat.divisor)
    role = "paper" if place > 2 else "ink"
    _write(at, words, Letters(role, size), look, centred=True)


def _write(at: Any, words: str, letters: Letters, look: Look, *, centred: bool = False) -> None:
    at.vertical_anchor = MSO_ANCHOR.MIDDLE
    at.margin_top = at.margin_bottom = Emu(0)
    frame = at.text_frame
    for place, line in enumerate(words.split("\n")):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        look.say(paragraph, line, letters)
        if centred:
            paragraph.alignment = PP_ALIGN.CENTER


def _plain(table: Any, look: Look) -> None:
    """Take the style of the program away; turn the table where the language is turned."""
    properties = table._tbl.tblPr
    properties.find(qn("a:tableStyleId")).text = NO_STYLE
    table.horz_banding = False
    if look.mirrored:
        properties.set("rtl", "1")
