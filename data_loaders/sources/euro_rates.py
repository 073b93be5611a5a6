"""Rates of the euro, monthly or yearly, as DataHub passes them on from the US Federal Reserve.

The file prints euros for one dollar although its description says otherwise; we publish dollars
for one euro. The direction is asserted on years in which the two readings are far apart.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean
from typing import Literal

from data_loaders.reading import Book, cited
from data_loaders.records import Figure, Origin

KIND = "euro_rates"

COUNTRY = "Euro"
AMOUNTS = ("Exchange rate", "Value")

KNOWN: Mapping[str, float] = {"2008": 0.6791, "2018": 0.8462, "2021": 0.8453, "2024": 0.9242}
"""Yearly averages in euros for one dollar; their inverses lie at least 16 percent away."""

NEAR = 0.12


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
