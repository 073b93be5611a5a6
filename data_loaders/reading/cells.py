"""One row of a form's table: each cell by its name, as what the form says it is.

A cell that cannot be used is refused with its place and stands for an empty value, so that one
pass finds every problem of a row; a record is made only of an entry that is still `ok`.
"""

import re
from datetime import date, datetime

from data_loaders.reading import dates
from data_loaders.reading.book import Book
from data_loaders.reading.forms import Column
from data_loaders.reading.headings import Heading
from data_loaders.reading.normal import clean, digits, words
from data_loaders.reading.problems import Report
from data_loaders.reading.sheets import Row, Value
from data_loaders.records import Origin

EARLIEST = date(2000, 1, 1)
WHOLE = re.compile(r"-?\d+(\.0+)?")
GROUPED = re.compile(r"\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})*,\d{3}")
"""Thousands as the world writes them, or lakhs: 1,240,000 and 12,40,000."""

CYCLE = re.compile(r"(cycle |c ?)?(?P<number>[1-9]\d?)")
NOWHERE = date.min
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})


class Entry:
    """A row with typed cells; see the module's docstring."""

    __slots__ = (
        "_column_at",
        "book",
        "form",
        "numbers",
        "ok",
        "report",
        "row",
        "set_aside",
        "sheet",
    )

    def __init__(self, heading: Heading, row: Row, book: Book, report: Report) -> None:
        self._column_at = heading.columns
        self.form = heading.form
        self.sheet = heading.sheet
        self.row = row
        self.book = book
        self.report = report
        self.ok = True
        self.set_aside = ""
        self.numbers: dict[str, int] = {}

    def origin(self, source: str) -> Origin:
        """Return the place of this row as the origin of a record."""
        return Origin(source, self.book.name, self.sheet.name, self.row.number)

    def has(self, name: str) -> bool:
        """Whether the table has the column at all."""
        return name in self._column_at

    def raw(self, name: str) -> Value:
        """Return a cell as it is in the file, None where there is nothing."""
        position = self._column_at.get(name, -1)
        if not 0 <= position < len(self.row.cells):
            return None
        return self.row.cells[position]

    def plain(self, name: str) -> str:
        """Return a cell as clean text; "" where it is empty or says that nothing is known."""
        value = self.raw(name)
        if value is None:
            return ""
        if isinstance(value, str):
            text = clean(value)
            return "" if words(text) in self.book.written.missing else text
        return str(value)

    # ---- problems ------------------------------------------------------------------------------

    def refuse(self, name: str, wanted: str) -> None:
        """Refuse a cell, and with it the row and the file."""
        self.ok = False
        heading = self.form.columns[name].heading
        self.report.refuse(self.sheet.name, self.row.number, heading, self.raw(name), wanted)

    def say(self, name: str, what: str) -> None:
        """Say something about a cell that is used all the same."""
        heading = self.form.columns[name].heading
        self.report.say(self.sheet.name, self.row.number, heading, self.raw(name), what)

    def _normalised(self, name: str, how: str) -> None:
        self.report.normalised(self.sheet.name, self.form.columns[name].heading, how)

    def check_row(self) -> None:
        """Refuse what makes a row unsafe to read: hidden, torn, cells without a value."""
        number = self.row.number
        if self.row.hidden:
            self._refuse_row("the row is hidden: show it or delete it")
        if not self.sheet.name and len(self.row.cells) <= max(self._column_at.values()):
            self._refuse_row(f"{len(self.row.cells)} cells, too few: the file may be cut off")
        for name, position in self._column_at.items():
            if (number, position) in self.sheet.broken:
                self.refuse(name, "a value: the cell holds a formula without a value or an error")
            if (number, position) in self.sheet.filled:
                self._merged(name)

    def _refuse_row(self, wanted: str) -> None:
        self.ok = False
        self.report.refuse(self.sheet.name, self.row.number, "", "", wanted)

    def _merged(self, name: str) -> None:
        if self.form.columns[name].kind in ("text", "code"):
            self.say(name, "taken from the merged cell above")
        else:
            self.refuse(name, "a value of its own: the cell is merged with the one above")

    # ---- what a row is -------------------------------------------------------------------------

    @property
    def has_id(self) -> bool:
        """Whether the first column of kind "id" is filled with something like an id."""
        name = next((n for n, c in self.form.columns.items() if c.kind == "id"), "")
        text = self.plain(name) if name else ""
        return bool(text) and words(text).split()[-1:] != ["total"] and " " not in text

    @property
    def repeats_heading(self) -> bool:
        """Whether the row is the headings once more, as at the top of a printed page."""
        filled = [(n, words(self.plain(n))) for n in self._column_at if self.plain(n)]
        same = [self.form.columns[n].named(text) for n, text in filled]
        return len(filled) > 1 and all(same)

    @property
    def number_columns(self) -> tuple[str, ...]:
        """The columns that hold whole numbers."""
        return tuple(n for n in self._column_at if self.form.columns[n].kind == "whole")

    # ---- cells ---------------------------------------------------------------------------------

    def text(self, name: str) -> str:
        """Return a text that must be there."""
        found = self.plain(name)
        if not found:
            self.refuse(name, "a text: the cell is empty")
        return found

    def id(self, name: str) -> str:
        """Return an id in upper case, digits plain."""
        written = self.text(name)
        found = digits(written).upper()
        if found != written:
            self._normalised(name, "ids in capitals and plain digits")
        return found

    def maybe_whole(self, name: str) -> int | None:
        """Return a whole number of at least 0, None where the cell is empty."""
        value = self.raw(name)
        number = value if isinstance(value, int) else self._whole_of(name, self.plain(name))
        if number is None:
            return None
        if number < 0 or isinstance(value, bool):
            self.refuse(name, "a whole number of at least 0")
            return None
        self.numbers[name] = number
        return number

    def _whole_of(self, name: str, text: str) -> int | None:
        if not text:
            return None
        plain = digits(text)
        if plain != text:
            self._normalised(name, "Urdu or Arabic digits read as plain ones")
        if GROUPED.fullmatch(plain):
            self._normalised(name, "commas between thousands left out")
            plain = plain.replace(",", "")
        if not WHOLE.fullmatch(plain):
            self.refuse(name, "a whole number")
            return None
        return int(float(plain)) if "." in plain else int(plain)

    def whole(self, name: str) -> int:
        """Return a whole number that must be there."""
        if not self.plain(name):
            self.refuse(name, "a whole number: the cell is empty")
        return self.maybe_whole(name) or 0

    def cycle(self, name: str) -> int:
        """Return the number of a cycle: 2, "2", "C2" or "Cycle 2"."""
        found = CYCLE.fullmatch(words(self.plain(name)))
        if not found:
            self.refuse(name, "the number of a cycle, such as 1")
            return 0
        return int(found["number"])

    def maybe_day(self, name: str) -> date | None:
        """Return a day, None where the cell is empty; refuse days that cannot be."""
        value = self.raw(name)
        if isinstance(value, (date, datetime)):
            found: date | None = dates.day_of(value)
        elif not self.plain(name):
            return None
        else:
            found = self._day_of(name, self.plain(name))
        if found is None:
            self.refuse(name, "a day, such as 2024-07-01 or 01/07/2024 (day first)")
        elif found < EARLIEST or (found > self.book.latest and not self._column(name).future):
            self.refuse(name, f"a day from {EARLIEST} to {self.book.latest}")
        return found

    def _day_of(self, name: str, text: str) -> date | None:
        if text.isdigit() and (found := dates.serial(int(text))):
            self._normalised(name, "serial numbers of a spreadsheet read as days")
            return found
        return dates.parse(text)

    def day(self, name: str) -> date:
        """Return a day that must be there."""
        if not self.plain(name):
            self.refuse(name, "a day: the cell is empty")
        return self.maybe_day(name) or NOWHERE

    def _column(self, name: str) -> Column:
        return self.form.columns[name]

    def code(self, name: str) -> str:
        """Return the code of a cell by the written tables; an unknown spelling is refused."""
        column = self._column(name)
        text = self.plain(name)
        found = self._own_code(column, text) if column.values else self._listed(name, text)
        if not found:
            wanted = column.values or self.book.written.labels(column.codes)
            known = [spellings[0] for spellings in column.values.values()] or list(wanted)
            self.refuse(name, "one of: " + ", ".join(known))
        return found

    def _own_code(self, column: Column, text: str) -> str:
        said = words(text)
        spelt = ((code, (code, *them)) for code, them in column.values.items())
        return next((code for code, them in spelt if said in map(words, them)), "")

    def _listed(self, name: str, text: str) -> str:
        dimension = self._column(name).codes
        found = self.book.written.code(dimension, text) or ""
        if found and words(text) != words(self.book.written.label(dimension, found)):
            self._normalised(name, f"{text!r} read as {self.book.written.label(dimension, found)}")
        return found

    def yes(self, name: str) -> bool:
        """Return whether a cell says yes."""
        said = words(self.plain(name))
        if said not in YES | NO:
            self.refuse(name, "yes or no")
        return said in YES
