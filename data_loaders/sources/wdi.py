"""World Development Indicators of the World Bank: bundles, long form, answers of the API.

Bundles of an indicator or a country have titles, then one row for each country and indicator with a
column for each year. Rows are found by the codes of country and indicator, never by names: the
aggregate MEA now carries Pakistan in its name. config/sources names the indicator of each source.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, tabular, wide
from data_loaders.reading.coded import is_number
from data_loaders.reading.credits import UNDATED, credit, vintage_of
from data_loaders.records import Figure

KIND = "wdi"

WIDE = ("countryname", "countrycode", "indicatorname", "indicatorcode")
LONG = ("indicatorcode", "countrycode", "year", "value")
ANSWER = {"indicatorcode": "indicatorid", "countrycode": "countryiso3code", "year": "date"}
"""How an answer of the API, version 2, names the columns of the long form."""

OURS = "PAK"
UPDATED = "Last Updated Date"


@dataclass(frozen=True, slots=True)
class Series:
    """A source of config/sources that is one indicator; `by_country` keeps other countries too."""

    source: str
    measure: str
    key: tuple[tuple[str, str], ...]
    unit: str
    by_country: bool


def recognise(book: Book) -> bool:
    """Whether the headings are those of a bundle or of the long form."""
    return _table(book) is not None


def _table(book: Book) -> tabular.Table | None:
    found = tabular.first_table(book, WIDE)
    if found and found.years:
        return found
    return tabular.first_table(book, LONG) or _answer(book)


def _answer(book: Book) -> tabular.Table | None:
    """Return the observations of an answer of the API as a table of the long form."""
    found = tabular.first_table(book, (*ANSWER.values(), "value"))
    if found is None or not isinstance(book.document, list):
        return None
    named = {name: found.columns[theirs] for name, theirs in ANSWER.items()}
    return replace(found, columns={**found.columns, **named})


def _head(book: Book) -> Mapping[str, Any]:
    """Return what an answer of the API says of itself: pages, and the day of the last update."""
    head = book.document[0] if isinstance(book.document, list) and book.document else {}
    return head if isinstance(head, dict) else {}


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield the figures of the indicators and countries that config/ names."""
    table = _table(book)
    if table is None:
        return
    tabular.account(book, table, report)
    if (pages := _head(book).get("pages", 1)) != 1:
        wanted = f"all observations in one answer, not page 1 of {pages}: ask with per_page=20000"
        report.refuse(table.sheet.name, 0, "", "", wanted)
    reading = Reading(book, report, table)
    if not reading.vintage:
        report.say("", 0, "", "", UNDATED)
    for line in tabular.lines(table, report, WIDE if reading.wide else LONG):
        yield from reading.take(line)
    wanted = f"Pakistan (PAK) and one of {', '.join(sorted(reading.series))}"
    tabular.refuse_nothing_of_ours(report, wanted)


class Reading:
    """One file as it is read: what config/ wants of it, and which rows came already."""

    def __init__(self, book: Book, report: Report, table: tabular.Table) -> None:
        self.book, self.report, self.table = book, report, table
        self.wide = table.columns.keys() >= set(WIDE)
        self.series = declared_series(book)
        self.vintage = vintage_of(book, updated(book, table))
        codes = book.written.codes["country"].items()
        self.countries = {str(row["iso3"]): code for code, row in codes if "iso3" in row}
        self.seen: dict[tuple[str, ...], int] = {}

    def take(self, line: tabular.Cells) -> Iterator[Figure]:
        """Yield the figures of a row and settle it."""
        series = self.series.get(line["indicatorcode"])
        country = line["countrycode"]
        if series is None:
            self.report.recognise(line.sheet, line.number, "other indicator")
        elif country != OURS and not (series.by_country and country in self.countries):
            self.report.recognise(line.sheet, line.number, "other country or aggregate")
        elif self._first(line):
            given = self._given(line, series)
            if self.wide:
                yield from wide.figures(line, self.table.years, self.report, 1.0, **given)
            else:
                yield from self._one(line, given)

    def _first(self, line: tabular.Cells) -> bool:
        key = (line["indicatorcode"], line["countrycode"], line["year"])
        first = self.seen.setdefault(key, line.number)
        if first != line.number:
            again = f"one row for each country and indicator: row {first} is the same"
            self.report.refuse(line.sheet, line.number, "Country Code", key[1], again)
        return first == line.number

    def _given(self, line: tabular.Cells, series: Series) -> dict[str, Any]:
        key = dict(series.key)
        if series.by_country:
            key["country"] = self.countries[line["countrycode"]]
        return {
            "origin": line.origin(series.source, self.book.name),
            "measure": series.measure,
            "key": tuple(sorted(key.items())),
            "unit": series.unit,
            "vintage": self.vintage,
        }

    def _one(self, line: tabular.Cells, given: dict[str, Any]) -> Iterator[Figure]:
        year, text = line["year"], line["value"]
        if not text:
            self.report.recognise(line.sheet, line.number, "without a value")
        elif not tabular.YEAR.fullmatch(year):
            self.report.refuse(line.sheet, line.number, "Year", year, "a year such as 2024")
        elif not is_number(text) or wide.wrong_percent(given["unit"], float(text)):
            self.report.refuse(line.sheet, line.number, "Value", text, wide.NUMBER)
        else:
            self.report.loaded(line.sheet, line.number)
            yield Figure(freq="A", time_period=year, value=round(float(text), wide.DIGITS), **given)


def declared_series(book: Book) -> dict[str, Series]:
    """Return the sources of config/sources that are World Development Indicators, by code."""
    return {
        str(row["wdi"]): Series(
            source,
            row["measure"],
            tuple(sorted(row.get("key", {}).items())),
            row["unit"],
            bool(row.get("by_country")),
        )
        for source, row in book.written.settings.items()
        if "wdi" in row
    }


def updated(book: Book, table: tabular.Table) -> str:
    """Return the day that a bundle or an answer states, "" in the long form."""
    if said := _head(book).get("lastupdated"):
        return str(said)
    titles = table.titles
    place = titles.index(UPDATED) if UPDATED in titles else len(titles)
    return titles[place + 1] if place + 1 < len(titles) else ""


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return one source for each indicator that the file holds."""
    table = _table(book)
    if table is None:
        return ()
    series, at = declared_series(book), table.columns["indicatorcode"]
    codes = {row.cells[at] for row in table.rows if len(row.cells) > at}
    ids = sorted(series[str(code)].source for code in codes if str(code) in series)
    return tuple(credit(book, id_, declared.get(id_), updated(book, table)) for id_ in ids)
