"""Cited series: long runs of official figures, each row with its publisher, address and vintage.

The file carries the publisher's own words (series, product, area, period, unit) beside our codes
(measure, freq, time_period, key, unit_code, flags), so that the mapping can be read and checked row by row.
A year the publisher does not have is no row: nothing is filled in.
"""

from collections.abc import Iterable, Iterator, Mapping

from data_loaders.records import Figure, Origin

KIND = "cited_series"

OURS = ("measure", "freq", "time_period", "key", "unit_code", "flags", "source")
"""The columns with our codes, behind the publisher's."""

Row = tuple[int, Mapping[str, str]]


def figures(rows: Iterable[Row], file: str, sheet: str = "") -> Iterator[Figure]:
    """Yield one Figure per row; `value` stays in the base unit in which the file gives it."""
    for number, row in rows:
        yield Figure(
            origin=Origin(source=row["source"], file=file, sheet=sheet, row=number),
            measure=row["measure"],
            freq=row["freq"],  # type: ignore[arg-type]  # checked when the row is read
            time_period=row["time_period"],
            key=parse_key(row["key"]),
            value=float(row["value"]),
            unit=row["unit_code"],
            flags=tuple(row["flags"].split()),
            vintage=row["vintage"],
        )


def parse_key(text: str) -> tuple[tuple[str, str], ...]:
    """Read "market=us;product=hs61" into sorted (dimension, code) pairs; "" is the total."""
    pairs = (part.partition("=") for part in text.split(";") if part)
    return tuple(sorted((dimension, code) for dimension, _, code in pairs))
