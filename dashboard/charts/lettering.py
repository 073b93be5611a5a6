"""How wide a text will be, from the published widths of our fonts' letters, and where it breaks."""

import json
import re
from functools import cache
from pathlib import Path

LINE = 1.3
"""Line height in em, the one that plotly uses."""

SLACK = 1.04
"""Room for the machine's own font while ours is on its way."""

UNKNOWN = 60

PIECES = re.compile(r"(?<=[/?&=,._])")
"""Where an address may go on in the next line."""


@cache
def _advances(bold: bool) -> dict[str, int]:
    tables = json.loads((Path(__file__).parent / "advances.json").read_text("utf-8"))
    table: dict[str, str] = tables["bold" if bold else "regular"]
    return {letter: int(width) for width, letters in table.items() for letter in letters}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line in px; letters not in our fonts count as wide."""
    table = _advances(bold)
    hundredths = sum(_advance(table, letter) for letter in text)
    return hundredths / 100 * size * SLACK


def _advance(table: dict[str, int], letter: str) -> int:
    code = ord(letter)
    if 0x200B <= code <= 0x200F or 0x2066 <= code <= 0x2069:
        return 0
    return table.get(" " if letter == "\u00a0" else letter, UNKNOWN)


def height(lines: int, size: float) -> float:
    """Return the height of some lines in px."""
    return lines * LINE * size


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `room` px where words allow it; never empty."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return _balanced(lines, room, size, bold=bold)


def broken(address: str, room: float, size: float) -> list[str]:
    """Break an address after its marks into lines no wider than `room` px; [] for no address."""
    lines: list[str] = []
    for piece in PIECES.split(address):
        if lines and width(lines[-1] + piece, size) <= room:
            lines[-1] += piece
        elif piece:
            lines.append(piece)
    return lines


def _balanced(lines: list[str], room: float, size: float, *, bold: bool) -> list[str]:
    """Two lines of like length read better than a full one and a rest."""
    if len(lines) != 2:
        return lines
    words = " ".join(lines).split(" ")
    halves = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    best = min(halves, key=lambda pair: max(width(half, size, bold=bold) for half in pair))
    return list(best) if all(width(half, size, bold=bold) <= room for half in best) else lines


def widest(texts: list[str], size: float, *, bold: bool = False) -> float:
    """Return the width of the widest of some lines in px, 0 for none."""
    return max((width(text, size, bold=bold) for text in texts), default=0)
