"""A look at a workbook's archive before any spreadsheet library opens it."""

import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile, ZipInfo

from data_loaders.reading.problems import Unreadable

PARTS = 2_000
UNPACKED = 400 * 2**20
RATIO = 200
SMALL = 2**20
PROLOGUE = 4096
MACROS = ("vbaproject.bin", "macrosheets/", "activex/")

HOSTILE = (zipfile.BadZipFile, ParseError, NotImplementedError, RuntimeError, EOFError)
"""What the standard library raises on an archive that is cut off, encrypted or malformed."""


def guard(path: Path) -> None:
    """Raise Unreadable unless the archive is small, plain and free of macros and entities."""
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
            check_sizes(parts)
            for part in parts:
                check_part(archive, part)
    except HOSTILE as error:
        raise Unreadable(f"not a whole workbook, perhaps cut off or encrypted ({error})") from error


def check_sizes(parts: list[ZipInfo]) -> None:
    """Refuse too many parts, or parts that unpack to too much."""
    if len(parts) > PARTS:
        raise Unreadable(f"{len(parts)} parts inside; at most {PARTS} are read")
    if sum(part.file_size for part in parts) > UNPACKED:
        raise Unreadable(f"unpacks to more than {UNPACKED // 2**20} MB")
    for part in parts:
        if part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1):
            raise Unreadable(f"{part.filename} unpacks to more than {RATIO} times its size")


def check_part(archive: ZipFile, part: ZipInfo) -> None:
    """Refuse macros, paths that leave the archive, and XML that declares entities."""
    name = part.filename.lower()
    if any(macro in name for macro in MACROS):
        raise Unreadable("holds macros; save it as a workbook without them (.xlsx)")
    if name.startswith("/") or ".." in name.split("/"):
        raise Unreadable(f"a part leaves the archive: {part.filename}")
    if name.endswith((".xml", ".rels")):
        with archive.open(part) as content:
            prologue = content.read(PROLOGUE).upper()
        if b"<!DOCTYPE" in prologue or b"<!ENTITY" in prologue or b"\0" in prologue:
            raise Unreadable(f"{part.filename} declares entities, or is not UTF-8")
