"""Tables of cited figures: one row of headings, plain texts below, every row settled or refused."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from data_loaders.reading import coded
from data_loaders.reading.book import Book
from data_loaders.reading.normal import clean
from data_loaders.reading.problems import Report
from data_loaders.reading.sheets import Row, Value
from data_loaders.records import Origin

Cited = tuple[Origin, dict[str, str]]
"""The place of a row, and its cells by heading; a cell that is not there is empty."""


def headed(book: Book, headings: Collection[str]) -> bool:
    """Whether the first row with anything in it names all of these headings."""
    return set(headings) <= set(_headings(book))


def rows(book: Book) -> Iterator[Cited]:
    """Yield every row below the headings that holds anything."""
    names = _headings(book)
    for row in _filled(book)[1:]:
        texts = dict(zip(names, (_text(cell) for cell in row.cells), strict=False))
        cells = dict.fromkeys(names, "") | texts
        yield Origin(cells.get("source", ""), book.name, book.sheets[0].name, row.number), cells


def account(book: Book, report: Report) -> None:
    """Settle headings and blank rows, say how the file was read, refuse cells without a heading."""
    for note in book.notes:
        report.say("", 0, "", "", note)
    for sheet in book.sheets[1:]:
        if any(not row.blank for row in sheet.rows):
            report.refuse(sheet.name, 0, "", "", "one sheet: a table of cited figures has no other")
    sheet = book.sheets[0]
    report.opened(len(sheet.rows))
    width = len(_headings(book))
    for row in sheet.rows:
        if row.blank:
            report.recognise(sheet.name, row.number, "blank")
        elif any(cell not in (None, "") for cell in row.cells[width:]):
            report.refuse(sheet.name, row.number, "", "", f"at most {width} cells, as the headings")
    report.recognise(sheet.name, _filled(book)[0].number, "heading")


def checked(
    book: Book, report: Report, amount: str, needed: Collection[str] = ()
) -> Iterator[Cited]:
    """Yield the rows that can be used, with every unusable cell of the others refused.

    `amount` names the column with the number. A row with neither number nor measure is quoted
    only. Two rows for one cell are refused: nothing is averaged, and neither is preferred.
    """
    account(book, report)
    filled: dict[tuple[str, ...], int] = {}
    for place, row in rows(book):
        problems = list(_problems(row, amount, needed))
        for found in problems:
            report.refuse(place.sheet, place.row, found.column, row[found.column], found.wanted)
        if problems:
            continue
        for cell in coded.places(row):
            if (first := filled.setdefault(cell, place.row)) != place.row:
                wanted = f"one row for each cell: row {first} fills the same"
                report.refuse(place.sheet, place.row, "measure", row["measure"], wanted)
        report.loaded(place.sheet, place.row)
        yield place, row


def _problems(row: dict[str, str], amount: str, needed: Collection[str]) -> Iterator[coded.Wrong]:
    yield from (coded.Wrong(name, "a text: the cell is empty") for name in needed if not row[name])
    quoted_only = "qualifier" in row and not row["measure"] and not row[amount]
    if not quoted_only:
        yield from coded.wrong(row, amount)


def _filled(book: Book) -> list[Row]:
    return [row for row in book.sheets[0].rows if not row.blank] if book.sheets else []


def _headings(book: Book) -> tuple[str, ...]:
    first = next(iter(_filled(book)), None)
    return tuple(_text(cell) for cell in first.cells) if first else ()


def _text(value: Value) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else clean(str(value))
