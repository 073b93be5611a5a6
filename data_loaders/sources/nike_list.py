"""Nike's list of factories: a banner in the first row says as of when, the headings follow.

Text or the old binary workbook. The list has no ids, and names, units and postal codes change
from one list to the next, so a site is its name and address and each list stands as a whole.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.periods import month_number
from data_loaders.reading import Book, Report, tabular
from data_loaders.reading.credits import UNDATED_LIST, vintage_of
from data_loaders.reading.supplier_lists import Place, in_pakistan
from data_loaders.records import ListedSite

KIND = "nike_list"

NEEDED = (
    *("factoryname", "factorytype", "address", "city"),
    *("countryregion", "totalworkers", "femaleworkers"),
)
BANNER = re.compile(r"Data As Of\s+([A-Za-z]{3,9})\s+(\d{4})", re.IGNORECASE)


def recognise(book: Book) -> bool:
    """Whether the headings are Factory Name, Country / Region, Total Workers …"""
    return tabular.first_table(book, NEEDED) is not None


def read(book: Book, report: Report) -> Iterator[ListedSite]:
    """Yield the factories in Pakistan."""
    table = tabular.first_table(book, NEEDED)
    if table is None:
        return
    tabular.account(book, table, report)
    day = as_of(book)
    vintage = day.isoformat()[:7] if day else vintage_of(book)
    if not vintage:
        report.say("", 0, "", "", UNDATED_LIST)
    seen: dict[tuple[str, str], int] = {}
    for line in tabular.lines(table, report, NEEDED):
        if not in_pakistan(book, line["countryregion"]):
            report.recognise(line.sheet, line.number, "other country")
        elif found := _site(line, Place(line, report), vintage):
            first = seen.setdefault((found.name, found.address), line.number)
            if first != line.number:
                wanted = f"one row for each factory: row {first} is the same"
                report.refuse(line.sheet, line.number, "Factory Name", found.name, wanted)
            report.loaded(line.sheet, line.number)
            yield found
    tabular.refuse_nothing_of_ours(report, "factories in Pakistan")


def _site(line: tabular.Cells, place: Place, vintage: str) -> ListedSite | None:
    before = len(place.report.problems)
    name, address = line["factoryname"], line["address"]
    if not name:
        place.refuse("Factory Name", "", "a name")
    workers = place.workers("Total Workers", line["totalworkers"])
    women = place.percent("% Female Workers", line["femaleworkers"])
    if len(place.report.problems) > before:
        return None
    return ListedSite(
        origin=line.origin(KIND, place.report.file),
        list=KIND,
        site=f"{name} / {address}",
        name=name,
        address=address,
        city=line["city"],
        contributors=("Nike",),
        workers=workers,
        women_percent=women,
        vintage=vintage,
    )


def as_of(book: Book) -> date | None:
    """Return the last day of the month that the banner names, else what is known of the file."""
    for title in book.titles:
        if (found := BANNER.search(title)) and (month := month_number(found[1])):
            year = int(found[2])
            return date(year, month, monthrange(year, month)[1])
    return book.as_of


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return nothing: no figure is published from the list."""
    return ()
