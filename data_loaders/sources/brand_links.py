"""Which brand partner buys from which factory, and may see which cycle of it."""

from collections.abc import Iterator

from data_loaders.reading import Book, Report
from data_loaders.reading.books import read_forms
from data_loaders.reading.cells import Entry
from data_loaders.reading.headings import matches
from data_loaders.reading.once import Once
from data_loaders.records import BrandLink

KIND = "brand_links"


def recognise(book: Book) -> bool:
    """Whether the book has factories, brands and consent."""
    return matches(book, *book.written.forms[KIND].values())


def read(book: Book, report: Report) -> Iterator[BrandLink]:
    """Yield every link; no consent is ever assumed."""
    once = Once("factory", "brand", "cycle", "start")
    for _, entry in read_forms(book, report, *book.written.forms[KIND].values()):
        found = _link(entry)
        if found.end and found.end < found.start:
            entry.refuse("end", f"a day from {found.start} on")
        key = (found.factory, found.brand, str(found.cycle), found.start.isoformat())
        if once.first(entry, *key):
            yield found


def _link(entry: Entry) -> BrandLink:
    return BrandLink(
        origin=entry.origin(KIND),
        factory=entry.id("factory"),
        brand=entry.text("brand"),
        cycle=entry.cycle("cycle") if entry.plain("cycle") else None,
        start=entry.day("start"),
        end=entry.maybe_day("end"),
        consent=entry.yes("consent"),
    )
