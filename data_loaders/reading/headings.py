"""Where a form's table begins in a sheet: below titles, with one or two rows of headings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from data_loaders.reading.book import Book
from data_loaders.reading.forms import Form
from data_loaders.reading.normal import words
from data_loaders.reading.problems import Report
from data_loaders.reading.sheets import Row, Sheet, Value

DEPTH = 30
"""The headings are looked for in this many first rows."""


NO_NUMBER = 0
"""What a column is multiplied by that holds shares, which are no numbers of anything."""

ENOUGH = 0.5
"""A table with this share of a form's columns is meant to be one."""


@dataclass(frozen=True)
class Heading:
    """The row with the headings of a form, and the 0-based position of each column.

    `scales` is what the numbers of a column are multiplied by where its heading names a unit.
    `memo` remembers (column, text) -> (code, what was read) while a table is read.
    """

    form: Form
    sheet: Sheet
    row: int
    columns: Mapping[str, int]
    grouped: bool = False
    unknown: tuple[str, ...] = ()
    scales: Mapping[str, int] = field(default_factory=dict)
    memo: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def last(self) -> int:
        """The last position that a column has."""
        return max(self.columns.values())

    @property
    def missing(self) -> tuple[str, ...]:
        """The headings of required columns that are not there."""
        lacking = self.form.required - self.columns.keys()
        return tuple(c.heading for n, c in self.form.columns.items() if n in lacking)

    @property
    def share(self) -> float:
        """How many of the required columns are there, from 0 to 1."""
        return len(self.form.required & self.columns.keys()) / len(self.form.required)

    @property
    def data(self) -> tuple[Row, ...]:
        """The rows below the headings."""
        return tuple(row for row in self.sheet.rows if row.number > self.row)

    @property
    def above(self) -> tuple[Row, ...]:
        """The rows above the headings."""
        return tuple(row for row in self.sheet.rows if row.number < self.row)


def find(form: Form, sheet: Sheet) -> Heading | None:
    """Return the best row of headings for a form in a sheet, None if no heading is of it."""
    best: Heading | None = None
    above: Row | None = None
    for row in sheet.rows[:DEPTH]:
        found = _match(form, sheet, (above, row))
        if found.columns and (best is None or len(found.columns) > len(best.columns)):
            best = found
        above = row
    return best


def whole(form: Form, sheet: Sheet) -> Heading | None:
    """Return the headings of a form in a sheet if every required column is there."""
    found = find(form, sheet)
    return found if found and not found.missing else None


def matches(book: Book, *forms: Form) -> bool:
    """Whether any sheet that can be seen has every required column of any of the forms."""
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    return any(whole(form, sheet) for form in forms for sheet in shown)


def locate(book: Book, report: Report) -> None:
    """Find the position of every column that a problem names and no reader has placed."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for problem in report.problems:
        place = (problem.sheet, problem.column)
        if problem.column and place not in report.places and problem.sheet in sheets:
            cells = (c for row in sheets[problem.sheet].rows[:DEPTH] for c in enumerate(row.cells))
            named = (n for n, cell in cells if words(str(cell or "")) == words(problem.column))
            if (position := next(named, None)) is not None:
                report.places[place] = position


def nearest(book: Book) -> str:
    """Return what is wanted of a file that is of no known kind: what its best headings lack."""
    best, kind = None, ""
    for name, forms in book.written.forms.items():
        found = [h for form in forms.values() for s in book.sheets if (h := find(form, s))]
        for heading in found:
            if best is None or heading.share > best.share:
                best, kind = heading, name
    if best is None or best.share < ENOUGH:
        return "a row of headings of a known kind: " + ", ".join(book.written.forms)
    lacking = ", ".join(best.missing) or "nothing, but the sheet is hidden"
    return f"headings of {kind} as in row {best.row} with what is missing: {lacking}"


def _match(form: Form, sheet: Sheet, rows: tuple[Row | None, Row]) -> Heading:
    above, row = rows
    names = [comparable(cell) for cell in row.cells]
    groups = list(_groups(above)) if above else []
    columns: dict[str, int] = {}
    units: dict[str, tuple[int, int]] = {}
    grouped = False
    for position, name in enumerate(names):
        if not name:
            continue
        group = groups[position] if position < len(groups) else ""
        joined = f"{group} {name}" if group else name
        column = form.by_heading.get(joined, "")
        grouped = grouped or bool(column and group)
        if column := column or form.by_heading.get(name, ""):
            columns.setdefault(column, position)
        elif with_unit := form.by_unit.get(joined) or form.by_unit.get(name):
            units.setdefault(with_unit[0], (position, with_unit[1]))
    placed = {name: at for name, (at, _) in units.items() if name not in columns}
    columns |= placed
    taken = set(columns.values())
    unknown = [str(row.cells[n]) for n, name in enumerate(names) if name and n not in taken]
    scales = {name: units[name][1] for name in placed}
    return Heading(form, sheet, row.number, columns, grouped, tuple(unknown), scales)


def comparable(cell: Value) -> str:
    """Return the comparable form of a heading; a percent sign is a word, other marks are none."""
    return words(str(cell).replace("%", " percent ")) if cell is not None else ""


def _groups(above: Row) -> Iterator[str]:
    """Yield the heading above each column; one heading reaches over the empty cells after it."""
    group = ""
    for cell in above.cells:
        group = comparable(cell) or group
        yield group
