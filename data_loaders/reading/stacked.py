"""Tables whose headings stand in two or three rows, found by their labels wherever they are.

Each issue has one more month, so no column has a fixed place. A heading reaches over the empty
cells beside it; what stands above and below is read as one label, for example "May (P) FY26".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from data_loaders.periods import month_number
from data_loaders.reading import fiscal
from data_loaders.reading.book import Book
from data_loaders.reading.coded import is_number
from data_loaders.reading.credits import UNDATED, vintage_of
from data_loaders.reading.normal import words
from data_loaders.reading.problems import Report
from data_loaders.reading.sheets import Row, Sheet
from data_loaders.reading.tabular import DEPTH, check_sheet, hidden_or_broken, squeezed, text_of

STACK = 3
"""At most this many rows of headings."""

MARKS = re.compile(r"\(\s*([PRpr])\s*\)")
WINDOW = re.compile(r"\b([A-Za-z]{3,9})\s*[-–]\s*([A-Za-z]{3,9})\b")
CALENDAR = re.compile(r"\b([A-Za-z]{3,9})\.?[\s,-]+(\d{2}|\d{4})\b")
WORD = re.compile(r"[A-Za-z]{3,9}")


@dataclass(frozen=True, slots=True)
class Stack:
    """A table with stacked headings; `labels` are the columns right of the first one."""

    sheet: Sheet
    first: int
    last: int
    position: int
    labels: Mapping[int, str]

    @property
    def titles(self) -> str:
        """Everything above the headings, and the sheet's name, as one text."""
        above = (row for row in self.sheet.rows if row.number < self.first)
        texts = [text_of(cell) for row in above for cell in row.cells]
        return " ".join([self.sheet.name, *filter(None, texts)])

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows below the headings."""
        return tuple(row for row in self.sheet.rows if row.number > self.last)


@dataclass(frozen=True, slots=True)
class Window:
    """The months of a column: one month, July to a month of the fiscal year, or all of it."""

    kind: Literal["month", "to_date", "year"]
    period: str
    until: int
    flags: tuple[str, ...]


def stack_of(sheet: Sheet, label: str) -> Stack | None:
    """Return the table whose first column is headed by a label, None if there is none."""
    for index, row in enumerate(sheet.rows[:DEPTH]):
        for position, cell in enumerate(row.cells):
            if isinstance(cell, str) and squeezed(cell) == label:
                return _stack(sheet, index, position, label)
    return None


def _stack(sheet: Sheet, index: int, position: int, label: str) -> Stack:
    rows = [sheet.rows[index]]
    for row in sheet.rows[index + 1 : index + STACK]:
        if squeezed(_at(row, position)) not in ("", label) or not any(
            isinstance(cell, str) for cell in row.cells
        ):
            break
        rows.append(row)
    width = max(len(row.cells) for row in rows)
    levels = [_spread(row, position, width) for row in rows[:-1]]
    lowest = [_at(rows[-1], n) for n in range(width)]
    labels = {
        n: " ".join(filter(None, [*(level[n] for level in levels), lowest[n]]))
        for n in range(position + 1, width)
        if lowest[n]
    }
    return Stack(sheet, rows[0].number, rows[-1].number, position, labels)


def _at(row: Row, position: int) -> str:
    return text_of(row.cells[position]) if position < len(row.cells) else ""


def _spread(row: Row, position: int, width: int) -> list[str]:
    """Return the texts of a row of headings, each reaching over the empty cells after it."""
    texts, carried = [], ""
    for n in range(width):
        carried = _at(row, n) or (carried if n > position + 1 else "")
        texts.append(carried)
    return texts


def window_of(label: str) -> Window | None:
    """Return the months that a label names, None if it is no period of July-to-June years."""
    flags = tuple(sorted({mark.lower() for mark in MARKS.findall(label)}))
    text = MARKS.sub(" ", label)
    if fiscal.IN_MONTHS.search(text):
        since = fiscal.months(text)
        return _since_july(*since, flags) if since else None
    year, text = fiscal.taken(text)
    if year is None:
        return _calendar_month(text, flags)
    if window := WINDOW.search(text):
        start, until = month_number(window[1]), month_number(window[2])
        return _since_july(year, until, flags) if start == 7 and until else None
    months = [n for word in WORD.findall(text) if (n := month_number(word))]
    if len(months) != 1:
        return None
    return _month(year - (months[0] >= 7), months[0], flags)


def _since_july(year: int, until: int, flags: tuple[str, ...]) -> Window:
    return Window("year" if until == 6 else "to_date", f"FY{year}", until, flags)


def _calendar_month(text: str, flags: tuple[str, ...]) -> Window | None:
    found = CALENDAR.search(text)
    number = month_number(found[1]) if found else None
    return _month(_year(found[2]), number, flags) if found and number else None


def _month(year: int, month: int, flags: tuple[str, ...]) -> Window:
    return Window("month", f"{year}-{month:02}", month, flags)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def account(book: Book, stack: Stack, report: Report) -> None:
    """Settle everything but the rows below the headings: titles, headings, other sheets."""
    for note in book.notes:
        report.say("", 0, "", "", note)
    if not vintage_of(book):
        report.say("", 0, "", "", UNDATED)
    for sheet in book.sheets:
        report.opened(len(sheet.rows))
        for row in sheet.rows:
            if sheet is not stack.sheet:
                report.recognise(sheet.name, row.number, "blank" if row.blank else "side sheet")
            elif row.number <= stack.last:
                reason = "heading" if row.number >= stack.first else "title"
                report.recognise(sheet.name, row.number, "blank" if row.blank else reason)


def rows(stack: Stack, at: frozenset[int], report: Report) -> Iterator[Row]:
    """Yield the rows below the headings; refuse hidden ones and formulas without a value."""
    check_sheet(stack.sheet, report)
    for row in stack.rows:
        if wanted := hidden_or_broken(stack.sheet, row, at):
            report.refuse(stack.sheet.name, row.number, "", "", wanted)
        else:
            yield row


def cell(row: Row, position: int) -> str:
    """Return a cell as text, "" where it is empty or a dash."""
    text = _at(row, position)
    return "" if text in ("-", "–", "...") else text


def named(row: Row, name: str, book: Book) -> str:
    """Return as what a row without a code of ours is recognised."""
    if row.blank:
        return "blank"
    if book.written.totals.search(words(name)):
        return "total"
    numbers = any(isinstance(cell, int | float) or is_number(text_of(cell)) for cell in row.cells)
    return "row without a code of ours" if numbers else "note"
