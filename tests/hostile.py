"""Hostile and broken files, made on the spot: a guard must refuse them before a library does."""

import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@cache
def plain() -> bytes:
    """Return a small good workbook."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["City", "Workers"])
    book.worksheets[0].append(["Karachi", 10])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def with_parts(parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook with parts added, or put in the place of its own."""
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(plain())) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return packed.getvalue()


def streamed(name: str, pieces: Iterator[bytes]) -> bytes:
    """Return a workbook with one large part in the place of its own."""
    packed = io.BytesIO(with_parts({name: b""}))
    with ZipFile(io.BytesIO(plain())) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for other in old.namelist():
            if other != name:
                new.writestr(other, old.read(other))
        with new.open(name, "w", force_zip64=True) as part:
            for piece in pieces:
                part.write(piece)
    return packed.getvalue()


def sheet(rows: str) -> bytes:
    """Return the part of a sheet."""
    data = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    return data.encode()


def bomb() -> bytes:
    """Return a workbook with 100 MB of nothing in it."""
    return streamed("xl/media/image1.png", (bytes(2**20) for _ in range(100)))


def liar() -> bytes:
    """Return the bomb with small sizes written over the true ones."""
    content = bytearray(bomb())
    true = struct.pack("<I", 100 * 2**20)
    at = content.rfind(true)
    while at >= 0:
        content[at : at + 4] = struct.pack("<I", 1000)
        at = content.rfind(true)
    return bytes(content)


def many() -> bytes:
    """Return a workbook with more parts than any has."""
    return with_parts({f"xl/media/{n}.png": b"" for n in range(3_000)})


def laughs(part: str) -> bytes:
    """Return a workbook with entities within entities, behind a long comment."""
    return with_parts({part: LAUGHS + b"]><!--" + b" " * 5000 + b"--><a>&j;</a>"})


def million() -> bytes:
    """Return a workbook with a sheet of more rows than are read."""
    cells = '<c r="A{0}"><v>{0}</v></c><c r="B{0}"><v>{1}</v></c>'

    def pieces() -> Iterator[bytes]:
        yield f'<worksheet xmlns="{NAMESPACE}"><sheetData>'.encode()
        for first in range(1, 520_001, 5_000):
            rows = (
                f'<row r="{n}">{cells.format(n, n * 7919 % 1_000_003)}</row>'
                for n in range(first, first + 5_000)
            )
            yield "".join(rows).encode()
        yield b"</sheetData></worksheet>"

    return streamed(SHEET, pieces())


def far() -> bytes:
    """Return a workbook with one cell in the last corner of its sheet."""
    one, last = (
        f'<row r="{n}"><c r="{c}{n}"><v>1</v></c></row>' for n, c in ((1, "A"), (1048576, "XFD"))
    )
    return with_parts({SHEET: sheet(one + last)})


def echo() -> bytes:
    """Return a workbook in which thousands of cells show one very long text."""
    long = b"long text " * 20_000
    strings = b'<sst xmlns="%s"><si><t>%s</t></si></sst>' % (NAMESPACE.encode(), long)
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5_001))
    return with_parts({"xl/sharedStrings.xml": strings, SHEET: sheet(rows)})


def locked_part() -> bytes:
    """Return a workbook whose parts say that they are encrypted."""
    content = bytearray(plain())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def twice() -> bytes:
    """Return a workbook with two different first sheets."""
    packed = io.BytesIO(plain())
    with ZipFile(packed, "a", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo(SHEET.upper()), sheet(""))
    return packed.getvalue()


def not_a_workbook() -> bytes:
    """Return an archive that holds something else."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<a/>")
    return packed.getvalue()


def archived(files: Mapping[str, bytes], way: int = ZIP_DEFLATED) -> bytes:
    """Return an archive of files."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", way) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def container(name: str, following: tuple[int, ...] = (END, END)) -> bytes:
    """Return an old container with one stream; sector 0 is its list, 1 the stream, 2 the table."""
    header = bytearray(SECTOR)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIII", header, 44, 1, 0, 0, 4096)
    struct.pack_into("<IIII", header, 60, END, 0, END, 0)
    struct.pack_into("<109I", header, 76, 2, *[FREE] * 108)
    entries = entry("Root Entry", 5, END, 0) + entry(name, 2, 1, 5000)
    table = struct.pack("<128I", *following, TABLE, *[FREE] * 125)
    return bytes(header) + entries.ljust(SECTOR, b"\0") + bytes(SECTOR) + table


