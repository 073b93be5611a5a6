"""A booklet on A4: a title page with contents, one chapter a chart, lists behind them."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dashboard.prints.press import SCRIPTS, Press
from dashboard.prints.texts import apart

TEMPLATE = (Path(__file__).parent / "booklet.typ").read_bytes()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts. `numbers` are the columns of figures, `parts` the shares of the width.

    Without `parts` each column is as wide as it needs to be.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    parts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chart: `svg` is its plot without words around it, `mark` says that data are made up."""

    title: str
    subtitle: str
    mark: str
    svg: str
    summary: str
    grid: Grid
    below: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True)
class Booklet:
    """All that is printed, in one language; `digits` are its ten digits, `page` its word.

    `name` is the title as the properties of the file hold it.
    """

    title: str
    name: str
    lang: str
    direction: str
    digits: str
    page: str
    contents: str
    lines: tuple[str, ...]
    running: str
    chapters: tuple[Chapter, ...]
    behind: str
    grids: tuple[Grid, ...]
    link: str


def bound(press: Press, booklet: Booklet) -> bytes:
    """Return a booklet as PDF: headings, tables and their heads are marked as such."""
    described: dict[str, Any] = asdict(booklet)
    described["chapters"] = [
        {**chapter, **_drawn(chapter.pop("svg"))} for chapter in described["chapters"]
    ]
    described["fonts"] = list(SCRIPTS)
    return press.booklet(TEMPLATE, {"booklet": json.dumps(described, ensure_ascii=False)})


def _drawn(svg: str) -> Mapping[str, Any]:
    drawing = apart(svg)
    return {
        "width": drawing.width,
        "height": drawing.height,
        "marks": drawing.marks,
        "words": drawing.words,
    }
