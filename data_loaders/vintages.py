"""Where one series is made of several vintages that may not be compared."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from data_loaders.reading.written import Written
from data_loaders.records import Figure

Cell = tuple[str, str, tuple[tuple[str, str], ...], str]
"""Measure, frequency, sorted key, period."""


def estimated_anew(tables: Written) -> frozenset[str]:
    """Return the sources whose publisher replaces the whole series with every release."""
    return frozenset(id_ for id_, row in tables.settings.items() if row.get("one_vintage"))


def joins(held: Mapping[Cell, Figure], sources: frozenset[str]) -> Iterator[Cell]:
    """Yield the cells at which another vintage, or another publisher, begins within a series.

    Only series that any of the sources takes part in; periods without a value join nothing.
    """
    series: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell, figure in held.items():
        if figure.value is not None:
            series[cell[:3]].append(cell)
    for cells in series.values():
        for before, after in pairwise(sorted(cells)):
            one, other = held[before], held[after]
            if {one.origin.source, other.origin.source} & sources and _differ(one, other):
                yield after


def _differ(one: Figure, other: Figure) -> bool:
    return (one.origin.source, one.vintage) != (other.origin.source, other.vintage)
