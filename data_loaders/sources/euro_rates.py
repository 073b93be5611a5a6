"""Rates of the euro, monthly or yearly, as DataHub passes them on from the US Federal Reserve.

The file prints euros for one dollar although its description says otherwise; we publish dollars
for one euro. The direction is asserted on years in which the two readings are far apart.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import fmean
from typing import Literal

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, cited
from data_loaders.reading.coded import PERIODS, is_number
from data_loaders.records import Figure, Origin

KIND = "euro_rates"

COUNTRY = "Euro"
AMOUNTS = ("Exchange rate", "Value")

KNOWN: Mapping[str, float] = {"2008": 0.6791, "2018": 0.8462, "2021": 0.8453, "2024": 0.9242}
"""Yearly averages in euros for one dollar; their inverses lie at least 16 percent away."""

NEAR = 0.12

DAY = re.compile(PERIODS["D"])

MEASURES: Mapping[bool, tuple[str, Literal["M", "A"]]] = {
    True: ("fx_usd_per_eur_month", "M"),
    False: ("fx_usd_per_eur", "A"),
}
"""Measure and frequency, by whether the rates are monthly."""

SOURCES = {True: "us_federal_reserve_fx_month", False: "us_federal_reserve_fx"}
"""The source as config/sources declares it, by whether the rates are monthly."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate as printed: euros for one dollar, and the place it was printed at."""

    day: str
    euros: Decimal
    place: Origin


def recognise(book: Book) -> bool:
    """Whether the headings are Date, Country and a rate, and the euro is among the countries."""
    named = any(cited.headed(book, ("Date", "Country", amount)) for amount in AMOUNTS)
    return named and any(row["Country"] == COUNTRY for _, row in cited.rows(book))


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield the rates of the euro; rows of other countries are recognised and left out."""
    cited.account(book, report)
    rates = list(_rates(book, report))
    if rates and (wanted := turned_round(rates)):
        report.refuse("", 0, _amount(book), "", wanted)
    measure, freq = MEASURES[is_monthly(book)]
    yield from figures(rates, measure, freq)


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the one source of the file: the monthly or the yearly averages."""
    id_ = _source_id(book)
    known = declared.get(id_)
    source = Source(id=id_, publisher=known.publisher if known else "", title=id_)
    if known:
        vintage = str((known.model_extra or {}).get("vintage", ""))
        source = Source(id_, known.publisher, known.title, known.url, known.licence, vintage)
    return (replace(source, file=book.name, checksum=book.checksum),)


def is_monthly(book: Book) -> bool:
    """Whether the euro has more than one rate in any year."""
    years = Counter(row["Date"][:4] for _, row in cited.rows(book) if row["Country"] == COUNTRY)
    return any(count > 1 for count in years.values())


def _amount(book: Book) -> str:
    return next(name for name in AMOUNTS if cited.headed(book, (name,)))


def _source_id(book: Book) -> str:
    return SOURCES[is_monthly(book)]


def _rates(book: Book, report: Report) -> Iterator[Rate]:
    amount, source = _amount(book), _source_id(book)
    seen: dict[str, int] = {}
    for place, row in cited.rows(book):
        if row["Country"] != COUNTRY:
            report.recognise(place.sheet, place.row, "other country")
            continue
        first = seen.setdefault(row["Date"], place.row)
        wrong = {
            "Date": "" if DAY.fullmatch(row["Date"]) else "a day such as 2024-01-01",
            "Country": "" if first == place.row else f"one rate a day: row {first} is the same",
            amount: "" if _is_rate(row[amount]) else "a number above 0: euros for one dollar",
        }
        for column, wanted in wrong.items():
            if wanted:
                report.refuse(place.sheet, place.row, column, row[column], wanted)
        if not any(wrong.values()):
            report.loaded(place.sheet, place.row)
            yield Rate(row["Date"], Decimal(row[amount]), replace(place, source=source))


def _is_rate(text: str) -> bool:
    return is_number(text) and Decimal(text) > 0


def figures(rates: Iterable[Rate], measure: str, freq: Literal["M", "A"]) -> Iterator[Figure]:
    """Yield dollars for one euro, with every digit that a float holds."""
    for rate in rates:
        yield Figure(
            origin=rate.place,
            measure=measure,
            freq=freq,
            time_period=rate.day[: 7 if freq == "M" else 4],
            key=(),
            value=float(1 / rate.euros),
            unit="usd_per_eur",
        )


def turned_round(rates: Iterable[Rate]) -> str:
    """Return why the direction cannot be right, or "" if a known year confirms it."""
    years: dict[str, list[float]] = {}
    for rate in rates:
        years.setdefault(rate.day[:4], []).append(float(rate.euros))
    known = {year: fmean(years[year]) for year in KNOWN if year in years}
    if not known:
        return f"no year among {', '.join(KNOWN)} to check the direction with"
    for year, mean in known.items():
        if abs(mean - KNOWN[year]) > NEAR * KNOWN[year]:
            return f"about {KNOWN[year]} euros for one dollar in {year}, not {mean:.4f}"
    return ""
