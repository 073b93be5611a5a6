"""Progress reports: the social-dialogue answers of a cycle (on track, moderate, no progress)."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, cast

from data_loaders.reading import Book, Report
from data_loaders.reading.books import read_forms
from data_loaders.reading.cells import Entry
from data_loaders.reading.headings import matches
from data_loaders.reading.once import Once
from data_loaders.reading.problems import undated
from data_loaders.records import ProgressAnswer

KIND = "progress_report"

Which = Literal["PR1", "PR2"]
Answer = Literal["on_track", "moderate_progress", "no_progress"]


def recognise(book: Book) -> bool:
    """Whether the headings are those of the export of progress answers."""
    return matches(book, *book.written.forms[KIND].values())


def read(book: Book, report: Report) -> Iterator[ProgressAnswer]:
    """Yield every answer; which report it is stands in its own column or in the file's name."""
    as_of = book.as_of or undated(report)
    named: Which = "PR1" if "PR1" in book.name.upper() else "PR2"
    once = Once("factory", "cycle", "question")
    for _, entry in read_forms(book, report, *book.written.forms[KIND].values()):
        found = _answer(entry, as_of, named)
        if once.first(entry, found.factory, str(found.cycle), found.report, found.question):
            yield found


def _answer(entry: Entry, as_of: date, named: Which) -> ProgressAnswer:
    own = entry.plain("report")
    return ProgressAnswer(
        origin=entry.origin(KIND),
        factory=entry.id("factory"),
        cycle=entry.cycle("cycle"),
        report=cast(Which, entry.code("report")) if own else named,
        question=entry.text("question"),
        answer=cast(Answer, entry.code("answer")),
        as_of=as_of,
    )
