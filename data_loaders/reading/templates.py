"""Empty workbooks of the programme's own kinds: headings, lists to choose from, a page to read."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from data_loaders.reading.blanks import BOLD, Filled, fill, save
from data_loaders.reading.forms import Column, Form
from data_loaders.reading.written import Written

ROWS = 5_000
"""Rows below the headings that offer a list."""

GUIDE, LISTS = "Read me", "Lists"
GUIDE_HEADINGS = ("Sheet", "Heading", "Holds", "Unit", "Example", "Needed")
HOLDS = {
    "id": "an id, always the same",
    "text": "text",
    "whole": "a whole number",
    "day": "a day",
    "code": "one of the list",
    "yes_no": "Yes or No",
}


def template(path: Path, kind: str, written: Written) -> Path:
    """Write an empty workbook of a kind; raise KeyError if there is no such kind."""
    forms = sheets_of(written.forms[kind].values())
    book = Workbook()
    book.remove(book.worksheets[0])
    lists = Lists(book, written)
    for form in forms:
        sheet = book.create_sheet(form.sheet or form.id)
        fill(sheet, Filled(form, ()), written)
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        across(sheet)
        lists.offer(sheet, form)
    _guide(book.create_sheet(GUIDE, 0), forms)
    lists.write()
    return save(book, path)


def sheets_of(forms: Iterable[Form]) -> list[Form]:
    """Return the forms that are sheets of a workbook, or all if none is named as one."""
    them = list(forms)
    return [form for form in them if form.sheet] or them


def across(sheet: Worksheet) -> None:
    """Print a sheet on pages as wide as its columns."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _guide(sheet: Worksheet, forms: Sequence[Form]) -> None:
    sheet.append(GUIDE_HEADINGS)
    for cell in sheet[1]:
        cell.font = BOLD
    for form in forms:
        for column in form.columns.values():
            sheet.append(_described(form, column))
    for form in forms:
        sheet.append((form.sheet or form.id, form.about))
    for number, width in enumerate((20, 24, 24, 20, 60, 10), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for (example,) in sheet["E2" : f"E{sheet.max_row}"]:
        example.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    across(sheet)


def _described(form: Form, column: Column) -> tuple[str | int | None, ...]:
    needed = "yes" if column.required else "no"
    holds = HOLDS[column.kind]
    return (form.sheet or form.id, column.heading, holds, column.unit, column.example, needed)


class Lists:
    """What may be chosen in the columns of codes, on a sheet of its own."""

    def __init__(self, book: Workbook, written: Written) -> None:
        self.book = book
        self.written = written
        self.columns: dict[tuple[str, ...], str] = {}

    def offer(self, sheet: Worksheet, form: Form) -> None:
        """Offer the lists of a form's columns in the cells below its headings."""
        for number, column in enumerate(form.columns.values(), start=1):
            if choices := tuple(self.choices(column)):
                letter = self.columns.setdefault(choices, get_column_letter(len(self.columns) + 1))
                cells = f"{LISTS}!${letter}$1:${letter}${len(choices)}"
                rule = DataValidation(type="list", formula1=cells, allow_blank=True)
                sheet.add_data_validation(rule)
                at = get_column_letter(number)
                rule.add(f"{at}2:{at}{ROWS}")

    def choices(self, column: Column) -> Iterator[str]:
        """Yield what may stand in a column; nothing if anything may."""
        if column.kind == "yes_no":
            yield from ("Yes", "No")
        elif column.values:
            yield from (spellings[0] for spellings in column.values.values())
        elif column.codes:
            yield from self.written.labels(column.codes)

    def write(self) -> None:
        """Write the sheet of lists, if any column has one."""
        if not self.columns:
            return
        sheet = self.book.create_sheet(LISTS)
        for number, choices in enumerate(self.columns, start=1):
            for row, choice in enumerate(choices, start=1):
                sheet.cell(row, number, choice)
            widest = max(len(choice) for choice in choices) + 2
            sheet.column_dimensions[get_column_letter(number)].width = widest
        across(sheet)
