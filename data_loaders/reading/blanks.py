"""Forms to files: the inverse of reading, for templates and for the made-up programme.

The same rows give the same bytes: no clock and no machine goes into a file.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data_loaders.reading.forms import Column, Form
from data_loaders.reading.sheets import Value
from data_loaders.reading.written import Written

Cells = Mapping[str, Value]
"""Column name -> code, number, day or text, as a source would read it."""

Way = Callable[[Value], Value]
"""How a value is printed."""

EPOCH = (1980, 1, 1, 0, 0, 0)
BORN = datetime(2022, 7, 1)  # noqa: DTZ001  a document property has no time zone
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
NARROWEST, WIDEST = 12, 40
BOLD = Font(bold=True)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with rows, titles above and lines below (totals, notes) as lists of cells."""

    form: Form
    rows: Sequence[Cells]
    titles: tuple[str, ...] = ()
    foot: tuple[tuple[Value, ...], ...] = ()


def printed(column: Column, written: Written) -> Way | None:
    """Return how the values of a column are printed: labels for codes, Yes and No."""
    if column.kind == "yes_no":
        return lambda value: "Yes" if value else "No"
    if column.values:
        spellings = {code: them[0] for code, them in column.values.items()}
        return lambda value: spellings.get(str(value), value)
    if column.codes:
        labels = {code: str(row["label"]) for code, row in written.codes[column.codes].items()}
        return lambda value: labels.get(str(value), value)
    return None


def cells(filled: Filled, written: Written, days: Callable[[str], Way]) -> Iterator[list[Value]]:
    """Yield the rows of a form with every cell printed; `days` prints a day as a unit says."""
    columns = filled.form.columns
    ways = [(n, way) for n, c in enumerate(columns.values()) if (way := printed(c, written))]
    ways += [(n, days(c.unit)) for n, c in enumerate(columns.values()) if c.kind == "day"]
    for row in filled.rows:
        found = [row.get(name) for name in columns]
        for position, way in ways:
            if found[position] is not None:
                found[position] = way(found[position])
        yield found


def as_text(unit: str) -> Way:
    """Return how days become text: 17/02/2024 where the unit is dd/mm/yyyy, else 2024-02-17."""
    pattern = "%d/%m/%Y" if unit == "dd/mm/yyyy" else "%Y-%m-%d"
    return lambda value: value.strftime(pattern) if isinstance(value, date) else value


def as_day(unit: str) -> Way:
    """Return how days stay the days that a spreadsheet keeps, whatever the unit."""
    return lambda value: value


def write_csv(path: Path, filled: Filled, written: Written) -> Path:
    """Write a form as UTF-8 text with commas; days as the form's unit says."""
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\r\n")
    out.writerows([title] for title in filled.titles)
    out.writerow(filled.form.headings)
    out.writerows(cells(filled, written, as_text))
    out.writerows(filled.foot)
    path.write_bytes(text.getvalue().encode())
    return path


def write_workbook(path: Path, filled: Sequence[Filled], written: Written) -> Path:
    """Write forms as the sheets of a workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for part in filled:
        fill(book.create_sheet(part.form.sheet or part.form.id), part, written)
    return save(book, path)


def save(book: Workbook, path: Path) -> Path:
    """Save a workbook without a name, a clock or anything else of the machine in it."""
    book.properties.creator = ""
    book.properties.created = BORN
    packed = io.BytesIO()
    book.save(packed)
    path.write_bytes(timeless(packed.getvalue()))
    return path


def fill(sheet: Worksheet, filled: Filled, written: Written) -> None:
    """Write a form into a sheet: titles and headings in bold, columns as wide as their headings."""
    for line in (*((title,) for title in filled.titles), filled.form.headings):
        sheet.append(line)
        for cell in sheet[sheet.max_row]:
            cell.font = BOLD
    for number, heading in enumerate(filled.form.headings, start=1):
        width = min(max(len(heading) + 4, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in cells(filled, written, as_day):
        sheet.append(row)
    for last in filled.foot:
        sheet.append(last)


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
