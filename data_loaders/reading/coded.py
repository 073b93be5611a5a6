"""The coded columns of a cited table: measure, freq, time_period, key, unit_code, flags, source.

The publisher's own words stand beside them; these columns say where a value belongs in our catalogue.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Literal, cast

from data_loaders.records import Figure, Origin

COLUMNS = ("measure", "freq", "time_period", "key", "unit_code", "flags", "source")

Freq = Literal["M", "Q", "A", "FY", "D"]

PERIODS: Mapping[str, str] = {
    "M": r"\d{4}-(0[1-9]|1[0-2])",
    "Q": r"\d{4}-Q[1-4]",
    "A": r"\d{4}",
    "FY": r"FY\d{4}",
    "D": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
}

QUALIFIERS: Mapping[str, Literal["over", "about", "at_least"]] = {
    "over": "over",
    "about": "about",
    "at least": "at_least",
}

FLAGS = frozenset({"p", "r", "e", "b", "incomplete"})

CODE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A column that cannot be used, and what was wanted there."""

    column: str
    wanted: str


@dataclass
class Seen:
    """Which cells a file has filled already: two values for one cell are a mistake, not an average."""

    cells: dict[tuple[str, str, str, str], int] = field(default_factory=dict)

    def first(self, row: Mapping[str, str], number: int) -> int:
        """Return the row number that filled the cell of this row first."""
        cell = (row["measure"], row["freq"], row["time_period"], row["key"])
        return self.cells.setdefault(cell, number)


def wrong(row: Mapping[str, str], amount: str) -> Iterator[Wrong]:
    """Yield every unusable coded column of a row; `amount` names the column with the number."""
    if not row["measure"].split() or not all(map(CODE.fullmatch, row["measure"].split())):
        yield Wrong("measure", "the id of a measure, such as exports_bop; spaces between several")
    if row["freq"] not in PERIODS:
        yield Wrong("freq", "one of " + ", ".join(PERIODS))
    elif not re.fullmatch(PERIODS[row["freq"]], row["time_period"]):
        yield Wrong("time_period", f"a period of frequency {row['freq']}, such as FY2025 or 2024-07")
    if not _is_number(row[amount]):
        yield Wrong(amount, "a number in the base unit, with a decimal point and no separators")
    if not all(CODE.fullmatch(part) for pair in key(row["key"]) for part in pair):
        yield Wrong("key", "dimension=code, with semicolons between, such as market=us;product=hs61")
    if extra := set(row["flags"].split()) - FLAGS:
        yield Wrong("flags", f"any of {', '.join(sorted(FLAGS))}, not {', '.join(sorted(extra))}")
    for column in ("unit_code", "source"):
        if not CODE.fullmatch(row[column]):
            yield Wrong(column, "an id in lower case")


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def key(text: str) -> tuple[tuple[str, str], ...]:
    """Read "market=us;product=hs61" into sorted (dimension, code) pairs; "" is the total."""
    pairs = (part.partition("=") for part in text.split(";") if part)
    return tuple(sorted((dimension, code) for dimension, _, code in pairs))


def figures(row: Mapping[str, str], amount: str, vintage: str, origin: Origin) -> Iterator[Figure]:
    """Yield the figure of a right row once for each measure that it feeds."""
    for measure in row["measure"].split():
        yield Figure(
            origin=origin,
            measure=measure,
            freq=cast(Freq, row["freq"]),
            time_period=row["time_period"],
            key=key(row["key"]),
            value=float(row[amount]),
            unit=row["unit_code"],
            flags=tuple(row["flags"].split()),
            qualifier=QUALIFIERS.get(row.get("qualifier", ""), ""),
            vintage=row[vintage],
        )


def text(figure: Figure) -> dict[str, str]:
    """Return the coded columns of a figure: the inverse of `figure`."""
    return {
        "measure": figure.measure,
        "freq": figure.freq,
        "time_period": figure.time_period,
        "key": ";".join(f"{dimension}={code}" for dimension, code in figure.key),
        "unit_code": figure.unit,
        "flags": " ".join(figure.flags),
        "source": figure.origin.source,
    }
