"""A look at a workbook's archive before any spreadsheet library opens it.

Sizes that an archive states are not believed: every part is unpacked once, piece by piece, and
nothing of it is kept. Whatever is refused here costs less than a second and a few megabytes.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from data_loaders.reading.marks import RELATIONS, WORKBOOK, sheet_parts
from data_loaders.reading.problems import Unreadable

PARTS = 2_000
UNPACKED = 300 * 2**20
RATIO = 200
SMALL = 2**20
ROWS = 500_000
PROLOGUE = 2**16
CHUNK = 2**18
DIRECTORY = 2 * 2**20
LOCKED = 1
"""The bit of an encrypted part."""

END, END_64, LOCAL = b"PK\x05\x06", b"PK\x06\x07", b"PK\x03\x04"
MACROS = ("vbaproject", "macrosheets/", "activex/", "vbadata")
LINKS = "externallinks/"

HOSTILE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, ParseError, expat.ExpatError),
    *(NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError),
)
"""What the standard library raises on an archive that is cut off, encrypted or malformed."""


def guard(path: Path) -> None:
    """Raise Unreadable unless the archive is small, plain and free of macros and entities."""
    try:
        check_directory(path)
        with ZipFile(path) as archive, path.open("rb") as raw:
            parts = archive.infolist()
            check_sizes(parts)
            check_names([part.filename for part in parts])
            for part in parts:
                look_through(raw, part, archive)
    except HOSTILE as error:
        raise Unreadable(f"not a whole workbook, perhaps cut off or encrypted ({error})") from error


def check_directory(path: Path) -> None:
    """Refuse a list of parts that is too long to be read safely, before reading it."""
    with path.open("rb") as raw:
        raw.seek(max(path.stat().st_size - 2**16 - 42, 0))
        tail = raw.read()
    at = tail.rfind(END)
    if at < 0:
        raise Unreadable("not a whole workbook: the end of its archive is missing, cut off")
    (size,) = struct.unpack_from("<I", tail, at + 12)
    if size > DIRECTORY or tail[max(at - 20, 0) : at].startswith(END_64):
        raise Unreadable(f"too many parts inside; at most {PARTS} are read")


def check_sizes(parts: list[ZipInfo]) -> None:
    """Refuse too many parts, or parts that say that they unpack to too much."""
    if len(parts) > PARTS:
        raise Unreadable(f"{len(parts)} parts inside; at most {PARTS} are read")
    if sum(part.file_size for part in parts) > UNPACKED:
        raise Unreadable(f"unpacks to more than {UNPACKED // 2**20} MB")
    for part in parts:
        if part.flag_bits & LOCKED:
            raise Unreadable("locked with a password; save it without one")
        if part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1):
            raise Unreadable(f"{part.filename} unpacks to more than {RATIO} times its size")


def check_names(names: list[str]) -> None:
    """Refuse macros, links, paths that leave the archive, and names that come twice."""
    plain = [name.replace("\\", "/").lower() for name in names]
    for name, found in zip(names, plain, strict=True):
        if any(macro in found for macro in MACROS):
            raise Unreadable("holds macros; save it as a workbook without them (.xlsx)")
        if LINKS in found:
            raise Unreadable("holds links to other files; break them (Data, Edit links) and save")
        if found.startswith("/") or ":" in found or ".." in found.split("/"):
            raise Unreadable(f"a part leaves the archive: {name}")
    if len(set(plain)) < len(plain):
        raise Unreadable("two parts inside have the same name")


def look_through(raw: BinaryIO, part: ZipInfo, archive: ZipFile) -> None:
    """Unpack a part piece by piece; refuse lies about its size, entities, and too many rows."""
    name = part.filename.lower()
    sheet = name.startswith("xl/worksheets/")
    rows, unpacked, prologue = 0, 0, b""
    for piece in pieces(raw, part):
        unpacked += len(piece)
        if unpacked > part.file_size:
            raise Unreadable(f"{part.filename} unpacks to more than it says")
        if len(prologue) < PROLOGUE:
            prologue += piece[: PROLOGUE - len(prologue)]
        rows += piece.count(b"<row") if sheet else 0
        if rows > ROWS:
            raise Unreadable(f"{_sheet_of(archive, part)}: more than {ROWS:,} rows")
    if unpacked < part.file_size:
        raise Unreadable(f"{part.filename} is shorter than it says: cut off")
    if name.endswith((".xml", ".rels", ".vml")):
        check_prologue(part.filename, prologue)


def pieces(raw: BinaryIO, part: ZipInfo) -> Iterator[bytes]:
    """Yield what a part really unpacks to, whatever its sizes say."""
    raw.seek(part.header_offset)
    header = raw.read(30)
    if not header.startswith(LOCAL):
        raise Unreadable(f"{part.filename} is not where the archive says")
    raw.seek(sum(struct.unpack_from("<HH", header, 26)), 1)
    packed = (raw.read(min(CHUNK, left)) for left in range(part.compress_size, 0, -CHUNK))
    if part.compress_type == ZIP_STORED:
        yield from packed
    elif part.compress_type == ZIP_DEFLATED:
        yield from _inflated(packed)
    else:
        raise Unreadable(f"{part.filename} is packed in an unusual way; save it as .xlsx again")


def _inflated(packed: Iterable[bytes]) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in packed:
        left = piece
        while left and not stream.eof:
            yield stream.decompress(left, CHUNK)
            left = stream.unconsumed_tail
    while not stream.eof and (rest := stream.decompress(b"", CHUNK)):
        yield rest
    if not stream.eof:
        raise Unreadable("a part of the workbook ends too early: cut off")


def check_prologue(name: str, content: bytes) -> None:
    """Refuse a document type, with or without entities, before the first element of an XML part."""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append("type")
    parser.StartElementHandler = lambda *_: found.append("element")
    for at in range(0, len(content), 256):
        parser.Parse(content[at : at + 256], False)
        if found:
            break
    if b"\0" in content[:256] or found[:1] != ["element"]:
        raise Unreadable(f"{name} declares entities, is not UTF-8, or is no XML")


def _sheet_of(archive: ZipFile, part: ZipInfo) -> str:
    """Return which sheet a part holds, for a person."""
    small = all(archive.getinfo(name).file_size < SMALL for name in (WORKBOOK, RELATIONS))
    names = {at: name for name, at in sheet_parts(archive).items()} if small else {}
    found = names.get(part.filename.lower())
    return f"sheet {found}" if found else part.filename