def entry(name: str, kind: int, first: int, size: int) -> bytes:
    """Return a line of the list of streams."""
    text = name.encode("utf-16-le")
    line = bytearray(128)
    line[: len(text)] = text
    child = 1 if kind == 5 else FREE
    struct.pack_into("<HBBIII", line, 64, len(text) + 2, kind, 1, FREE, FREE, child)
    struct.pack_into("<IQ", line, 116, first, size)
    return bytes(line)


def record(kind: int, content: bytes) -> bytes:
    """Return a record of an old workbook."""
    return struct.pack("<HH", kind, len(content)) + content


def beginning(kind: int) -> bytes:
    """Return the record that begins the workbook (5) or a sheet (16)."""
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 6))


def number(row: int, column: int) -> bytes:
    """Return a cell of an old workbook; row and column are counted from 0."""
    return record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0))


def old_workbook(cells: bytes, texts: bytes = b"", sheets: int = 1) -> bytes:
    """Return an old workbook with a sheet, which may be listed several times."""
    end = record(0x000A, b"")
    listed = record(0x0085, struct.pack("<IHBB", 0, 0, 5, 0) + b"Sheet")
    begins = len(beginning(5) + listed * sheets + texts + end)
    listed = record(0x0085, struct.pack("<IHBB", begins, 0, 5, 0) + b"Sheet")
    return stored(beginning(5) + listed * sheets + texts + end + beginning(16) + cells + end)


