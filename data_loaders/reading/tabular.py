"""Tables of official files: a row of headings somewhere near the top, plain cells below.

Headings are compared without case, spaces, dots and underscores, so that "Trade Value (US$)",
"Trade.Value..US.." and "trade_value_us" are one. Columns are found by heading, never by place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from data_loaders.reading.book import Book
from data_loaders.reading.normal import clean, words
from data_loaders.reading.problems import Report
from data_loaders.reading.sheets import Row, Sheet, Value
from data_loaders.records import Origin

DEPTH = 30
"""The headings are looked for in this many first rows."""

YEAR = re.compile(r"(?:19|20)\d\d")


@lru_cache(maxsize=4096)
def squeezed(heading: str) -> str:
    """Return a heading without case, spaces and marks: "primary_value" is "primaryValue"."""
    return words(heading).replace(" ", "")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with the place of its headings; `columns` are squeezed headings and positions."""

    sheet: Sheet
    heading: Row
    columns: Mapping[str, int]

    @property
    def years(self) -> tuple[str, ...]:
        """The squeezed headings that are years, in order of time."""
        return tuple(sorted(name for name in self.columns if YEAR.fullmatch(name)))

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings as they are printed."""
        return tuple(text_of(cell) for cell in self.heading.cells)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows below the headings."""
        return tuple(row for row in self.sheet.rows if row.number > self.heading.number)

    @property
    def titles(self) -> tuple[str, ...]:
        """The texts above the headings."""
        above = (row for row in self.sheet.rows if row.number < self.heading.number)
        return tuple(text for row in above for cell in row.cells if (text := text_of(cell)))


class Cells:
    """A row below the headings, its cells by heading as text; "" where there is nothing."""

    __slots__ = ("cells", "columns", "number", "sheet")

    def __init__(self, table: Table, row: Row) -> None:
        self.sheet = table.sheet.name
        self.columns = table.columns
        self.number = row.number
        self.cells = row.cells

    def __getitem__(self, name: str) -> str:
        """Return a cell by its squeezed heading."""
        position = self.columns.get(name)
        if position is None or position >= len(self.cells):
            return ""
        return text_of(self.cells[position])

    def origin(self, source: str, file: str) -> Origin:
        """Return the place of this row as the origin of a record."""
        return Origin(source, file, self.sheet, self.number)


def text_of(value: Value) -> str:
    """Return a cell as text: whole numbers without a point, days as 2024-07-01, truth in words."""
    if isinstance(value, str):
        return clean(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def table_of(sheet: Sheet, needed: Iterable[str]) -> Table | None:
    """Return the table whose headings, in one of the first rows, include all that are needed."""
    wanted = frozenset(needed)
    for row in sheet.rows[:DEPTH]:
        columns: dict[str, int] = {}
        for position, cell in enumerate(row.cells):
            if name := squeezed(text_of(cell)):
                columns.setdefault(name, position)
        if wanted <= columns.keys():
            return Table(sheet, row, columns)
    return None


def first_table(book: Book, needed: Iterable[str]) -> Table | None:
    """Return the first table of a book with the needed headings, None if there is none."""
    wanted = frozenset(needed)
    return next((found for sheet in book.sheets if (found := table_of(sheet, wanted))), None)


def account(book: Book, table: Table, report: Report) -> None:
    """Settle everything of a book but the rows of the table: titles, headings, other sheets."""
    for note in book.notes:
        report.say("", 0, "", "", note)
    for sheet in book.sheets:
        report.opened(len(sheet.rows))
        if sheet is not table.sheet:
            for row in sheet.rows:
                report.recognise(sheet.name, row.number, "blank" if row.blank else "side sheet")
            if any(not row.blank for row in sheet.rows):
                report.say(sheet.name, 0, "", "", "beside the data, not read")
    for row in table.sheet.rows:
        if row.number < table.heading.number:
            report.recognise(table.sheet.name, row.number, "blank" if row.blank else "title")
    report.recognise(table.sheet.name, table.heading.number, "heading")


def lines(table: Table, report: Report, needed: Iterable[str]) -> Iterator[Cells]:
    """Yield the rows that hold all needed columns; settle blank rows, refuse unsafe ones."""
    last = max(table.columns[name] for name in needed)
    sheet = table.sheet
    check_sheet(sheet, report)
    at = frozenset(table.columns.values())
    for row in table.rows:
        if row.blank:
            report.recognise(sheet.name, row.number, "blank")
        elif wanted := _unsafe(row, last, len(table.heading.cells)) or hidden_or_broken(
            sheet, row, at
        ):
            report.refuse(sheet.name, row.number, "", "", wanted)
        else:
            yield Cells(table, row)


def _unsafe(row: Row, last: int, width: int) -> str:
    cells = row.cells
    if len(cells) <= last:
        return f"{len(cells)} cells, at least {last + 1} wanted: the file may be cut off"
    if len(cells) > width and any(cell not in (None, "") for cell in cells[width:]):
        return f"at most {width} cells, as the headings: the columns may be shifted"
    return ""


def check_sheet(sheet: Sheet, report: Report) -> None:
    """Refuse a sheet that is hidden."""
    if sheet.hidden:
        report.refuse(sheet.name, 0, "", "", "a hidden sheet: show it or delete it")


def hidden_or_broken(sheet: Sheet, row: Row, at: frozenset[int]) -> str:
    """Return what makes a row unsafe to read: hidden, or a formula without a value in a column."""
    if row.hidden:
        return "the row is hidden: show it or delete it"
    if sheet.broken and any((row.number, position) in sheet.broken for position in at):
        return "a value in every column: one holds a formula without a value or an error"
    return ""


def refuse_nothing_of_ours(report: Report, wanted: str) -> None:
    """Refuse a file from which no row was loaded, saying what its rows were instead."""
    counts = report.counts
    if not counts.loaded and not report.refused:
        others = ", ".join(f"{n} {why}" for why, n in counts.recognised.items() if why != "heading")
        report.refuse("", 0, "", "", f"{wanted}; the rows are {others or 'none'}")
