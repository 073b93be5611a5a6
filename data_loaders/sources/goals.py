"""Targets of the results framework, each with the measure that shows how far it is."""

from collections.abc import Iterator

from data_loaders.reading import Book, Report
from data_loaders.reading.books import read_forms
from data_loaders.reading.headings import matches
from data_loaders.reading.once import Once
from data_loaders.records import Goal

KIND = "goals"


def recognise(book: Book) -> bool:
    """Whether the book has goals, measures and targets."""
    return matches(book, *book.written.forms[KIND].values())


def read(book: Book, report: Report) -> Iterator[Goal]:
    """Yield every target."""
    once = Once("goal")
    for _, entry in read_forms(book, report, *book.written.forms[KIND].values()):
        found = Goal(
            origin=entry.origin(KIND),
            goal=entry.code("goal"),
            title=entry.text("title"),
            measure=entry.code("measure"),
            target=float(entry.whole("target")),
            due=entry.day("due"),
            basis=entry.plain("basis"),
        )
        if found.target == 0 and entry.ok:
            entry.refuse("target", "a number above 0")
        if once.first(entry, found.goal):
            yield found
