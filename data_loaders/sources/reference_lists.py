"""Lists that come beside figures: known by their headings, and refused with what to do instead."""

from collections.abc import Iterator, Mapping
from typing import Any

from data_loaders.reading import Book, Report, tabular
from data_loaders.records import Figure

KIND = "reference_lists"

HEADER_ROWS = frozenset({"file", "sheet", "rows"})


def recognise(book: Book) -> bool:
    """Whether the headings are those of a list of config/sources, or the document has only such."""
    return _found(book) is not None or _is_header_rows(book)


def _found(book: Book) -> Mapping[str, Any] | None:
    for row in book.written.settings[KIND]["lists"]:
        if tabular.first_table(book, map(tabular.squeezed, row["headings"])):
            return dict(row)
    return None


def _is_header_rows(book: Book) -> bool:
    document = book.document
    return (
        isinstance(document, dict)
        and bool(document)
        and all(isinstance(x, dict) and x.keys() >= HEADER_ROWS for x in document.values())
    )


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Refuse the file, saying what it is; nothing is yielded."""
    for sheet in book.sheets:
        report.opened(len(sheet.rows))
        for row in sheet.rows:
            report.recognise(sheet.name, row.number, "row of a list")
    found = _found(book)
    what = found["what"] if found else "rows of headings of workbooks, without the figures"
    instead = found["instead"] if found else "load the workbooks themselves"
    report.refuse("", 0, "", "", f"a table of figures; this is {what}: {instead}")
    yield from ()
