"""The rows of a form's table, typed cell by cell; what is no record is recognised and counted."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from data_loaders.reading.book import Book
from data_loaders.reading.cells import Entry
from data_loaders.reading.headings import NO_NUMBER, Heading, comparable
from data_loaders.reading.normal import clean, words
from data_loaders.reading.problems import Report
from data_loaders.reading.sheets import Row, Value

LONG = 3
"""Words that a lone cell below the data must have to be a note rather than a torn row."""


@dataclass(slots=True)
class Totals:
    """Sums of the number columns since the last sub-total, since the one before, and in all."""

    part: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    whole: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, entry: Entry) -> None:
        """Take the numbers of a record."""
        for name, number in entry.numbers.items():
            self.part[name] += number
            self.whole[name] += number

    def check(self, entry: Entry) -> None:
        """Refuse a total that is neither the rows since the last total nor all rows so far."""
        for name in entry.heading.form.whole_columns:
            stated = entry.maybe_whole(name)
            if stated is not None and stated not in (self.part[name], self.whole[name]):
                sums = f"{self.part[name]} (since the last total) or {self.whole[name]} (all)"
                entry.refuse(name, f"the rows above add up to {sums}")
        self.part.clear()


def entries(heading: Heading, book: Book, report: Report) -> Iterator[Entry]:
    """Yield every row of data and settle each row of the sheet with the report.

    A row is loaded when the reader of the entry neither refused nor set it aside.
    """
    name = heading.sheet.name
    report.opened(len(heading.sheet.rows))
    for column, position in heading.columns.items():
        shown = heading.form.columns[column].heading
        report.places[name, shown] = position
        if position + 1 in heading.sheet.hidden_columns:
            report.say(name, 0, shown, "", "the column is hidden, and read all the same")
    _settle_top(heading, report)
    totals = Totals()
    last = _last_full(heading.data)
    for row in heading.data:
        entry = Entry(heading, row, book, report)
        if reason := _reason(entry, row, last):
            if reason == "total":
                totals.check(entry)
            report.recognise(name, row.number, reason)
            continue
        entry.check_row()
        yield entry
        if entry.set_aside:
            report.recognise(name, row.number, entry.set_aside)
        elif entry.ok:
            totals.add(entry)
            report.loaded(name, row.number)


def _settle_top(heading: Heading, report: Report) -> None:
    name = heading.sheet.name
    for row in heading.above:
        group = heading.grouped and row.number == heading.row - 1
        report.recognise(
            name, row.number, "blank" if row.blank else "heading" if group else "title"
        )
    report.recognise(name, heading.row, "heading")
    _refuse_units(heading, report)
    if heading.unknown:
        report.say(name, heading.row, "", ", ".join(heading.unknown), "columns that are not read")


def _refuse_units(heading: Heading, report: Report) -> None:
    """Refuse columns of shares, and a unit above the headings, which may hold for any of them."""
    sheet = heading.sheet.name
    for name, scale in heading.scales.items():
        if scale == NO_NUMBER:
            column = heading.form.columns[name]
            printed = _text_at(heading, heading.columns[name])
            wanted = f"{column.unit or 'numbers'}, not shares of them"
            report.refuse(sheet, heading.row, column.heading, printed, wanted)
    if heading.form.counts:
        stated = ((row, cell) for row in heading.above for cell in row.cells)
        for row, cell in stated:
            if heading.form.stated_unit.search(comparable(cell)):
                wanted = "the unit in the heading of each column that it holds for"
                report.refuse(sheet, row.number, "", cell, wanted)


def _text_at(heading: Heading, position: int) -> str:
    row = next(row for row in heading.sheet.rows if row.number == heading.row)
    return str(row.cells[position])


def _last_full(rows: tuple[Row, ...]) -> int:
    """Return the number of the last row with more than one filled cell."""
    return next((row.number for row in reversed(rows) if len(_filled(row)) > 1), 0)


def _filled(row: Row) -> list[Value]:
    return [cell for cell in row.cells if cell is not None and cell != "" and str(cell).strip()]


def _reason(entry: Entry, row: Row, last: int) -> str:
    """Return why a row is no record ("" if it is one)."""
    cells = _filled(row)
    if not cells:
        return "blank"
    if len(cells) == 1 and _is_note(clean(str(cells[0])), entry, row.number > last):
        return "note"
    id_text = entry.id_text
    if id_text in entry.heading.form.by_heading and entry.repeats_heading:
        return "heading"
    if id_text and not _is_total(id_text, entry):
        return ""
    texts = [words(cell) for cell in cells if isinstance(cell, str)]
    return "total" if any(_is_total(text, entry) for text in texts[:2]) else ""


def _is_total(text: str, entry: Entry) -> bool:
    """Whether a text begins or ends with a word for totals: "Grand total", "Karachi sub-total"."""
    return bool(entry.book.written.totals.search(text))


def _is_note(text: str, entry: Entry, below: bool) -> bool:
    marked = words(text).startswith(entry.book.written.notes) or text.startswith(("*", "†", "("))
    return marked or (below and len(text.split()) >= LONG)
