"""Marked copies of refused files for whoever must mend them: coloured cells, comments, a list.

A workbook keeps its look; a text file or an old .xls becomes a workbook. The copy can be mended and
handed in itself: its list stands on a sheet that is not read.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data_loaders.reading.accounts import cell_of
from data_loaders.reading.blanks import BOLD, save
from data_loaders.reading.book import open_book
from data_loaders.reading.problems import REFUSED, Problem, Report
from data_loaders.reading.sheets import Value

LIST = "Problems"
HEADINGS = ("Sheet", "Row", "Column", "Cell", "Value", "What is wanted", "Kind")
WIDTHS = (20, 8, 24, 8, 28, 80, 14)
MEND, KNOW = "must be mended", "worth a look"
FILLS = {
    REFUSED: PatternFill("solid", start_color="FFF4B6B6", end_color="FFF4B6B6"),
    "said": PatternFill("solid", start_color="FFFFF2B3", end_color="FFFFF2B3"),
}
ONLY = "File"
"""The sheet that a text file becomes."""

ODD = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What the library raises on styles and parts that it does not know."""

WIDE, TALL = 320, 120
"""Pixels of a comment."""


def mark(files: Iterable[tuple[Path, Report]], folder: Path) -> dict[Path, Path]:
    """Write a marked copy of every refused file into a folder; return the copies by file.

    Nothing that is there is overwritten. A file that could not be opened has no copy.
    """
    return {
        path: _copy(path, report, folder) for path, report in files if report.verdict == "refused"
    }


def _copy(path: Path, report: Report, folder: Path) -> Path:
    book, names = _opened(path)
    for problem in report.in_order:
        if problem.row and problem.sheet in names:
            _mark(book[names[problem.sheet]], problem, cell_of(problem, report))
    _list(book.create_sheet(_free(LIST, book.sheetnames), 0), report, names)
    book.active = 0
    folder.mkdir(parents=True, exist_ok=True)
    return save(book, _unused(folder, path.stem))


def _opened(path: Path) -> tuple[Workbook, dict[str, str]]:
    """Return a workbook with the file's sheets, and the name there of each sheet."""
    if is_zipfile(path):
        try:
            book = load_workbook(BytesIO(path.read_bytes()))
            return book, {sheet.title: sheet.title for sheet in book.worksheets}
        except ODD:
            pass  # a sheet with a look that the library cannot keep: its values are enough
    book, names = Workbook(), {}
    book.remove(book.worksheets[0])
    for found in open_book(path).sheets:
        sheet = book.create_sheet(found.name or ONLY)
        names[found.name] = sheet.title
        for row in found.rows:
            for column, value in enumerate(row.cells, start=1):
                _write(sheet, row.number, column, value)
    return book, names


def _write(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    """Write a value so that no text starts a formula."""
    if value is None:
        return
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101  a new sheet has no merged cells
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value


def _mark(sheet: Worksheet, problem: Problem, name: str) -> None:
    """Colour the cell of a problem, or its whole row, and say there what was wanted."""
    cells = [_shown(sheet, name)] if name else _row(sheet, problem.row)
    for cell in cells:
        if problem.severity == REFUSED or cell.comment is None:
            cell.fill = FILLS[problem.severity]
    first = cells[0]
    before = f"{first.comment.text}\n" if first.comment else ""
    place = f"{problem.column}: " if problem.column else ""
    first.comment = Comment(f"{before}{place}{problem.wanted}", "", height=TALL, width=WIDE)


def _row(sheet: Worksheet, row: int) -> list[Cell]:
    """Return the cells of a row that can be marked, at least the first."""
    last = max(sheet.max_column, 1)
    found = (sheet.cell(row, column) for column in range(1, last + 1))
    return [cell for cell in found if isinstance(cell, Cell)] or [_shown(sheet, f"A{row}")]


def _shown(sheet: Worksheet, name: str) -> Cell:
    """Return the cell of a name; of merged cells the one that can be seen."""
    cell = sheet[name]
    if isinstance(cell, Cell):
        return cell
    merged = next(area for area in sheet.merged_cells.ranges if name in area)
    first = sheet.cell(merged.min_row, merged.min_col)
    assert isinstance(first, Cell)  # noqa: S101  the first of merged cells is a plain one
    return first


def _list(sheet: Worksheet, report: Report, names: dict[str, str]) -> None:
    """Write every problem, what must be mended first."""
    sheet.append(HEADINGS)
    for cell in sheet[1]:
        cell.font = BOLD
    for problem in report.in_order:
        name = cell_of(problem, report)
        kind = MEND if problem.severity == REFUSED else KNOW
        shown = names.get(problem.sheet, problem.sheet)
        line = (shown, problem.row or None, problem.column, name, problem.value, problem.wanted)
        for column, value in enumerate((*line, kind), start=1):
            _write(sheet, sheet.max_row + (column == 1), column, value)
        if name and shown:
            where = shown.replace("'", "''")
            sheet.cell(sheet.max_row, 4).hyperlink = f"#'{where}'!{name}"
        sheet.cell(sheet.max_row, 6).alignment = Alignment(wrap_text=True, vertical="top")
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"


def _free(name: str, taken: Sequence[str]) -> str:
    others = {other.casefold() for other in taken}
    tries = (name, *(f"{name} {number}" for number in range(2, len(others) + 3)))
    return next(found for found in tries if found.casefold() not in others)


def _unused(folder: Path, stem: str) -> Path:
    """Return a path for a copy that nothing has yet."""
    path, number = folder / f"{stem} marked.xlsx", 2
    while path.exists():
        path, number = folder / f"{stem} marked {number}.xlsx", number + 1
    return path
