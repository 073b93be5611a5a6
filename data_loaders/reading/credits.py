"""Which source a file is, and as of when: what config/sources declares, and the file's vintage."""

import re

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading.book import Book

UNDATED = (
    "no vintage in the file or its name: figures of the same cells that carry a vintage stay; "
    "name the day of the download with --as-of"
)
UNDATED_LIST = (
    "no day in the file or its name: what it says of a site gives way to a list that has one; "
    "name the day of the download with --as-of"
)
NAMED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)[ _-]?vintage", re.IGNORECASE)


def vintage_of(book: Book, stated: str = "") -> str:
    """Return as of when a file is: asked for, stated inside it, or in its name; "" if unknown."""
    if book.asked_as_of:
        return book.asked_as_of.isoformat()
    if stated:
        return stated
    if book.as_of:
        return book.as_of.isoformat()
    named = NAMED_YEAR.search(book.name)
    return named[1] if named else ""


def credit(book: Book, id_: str, known: SourceDeclaration | None, vintage: str = "") -> Source:
    """Return the source that a file is, as config/sources declares the id."""
    return Source(
        id=id_,
        publisher=known.publisher if known else "",
        title=known.title if known else id_.replace("_", " "),
        url=known.url if known else "",
        licence=known.licence if known else "",
        vintage=vintage_of(book, vintage),
        file=book.name,
        checksum=book.checksum,
    )
