"""Forms to files: the inverse of reading, for templates and for the made-up programme.

The same rows give the same bytes: no clock and no machine goes into a file.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from data_loaders.reading.forms import Column, Form
from data_loaders.reading.sheets import Value
from data_loaders.reading.written import Written

Cells = Mapping[str, Value]
"""Column name -> code, number, day or text, as a source would read it."""

EPOCH = (1980, 1, 1, 0, 0, 0)
BORN = datetime(2022, 7, 1)  # noqa: DTZ001  a document property has no time zone
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
WIDEST = 40


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with rows, titles above and lines below (totals, notes) as lists of cells."""

    form: Form
    rows: Sequence[Cells]
    titles: tuple[str, ...] = ()
    foot: tuple[tuple[Value, ...], ...] = ()


def printed(column: Column, value: Value, written: Written) -> Value:
    """Return a value as a person would find it in a file: labels for codes, Yes and No."""
    if value is None:
        return None
    if column.kind == "yes_no":
        return "Yes" if value else "No"
    if column.values:
        return column.values[str(value)][0]
    if column.codes and str(value) in written.codes[column.codes]:
        return written.label(column.codes, str(value))
    return value


def cells(filled: Filled, written: Written) -> Iterable[list[Value]]:
    """Yield the rows of a form with every cell printed."""
    columns = filled.form.columns.items()
    for row in filled.rows:
        yield [printed(column, row.get(name), written) for name, column in columns]


def write_csv(path: Path, filled: Filled, written: Written) -> Path:
    """Write a form as UTF-8 text with commas; days as the form's unit says."""
    units = [column.unit for column in filled.form.columns.values()]
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\r\n")
    out.writerows([title] for title in filled.titles)
    out.writerow(filled.form.headings)
    for row in cells(filled, written):
        out.writerow([_text(cell, unit) for cell, unit in zip(row, units, strict=True)])
    out.writerows(filled.foot)
    path.write_bytes(text.getvalue().encode())
    return path


def _text(cell: Value, unit: str) -> Value:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}" if unit == "dd/mm/yyyy" else f"{cell:%Y-%m-%d}"
    return cell


def write_workbook(path: Path, filled: Sequence[Filled], written: Written) -> Path:
    """Write forms as the sheets of a workbook."""
    book = Workbook(write_only=True)
    book.properties.creator = ""
    book.properties.created = BORN
    for part in filled:
        _sheet(book.create_sheet(part.form.sheet or part.form.id), part, written)
    packed = io.BytesIO()
    book.save(packed)
    path.write_bytes(timeless(packed.getvalue()))
    return path


def _sheet(sheet: WriteOnlyWorksheet, filled: Filled, written: Written) -> None:
    for number, heading in enumerate(filled.form.headings, start=1):
        width = min(max(len(heading) + 4, 12), WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for title in filled.titles:
        sheet.append([_bold(sheet, title)])
    sheet.append([_bold(sheet, heading) for heading in filled.form.headings])
    for row in cells(filled, written):
        sheet.append(row)
    for line in filled.foot:
        sheet.append(list(line))


def _bold(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def timeless(content: bytes) -> bytes:
    """Return an Office archive without the times of its making."""
    packed = io.BytesIO()
    stamp = rb"\g<1>" + f"{BORN:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>"
    with ZipFile(io.BytesIO(content)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = MODIFIED.sub(stamp, old.read(name)) if name.endswith("core.xml") else None
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, part if part is not None else old.read(name))
    return packed.getvalue()
