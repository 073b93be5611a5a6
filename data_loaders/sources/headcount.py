"""Headcounts: women and men by role in each factory, once a year and at assessments."""

from collections.abc import Iterator
from typing import Literal, cast

from data_loaders.reading import Book, Report
from data_loaders.reading.books import read_forms
from data_loaders.reading.cells import Entry
from data_loaders.reading.headings import matches
from data_loaders.reading.once import Once
from data_loaders.records import Headcount

KIND = "headcount"

Role = Literal["all", "operator", "supervisor", "manager"]


def recognise(book: Book) -> bool:
    """Whether the book has factories, roles, women and men."""
    return matches(book, *book.written.forms[KIND].values())


def read(book: Book, report: Report) -> Iterator[Headcount]:
    """Yield the headcount of every row; a role may not be larger than all workers of its day."""
    once = Once("factory", "as_of", "role")
    everybody: dict[tuple[str, str], int] = {}
    waiting: list[tuple[Entry, Headcount]] = []
    for _, entry in read_forms(book, report, *book.written.forms[KIND].values()):
        found = _headcount(entry)
        if not once.first(entry, found.factory, found.as_of.isoformat(), found.role):
            continue
        yield found
        if found.role == "all":
            everybody[found.factory, found.as_of.isoformat()] = _persons(found)
        else:
            waiting.append((entry, found))
    for entry, found in waiting:
        workers = everybody.get((found.factory, found.as_of.isoformat()))
        if workers is not None and _persons(found) > workers:
            entry.refuse("role", f"at most the {workers} workers of the factory on that day")


def _headcount(entry: Entry) -> Headcount:
    found = Headcount(
        origin=entry.origin(KIND),
        factory=entry.id("factory"),
        as_of=entry.day("as_of"),
        role=cast(Role, entry.code("role")),
        women=entry.maybe_whole("women"),
        men=entry.maybe_whole("men"),
        not_recorded=entry.maybe_whole("not_recorded") or 0,
    )
    if entry.ok and found.women is None and found.men is None and not found.not_recorded:
        entry.refuse("women", "at least one number of persons")
    return found


def _persons(found: Headcount) -> int:
    return (found.women or 0) + (found.men or 0) + found.not_recorded
