"""Rows of cells with their numbers: what every kind of file becomes when it is opened."""

from dataclasses import dataclass
from datetime import date, datetime

Value = str | int | float | bool | date | datetime | None
"""A cell: text, number, truth, day, moment, or nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its 1-based number, as a person would look it up."""

    number: int
    cells: tuple[Value, ...]
    hidden: bool = False

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return all(cell is None or cell == "" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or the whole of a text file (then without a name).

    `filled` are the places (row number, 0-based column) of cells that got the value of the cell
    above that they are merged with; `broken` those of formulas without a value and of errors.
    """

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    filled: frozenset[tuple[int, int]] = frozenset()
    broken: frozenset[tuple[int, int]] = frozenset()
