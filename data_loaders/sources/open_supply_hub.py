"""Open Supply Hub: downloads of facilities, and lists in the shape that it takes.

Cells join several values with bars, one for each contributor, and not aligned across columns.
Columns with contacts of persons are dropped when the file is opened and are never stored.
"""

import csv
import io
from collections.abc import Iterator, Mapping

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, tabular
from data_loaders.reading.credits import UNDATED_LIST, vintage_of
from data_loaders.reading.supplier_lists import Place, in_pakistan, is_personal, parts
from data_loaders.records import ListedSite

KIND = "open_supply_hub"

DOWNLOAD = ("osid", "name", "countrycode")
TEMPLATE = ("country", "name", "address", "sector")
BRANDS: Mapping[str, tuple[str, ...]] = {"adidas": ("adidas",), "nike": ("nikeanylist",)}
"""Columns of prepared extracts that say which brand has a site on its lists."""

ANONYMOUS = ("A ", "An ")
"""How contributors begin who do not give their name: "A Brand / Retailer"."""


def recognise(book: Book) -> bool:
    """Whether the headings are those of a download, or country, name, address and sector."""
    return _table(book) is not None


def _table(book: Book) -> tabular.Table | None:
    return tabular.first_table(book, DOWNLOAD) or tabular.first_table(book, TEMPLATE)


def read(book: Book, report: Report) -> Iterator[ListedSite]:
    """Yield the sites in Pakistan; two ids are two sites, however alike their names are."""
    table = _table(book)
    if table is None:
        return
    tabular.account(book, table, report)
    if dropped := _personal(table):
        what = f"{len(dropped)} columns with contacts of persons are dropped and not stored"
        report.say(table.sheet.name, table.heading.number, "", "", what)
    vintage = vintage_of(book)
    if not vintage:
        report.say("", 0, "", "", UNDATED_LIST)
    needed = DOWNLOAD if table.columns.keys() >= set(DOWNLOAD) else TEMPLATE
    seen: dict[str, int] = {}
    for line in tabular.lines(table, report, needed):
        if not in_pakistan(book, line["countrycode"] or line["country"]):
            report.recognise(line.sheet, line.number, "other country")
        elif found := _site(line, Place(line, report), vintage):
            first = seen.setdefault(found.site, line.number)
            if first != line.number:
                wanted = f"one row for each site: row {first} is the same"
                report.refuse(line.sheet, line.number, "os_id", found.site, wanted)
            report.loaded(line.sheet, line.number)
            yield found
    tabular.refuse_nothing_of_ours(report, "sites in Pakistan")


def _personal(table: tabular.Table) -> frozenset[int]:
    return frozenset(n for n, heading in enumerate(table.headings) if is_personal(heading))


def _site(line: tabular.Cells, place: Place, vintage: str) -> ListedSite | None:
    before = len(place.report.problems)
    name, address = line["name"], line["address"] or line["addressasrecorded"]
    if not name:
        place.refuse("name", "", "a name")
    stated = line["numberofworkers"] or line["workersestmedian"]
    workers = place.workers("number_of_workers", stated)
    latitude = place.number("lat", line["lat"], -90, 90)
    longitude = place.number("lng", line["lng"], -180, 180)
    if len(place.report.problems) > before:
        return None
    return ListedSite(
        origin=line.origin(KIND, place.report.file),
        list=KIND,
        site=line["osid"] or f"{name} / {address}",
        name=name,
        address=address,
        city="",
        contributors=_contributors(line),
        workers=workers,
        latitude=latitude,
        longitude=longitude,
        closed=line["isclosed" if line["isclosed"] else "closed"].lower() == "true",
        vintage=vintage,
    )


def _contributors(line: tabular.Cells) -> tuple[str, ...]:
    named = [one for one in parts(line["contributorlist"]) if not one.startswith(ANONYMOUS)]
    flagged = [
        brand
        for brand, columns in BRANDS.items()
        if any(line[column].lower() == "true" for column in columns)
    ]
    return tuple(dict.fromkeys([*named, *flagged]))


def kept(book: Book) -> bytes | None:
    """Return the file as it is stored where columns had to be dropped, None if none had to."""
    table = _table(book)
    dropped = _personal(table) if table else frozenset()
    if table is None or not dropped:
        return None
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\n")
    for row in table.sheet.rows:
        cells = (cell for n, cell in enumerate(row.cells) if n not in dropped)
        out.writerow(["" if cell is None else tabular.text_of(cell) for cell in cells])
    return text.getvalue().encode()


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return nothing: no figure is published from the lists."""
    return ()