def stored(stream: bytes) -> bytes:
    """Return a container with the stream of an old workbook."""
    stream = stream.ljust(max(len(stream), 5000), b"\0")
    parts = -(-len(stream) // SECTOR)
    tables = 1
    while tables * 128 < 1 + parts + tables:
        tables += 1
    places = range(1 + parts, 1 + parts + tables)
    header = bytearray(container("Workbook")[:SECTOR])
    struct.pack_into("<I", header, 44, tables)
    struct.pack_into("<109I", header, 76, *places, *[FREE] * (109 - tables))
    after = [END, *range(2, parts + 1), END, *[TABLE] * tables]
    after += [FREE] * (tables * 128 - len(after))
    entries = entry("Root Entry", 5, END, 0) + entry("Workbook", 2, 1, len(stream))
    body = stream.ljust(parts * SECTOR, b"\0")
    table = struct.pack(f"<{len(after)}I", *after)
    return bytes(header) + entries.ljust(SECTOR, b"\0") + body + table


def old_echo() -> bytes:
    """Return an old workbook in which thousands of cells show one long text."""
    head, rest = b"x" * 8_000, b"y" * 8_000
    texts = record(0x00FC, struct.pack("<IIHB", 1, 1, 16_000, 0) + head)
    texts += record(0x003C, b"\0" + rest)
    cells = (record(0x00FD, struct.pack("<HHHI", n, 0, 0, 0)) for n in range(10_000))
    return old_workbook(b"".join(cells), texts)


def old_dense() -> bytes:
    """Return an old workbook with more cells than are read, some of which hold a value."""
    kept = struct.pack("<HI", 0, 0) * 14
    rows = (struct.pack("<HH", n, 242) + kept + struct.pack("<H", 255) for n in range(17_000))
    return old_workbook(b"".join(record(0x00BD, row) for row in rows))


def lying(rows: int) -> bytes:
    """Return an old workbook that says that it has many rows."""
    stated = record(0x0200, struct.pack("<IIHHH", 0, rows, 0, 0xFFFF, 0))
    return old_workbook(stated + number(0, 0))


HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "bomb.xlsx": (bomb, "unpacks to more than"),
    "liar.xlsx": (liar, "unpacks to more than it says"),
    "many.xlsx": (many, "3\\d\\d\\d parts inside"),
    "laughs in the workbook.xlsx": (lambda: laughs("xl/workbook.xml"), "declares entities"),
    "laughs in a sheet.xlsx": (lambda: laughs(SHEET), "declares entities"),
    "laughs in the texts.xlsx": (lambda: laughs("xl/sharedStrings.xml"), "declares entities"),
    "macros.xlsm": (lambda: with_parts({"xl/vbaProject.bin": b"x"}), "holds macros"),
    "links.xlsx": (
        lambda: with_parts({"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        "links to other files",
    ),
    "slip.xlsx": (lambda: with_parts({"../../outside.txt": b"x"}), "leaves the archive"),
    "locked part.xlsx": (locked_part, "locked with a password"),
    "twice.xlsx": (twice, "the same name"),
    "drawing.ods": (not_a_workbook, "neither a workbook nor one table"),
    "million.xlsx": (million, "sheet Sheet: more than 500,000 rows"),
    "far.xlsx": (far, "sheet Sheet: a cell in row 1048576 or column XFD is far"),
    "echo.xlsx": (echo, "sheet Sheet: more than 128 MB of text"),
    "bomb.zip": (lambda: archived({"API_1.csv": bytes(100 * 2**20)}), "times its size"),
    "large.zip": (
        lambda: archived({"API_1.csv": b"1,2,3,4,5,6\n" * 3_000_000}, ZIP_STORED),
        "unpacks to more than 32 MB",
    ),
    "within.zip": (lambda: archived({"data.xlsx": plain()}), "no table in the archive"),
    "slip.zip": (lambda: archived({"../API_1.csv": b"a,b\n"}), "leaves the archive"),
    "many.zip": (lambda: archived({f"{n}.csv": b"a\n" for n in range(9)}), "an archive of 9 files"),
    "bomb.csv.gz": (lambda: gzip.compress(bytes(200 * 2**20)), "unpacks to more than 32 MB"),
    "cut.csv.gz": (lambda: gzip.compress(b"a,b\n" * 999)[:-20], "cut off"),
    "locked.xlsx": (lambda: container("EncryptedPackage"), "locked with a password"),
    "macros.xls": (lambda: container("_VBA_PROJECT_CUR"), "holds macros"),
    "circle in the list.xls": (lambda: container("Workbook", (0, END)), "run in circles"),
    "circle in a stream.xls": (lambda: container("Workbook", (END, 1)), "run in circles"),
    "far.xls": (
        (Path(__file__).parent / "specimens" / "hostile" / "far.xls").read_bytes,
        "sheet Workers: a cell in row 65536 or column IV is far",
    ),
    "two far.xls": (
        lambda: old_workbook(number(65_535, 0) + number(0, 255)),
        "a cell in row 65536 or column IV is far",
    ),
    "far in what is nested.xls": (
        lambda: old_workbook(
            beginning(32) + number(65_535, 255) + record(10, b"") + number(65_535, 255)
        ),
        "a cell in row 65536 or column IV is far",
    ),
    "echo.xls": (old_echo, "sheet Sheet: more than 128 MB of text"),
    "dense.xls": (old_dense, "sheet Sheet: 17000 rows of 256: too many to read"),
    "lying.xls": (lambda: lying(0xFFFFFFF0), "rows of 65535: too many to read"),
    "one sheet listed often.xls": (
        lambda: old_workbook(number(0, 0), sheets=1_000),
        "two sheets are one and the same",
    ),
    "lines.csv": (lambda: b"\n" * 60_000_000 + b"x", "row 500001 and on"),
    "commas.csv": (lambda: b"a," * 30_000_000, "more than 8000000 cells"),
    "one cell.csv": (lambda: b"x" * 60_000_000, "field larger than"),
}
"""Name of the file -> its content, and what is said of it."""


def lay_out(name: str, folder: Path) -> Path:
    """Write one of the hostile files."""
    path = folder / name
    path.write_bytes(HOSTILE[name][0]())
    return path
