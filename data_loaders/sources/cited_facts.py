"""Cited facts: single figures as a publication printed them, with source, date and contradictions.

Every row is a Fact. A row with a measure is also a Figure in base units; a row without one is
quoted and never charted. Where publications disagree, each names the others and all are kept.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, cast

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Fact, Source
from data_loaders.reading import Book, Report, cited, coded
from data_loaders.records import Figure

KIND = "cited_facts"

PRINTED = (
    *("id", "theme", "indicator", "geography", "period", "value", "unit", "qualifier"),
    *("source_title", "source_url", "source_date", "note"),
)
"""The columns of a citation."""

HEADINGS = (
    *PRINTED,
    *("display", "publisher", "statistic", "figure", "disagrees_with"),
    *coded.COLUMNS,
)

DISPLAYS = ("headline", "context")

NEEDED = (
    "id",
    "indicator",
    "value",
    "source_title",
    "source_url",
    "source_date",
    "publisher",
    "source",
)


def recognise(book: Book) -> bool:
    """Whether the headings are those of a table of cited facts."""
    return cited.headed(book, HEADINGS)


def read(book: Book, report: Report) -> Iterator[Fact | Figure]:
    """Yield every fact and, where it feeds a measure, its figure in base units."""
    seen: dict[str, int] = {}
    for place, row in cited.checked(book, report, "figure", NEEDED):
        if row["display"] not in DISPLAYS:
            wanted = "one of " + ", ".join(DISPLAYS)
            report.refuse(place.sheet, place.row, "display", row["display"], wanted)
        if (first := seen.setdefault(row["id"], place.row)) != place.row:
            report.refuse(
                place.sheet, place.row, "id", row["id"], f"another id: row {first} has it"
            )
        yield fact(row)
        yield from coded.figures(row, "figure", "source_date", place)


def fact(row: Mapping[str, str]) -> Fact:
    """Return the fact of a row; the value keeps the digits that were printed."""
    cells: dict[str, Any] = {name: row[name] for name in (*PRINTED, "publisher", "source")}
    return Fact(
        **cells,
        display=cast(Literal["headline", "context"], row["display"]),
        disagrees_with=tuple(row["disagrees_with"].split()),
    )


def sources(book: Book, _: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return one Source per publication that a fact is quoted from."""
    named = {row["source"]: row for _, row in cited.rows(book)}
    return tuple(_source(book, row) for row in named.values())


def _source(book: Book, row: Mapping[str, str]) -> Source:
    return Source(
        id=row["source"],
        publisher=row["publisher"],
        title=row["source_title"],
        url=row["source_url"],
        licence="quoted with its source",
        vintage=row["source_date"],
        file=book.name,
        checksum=book.checksum,
    )
