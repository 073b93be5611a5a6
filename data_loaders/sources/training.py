"""Training sessions: who came from which factory. Attendances, not persons."""

from collections.abc import Iterator
from typing import Literal, cast

from data_loaders.reading import Book, Report
from data_loaders.reading.books import read_forms
from data_loaders.reading.cells import Entry
from data_loaders.reading.headings import matches
from data_loaders.reading.once import Once
from data_loaders.records import Attendance

KIND = "training"

Mode = Literal["on_site", "virtual"]
SAME = ("on", "topic", "city", "mode")


def recognise(book: Book) -> bool:
    """Whether the book has sessions, topics and people."""
    return matches(book, *book.written.forms[KIND].values())


def read(book: Book, report: Report) -> Iterator[Attendance]:
    """Yield one attendance per session and factory; a session has one day, topic, city and mode."""
    once = Once("session", "factory")
    first: dict[str, Attendance] = {}
    for _, entry in read_forms(book, report, *book.written.forms[KIND].values()):
        found = _attendance(entry)
        known = first.setdefault(found.session, found)
        for name in SAME:
            if entry.ok and getattr(known, name) != getattr(found, name):
                entry.refuse(name, f"as in row {known.origin.row}: it is the same session")
        if once.first(entry, found.session, found.factory):
            yield found


def _attendance(entry: Entry) -> Attendance:
    return Attendance(
        origin=entry.origin(KIND),
        session=entry.id("session"),
        topic=entry.code("topic"),
        on=entry.day("on"),
        city=entry.code("city") if entry.plain("city") else "",
        mode=cast(Mode, entry.code("mode")),
        factory=entry.id("factory"),
        women=entry.maybe_whole("women") or 0,
        men=entry.maybe_whole("men") or 0,
        not_recorded=entry.maybe_whole("not_recorded") or 0,
    )
