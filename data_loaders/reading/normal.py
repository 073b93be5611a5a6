"""Plain text: invisible characters, spaces and digits, the same way everywhere."""

import re
import unicodedata
from functools import lru_cache

INVISIBLE = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0B, 0x0D),
        *range(0x0E, 0x20),
        *(0x7F, 0xAD, 0x034F, 0x061C, 0x180E, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x206A),
    ]
)
"""Control characters, soft hyphens, zero-width and direction marks: never part of a value."""

DIGITS = (
    {
        0x0660 + n: str(n)
        for n in range(10)  # Arabic
    }
    | {
        0x06F0 + n: str(n)
        for n in range(10)  # Urdu and Persian
    }
    | {0x066B: ".", 0x066C: ",", 0x2212: "-"}
)
"""Urdu and Arabic digits and their decimal and thousands marks; the true minus."""


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """Return text in composed form, without invisible characters, with single plain spaces."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(unicodedata.normalize("NFC", text).translate(INVISIBLE).split())


def digits(text: str) -> str:
    """Return text with Urdu and Arabic digits and marks as plain ones."""
    return text if text.isascii() else text.translate(DIGITS)


@lru_cache(maxsize=65536)
def words(text: str) -> str:
    """Return the comparable form of a heading or a name: lower case, single spaces, no marks.

    Dots, underscores, hyphens and spaces are one thing: "Quest.ID", "quest id" and "Quest_ID".
    """
    return " ".join(re.sub(r"[\W_]+", " ", digits(clean(text)).casefold()).split())
