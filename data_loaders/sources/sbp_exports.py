"""State Bank of Pakistan, exports of goods in the balance of payments, as text or JSON.

Totals by month, and by country the latest months and July to date, all in millions of US dollars.
Two lists spell countries differently and overlap: the second is used for countries that only it
has. Parts of a country ("U. A. E. Dubai") have codes of their own and are never added to it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, Sheet, tabular
from data_loaders.reading.coded import PERIODS, is_number
from data_loaders.reading.credits import UNDATED, credit, vintage_of
from data_loaders.reading.stacked import window_of
from data_loaders.records import Figure, Origin

KIND = "sbp_exports"

TOTALS = ("date", "imports", "exports", "balance")
BY_COUNTRY = "countryMonthly.countries"
TOP = "topExportCountries"
MONTH = re.compile(PERIODS["M"])
MILLION = 1e6

PLAUSIBLE = (200.0, 50_000.0)
"""Exports of a month in millions of US dollars: anything outside is in another unit."""

MAY = 5
"""The series by country to date is that from July to May."""

Freq = Literal["M", "FY"]
Flags = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list of countries: the months it stands for."""

    measure: str
    freq: Freq
    period: str
    flags: Flags


def recognise(book: Book) -> bool:
    """Whether a table has date, imports, exports and balance."""
    return tabular.first_table(book, TOTALS) is not None


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield exports by month, and by country where the file has them."""
    for note in book.notes:
        report.say("", 0, "", "", note)
    reading = Reading(book, report, stated(book))
    if not reading.vintage:
        report.say("", 0, "", "", UNDATED)
    for sheet in sorted(book.sheets, key=lambda sheet: sheet.name == TOP):
        report.opened(len(sheet.rows))
        yield from reading.sheet(sheet)


def stated(book: Book) -> Mapping[str, Any]:
    """Return the texts beside the lists of a JSON document."""
    return book.document if isinstance(book.document, dict) else {}


@dataclass
class Reading:
    """One file as it is read."""

    book: Book
    report: Report
    stated: Mapping[str, Any]
    vintage: str = field(init=False)
    filled: set[tuple[str, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.vintage = vintage_of(self.book, str(self.stated.get("lastUpdated", "")))

    def sheet(self, sheet: Sheet) -> Iterator[Figure]:
        """Yield the figures of one list and settle its rows."""
        totals = tabular.table_of(sheet, TOTALS)
        if totals:
            yield from self.totals(totals)
        elif sheet.name in (BY_COUNTRY, TOP) and (table := tabular.table_of(sheet, ("country",))):
            columns = self.monthly_columns() if sheet.name == BY_COUNTRY else self.top_columns()
            yield from self.countries(table, columns)
        else:
            for row in sheet.rows:
                self.report.recognise(sheet.name, row.number, "not exports")

    def totals(self, table: tabular.Table) -> Iterator[Figure]:
        """Yield the exports of each month; the balance of a row must be exports less imports."""
        self._above(table)
        lines = list(tabular.lines(table, self.report, TOTALS))
        last = max((line["date"] for line in lines), default="")
        seen: dict[str, int] = {}
        for line in lines:
            first = seen.setdefault(line["date"], line.number)
            if self._right(line, first):
                self.report.loaded(line.sheet, line.number)
                column = Column("exports_bop", "M", line["date"], ())
                flags = ("p",) if line["date"] == last else ()
                yield self._figure(line, column, (), line["exports"], flags)

    def _right(self, line: tabular.Cells, first: int) -> bool:
        wrong = {
            "date": "" if MONTH.fullmatch(line["date"]) else "a month such as 2024-07",
            "exports": "" if _plausible(line["exports"]) else "a month's exports in US$ million",
            "balance": "" if _balanced(line) else "exports less imports",
        }
        if first != line.number:
            wrong["date"] = f"one row a month: row {first} is the same"
        for column, wanted in wrong.items():
            if wanted:
                self.report.refuse(line.sheet, line.number, column, line[column], wanted)
        return not any(wrong.values())

    def monthly_columns(self) -> dict[str, Column]:
        """Return the columns of the list of latest months and July to date."""
        beside = self.stated["countryMonthly"]
        columns = {
            f"exports{name}": Column("exports_bop", "M", str(beside.get(label, "")), flags)
            for name, label, flags in (
                ("latest", "latestMonth", ("p",)),
                ("prev", "prevMonth", ("r",)),
                ("yearago", "yearAgoMonth", ()),
            )
            if MONTH.fullmatch(str(beside.get(label, "")))
        }
        to_date = {
            "exportsfytd": self._to_date(str(beside.get("fytdLabel", "")), ("incomplete", "p")),
            "exportsfytdprior": self._to_date(
                str(beside.get("fytdPriorLabel", "")), ("incomplete",)
            ),
        }
        return columns | {name: column for name, column in to_date.items() if column}

    def top_columns(self) -> dict[str, Column]:
        """Return the one column of the list of the largest countries."""
        label = str(self.stated.get("exportCountryPeriod", ""))
        column = self._to_date(label, ("incomplete",))
        return {"value": column} if column else {}

    def _to_date(self, label: str, flags: Flags) -> Column | None:
        window = window_of(label)
        if window is None or window.kind != "to_date" or window.until != MAY:
            self.report.say("", 0, "", label, "left out: the series is that from July to May")
            return None
        marks = tuple(sorted({*flags, *window.flags}))
        return Column("exports_bop_country_to_date", "FY", window.period, marks)

    def countries(self, table: tabular.Table, columns: Mapping[str, Column]) -> Iterator[Figure]:
        """Yield the figures of countries that have a code; each country from one list only."""
        self._above(table)
        known = frozenset(self.filled)
        for line in tabular.lines(table, self.report, ("country",)):
            market = self.book.written.code("market", line["country"])
            there = {column: line[name] for name, column in columns.items() if line[name]}
            if market is None:
                self.report.recognise(line.sheet, line.number, "country without a code of ours")
                continue
            fresh = {c: text for c, text in there.items() if _cell(market, c) not in known}
            if not fresh:
                reason = "country of another list" if there else "without a value"
                self.report.recognise(line.sheet, line.number, reason)
            elif self._usable(line, fresh, market):
                self.report.loaded(line.sheet, line.number)
                for column, text in fresh.items():
                    yield self._figure(line, column, (("market", market),), text)

    def _usable(self, line: tabular.Cells, values: Mapping[Column, str], market: str) -> bool:
        cells = {_cell(market, column) for column in values}
        wrong = [text for text in values.values() if not is_number(text)]
        for text in wrong:
            self.report.refuse(line.sheet, line.number, line["country"], text, "US$ million")
        twice = bool(cells & self.filled)
        if twice:
            wanted = "one row for each country: another one has the same code"
            self.report.refuse(line.sheet, line.number, "country", line["country"], wanted)
        self.filled |= cells
        return not twice and not wrong

    def _above(self, table: tabular.Table) -> None:
        for row in table.sheet.rows:
            if row.number <= table.heading.number:
                reason = "heading" if row.number == table.heading.number else "title"
                self.report.recognise(table.sheet.name, row.number, reason)

    def _figure(
        self,
        line: tabular.Cells,
        column: Column,
        key: tuple[tuple[str, str], ...],
        text: str,
        also: Flags = (),
    ) -> Figure:
        return Figure(
            origin=Origin(KIND, self.book.name, line.sheet, line.number),
            measure=column.measure,
            freq=column.freq,
            time_period=column.period,
            key=key,
            value=round(float(text) * MILLION, 2),
            unit="usd",
            flags=(*column.flags, *also),
            vintage=self.vintage,
        )


def _cell(market: str, column: Column) -> tuple[str, str, str]:
    return market, column.measure, column.period


def _plausible(text: str) -> bool:
    return is_number(text) and PLAUSIBLE[0] <= float(text) <= PLAUSIBLE[1]


def _balanced(line: tabular.Cells) -> bool:
    texts = [line[name] for name in ("exports", "imports", "balance")]
    if not all(is_number(text) for text in texts):
        return False
    exports, imports, balance = map(float, texts)
    return abs(exports - imports - balance) <= 1.5


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the State Bank's exports with the vintage of this file."""
    vintage = str(stated(book).get("lastUpdated", ""))
    return (credit(book, KIND, declared.get(KIND), vintage),)
