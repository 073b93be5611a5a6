"""Members of bipartite committees, from snapshots `PICC_Members_Report_DD-MM-YYYY.csv`.

Personal columns are never read. Sex comes from its own column if there is one, else from the
title; the place of the file's date is its name.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal, cast

from data_loaders.reading import Book, Report
from data_loaders.reading.books import read_forms
from data_loaders.reading.cells import Entry
from data_loaders.reading.headings import matches
from data_loaders.reading.problems import undated
from data_loaders.records import CommitteeMember

KIND = "picc_members"

Side = Literal["worker", "management"]
Sex = Literal["f", "m", "unknown"]
SEXES: dict[str, Sex] = {"f": "f", "m": "m"}


def recognise(book: Book) -> bool:
    """Whether the headings are those of the export of committee members."""
    return matches(book, *book.written.forms[KIND].values())


def read(book: Book, report: Report) -> Iterator[CommitteeMember]:
    """Yield every member as the snapshot shows them, without a name."""
    as_of = book.as_of or undated(report)
    for _, entry in read_forms(book, report, *book.written.forms[KIND].values()):
        found = _member(entry, as_of)
        if found.joined and found.left and found.left < found.joined:
            entry.refuse("left", f"a day from {found.joined} on")
        if entry.ok:
            yield found


def _member(entry: Entry, as_of: date) -> CommitteeMember:
    return CommitteeMember(
        origin=entry.origin(KIND),
        factory=entry.id("factory"),
        as_of=as_of,
        side=cast(Side, entry.code("side")),
        sex=_sex(entry),
        chair=entry.yes("chair"),
        joined=entry.maybe_day("joined"),
        left=entry.maybe_day("left"),
    )


def _sex(entry: Entry) -> Sex:
    said = entry.plain("sex") or entry.plain("title")
    return SEXES.get(entry.book.written.code("sex", said) or "", "unknown")
