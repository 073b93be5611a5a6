"""State Bank of Pakistan, monthly averages of interbank rates: rupees for a dollar and a euro.

Either a table with a date, or the Bank's own archive (IBF_Arch.xls): a sheet of monthly averages
with month and year in the first two columns and a column for each currency. A fiscal year is the
mean of its twelve months, and there is none while a month is missing.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from statistics import fmean

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.periods import last_day, month_number, months_of, period_of
from data_loaders.reading import Book, Report, Sheet, tabular
from data_loaders.reading.coded import PERIODS, is_number
from data_loaders.reading.credits import UNDATED, credit, vintage_of
from data_loaders.reading.tabular import squeezed
from data_loaders.records import Figure

KIND = "sbp_exchange_rates"

NEEDED = ("date", "usd", "eur")
ARCHIVE = {"usd": ("usdollar", "usadollar"), "eur": ("euro", "eur")}
"""How the archive heads the currencies; the one of the United States stands below its country."""

AVERAGES = "monthlyavg"
"""How the name of its sheet of monthly averages begins; others hold days and ends of months."""

MONTH = re.compile(PERIODS["M"])
SERIES = {
    "usd": ("fx_pkr_per_usd", "pkr_per_usd"),
    "eur": ("fx_pkr_per_eur", "pkr_per_eur"),
}

KNOWN: Mapping[str, float] = {"2021": 162.6, "2022": 204.5, "2023": 280.0, "2024": 278.5}
"""Yearly averages in rupees for one dollar: the other direction would be below 0.01."""

NEAR = 0.12


def recognise(book: Book) -> bool:
    """Whether the headings are a date and currencies, the dollar and the euro among them."""
    return _table(book) is not None


def _table(book: Book) -> tabular.Table | None:
    archives = (_archive(s) for s in book.sheets if squeezed(s.name).startswith(AVERAGES))
    return tabular.first_table(book, NEEDED) or next(filter(None, archives), None)


def _archive(sheet: Sheet) -> tabular.Table | None:
    for euro in ARCHIVE["eur"]:
        for dollar in ARCHIVE["usd"]:
            found = tabular.table_of(sheet, (dollar, euro))
            if found and min(found.columns[dollar], found.columns[euro]) > 1:
                columns = {"month": 0, "year": 1, "usd": found.columns[dollar]}
                return replace(found, columns={**columns, "eur": found.columns[euro]})
    return None


def _months(table: tabular.Table, report: Report) -> Iterator[tuple[tabular.Cells, str]]:
    """Yield every row with its month; in the archive, rows of other periods are recognised."""
    if "date" in table.columns:
        yield from ((line, line["date"]) for line in tabular.lines(table, report, NEEDED))
        return
    for line in tabular.lines(table, report, ("month", "year", *SERIES)):
        number = month_number(line["month"])
        if number is None:
            report.recognise(line.sheet, line.number, "other period")
        elif line["usd"] and not line["eur"]:
            report.recognise(line.sheet, line.number, "before the euro")
        else:
            year = line["year"] if tabular.YEAR.fullmatch(line["year"]) else "?"
            yield line, f"{year}-{number:02}"


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield the rate of every month, and the mean of every whole fiscal year."""
    table = _table(book)
    if table is None:
        return
    tabular.account(book, table, report)
    vintage = vintage_of(book)
    if not vintage:
        report.say("", 0, "", "", UNDATED)
    rates: dict[str, dict[str, Figure]] = defaultdict(dict)
    for line, month in _months(table, report):
        if _right(line, month, rates["usd"], report):
            report.loaded(line.sheet, line.number)
            for name, (measure, unit) in SERIES.items():
                place = line.origin(KIND, book.name)
                value = float(line[name])
                rates[name][month] = Figure(
                    place, measure, "M", month, (), value, unit, vintage=vintage
                )
    if wanted := turned_round(rates["usd"]):
        report.refuse("", 0, "USD", "", wanted)
    for by_month in rates.values():
        yield from by_month.values()
        yield from _years(by_month)


def _right(line: tabular.Cells, month: str, months: Mapping[str, Figure], report: Report) -> bool:
    wrong = {"date": "" if MONTH.fullmatch(month) else "a month such as 2024-07"}
    if month in months:
        first = months[month].origin.row
        wrong["date"] = f"one row a month: row {first} is the same"
    for name in SERIES:
        above = is_number(line[name]) and float(line[name]) > 0
        wrong[name] = "" if above else f"rupees for one {name.upper()}"
    for column, wanted in wrong.items():
        if wanted:
            value = month if column == "date" else line[column]
            report.refuse(line.sheet, line.number, column, value, wanted)
    return not any(wrong.values())


def turned_round(by_month: Mapping[str, Figure]) -> str:
    """Return why the direction cannot be right, or "" if the known years confirm it."""
    known = {
        month: (figure.value or 0.0, KNOWN[month[:4]])
        for month, figure in by_month.items()
        if month[:4] in KNOWN
    }
    if not known:
        return f"a month of {', '.join(KNOWN)}, to check the direction with"
    given = fmean(value for value, _ in known.values())
    expected = fmean(mean for _, mean in known.values())
    if abs(given - expected) > NEAR * expected:
        return f"about {expected:.0f} rupees for one dollar in these months, not {given:.4f}"
    return ""


def _years(by_month: Mapping[str, Figure]) -> Iterator[Figure]:
    ends = {period_of(_first_day(month), "FY") for month in by_month}
    for year in sorted(ends):
        months = [by_month[m] for m in months_of(year) if m in by_month]
        if len(months) == 12:
            mean = fmean(figure.value or 0.0 for figure in months)
            last = by_month[f"{last_day(year):%Y-%m}"]
            yield replace(last, freq="FY", time_period=year, value=mean)


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the State Bank's rates with the vintage of this file."""
    return (credit(book, KIND, declared.get(KIND)),)
