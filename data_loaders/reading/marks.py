"""What a spreadsheet library leaves out of a sheet: hidden rows and columns, cells without values.

One pass over the sheet's XML with expat; nothing is kept but the marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.parsers import expat
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring
from openpyxl.utils import column_index_from_string, get_column_letter

from data_loaders.reading.problems import Unreadable

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedstrings.xml"
CHUNK = 2**16
CELLS = 4_000_000
TEXT, STRINGS_TEXT = 2**27, 3 * 2**24
FAR, SPARSE = 1_000_000, 20
"""A table of more cells than FAR of which fewer than one in SPARSE holds anything is a mistake."""


@dataclass(slots=True)
class Extent:
    """How many cells of a sheet hold a value, how far they reach, and how much text is in them."""

    cells: int = 0
    height: int = 0
    width: int = 0
    text: int = 0

    def add(self, row: int, column: int, cells: int = 1, text: int = 0) -> None:
        """Take cells that end in a row and column, counted from 1."""
        self.cells += cells
        self.height = max(self.height, row)
        self.width = max(self.width, column)
        self.text += text

    def check(self, sheet: str) -> None:
        """Refuse a sheet that is too large, or that only looks so because a cell stands far off."""
        area = self.height * self.width
        if area > FAR and area > SPARSE * self.cells:
            last = f"row {self.height} or column {get_column_letter(max(self.width, 1))}"
            raise Unreadable(f"sheet {sheet}: a cell in {last} is far from the others: delete it")
        if area > CELLS:
            raise Unreadable(f"sheet {sheet}: {self.height} rows of {self.width}: too many to read")
        if self.text > TEXT:
            raise Unreadable(f"sheet {sheet}: more than {TEXT // 2**20} MB of text")


@dataclass(slots=True)
class Marks:
    """Marks of one sheet; rows are 1-based numbers, `broken` are (row number, 0-based column).

    The text of its extent is also that of the shared strings, whose `lengths` are known.
    """

    lengths: Sequence[int] = ()
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    broken: list[tuple[int, int]] = field(default_factory=list)
    extent: Extent = field(default_factory=Extent)
    _row: int = 0
    _column: int = 0
    _shared: bool = False
    _formula: bool = False
    _value: bool = False
    _inside: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the opening of an element."""
        match name.rpartition(":")[2]:
            case "c":
                self._cell(attributes)
            case "v" | "is":
                self._inside = True
            case "f":
                self._formula = True
            case "row":
                self._row, self._column = int(attributes.get("r", self._row + 1)), 0
                if attributes.get("hidden") in ("1", "true"):
                    self.hidden_rows.add(self._row)
            case "col" if attributes.get("hidden") in ("1", "true"):
                span = range(int(attributes["min"]), min(int(attributes["max"]), 16384) + 1)
                self.hidden_columns.update(span)

    def _cell(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("t")
        if place := attributes.get("r"):
            self._row, column = place_of(place)
            self._column = column + 1
        else:
            self._column += 1
        self._formula, self._value, self._shared = False, kind == "str", kind == "s"
        if kind == "e":
            self.broken.append((self._row, self._column - 1))

    def end(self, name: str) -> None:
        """Take the closing of an element."""
        match name.rpartition(":")[2]:
            case "c" if self._value:
                self.extent.add(self._row, self._column)
            case "c" if self._formula:
                self.broken.append((self._row, self._column - 1))
            case "v" | "is":
                self._inside = False

    def content(self, content: str) -> None:
        """Take the text between elements: a value, where it is not blank."""
        if self._inside and content.strip():
            self._value = True
            shared = self._shared and content.isdigit() and int(content) < len(self.lengths)
            self.extent.text += self.lengths[int(content)] if shared else len(content)


@dataclass(slots=True)
class Strings:
    """The length of every shared string of a workbook."""

    lengths: list[int] = field(default_factory=list)
    _length: int = 0
    _whole: int = 0

    def end(self, name: str) -> None:
        """Take the closing of an element."""
        if name.rpartition(":")[2] == "si":
            self.lengths.append(self._length)
            self._length = 0

    def content(self, content: str) -> None:
        """Take the text between elements; refuse more of it than memory should hold."""
        self._length += len(content)
        self._whole += len(content)
        if self._whole > STRINGS_TEXT:
            raise Unreadable(f"more than {STRINGS_TEXT // 2**20} MB of text")


def marks(path: Path) -> dict[str, Marks]:
    """Return the marks of every sheet of an .xlsx by its name; refuse sheets that are too large."""
    with ZipFile(path) as archive:
        parts = sheet_parts(archive)
        known = {name.lower(): name for name in archive.namelist()}
        strings = Strings()
        if STRINGS in known:
            _read(archive, known[STRINGS], strings)
        found = {name: Marks(strings.lengths) for name, part in parts.items() if part in known}
        for name, of_sheet in found.items():
            _read(archive, known[parts[name]], of_sheet)
            of_sheet.extent.check(name)
    return found


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Return the part that holds each sheet."""
    if not {WORKBOOK, RELATIONS} <= set(archive.namelist()):
        return {}
    relations = fromstring(archive.read(RELATIONS))
    targets = {r.get("Id", ""): _part(r.get("Target", "")).lower() for r in relations}
    sheets = [e for e in fromstring(archive.read(WORKBOOK)).iter() if _tag(e) == "sheet"]
    return {sheet.get("name", ""): targets.get(_relation(sheet), "") for sheet in sheets}


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _relation(sheet: Element) -> str:
    return next((value for name, value in sheet.items() if name.endswith("}id")), "")


def _read(archive: ZipFile, part: str, into: Marks | Strings) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    if isinstance(into, Marks):
        parser.StartElementHandler = into.start
    parser.EndElementHandler = into.end
    parser.CharacterDataHandler = into.content
    with archive.open(part) as content:
        while chunk := content.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def place_of(cell: str) -> tuple[int, int]:
    """Return (row number, 0-based column) of a cell name such as "C9"."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), column_index_from_string(letters) - 1
