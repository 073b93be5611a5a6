"""Improvement plans, from snapshots `Improvement_Plan_Report_DD-MM-YYYY.csv`; every one is kept.

Older exports have neither ids nor days. Their items are told apart by factory, cycle, point and
order, and count as open since the first day on which a snapshot shows them.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Literal, cast

from data_loaders.reading import Book, Report
from data_loaders.reading.books import read_forms
from data_loaders.reading.cells import Entry
from data_loaders.reading.headings import matches
from data_loaders.reading.once import Once
from data_loaders.reading.problems import undated
from data_loaders.records import ImprovementItem

KIND = "improvement_plan"

Status = Literal["pending", "in_progress", "completed"]


def recognise(book: Book) -> bool:
    """Whether the headings are those of the export of improvement items."""
    return matches(book, *book.written.forms[KIND].values())


def read(book: Book, report: Report) -> Iterator[ImprovementItem]:
    """Yield every item as the snapshot shows it."""
    as_of = book.as_of or undated(report)
    once = Once("factory")
    alike: Counter[tuple[str, str]] = Counter()
    for _, entry in read_forms(book, report, *book.written.forms[KIND].values()):
        same = (entry.plain("factory"), entry.plain("cycle") + entry.plain("point"))
        alike[same] += 1
        found = _item(entry, as_of, alike[same])
        if found.closed and found.closed < found.opened:
            entry.refuse("closed", f"a day from {found.opened} on")
        if once.first(entry, found.item):
            yield found


def _item(entry: Entry, as_of: date, number: int) -> ImprovementItem:
    factory, cycle, point = entry.id("factory"), entry.cycle("cycle"), entry.code("point")
    return ImprovementItem(
        origin=entry.origin(KIND),
        item=entry.plain("item").upper() or f"{factory}/{cycle}/{point}/{number}",
        factory=factory,
        cycle=cycle,
        cluster=entry.book.written.parent("compliance_point", point) if point else "",
        compliance_point=point,
        status=cast(Status, entry.code("status")),
        opened=entry.maybe_day("opened") or as_of,
        due=entry.maybe_day("due"),
        closed=entry.maybe_day("closed"),
        as_of=as_of,
    )
