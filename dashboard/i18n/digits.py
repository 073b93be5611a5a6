"""Numbers in figures: the grouping and signs of a language, its own digits, a true minus."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import cast

import babel

MINUS = "\u2212"
LATIN = "0123456789"
SYSTEMS = {"latn": LATIN, "beng": "০১২৩৪৫৬৭৮৯"}
WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
"""Room for any float; halves go away from zero."""

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Digits:
    """How a language writes figures. `groups` are the sizes of the first group and of the rest."""

    system: str
    point: str
    comma: str
    groups: tuple[int, int]

    def write(self, value: float, decimals: int = 0) -> str:
        """Return a number rounded to some decimals, with groups; never a negative zero."""
        if not math.isfinite(value):
            return NOTHING
        rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-max(decimals, 0)), context=WIDE)
        whole, _, rest = f"{abs(rounded):f}".partition(".")
        sign = MINUS if rounded < 0 else ""
        return self.spell(sign + self._grouped(whole) + (self.point + rest if rest else ""))

    def _grouped(self, whole: str) -> str:
        first, others = self.groups
        head, tail = whole[:-first], whole[-first:]
        groups = []
        while head:
            groups.append(head[-others:])
            head = head[:-others]
        return self.comma.join([*reversed(groups), tail])

    def spell(self, text: str) -> str:
        """Return a text with its digits in the language's own."""
        return text.translate(str.maketrans(LATIN, SYSTEMS[self.system]))


def digits_of(code: str, system: str) -> Digits:
    """Return the figures of a language from CLDR (only grouping and signs: see bidi for marks)."""
    locale = babel.Locale.parse(code)
    known = cast("Mapping[str, Mapping[str, str]]", locale.number_symbols)
    signs = known.get(system) or known["latn"]
    return Digits(
        system=system,
        point=signs.get("decimal") or ".",
        comma=signs.get("group") or ",",
        groups=locale.decimal_formats[None].grouping,
    )
