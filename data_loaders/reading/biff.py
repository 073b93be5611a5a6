"""A look at the sheets of an old workbook (.xls) before any spreadsheet library lays them out.

One far cell makes a library lay out sixteen million, and one long text shown in every row is copied
as often. Records are walked one by one and nothing of them is kept. Layout: [MS-XLS], "Excel Binary
File Format"; texts that are shared stand in SST and go on in CONTINUE.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from olefile import OleFileIO

from data_loaders.reading.marks import Extent
from data_loaders.reading.problems import Unreadable

STREAMS = ("Workbook", "Book")
HIGHEST, WIDEST = 65_536, 256
BEGIN, END = (0x0809, 0x0409, 0x0209, 0x0009), 0x000A
SHEET, SHARED, CONTINUED, STATED = 0x0085, 0x00FC, 0x003C, 0x0200
TO_SHARED, MANY = 0x00FD, 0x00BD
CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x00D6, 0x027E, TO_SHARED, MANY})
"""Formulas, numbers, texts, errors; cells that only have a colour are none."""

WIDE, EXTENDED, RICH = 1, 4, 8
"""Bits of a shared text: two bytes a sign, something attached, letters of several kinds."""


def guard(content: bytes) -> None:
    """Raise Unreadable if a sheet is too large, or only looks so because of one far cell.

    The chains of the container must have been checked: they are followed here.
    """
    stream = _stream(content)
    try:
        _check(stream)
    except (struct.error, IndexError) as error:
        raise Unreadable("not a whole workbook, perhaps cut off") from error


def _stream(content: bytes) -> bytes:
    try:
        with OleFileIO(BytesIO(content)) as container:
            names = [name for name in STREAMS if container.exists(name)]
            return bytes(container.openstream(names[0]).read()) if names else b""
    except (OSError, struct.error, IndexError, ValueError) as error:
        raise Unreadable(f"not a whole workbook ({error})") from error


def _check(stream: bytes) -> None:
    lengths: list[int] = []
    begins: dict[int, str] = {}
    for kind, at, size in records(stream, 0):
        if kind == SHARED:
            lengths = list(shared_lengths(stream, at, size))
        elif kind == SHEET:
            (first,) = struct.unpack_from("<I", stream, at)
            if first in begins:
                raise Unreadable("not a whole workbook: two sheets are one and the same")
            begins[first] = _name(stream, at, size)
    left = 2 * len(stream)
    for first, name in begins.items():
        left -= _check_sheet(stream, first, name, lengths)
        if left < 0:
            raise Unreadable("not a whole workbook: its sheets overlap")


def _check_sheet(stream: bytes, first: int, name: str, lengths: Sequence[int]) -> int:
    """Refuse a sheet that is too large; return how many bytes it takes."""
    extent = Extent()
    end = first
    for kind, at, size in records(stream, first):
        end = at + size
        if kind in CELLS:
            _take(extent, stream, (kind, at, size), lengths)
        elif kind == STATED and size >= 12:
            _, rows, _, columns = struct.unpack_from("<IIHH", stream, at)
            if rows > HIGHEST or columns > WIDEST:
                raise Unreadable(f"sheet {name}: {rows} rows of {columns}: too many to read")
    extent.check(name)
    return end - first


def records(stream: bytes, first: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place and length of every record of a part, without what is nested in it."""
    at, depth = first, 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind in BEGIN) - (kind == END)
        if depth <= 0:
            return
        yield kind, at + 4, size
        at += 4 + size


def _take(
    extent: Extent, stream: bytes, record: tuple[int, int, int], lengths: Sequence[int]
) -> None:
    kind, at, size = record
    row, column = struct.unpack_from("<HH", stream, at)
    last = struct.unpack_from("<H", stream, at + size - 2)[0] if kind == MANY else column
    text = 0
    if kind == TO_SHARED:
        (number,) = struct.unpack_from("<I", stream, at + 6)
        text = lengths[number] if number < len(lengths) else 0
    extent.add(row + 1, last + 1, last - column + 1, text)


def _name(stream: bytes, at: int, size: int) -> str:
    """Return the name of a sheet: its length, a bit for the width of its signs, the signs."""
    length, flags = struct.unpack_from("<BB", stream, at + 6)
    wide = flags & WIDE
    letters = stream[at + 8 : min(at + size, at + 8 + length * (1 + wide))]
    return letters.decode("utf-16-le" if wide else "latin-1", "replace")


@dataclass(slots=True)
class Pieces:
    """The bytes of a record and of those that go on with it, taken from the front."""

    stream: bytes
    pieces: list[tuple[int, int]]
    _at: int = field(init=False, default=0)
    _left: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.turn()

    def turn(self) -> None:
        """Go to the next piece."""
        self._at, self._left = self.pieces.pop(0)

    def skip(self, count: int) -> int:
        """Pass over bytes, from piece to piece; return where the first of them is."""
        if not self._left:
            self.turn()
        first = self._at
        while count > self._left:
            count -= self._left
            self.turn()
        self._at, self._left = self._at + count, self._left - count
        return first

    def signs(self, count: int, wide: int) -> None:
        """Pass over the signs of a text; each further piece says anew how wide they are."""
        while count:
            if not self._left:
                self.turn()
                wide = self.stream[self.skip(1)] & WIDE
            here = min(count, self._left // (1 + wide))
            if not here:
                raise struct.error("half a sign at the end of a piece")
            self.skip(here * (1 + wide))
            count -= here


def shared_lengths(stream: bytes, at: int, size: int) -> Iterator[int]:
    """Yield the length of every text that cells share."""
    (count,) = struct.unpack_from("<I", stream, at + 4)
    found = [(at + 8, size - 8)]
    after = at + size
    while stream[after : after + 2] == struct.pack("<H", CONTINUED):
        (more,) = struct.unpack_from("<H", stream, after + 2)
        found.append((after + 4, more))
        after += 4 + more
    pieces = Pieces(stream, found)
    for _ in range(count):
        length, flags = struct.unpack_from("<HB", stream, pieces.skip(3))
        runs = struct.unpack_from("<H", stream, pieces.skip(2))[0] if flags & RICH else 0
        attached = struct.unpack_from("<I", stream, pieces.skip(4))[0] if flags & EXTENDED else 0
        pieces.signs(length, flags & WIDE)
        if runs or attached:
            pieces.skip(4 * runs + attached)
        yield length
