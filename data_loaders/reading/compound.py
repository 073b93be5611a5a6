"""A look at an old workbook's container (.xls) before any spreadsheet library opens it.

The container is a small file system: a table says for every sector which one follows. A chain that
runs in a circle would keep a reader busy for ever. Layout: [MS-CFB], "Compound File Binary".
"""

import struct
from collections.abc import Iterable, Iterator, Sequence

from data_loaders.reading.problems import Unreadable

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = 512
SHIFTS = (9, 12)
LAST = 0xFFFFFFFA
"""The last number of a sector; greater ones say "end", "free" or "a table"."""

NOT_READ = {
    "EncryptedPackage": "locked with a password; save it without one",
    "_VBA_PROJECT": "holds macros; save it as a workbook without them (.xlsx)",
}
"""Names in the container that say what it is, and what to do."""


def guard(content: bytes) -> None:
    """Raise Unreadable if a container is locked, holds macros or runs in circles."""
    for name, wanted in NOT_READ.items():
        if name.encode("utf-16-le") in content:
            raise Unreadable(wanted)
    try:
        check_chains(content)
    except (struct.error, IndexError) as error:
        raise Unreadable("not a whole workbook, perhaps cut off") from error


def check_chains(content: bytes) -> None:
    """Refuse a container in which any chain of sectors, large or small, runs in a circle."""
    if not content.startswith(SIGNATURE) or len(content) < HEADER:
        raise Unreadable("not a whole workbook, perhaps cut off")
    (shift,) = struct.unpack_from("<H", content, 30)
    if shift not in SHIFTS:
        raise Unreadable("not a whole workbook: sectors of an unknown size")
    small, _, more = struct.unpack_from("<III", content, 60)
    if more < LAST:
        raise Unreadable("a large workbook of the old kind; save it as .xlsx")
    size = 1 << shift
    (count,) = struct.unpack_from("<I", content, 44)
    after = table(content, struct.unpack_from("<109I", content, 76)[: min(count, 109)], size)
    if circular(after) or circular(table(content, chain(after, small), size)):
        raise Unreadable("not a whole workbook: parts of it run in circles")


def table(content: bytes, sectors: Iterable[int], size: int) -> list[int]:
    """Return for every sector the one that follows, as these sectors of the file list them."""
    found: list[int] = []
    for sector in sectors:
        found += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    return found


def chain(after: Sequence[int], first: int) -> Iterator[int]:
    """Yield a chain of sectors in a table without circles."""
    sector = first
    while sector < LAST:
        yield sector
        sector = after[sector]


def circular(after: Sequence[int]) -> bool:
    """Whether two sectors lead to the same one, or any chain comes back to its beginning."""
    led_to = {sector for sector in after if sector < LAST}
    leading = [n for n, sector in enumerate(after) if sector < LAST]
    if len(led_to) < len(leading):
        return True
    heads = [n for n in leading if n not in led_to]
    walked = sum(1 for head in heads for n in chain(after, head) if after[n] < LAST)
    return walked < len(leading)
