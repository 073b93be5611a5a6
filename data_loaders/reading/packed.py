"""Archives that hold one table, as publishers pack it: looked through before they are unpacked."""

import zlib
from pathlib import Path
from zipfile import ZipFile

from data_loaders.reading import archive
from data_loaders.reading.marks import WORKBOOK
from data_loaders.reading.problems import Unreadable

ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
LARGEST = 32 * 2**20
"""Bytes that an archive may unpack to."""

BESIDE = ("metadata_", "readme", "license", "licence")
"""How the names of files begin that come beside a table and hold none of its figures."""


def is_packed(path: Path, content: bytes) -> bool:
    """Whether a file is an archive and no workbook; raise Unreadable if it is not a sound one."""
    if content.startswith(GZIP):
        return True
    if not content.startswith(ZIP):
        return False
    try:
        archive.check_directory(path)
        with ZipFile(path) as opened:
            return WORKBOOK not in (name.lower() for name in opened.namelist())
    except archive.HOSTILE as error:
        raise Unreadable(f"not a whole workbook or archive, perhaps cut off ({error})") from error


def unpacked(path: Path, content: bytes) -> tuple[bytes, str]:
    """Return the one table of an archive, and what to say of it; raise Unreadable."""
    if content.startswith(GZIP):
        return _gzip(content), "unpacked"
    archive.guard(path)
    with ZipFile(path) as opened:
        names = [name for name in opened.namelist() if not name.endswith("/")]
        tables = [name for name in names if not _last(name).startswith(BESIDE)]
        if len(tables) != 1:
            shown = ", ".join(tables[:3]) or "none"
            raise Unreadable(
                f"an archive of {len(tables)} files ({shown}), neither a workbook nor one table: "
                "unpack it, or save it as .xlsx"
            )
        if opened.getinfo(tables[0]).file_size > LARGEST:
            raise Unreadable(f"{tables[0]} unpacks to more than {LARGEST // 2**20} MB")
        others = len(names) - 1
        beside = f"; {others} files of descriptions beside it are left out" if others else ""
        return opened.read(tables[0]), f"{tables[0]} of the archive{beside}"


def _last(name: str) -> str:
    return name.rpartition("/")[2].lower()


def _gzip(content: bytes) -> bytes:
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        found = stream.decompress(content, LARGEST + 1)
    except zlib.error as error:
        raise Unreadable(f"not a whole archive, perhaps cut off ({error})") from error
    if len(found) > LARGEST:
        raise Unreadable(f"unpacks to more than {LARGEST // 2**20} MB")
    if not stream.eof:
        raise Unreadable("not a whole archive: cut off")
    return found
