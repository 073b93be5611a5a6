"""The typed cells of a row: each by its name, as what the form says it is.

A cell that cannot be used is refused with its place and stands for an empty value, so that one
pass finds every problem of a row; a record is made only of an entry that is still `ok`.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from data_loaders.periods import last_day
from data_loaders.reading import dates, fiscal
from data_loaders.reading.forms import Column
from data_loaders.reading.headings import NO_NUMBER
from data_loaders.reading.lines import Line
from data_loaders.reading.normal import digits, words

EARLIEST = date(2000, 1, 1)
WHOLE = re.compile(r"-?\d+(\.0+)?")
GROUPED = re.compile(r"\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})*,\d{3}")
"""Thousands as the world writes them, or lakhs: 1,240,000 and 12,40,000."""

CYCLE = re.compile(r"(cycle |c ?)?(?P<number>[1-9]\d?)")
NOWHERE = date.min
PERSONS = "persons"
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})


class Entry(Line):
    """A row with typed cells; see the module's docstring."""

    __slots__ = ()

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
            self.normalised(name, "ids in capitals and plain digits")
        return found

    def maybe_whole(self, name: str) -> int | None:
        """Return a whole number of at least 0, None where the cell is empty."""
        value = self.raw(name)
        scale = self.heading.scales.get(name, 1)
        if isinstance(value, int) and not isinstance(value, bool) and scale == 1:
            number: int | None = value
        else:
            number = self._whole_of(name, self.plain(name), scale)
        if number is None:
            return None
        most = self.heading.form.columns[name].most
        if number < 0:
            self.refuse(name, "a whole number of at least 0")
        elif most is not None and number > most:
            self.refuse(name, f"at most {most:,}; another unit belongs into the heading")
        else:
            self.numbers[name] = number
            return number
        return None

    def _whole_of(self, name: str, text: str, scale: int) -> int | None:
        if not text or scale == NO_NUMBER:
            return 0 if text else None
        plain = digits(text)
        if plain != text:
            self.normalised(name, "Urdu or Arabic digits read as plain ones")
        if GROUPED.fullmatch(plain):
            self.normalised(name, "commas between thousands left out")
            plain = plain.replace(",", "")
        number = _times(plain, scale)
        if number is None:
            self.refuse(name, f"{self._what(name)}: a share, or a number in words, is none")
        elif scale != 1:
            self.normalised(name, f"multiplied by {scale:,}, as the heading says")
        return number

    def _what(self, name: str) -> str:
        unit = self.heading.form.columns[name].unit
        return f"a whole number of {unit}" if unit == PERSONS else "a whole number"

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
        if isinstance(value, date):
            found: date | None = dates.day_of(value)
        elif text := self.plain(name):
            found = self._day_of(name, text)
        else:
            return None
        if found is None:
            wanted = "a day, such as 2024-07-01 or 01/07/2024 (day first)"
            self.refuse(name, wanted + self._no_day(name))
        elif found < EARLIEST or found > self.book.latest:
            self._outside(name, found)
        return found

    def _outside(self, name: str, found: date) -> None:
        if found < EARLIEST or not self.heading.form.columns[name].future:
            self.refuse(name, f"a day from {EARLIEST} to {self.book.latest}")

    def _day_of(self, name: str, text: str) -> date | None:
        if text.isdigit() and (found := dates.serial(int(text))):
            self.normalised(name, "serial numbers of a spreadsheet read as days")
            return found
        year = fiscal.parse(text) if self.heading.form.columns[name].fiscal_year else None
        if year is None:
            return dates.parse(text)
        found = last_day(f"FY{year}")
        self.normalised(name, f"{text} read as the end of FY{year}, {found}")
        return found

    def _no_day(self, name: str) -> str:
        return "; a fiscal year is no day" if fiscal.parse(self.plain(name)) else ""

    def day(self, name: str) -> date:
        """Return a day that must be there."""
        if self.raw(name) is None or not self.plain(name):
            self.refuse(name, "a day: the cell is empty")
        return self.maybe_day(name) or NOWHERE

    def code(self, name: str) -> str:
        """Return the code of a cell by the written tables; an unknown spelling is refused."""
        text = self.plain(name)
        memo = self.heading.memo
        if (name, text) not in memo:
            memo[name, text] = self._code(self.heading.form.columns[name], text)
        found, how = memo[name, text]
        if how:
            self.normalised(name, how)
        if not found:
            self.refuse(name, "one of: " + ", ".join(self._wanted(name)))
        return found

    def _code(self, column: Column, text: str) -> tuple[str, str]:
        """Return the code of a spelling and, where it is not the label itself, what was read."""
        said = words(text)
        if column.values:
            spelt = ((code, (code, *them)) for code, them in column.values.items())
            return next((code for code, them in spelt if said in map(words, them)), ""), ""
        found = self.book.written.code(column.codes, text) or ""
        label = self.book.written.label(column.codes, found) if found else ""
        return found, f"{text!r} read as {label}" if said != words(label) else ""

    def _wanted(self, name: str) -> tuple[str, ...]:
        column = self.heading.form.columns[name]
        if column.values:
            return tuple(spellings[0] for spellings in column.values.values())
        return self.book.written.labels(column.codes)

    def yes(self, name: str) -> bool:
        """Return whether a cell says yes."""
        said = words(self.plain(name))
        if said not in YES | NO:
            self.refuse(name, "yes or no")
        return said in YES


def _times(text: str, scale: int) -> int | None:
    """Return a number in a unit as a whole number, None if it is none."""
    if scale == 1:
        return int(Decimal(text)) if WHOLE.fullmatch(text) else None
    try:
        number = Decimal(text) * scale
    except InvalidOperation:
        return None
    return int(number) if number.is_finite() and number == number.to_integral_value() else None
