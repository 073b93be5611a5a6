"""The coded columns of a cited table: where a value belongs in our catalogue.

They stand beside the publisher's own words: measure (or several), freq, time_period, key,
unit_code, flags, source.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal, cast

from data_loaders.records import Figure, Origin

COLUMNS = ("measure", "freq", "time_period", "key", "unit_code", "flags", "source")

Row = Mapping[str, str]
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


def wrong(row: Row, amount: str) -> Iterator[Wrong]:
    """Yield every unusable coded column of a row; `amount` names the column with the number."""
    if not is_number(row[amount]):
        yield Wrong(amount, "a number in the base unit, with a point and no separators")
    for column, right, wanted in _CHECKS:
        if not right(row):
            yield Wrong(column, wanted)


def is_number(text: str) -> bool:
    """Whether a text is a plain finite number such as 17887038000 or -0.5."""
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _codes(*texts: str) -> bool:
    return bool(texts) and all(CODE.fullmatch(text) for text in texts)


def _period(row: Row) -> bool:
    return bool(re.fullmatch(PERIODS.get(row["freq"], ".*"), row["time_period"]))


def _key(row: Row) -> bool:
    return not row["key"] or _codes(*(part for pair in key(row["key"]) for part in pair))


_CHECKS: tuple[tuple[str, Callable[[Row], bool], str], ...] = (
    (
        "measure",
        lambda row: _codes(*row["measure"].split()),
        "ids of measures, such as exports_bop",
    ),
    ("freq", lambda row: row["freq"] in PERIODS, "one of " + ", ".join(PERIODS)),
    ("time_period", _period, "a period of that frequency, such as FY2025 or 2024-07"),
    ("key", _key, "dimension=code, with semicolons between, such as market=us;product=hs61"),
    ("unit_code", lambda row: _codes(row["unit_code"]), "a unit in lower case, such as usd"),
    ("flags", lambda row: set(row["flags"].split()) <= FLAGS, ", ".join(sorted(FLAGS))),
    ("source", lambda row: _codes(row["source"]), "the id of a source, in lower case"),
)


def key(text: str) -> tuple[tuple[str, str], ...]:
    """Read "market=us;product=hs61" into sorted (dimension, code) pairs; "" is the total."""
    pairs = (part.partition("=") for part in text.split(";") if part)
    return tuple(sorted((dimension, code) for dimension, _, code in pairs))


def places(row: Row) -> Iterator[tuple[str, ...]]:
    """Yield the cells that a row fills: two rows for one cell are a mistake, never an average."""
    at = tuple(part for pair in key(row["key"]) for part in pair)
    for measure in row["measure"].split():
        yield (measure, row["freq"], row["time_period"], *at)


def figures(row: Row, amount: str, vintage: str, origin: Origin) -> Iterator[Figure]:
    """Yield the figure of a right row, once for each measure that it feeds."""
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


def columns(figure: Figure) -> dict[str, str]:
    """Return the coded columns of a figure: the inverse of `figures`."""
    return {
        "measure": figure.measure,
        "freq": figure.freq,
        "time_period": figure.time_period,
        "key": ";".join(f"{dimension}={code}" for dimension, code in figure.key),
        "unit_code": figure.unit,
        "flags": " ".join(figure.flags),
        "source": figure.origin.source,
    }
