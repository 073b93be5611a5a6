"""The columns of a table with stacked headings that are published, and the figures in its rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from data_loaders.reading import stacked
from data_loaders.reading.book import Book
from data_loaders.reading.coded import is_number
from data_loaders.reading.credits import vintage_of
from data_loaders.reading.problems import Report
from data_loaders.reading.sheets import Row
from data_loaders.reading.stacked import Stack
from data_loaders.records import Figure, Origin

GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
"""Commas between thousands; any other comma may be a decimal one and is refused."""

Freq = Literal["M", "FY"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is published: what one unit is in dollars, and where its values belong."""

    position: int
    label: str
    scale: float
    measure: str
    freq: Freq
    period: str
    flags: tuple[str, ...]


@dataclass(slots=True)
class Published:
    """A table as it is read: which code each row fills, and which figures its columns give.

    `dimension` is what the rows are, `heading` how the file calls it in a refusal.
    """

    book: Book
    report: Report
    stack: Stack
    columns: list[Column]
    source: str
    dimension: str
    heading: str
    seen: dict[str, int] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the headings that can be read."""
        at = frozenset(column.position for column in self.columns)
        return stacked.rows(self.stack, at, self.report)

    def figures(self, row: Row, code: str) -> Iterator[Figure]:
        """Yield the figures of a row and settle it; refuse a code that comes twice."""
        sheet = self.stack.sheet.name
        texts = {column: _amount(row, column.position) for column in self.columns}
        wrong = {c: text for c, text in texts.items() if text and not is_number(text)}
        for column, text in wrong.items():
            self.report.refuse(sheet, row.number, column.label, text, "a number or nothing")
        first = self.seen.setdefault(code, row.number)
        if first != row.number:
            wanted = f"one row for each {self.dimension}: row {first} has the same code"
            self.report.refuse(sheet, row.number, self.heading, code, wanted)
        if wrong or first != row.number:
            return
        self.report.loaded(sheet, row.number)
        for column, text in texts.items():
            if text:
                yield Figure(
                    origin=Origin(self.source, self.book.name, sheet, row.number),
                    measure=column.measure,
                    freq=column.freq,
                    time_period=column.period,
                    key=((self.dimension, code),),
                    value=round(float(text) * column.scale, 2),
                    unit="usd",
                    flags=column.flags,
                    vintage=vintage_of(self.book),
                )


def _amount(row: Row, position: int) -> str:
    text = stacked.cell(row, position)
    return text.replace(",", "") if GROUPED.fullmatch(text) else text
