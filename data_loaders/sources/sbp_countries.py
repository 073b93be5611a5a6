"""State Bank of Pakistan, the workbook of exports by country: stacked headings, one row a country.

Columns are found by their labels ("May (P)" over "FY26"): single months, July to May, and whole
fiscal years. The unit is what the titles say. Marks (P) and (R) become flags.
"""

import re
from collections.abc import Iterator, Mapping

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, Row, stacked
from data_loaders.reading.credits import credit
from data_loaders.reading.stacked import Stack, Window, stack_of, window_of
from data_loaders.reading.stacked_columns import Column, Published
from data_loaders.reading.tabular import refuse_nothing_of_ours
from data_loaders.records import Figure

KIND = "sbp_countries"
SOURCE = "sbp_exports"

MAY = 5
EXPORTS = re.compile(r"\bexp(?:orts?)?\b", re.IGNORECASE)
IMPORTS = re.compile(r"\bimports?\b", re.IGNORECASE)
UNITS = ((re.compile(r"\bthousand|'000", re.IGNORECASE), 1e3), (re.compile("million", re.I), 1e6))


def recognise(book: Book) -> bool:
    """Whether a sheet has a column of countries under stacked headings of months and years."""
    return _stack(book) is not None


def _stack(book: Book) -> Stack | None:
    for sheet in book.sheets:
        found = stack_of(sheet, "country")
        if found and sum(window_of(label) is not None for label in found.labels.values()) > 1:
            return found
    return None


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield exports by country; totals, notes and countries without a code are recognised."""
    stack = _stack(book)
    if stack is None:
        return
    stacked.account(book, stack, report)
    scale = next((scale for unit, scale in UNITS if unit.search(stack.titles)), None)
    if IMPORTS.search(stack.titles) or not EXPORTS.search(stack.titles):
        wanted = "exports, by the titles of the sheet: other payments are not published here"
        report.refuse(stack.sheet.name, 0, "", stack.titles, wanted)
    if scale is None:
        wanted = "the unit in the titles: thousand or million US dollars"
        report.refuse(stack.sheet.name, 0, "", stack.titles, wanted)
    columns = list(_columns(stack, scale or 1.0, report))
    published = Published(book, report, stack, columns, SOURCE, "market", "Country")
    for row in published.rows():
        if market := _market(row, book, stack, report):
            yield from published.figures(row, market)
    refuse_nothing_of_ours(report, "countries that have a code in config/codelists/market.yaml")


def _columns(stack: Stack, scale: float, report: Report) -> Iterator[Column]:
    for position, label in stack.labels.items():
        window = window_of(label)
        column = _column((position, label, scale), window) if window else None
        if column is None:
            report.say(stack.sheet.name, stack.last, label, "", "a column that is not published")
        else:
            yield column


def _column(at: tuple[int, str, float], window: Window) -> Column | None:
    if window.kind == "month":
        return Column(*at, "exports_bop", "M", window.period, window.flags)
    if window.kind == "year":
        return Column(*at, "exports_bop_country_year", "FY", window.period, window.flags)
    if window.until != MAY:
        return None
    flags = tuple(sorted({"incomplete", *window.flags}))
    return Column(*at, "exports_bop_country_to_date", "FY", window.period, flags)


def _market(row: Row, book: Book, stack: Stack, report: Report) -> str | None:
    name = stacked.cell(row, stack.position)
    market = book.written.code("market", name) if name else None
    if market is None:
        report.recognise(stack.sheet.name, row.number, stacked.named(row, name, book))
    return market


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the State Bank's exports with the vintage of this file."""
    return (credit(book, SOURCE, declared.get(SOURCE)),)
