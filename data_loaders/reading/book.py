"""An opened file: what every source module looks at."""

import csv
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from data_loaders.reading import dates, documents, packed, texts, workbooks
from data_loaders.reading.normal import clean
from data_loaders.reading.problems import Unreadable
from data_loaders.reading.sheets import Row, Sheet, Value
from data_loaders.reading.written import Written, written

ILLUSTRATIVE = "ILLUSTRATIVE – made-up sample data"
"""The mark in the first rows of every file of the made-up programme."""

UNSEEN = "an .xls does not tell hidden rows and cells without a value: save it as .xlsx to be sure"
TITLES = 6
LARGEST = 64 * 2**20
HEAD = 2**16
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
NOT_TABLES = (b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x89PNG")
IN_NAME = (
    re.compile(r"(?<!\d)(?P<d>\d{2})-(?P<m>\d{2})-(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
)


@dataclass(frozen=True)
class Book:
    """A file that was opened and not yet understood.

    `as_of` is the date of a snapshot: in the file's name (DD-MM-YYYY), else asked for, else stated
    in the title rows ("as of 31 December 2023"); never the clock. `today` only serves to refuse
    days that have not come yet. `notes` say how a text file was decoded.
    """

    path: Path
    checksum: str
    sheets: tuple[Sheet, ...]
    written: Written
    today: date
    asked_as_of: date | None = None
    notes: tuple[str, ...] = ()
    document: Any = None
    markup: bytes = b""

    @cached_property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Every text in the first rows of every sheet, hidden ones too."""
        rows = [row for sheet in self.sheets for row in sheet.rows[:TITLES]]
        return tuple(clean(cell) for row in rows for cell in row.cells if isinstance(cell, str))

    @cached_property
    def illustrative(self) -> bool:
        """Whether the file itself says that it is made up."""
        return any(title.startswith(ILLUSTRATIVE) for title in self.titles)

    @cached_property
    def as_of(self) -> date | None:
        """The day that a snapshot shows, None where nothing says it."""
        return named_day(self.name) or self.asked_as_of or self.stated

    @cached_property
    def stated(self) -> date | None:
        """The day that the title rows state."""
        return next(filter(None, map(dates.as_of, self.titles)), None)

    @property
    def other_days(self) -> tuple[str, ...]:
        """What to say of days that were asked for or stated and are not that of the snapshot."""
        days = (("--as-of", self.asked_as_of), ("the title", self.stated))
        return tuple(
            f"the day is {self.as_of}, although {who} says {day}"
            for who, day in days
            if day and day != self.as_of
        )

    @cached_property
    def latest(self) -> date:
        """The last day that can have come: of the snapshot if it states one, else today."""
        return self.as_of or self.today


def named_day(name: str) -> date | None:
    """Return the day in a file's name (DD-MM-YYYY or YYYY-MM-DD), None if there is none."""
    for pattern in IN_NAME:
        if found := pattern.search(name):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None


def open_book(
    path: Path,
    *,
    as_of: date | None = None,
    today: date | None = None,
    tables: Written | None = None,
) -> Book:
    """Open a workbook or a text file of any encoding; raise Unreadable naming what is wrong."""
    content = _content(path)
    opened = _opened(path, content)
    return Book(
        path=path,
        checksum=hashlib.sha256(content).hexdigest(),
        sheets=opened.sheets,
        written=tables or written(),
        today=today or datetime.now(ZoneInfo("Asia/Karachi")).date(),
        asked_as_of=as_of,
        notes=opened.notes,
        document=opened.document,
        markup=opened.markup,
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    sheets: tuple[Sheet, ...] = ()
    notes: tuple[str, ...] = ()
    document: Any = None
    markup: bytes = b""


def _opened(path: Path, content: bytes) -> _Opened:
    if not packed.is_packed(path, content):
        return _read(path, content)
    table, said = packed.unpacked(path, content)
    if table.startswith(PACKED) or not table.strip():
        raise Unreadable(f"no table in the archive ({said}): unpack it")
    found = _read(path, table)
    return replace(found, notes=(said, *found.notes))


def _read(path: Path, content: bytes) -> _Opened:
    if content.startswith(WORKBOOKS):
        unseen = (UNSEEN,) if content.startswith(workbooks.OLD) else ()
        return _Opened(workbooks.sheets(path, content), unseen)
    if documents.is_json(content):
        document = documents.read_json(content)
        return _Opened(documents.tables(document), document=document)
    if documents.is_markup(content):
        documents.check_markup(content)
        return _Opened(markup=content)
    return _Opened(*_text(content))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"larger than {LARGEST // 2**20} MB")
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot be opened: {error.strerror}") from error
    if not content[:HEAD].strip() and not content.strip():
        raise Unreadable("empty")
    if content.startswith(NOT_TABLES):
        raise Unreadable("not a table: expected a workbook (.xlsx, .xls) or a text file (.csv)")
    return content


def _text(content: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    try:
        text = texts.decode(content)
        rows = [Row(n, _cells(row)) for n, row in enumerate(texts.rows(text), start=1)]
    except csv.Error as error:
        raise Unreadable(f"not a table of cells: {error}") from error
    return (Sheet("", tuple(rows)),), text.how


def _cells(row: list[str]) -> tuple[Value, ...]:
    return tuple(cell or None for cell in row)
