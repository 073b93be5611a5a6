"""The fonts of prints: what a browser gets as woff2, as plain fonts with one name a family.

Only set-up runs this; a site reads the made files.
"""

import shutil
from itertools import product
from pathlib import Path

from fontTools.ttLib import TTFont

FAMILIES = {
    "source-sans-3-latin": "Source Sans 3",
    "source-sans-3-latin-ext": "Source Sans 3 Extended",
    "noto-naskh-arabic-arabic": "Noto Naskh Arabic",
    "noto-sans-bengali-bengali": "Noto Sans Bengali",
}
WEIGHTS = {400: "Regular", 600: "SemiBold"}
OWN_NAMES = (1, 2, 3, 4, 6, 16, 17)
"""Entries of a font's name table that say what it is called (OpenType, "name")."""
VARIABLE_NAMES = (21, 22, 25)


def build(vendor: Path, out: Path) -> tuple[str, ...]:
    """Write the fonts of `vendor` (a folder of woff2) into `out`; return the names of the files."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    return tuple(
        _plain(vendor / f"{source}-{weight}-normal.woff2", family, weight, out)
        for (source, family), weight in product(FAMILIES.items(), WEIGHTS)
    )


def _plain(source: Path, family: str, weight: int, out: Path) -> str:
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    style = WEIGHTS[weight]
    whole, file = f"{family} {style}", f"{family.replace(' ', '')}-{weight}.ttf"
    first = family if style == "Regular" else whole
    said = (first, "Regular", whole, whole, file.removesuffix(".ttf"), family, style)
    for number in (*OWN_NAMES, *VARIABLE_NAMES):
        font["name"].removeNames(nameID=number)
    for number, text in zip(OWN_NAMES, said, strict=True):
        font["name"].setName(text, number, 3, 1, 0x409)
    font.save(out / file)
    return file
