"""One row of a form's table: where it stands, its cells as they are, and what is wrong with it."""

from functools import lru_cache

from data_loaders.reading.book import Book
from data_loaders.reading.headings import Heading
from data_loaders.reading.normal import clean, words
from data_loaders.reading.problems import Report
from data_loaders.reading.sheets import Row, Value
from data_loaders.records import Origin


class Line:
    """A row below a heading: `ok` until a refusal; `set_aside` says why it is no record."""

    __slots__ = (
        *("at", "book", "cells", "heading", "missing"),
        *("numbers", "ok", "report", "row", "set_aside"),
    )

    def __init__(self, heading: Heading, row: Row, book: Book, report: Report) -> None:
        self.heading = heading
        self.row = row
        self.cells = row.cells
        self.at = heading.columns
        self.book = book
        self.missing = book.written.missing
        self.report = report
        self.ok = True
        self.set_aside = ""
        self.numbers: dict[str, int] = {}

    def origin(self, source: str) -> Origin:
        """Return the place of this row as the origin of a record."""
        return Origin(source, self.book.name, self.heading.sheet.name, self.row.number)

    def raw(self, name: str) -> Value:
        """Return a cell as it is in the file, None where there is nothing."""
        position = self.at.get(name)
        return None if position is None or position >= len(self.cells) else self.cells[position]

    def plain(self, name: str) -> str:
        """Return a cell as clean text; "" where it is empty or says that nothing is known."""
        position = self.at.get(name)
        if position is None or position >= len(self.cells):
            return ""
        value = self.cells[position]
        if isinstance(value, str):
            return known(value, self.missing)
        return "" if value is None else str(value)

    def refuse(self, name: str, wanted: str) -> None:
        """Refuse a cell, and with it the row and the file."""
        self.ok = False
        heading = self.heading.form.columns[name].heading
        sheet = self.heading.sheet.name
        self.report.refuse(sheet, self.row.number, heading, self.raw(name), wanted)

    def say(self, name: str, what: str) -> None:
        """Say something about a cell that is used all the same."""
        heading = self.heading.form.columns[name].heading
        self.report.say(self.heading.sheet.name, self.row.number, heading, self.raw(name), what)

    def normalised(self, name: str, how: str) -> None:
        """Count a cell that was normalised by a written table."""
        heading = self.heading.form.columns[name].heading
        self.report.normalised(self.heading.sheet.name, heading, how)

    def check_row(self) -> None:
        """Refuse what makes a row unsafe to read: hidden, torn, cells without a value."""
        sheet, number = self.heading.sheet, self.row.number
        if self.row.hidden:
            self._refuse_row("the row is hidden: show it or delete it")
        if not sheet.name and len(self.cells) <= self.heading.last:
            self._refuse_row(f"{len(self.cells)} cells, too few: the file may be cut off")
        if sheet.broken or sheet.filled:
            for name, position in self.heading.columns.items():
                self._check_cell(name, (number, position))

    def _check_cell(self, name: str, place: tuple[int, int]) -> None:
        sheet = self.heading.sheet
        if place in sheet.broken:
            self.refuse(name, "a value: the cell holds a formula without a value or an error")
        if place not in sheet.filled:
            return
        if self.heading.form.columns[name].kind in ("text", "code"):
            self.say(name, f"{self.plain(name)} taken from the merged cell above")
        else:
            self.refuse(name, "a value of its own: the cell is merged with the one above")

    def _refuse_row(self, wanted: str) -> None:
        self.ok = False
        self.report.refuse(self.heading.sheet.name, self.row.number, "", "", wanted)

    @property
    def id_text(self) -> str:
        """The cell with the first id of the row, in comparable form."""
        return words(self.plain(self.heading.form.id_column))

    @property
    def repeats_heading(self) -> bool:
        """Whether the row is the headings once more, as at the top of a printed page."""
        by_heading = self.heading.form.by_heading
        filled = [(name, words(self.plain(name))) for name in self.at if self.plain(name)]
        return len(filled) > 1 and all(by_heading.get(text) == name for name, text in filled)


@lru_cache(maxsize=65536)
def known(text: str, missing: frozenset[str]) -> str:
    """Return a text without invisible characters, "" if it says that nothing is known."""
    found = clean(text)
    return "" if words(found) in missing else found
