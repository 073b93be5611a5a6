"""What a spreadsheet library leaves out of a sheet: hidden rows and columns, cells without values.

One pass over the sheet's XML with expat; nothing is kept but the marks.
"""

from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.parsers import expat
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
CHUNK = 2**16


@dataclass(slots=True)
class Marks:
    """Marks of one sheet; rows are 1-based numbers, cells are names such as "C9"."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    _cell: str = ""
    _formula: bool = False
    _value: bool = False
    _inside: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the opening of an element."""
        match name.rpartition(":")[2]:
            case "row" if attributes.get("hidden") in ("1", "true"):
                self.hidden_rows.add(int(attributes.get("r", "0")))
            case "col" if attributes.get("hidden") in ("1", "true"):
                span = range(int(attributes["min"]), min(int(attributes["max"]), 16384) + 1)
                self.hidden_columns.update(span)
            case "c":
                kind = attributes.get("t")
                self._cell, self._formula = attributes.get("r", ""), False
                self._value = kind == "str"
                if kind == "e":
                    self.broken.append(self._cell)
            case "f":
                self._formula = True
            case "v" | "is":
                self._inside = True

    def end(self, name: str) -> None:
        """Take the closing of an element."""
        match name.rpartition(":")[2]:
            case "c" if self._formula and not self._value:
                self.broken.append(self._cell)
            case "v" | "is":
                self._inside = False

    def text(self, content: str) -> None:
        """Take the text between elements: a value, where it is not blank."""
        self._value = self._value or (self._inside and bool(content.strip()))


def marks(path: Path) -> dict[str, Marks]:
    """Return the marks of every sheet of an .xlsx by its name."""
    with ZipFile(path) as archive:
        parts = sheet_parts(archive)
        known = set(archive.namelist())
        return {name: _read(archive, part) for name, part in parts.items() if part in known}


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Return the part that holds each sheet."""
    if not {WORKBOOK, RELATIONS} <= set(archive.namelist()):
        return {}
    relations = fromstring(archive.read(RELATIONS))
    targets = {r.get("Id", ""): _part(r.get("Target", "")) for r in relations}
    sheets = [e for e in fromstring(archive.read(WORKBOOK)).iter() if _tag(e) == "sheet"]
    return {sheet.get("name", ""): targets.get(_relation(sheet), "") for sheet in sheets}


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _relation(sheet: Element) -> str:
    return next((value for name, value in sheet.items() if name.endswith("}id")), "")


def _read(archive: ZipFile, part: str) -> Marks:
    found = Marks()
    parser = expat.ParserCreate()
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.text
    with archive.open(part) as content:
        while chunk := content.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    return found


def place_of(cell: str) -> tuple[int, int]:
    """Return (row number, 0-based column) of a cell name such as "C9"."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(cell[len(letters) :] or 0), column - 1
