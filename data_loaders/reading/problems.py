"""What was wrong with a file, and what became of each of its rows."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

LOADED = "loaded"
REFUSED: Final = "refused"

Severity = Literal["refused", "said"]


class Unreadable(Exception):
    """A file that cannot be opened at all; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend (refused) or to know (said), with its place; row 0 is the whole sheet."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    wanted: str
    severity: Severity = REFUSED

    def __str__(self) -> str:
        at = [self.file, self.sheet and f"sheet {self.sheet}", self.row and f"row {self.row}"]
        place = ", ".join(str(part) for part in [*at, self.column] if part)
        shown = f"{self.value!r}: " if self.value else ""
        return f"{place}: {shown}{self.wanted}"


@dataclass(frozen=True, slots=True)
class Normalised:
    """Cells of a column that were read by a written table otherwise than they stand there."""

    sheet: str
    column: str
    how: str
    cells: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were read and what became of them; recognised rows by reason."""

    read: int
    loaded: int
    refused: int
    recognised: Mapping[str, int]

    @property
    def adds_up(self) -> bool:
        """Whether every row that was read is accounted for."""
        return self.read == self.loaded + self.refused + sum(self.recognised.values())


@dataclass(slots=True)
class Report:
    """Every problem of one file at once, and the account of its rows.

    A source settles each row it reads: loaded, refused, or recognised as something that is no
    record (title, total, note …). The first refusal of a row outlives anything said later.
    `unreadable`: the file could not be opened at all. `kind` and `as_of` are filled in as soon as
    they are known. `places` has the 0-based position of every column by sheet and heading.
    """

    file: str
    unreadable: bool = False
    kind: str = ""
    as_of: date | None = None
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _read: int = 0
    _outcomes: dict[tuple[str, int], str] = field(default_factory=dict)
    _normalised: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def opened(self, rows: int) -> None:
        """Count rows of the file that were read, before anything is known about them."""
        self._read += rows

    def loaded(self, sheet: str, row: int) -> None:
        """A row became at least one record."""
        self._settle(sheet, row, LOADED)

    def recognise(self, sheet: str, row: int, reason: str) -> None:
        """A row is known to be no record, for example "title" or "total"."""
        self._settle(sheet, row, reason)

    def refuse(self, sheet: str, row: int, column: str, value: object, wanted: str) -> None:
        """A cell cannot be used, so neither can its row, nor the file."""
        self.problems.append(Problem(self.file, sheet, row, column, shown(value), wanted))
        if row:
            self._outcomes[sheet, row] = REFUSED

    def say(self, sheet: str, row: int, column: str, value: object, what: str) -> None:
        """Something was read otherwise than it was written, or is worth a look."""
        problem = Problem(self.file, sheet, row, column, shown(value), what, "said")
        self.problems.append(problem)

    def normalised(self, sheet: str, column: str, how: str) -> None:
        """One cell was normalised by a written table; said once per column with the count."""
        self._normalised[sheet, column, how] += 1

    def _settle(self, sheet: str, row: int, outcome: str) -> None:
        if self._outcomes.get((sheet, row)) != REFUSED:
            self._outcomes[sheet, row] = outcome

    @property
    def normalisations(self) -> tuple[Normalised, ...]:
        """What was normalised, once for each column and way, with the number of cells."""
        found = sorted(self._normalised.items())
        return tuple(Normalised(*place, cells) for place, cells in found)

    def finish(self) -> None:
        """Say what was normalised. Call once, after the last record was taken."""
        for found in self.normalisations:
            cells = "1 cell" if found.cells == 1 else f"{found.cells} cells"
            self.say(found.sheet, 0, found.column, "", f"{cells}: {found.how}")

    @property
    def in_order(self) -> list[Problem]:
        """Every problem, refusals first, then as a reader goes through the file."""
        sheets = list(dict.fromkeys(problem.sheet for problem in self.problems))

        def place(problem: Problem) -> tuple[bool, int, int, int]:
            column = self.places.get((problem.sheet, problem.column), -1)
            said = problem.severity != REFUSED
            return said, sheets.index(problem.sheet), problem.row, column

        return sorted(self.problems, key=place)

    @property
    def verdict(self) -> Literal["fine", "refused", "unreadable"]:
        """What became of the file in one word."""
        if self.unreadable:
            return "unreadable"
        return "refused" if self.refused else "fine"

    @property
    def refused(self) -> bool:
        """Whether the file is refused: all or nothing."""
        return any(problem.severity == REFUSED for problem in self.problems)

    @property
    def counts(self) -> Counts:
        """The account of the rows so far."""
        found = Counter(self._outcomes.values())
        loaded, refused = found.pop(LOADED, 0), found.pop(REFUSED, 0)
        return Counts(self._read, loaded, refused, dict(sorted(found.items())))

    def lines(self) -> Iterator[str]:
        """Yield the account of the file and each problem, for a person to read."""
        counts = self.counts
        others = [f"{count} {reason}" for reason, count in counts.recognised.items()]
        parts = [f"{counts.loaded} loaded", f"{counts.refused} refused", *others]
        verdict = "REFUSED" if self.refused else "fine"
        yield f"{self.file}: {verdict}; {counts.read} rows: {', '.join(parts)}"
        yield from (f"  {problem.severity}: {problem}" for problem in self.in_order)


def undated(report: Report) -> date:
    """Refuse a snapshot without a date; return a day that stands for nothing."""
    wanted = (
        "the day of the snapshot: in the file's name (…_DD-MM-YYYY), or with --as-of YYYY-MM-DD"
    )
    report.refuse("", 0, "", report.file, wanted)
    return date.min


def shown(value: object) -> str:
    """Return a value as a person would want to see it in a report, at most 80 characters."""
    if value is None:
        return ""
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"
