"""A spreadsheet file: sheets of plain values, the same bytes for the same content.

Every text is written as text: no formula, no link, no author, no hidden sheet.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value = str | float | None
WIDEST = 60
"""No column is wider than this many letters."""
INERT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
"""What the name of a sheet may not hold; it has at most 31 letters (ECMA-376, Excel's limits)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: headings above rows. `formats` are the number formats of its columns, "" is none.

    A `long` sheet holds sentences: its lines break within the cell.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    formats: tuple[str, ...] = ()
    long: bool = False


def written(sheets: Sequence[Sheet], title: str, made: date, *, mirrored: bool = False) -> bytes:
    """Return a workbook (xlsx) whose sheets run from right to left if `mirrored`.

    `made` is the date in its properties: the cut-off of the release, never today.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, dict(INERT))
    book.set_properties({"title": title, "author": "", "created": datetime.combine(made, time())})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name.translate(FORBIDDEN)[:31])
        if mirrored:
            page.right_to_left()
        cells = [_format(book, sheet, place) for place in range(len(sheet.headings))]
        _fill(page, sheet, head, cells)
    book.close()
    return out.getvalue()


def _format(book: xlsxwriter.Workbook, sheet: Sheet, place: int) -> Format:
    number = sheet.formats[place] if place < len(sheet.formats) else ""
    look = {"valign": "top", **({"num_format": number} if number else {})}
    return book.add_format({**look, "text_wrap": True} if sheet.long else look)


def _fill(page: Worksheet, sheet: Sheet, head: Format, cells: Sequence[Format]) -> None:
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for place, heading in enumerate(sheet.headings):
        page.set_column(place, place, _width(sheet, place))
        page.write_string(0, place, heading, head)
    for at, row in enumerate(sheet.rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, str) and value:
                page.write_string(at, place, value, cells[place])
            elif isinstance(value, (int, float)):
                page.write_number(at, place, value, cells[place])
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)


def _width(sheet: Sheet, place: int) -> float:
    said = [sheet.headings[place], *(str(row[place] or "") for row in sheet.rows)]
    return min(max(map(len, said)) + 3, WIDEST)
