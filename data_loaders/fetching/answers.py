"""What a publisher answered: data in one piece, or a sentence that says why there is none."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from data_loaders.reading.archive import guard
from data_loaders.reading.problems import Unreadable

MARKS = b"\xef\xbb\xbf \t\r\n"
"""What may stand before the first sign of a text."""

PAGE = (b"<!doctype html", b"<html", b"<head", b"<body")


class NotHad(Exception):
    """Nothing usable came, and asking again at once would not help; the message says why."""


class ComeLater(NotHad):
    """The publisher may answer if asked again: in `wait` seconds, or when we like (None)."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Unreachable(ComeLater):
    """Nobody answered at all: no network, no name, no connection."""


class Empty(NotHad):
    """A good answer without a single figure in it."""


@dataclass(frozen=True, slots=True)
class Data:
    """The file that an answer holds, byte for byte as published.

    `suffix` ends its name. `essence` is what makes it new: the content without what changes with
    every answer, such as the time that it took.
    """

    content: bytes
    suffix: str
    essence: bytes


def plain(content: bytes, suffix: str) -> Data:
    """Return data that is new whenever a byte of it is."""
    return Data(content, suffix, content)


def refuse_page(content: bytes) -> None:
    """Raise NotHad for a web page in place of data."""
    if content[:512].lstrip(MARKS).lower().startswith(PAGE):
        raise NotHad(
            "a web page (HTML) in place of data: the address may have moved, or the publisher asks "
            "to sign in. Open it in a browser and mend it in config/sources"
        )


def table(content: bytes, *headings: str) -> Data:
    """Return a table of comma-separated values with these headings; raise NotHad or Empty."""
    refuse_page(content)
    lines = content.lstrip(MARKS).splitlines()
    first = lines[0].decode("utf-8", "replace").upper() if lines else ""
    if missing := [name for name in headings if name.upper() not in first]:
        shown = first[:80] or "nothing"
        raise NotHad(f"not the table that was asked for: no {', '.join(missing)} in {shown!r}")
    if not any(line.strip() for line in lines[1:]):
        raise Empty("a table of headings without a single row")
    return plain(content, "csv")


def member(path: Path, begins: str, ends: str) -> bytes:
    """Return the one file of an archive with such a name; raise NotHad.

    The archive guard looks first: size when unpacked, paths, macros, entities.
    """
    content = path.read_bytes()
    refuse_page(content)
    try:
        guard(path)
        with ZipFile(BytesIO(content)) as archive:
            names = list(_named(archive, begins, ends))
            if len(names) != 1:
                raise NotHad(f"{len(names)} files {begins}…{ends} in the archive; one was expected")
            return archive.read(names[0])
    except (Unreadable, BadZipFile) as error:
        raise NotHad(f"no whole archive: {error}") from error


def _named(archive: ZipFile, begins: str, ends: str) -> Iterator[str]:
    for name in archive.namelist():
        last = name.rpartition("/")[2].lower()
        if last.startswith(begins.lower()) and last.endswith(ends.lower()):
            yield name
