"""State Bank of Pakistan, the workbook of exports by country: stacked headings, one row a country.

Columns are found by their labels ("May (P)" over "FY26"): single months, July to May, and whole
fiscal years. The unit is what the titles say. Marks (P) and (R) become flags.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, Row, stacked
from data_loaders.reading.coded import is_number
from data_loaders.reading.credits import credit, vintage_of
from data_loaders.reading.stacked import Stack, Window, stack_of, window_of
from data_loaders.reading.tabular import refuse_nothing_of_ours
from data_loaders.records import Figure, Origin

KIND = "sbp_countries"
SOURCE = "sbp_exports"

MAY = 5
EXPORTS = re.compile(r"\bexp(?:orts?)?\b", re.IGNORECASE)
IMPORTS = re.compile(r"\bimports?\b", re.IGNORECASE)
UNITS = ((re.compile(r"\bthousand|'000", re.IGNORECASE), 1e3), (re.compile("million", re.I), 1e6))

Freq = Literal["M", "FY"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is published: its label, and where its values belong."""

    position: int
    label: str
    measure: str
    freq: Freq
    period: str
    flags: tuple[str, ...]


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
    columns = list(_columns(stack, report))
    seen: dict[str, int] = {}
    at = frozenset(column.position for column in columns)
    for row in stacked.rows(stack, at, report):
        market = _market(row, book, stack, report)
        if market and _usable(row, (market, seen), (stack, columns), report):
            yield from _figures(row, market, book, (stack, columns, scale or 1.0))
    refuse_nothing_of_ours(report, "countries that have a code in config/codelists/market.yaml")


def _columns(stack: Stack, report: Report) -> Iterator[Column]:
    for position, label in stack.labels.items():
        window = window_of(label)
        column = _column(position, label, window) if window else None
        if column is None:
            report.say(stack.sheet.name, stack.last, label, "", "a column that is not published")
        else:
            yield column


def _column(position: int, label: str, window: Window) -> Column | None:
    if window.kind == "month":
        return Column(position, label, "exports_bop", "M", window.period, window.flags)
    if window.kind == "year":
        measure = "exports_bop_country_year"
        return Column(position, label, measure, "FY", window.period, window.flags)
    if window.until != MAY:
        return None
    flags = tuple(sorted({"incomplete", *window.flags}))
    return Column(position, label, "exports_bop_country_to_date", "FY", window.period, flags)


def _market(row: Row, book: Book, stack: Stack, report: Report) -> str | None:
    name = stacked.cell(row, stack.position)
    market = book.written.code("market", name) if name else None
    if market is None:
        report.recognise(stack.sheet.name, row.number, stacked.named(row, name, book))
    return market


def _usable(
    row: Row,
    at: tuple[str, dict[str, int]],
    table: tuple[Stack, list[Column]],
    report: Report,
) -> bool:
    market, seen = at
    stack, columns = table
    first = seen.setdefault(market, row.number)
    wrong = [c for c in columns if (text := stacked.cell(row, c.position)) and not is_number(text)]
    for column in wrong:
        value = stacked.cell(row, column.position)
        report.refuse(stack.sheet.name, row.number, column.label, value, "a number or nothing")
    if first != row.number:
        wanted = f"one row for each country: row {first} has the same code"
        report.refuse(stack.sheet.name, row.number, "Country", market, wanted)
    if wrong or first != row.number:
        return False
    report.loaded(stack.sheet.name, row.number)
    return True


def _figures(
    row: Row, market: str, book: Book, table: tuple[Stack, list[Column], float]
) -> Iterator[Figure]:
    stack, columns, scale = table
    for column in columns:
        if text := stacked.cell(row, column.position):
            yield Figure(
                origin=Origin(SOURCE, book.name, stack.sheet.name, row.number),
                measure=column.measure,
                freq=column.freq,
                time_period=column.period,
                key=(("market", market),),
                value=round(float(text) * scale, 2),
                unit="usd",
                flags=column.flags,
                vintage=vintage_of(book),
            )


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the State Bank's exports with the vintage of this file."""
    return (credit(book, SOURCE, declared.get(SOURCE)),)
