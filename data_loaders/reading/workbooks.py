"""Spreadsheets (.xlsx, .xls) to sheets of rows, with what is hidden, merged or missing."""

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

import python_calamine as calamine

from data_loaders.reading import archive, biff, compound
from data_loaders.reading.marks import CELLS, Marks, marks
from data_loaders.reading.problems import Unreadable
from data_loaders.reading.sheets import Row, Sheet, Value

BROKEN = (
    calamine.CalamineError,
    calamine.XmlError,
    calamine.ZipError,
    ExpatError,
    ParseError,
    BadZipFile,
    LookupError,
    ValueError,
)
OLD = b"\xd0\xcf\x11\xe0"


def sheets(path: Path, content: bytes) -> tuple[Sheet, ...]:
    """Return every worksheet; raise Unreadable if the archive or its parts are not sound."""
    try:
        if content.startswith(OLD):
            compound.guard(content)
            biff.guard(content)
            return tuple(_sheets(content, {}))
        archive.guard(path)
        return tuple(_sheets(content, marks(path)))
    except calamine.PasswordError as error:
        raise Unreadable("locked with a password; save it without one") from error
    except BROKEN as error:
        raise Unreadable(f"not a whole workbook ({error})") from error


def _sheets(content: bytes, found: dict[str, Marks]) -> Iterator[Sheet]:
    with calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
        for known in workbook.sheets_metadata:
            if known.typ == calamine.SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(known.name)
                hidden = known.visible != calamine.SheetVisibleEnum.Visible
                yield _sheet(sheet, found.get(known.name, Marks()), hidden)


def _sheet(sheet: calamine.CalamineSheet, found: Marks, hidden: bool) -> Sheet:
    if sheet.total_height * sheet.total_width > CELLS:
        raise Unreadable(f"sheet {sheet.name}: more than {CELLS:,} cells; delete the empty ones")
    values = [[_value(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    filled = frozenset(islice(_fill(values, sheet.merged_cell_ranges or []), CELLS))
    return Sheet(
        name=sheet.name,
        rows=tuple(_row(n, row, found) for n, row in enumerate(values, start=1)),
        hidden=hidden,
        hidden_columns=frozenset(found.hidden_columns),
        filled=filled,
        broken=frozenset(found.broken),
    )


def _row(number: int, row: list[Value], found: Marks) -> Row:
    return Row(number, tuple(row), number in found.hidden_rows)


def _value(cell: object) -> Value:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell if isinstance(cell, Value) else str(cell)


Ranges = list[tuple[tuple[int, int], tuple[int, int]]]


def _fill(values: list[list[Value]], ranges: Ranges) -> Iterator[tuple[int, int]]:
    """Give the cells below a cell merged downwards its value; yield (row number, column)."""
    for (top, left), (bottom, right) in ranges:
        if left != right or top >= len(values) or left >= len(values[top]):
            continue
        for row in range(top + 1, min(bottom, len(values) - 1) + 1):
            values[row][left] = values[top][left]
            yield row + 1, left
