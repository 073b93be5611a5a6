"""Text files: encoding and separator by what the bytes say, rows by the csv module."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from data_loaders.reading.problems import Unreadable

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SEPARATORS = (",", ";", "\t", "|")
LINES, HEAD = 30, 2**16
ROWS = 500_000
CELLS = 8_000_000

csv.field_size_limit(2**20)


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded file; `how` says what a reader should know ("" for plain UTF-8 and commas)."""

    content: str
    separator: str
    how: tuple[str, ...]


def decode(content: bytes) -> Text:
    """Decode by byte-order mark, else UTF-8, else Windows-1252; find the separator."""
    check_size(content)
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
    try:
        text, said = content.decode(encoding), encoding
    except UnicodeDecodeError:
        text, said = decode_western(content, encoding), "cp1252"
    if "\0" in text:
        raise Unreadable("holds zero bytes: not a text file, or cut off")
    separator = separator_of(text)
    notes = [] if said in ("utf-8", "utf-8-sig") else [f"read as {said}"]
    notes += [] if separator == "," else [f"cells are separated by {separator!r}"]
    return Text(text, separator, tuple(notes))


def check_size(content: bytes) -> None:
    """Refuse more rows or cells than are read, before any of them is made."""
    if max(content.count(b"\n"), content.count(b"\r")) > ROWS:
        raise Unreadable(
            f"row {ROWS + 1} and on: at most {ROWS} rows are read; hand it in in parts"
        )
    if max(content.count(mark.encode()) for mark in SEPARATORS) > CELLS:
        raise Unreadable(f"more than {CELLS} cells; hand it in in parts")


def decode_western(content: bytes, tried: str) -> str:
    """Decode as Windows-1252; a cut-off UTF-16 file or undefined bytes are unreadable."""
    try:
        if tried != "utf-8":
            raise UnicodeError(f"not {tried} to the end: perhaps cut off")
        return content.decode("cp1252")
    except UnicodeError as error:
        raise Unreadable(f"the encoding is neither UTF-8, UTF-16 nor CP1252 ({error})") from error


def separator_of(text: str) -> str:
    """Return the separator that cuts the first lines into most cells; a comma in doubt."""
    head = "\n".join(text[:HEAD].splitlines()[:LINES])
    return max(SEPARATORS, key=lambda mark: max((len(r) for r in _cut(head, mark)), default=0))


def _cut(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text), delimiter=separator)


def rows(text: Text) -> Iterator[list[str]]:
    """Yield the rows of a decoded file; raise Unreadable where quotes do not close."""
    reader = csv.reader(lines(text.content), delimiter=text.separator, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        line = reader.line_num
        raise Unreadable(
            f"line {line}: {error}; perhaps a quote is open or the file is cut off"
        ) from error


def lines(text: str) -> Iterator[str]:
    """Yield the lines with their ends; a stream of the same text would take four times its size."""
    end = "\n" if "\n" in text else "\r"
    start = 0
    while start < len(text):
        after = text.find(end, start) + 1 or len(text)
        yield text[start:after]
        start = after
