"""Pakistan Bureau of Statistics, exports of selected commodities by customs records.

Stacked headings: a month, or July to a month, over quantity, rupees and dollars. Only the columns
in dollars are read, in the unit that their heading says. Lines of a group are parts of it.
"""

import re
from collections.abc import Iterator, Mapping

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, stacked
from data_loaders.reading.credits import credit
from data_loaders.reading.stacked import Stack, Window, stack_of, window_of
from data_loaders.reading.stacked_columns import Column, Published
from data_loaders.reading.tabular import refuse_nothing_of_ours
from data_loaders.records import Figure

KIND = "pbs_exports"

LABELS = ("commodities", "commodity")
DOLLARS = re.compile(r"\$|\bUSD\b|dollar", re.IGNORECASE)
CHANGE = re.compile(r"%|change", re.IGNORECASE)
THOUSAND = re.compile(r"\b000\b|thousand", re.IGNORECASE)
MILLION = re.compile(r"mill?ion|\bmln\b", re.IGNORECASE)
NUMBERED = re.compile(r"^\s*(?:[A-Za-z]|\d{1,2})\s*[.)]\s*")
PROVISIONAL = re.compile(r"provisional", re.IGNORECASE)
IMPORTS = re.compile(r"\bimports?\b", re.IGNORECASE)
EXPORTS = re.compile(r"\bexports?\b", re.IGNORECASE)


def recognise(book: Book) -> bool:
    """Whether a sheet has commodities under stacked headings with months and dollars."""
    return _stack(book) is not None


def _stack(book: Book) -> Stack | None:
    for sheet in book.sheets:
        for label in LABELS:
            found = stack_of(sheet, label)
            if found and any(_in_dollars(text) and _window(text) for text in found.labels.values()):
                return found
    return None


def _in_dollars(label: str) -> bool:
    return bool(DOLLARS.search(label)) and not CHANGE.search(label)


def _window(label: str) -> Window | None:
    return window_of(MILLION.sub(" ", THOUSAND.sub(" ", label)))


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield exports by product of the textile group; other commodities are recognised."""
    stack = _stack(book)
    if stack is None:
        return
    stacked.account(book, stack, report)
    if IMPORTS.search(stack.titles) and not EXPORTS.search(stack.titles):
        wanted = "exports, by the titles of the sheet: imports are not published here"
        report.refuse(stack.sheet.name, 0, "", stack.titles, wanted)
    columns = list(_columns(stack, report))
    published = Published(book, report, stack, columns, KIND, "product", "Commodities")
    for row in published.rows():
        name = stacked.cell(row, stack.position)
        product = book.written.code("product", NUMBERED.sub("", name)) if name else None
        if product is None:
            reason = stacked.named(row, name, book)
            report.recognise(stack.sheet.name, row.number, reason)
        else:
            yield from published.figures(row, product)
    refuse_nothing_of_ours(report, "products that have a code in config/codelists/product.yaml")


def _columns(stack: Stack, report: Report) -> Iterator[Column]:
    provisional = bool(PROVISIONAL.search(stack.titles))
    newest = True
    for position, label in stack.labels.items():
        window = _window(label) if _in_dollars(label) else None
        if window is None:
            continue
        scale = 1e3 if THOUSAND.search(label) else 1e6 if MILLION.search(label) else 0.0
        if not scale:
            wanted = "the unit of the column: thousand or million dollars"
            report.refuse(stack.sheet.name, stack.last, label, "", wanted)
        flags = {*window.flags, *(("p",) if provisional and newest else ())}
        newest = False
        yield _column(position, label, (window, scale), tuple(sorted(flags)))


def _column(position: int, label: str, at: tuple[Window, float], flags: tuple[str, ...]) -> Column:
    window, scale = at
    if window.kind == "month":
        return Column(position, label, scale, "pbs_month", "M", window.period, flags)
    if window.kind == "year":
        return Column(position, label, scale, "pbs_year", "FY", window.period, flags)
    year = int(window.period.removeprefix("FY")) - (window.until >= 7)
    month = f"{year}-{window.until:02}"
    return Column(position, label, scale, "pbs_to_date", "M", month, flags)


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the Bureau's exports with the vintage of this file."""
    return (credit(book, KIND, declared.get(KIND)),)
