"""Cited series: long runs of official figures, each row with its publisher, address and vintage.

The file carries the publisher's own words beside our codes, so that the mapping can be read and
checked row by row. A year that the publisher does not have is no row: nothing is filled in.
Values are in base units (US dollars, percent).
"""

from collections.abc import Iterator, Mapping

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, cited, coded
from data_loaders.records import Figure

KIND = "cited_series"

PRINTED = (
    *("series", "product", "area", "period", "value", "unit"),
    *("publisher", "url", "vintage", "note"),
)
"""The columns with the publisher's words; the coded columns follow."""

HEADINGS = (*PRINTED, *coded.COLUMNS)


def recognise(book: Book) -> bool:
    """Whether the headings are those of a table of cited series."""
    return cited.headed(book, HEADINGS)


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield the figures of every row; each unusable cell goes to the report."""
    for place, row in cited.checked(book, report, "value"):
        yield from coded.figures(row, "value", "vintage", place)


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return one Source per source id: publisher, address and vintage as the rows say."""
    named = {row["source"]: row for _, row in cited.rows(book)}
    return tuple(_source(book, row, declared.get(id_)) for id_, row in named.items())


def _source(book: Book, row: Mapping[str, str], known: SourceDeclaration | None) -> Source:
    return Source(
        id=row["source"],
        publisher=known.publisher if known else row["publisher"],
        title=known.title if known else row["publisher"],
        url=row["url"],
        licence=known.licence if known else "",
        vintage=row["vintage"],
        file=book.name,
        checksum=book.checksum,
    )
