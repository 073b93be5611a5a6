"""A book of one or several forms: every sheet is read by its form, or recognised, or refused."""

from collections.abc import Iterator

from data_loaders.reading.book import Book
from data_loaders.reading.cells import Entry
from data_loaders.reading.entries import entries
from data_loaders.reading.forms import Form
from data_loaders.reading.headings import Heading, whole
from data_loaders.reading.normal import words
from data_loaders.reading.problems import Report
from data_loaders.reading.sheets import Sheet


def read_forms(book: Book, report: Report, *forms: Form) -> Iterator[tuple[str, Entry]]:
    """Yield (form id, entry) for every row of every sheet that is one of the forms.

    Sheets come in the order of the forms, so that factories are known before their spells.
    """
    for note in book.notes:
        report.say("", 0, "", "", note)
    placed = {sheet.name: _heading(sheet, forms) for sheet in book.sheets}
    for sheet in book.sheets:
        if placed[sheet.name] is None:
            _account(sheet, book, report, forms)
    found = [heading for heading in placed.values() if heading is not None]
    for heading in sorted(found, key=lambda h: [f.id for f in forms].index(h.form.id)):
        if heading.sheet.hidden:
            rows = f"a hidden sheet with {len(heading.data)} rows: show it or delete it"
            report.refuse(heading.sheet.name, 0, "", "", rows)
        for entry in entries(heading, book, report):
            yield heading.form.id, entry


def _heading(sheet: Sheet, forms: tuple[Form, ...]) -> Heading | None:
    found = [heading for form in forms if (heading := whole(form, sheet))]
    return max(found, key=lambda h: len(h.columns), default=None)


def _account(sheet: Sheet, book: Book, report: Report, forms: tuple[Form, ...]) -> None:
    """Settle a sheet that holds no table of the forms: blank, beside the data, or refused."""
    report.opened(len(sheet.rows))
    filled = [row for row in sheet.rows if not row.blank]
    aside = words(sheet.name) in book.written.side_sheets
    for row in sheet.rows:
        report.recognise(sheet.name, row.number, "blank" if row.blank else "side sheet")
    if filled and not aside:
        wanted = " or ".join(", ".join(form.headings) for form in forms)
        report.refuse(sheet.name, 0, "", "", f"no row of headings found; wanted: {wanted}")
    elif filled:
        report.say(sheet.name, 0, "", "", f"{len(filled)} rows beside the data, not read")
