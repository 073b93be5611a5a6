"""Visits of the programme's staff to factories."""

from collections.abc import Iterator
from typing import Literal, cast

from data_loaders.reading import Book, Report
from data_loaders.reading.books import read_forms
from data_loaders.reading.headings import matches
from data_loaders.reading.once import Once
from data_loaders.records import Visit

KIND = "advisory_visits"


def recognise(book: Book) -> bool:
    """Whether the book has visits, factories and days."""
    return matches(book, *book.written.forms[KIND].values())


def read(book: Book, report: Report) -> Iterator[Visit]:
    """Yield every visit."""
    once = Once("visit")
    for _, entry in read_forms(book, report, *book.written.forms[KIND].values()):
        found = Visit(
            origin=entry.origin(KIND),
            visit=entry.id("visit"),
            factory=entry.id("factory"),
            on=entry.day("on"),
            kind=cast(Literal["advisory", "assessment", "seminar"], entry.code("kind")),
            mode=cast(Literal["on_site", "virtual"], entry.code("mode")),
        )
        if once.first(entry, found.visit):
            yield found
