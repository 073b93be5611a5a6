"""Time periods: July to June fiscal years, quarters, months; which are complete at a date."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from dashboard.catalogue import Freq


def period_of(day: date, freq: Freq) -> str:
    """Return the period of a frequency that a day lies in ("2024-07", "FY2025", …)."""
    match freq:
        case "M":
            return f"{day:%Y-%m}"
        case "Q":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case "A":
            return str(day.year)
        case "FY":
            return f"FY{day.year + (day.month >= 7)}"
        case _:
            return day.isoformat()


def last_day(period: str) -> date:
    """Return the last day of a month, quarter, calendar or fiscal year."""
    if period.startswith("FY"):
        return date(int(period[2:]), 6, 30)
    year, _, part = period.partition("-")
    month = 12 if not part else int(part[1:]) * 3 if part.startswith("Q") else int(part)
    return date(int(year) + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def months(first: str, last: str) -> Iterator[str]:
    """Yield the months from first to last, both included."""
    day, end = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")
    while day <= end:
        yield f"{day:%Y-%m}"
        day = (day + timedelta(days=32)).replace(day=1)


def span(first: str, last: str, freq: Freq) -> list[str]:
    """Return every period of a frequency from first to last, both included."""
    if freq in ("A", "FY"):
        head = "FY" if freq == "FY" else ""
        years = range(int(first.removeprefix("FY")), int(last.removeprefix("FY")) + 1)
        return [f"{head}{year}" for year in years]
    if freq == "M":
        return list(months(first, last))
    if freq == "Q":
        ends = months(f"{last_day(first):%Y-%m}", f"{last_day(last):%Y-%m}")
        return list(dict.fromkeys(period_of(last_day(month), "Q") for month in ends))
    return [first] if first == last else [first, last]


def months_of(period: str) -> list[str]:
    """Return the months of a quarter, calendar or fiscal year."""
    end = last_day(period)
    count = 3 if "Q" in period else 12
    return list(months(f"{_back(end, count - 1):%Y-%m}", f"{end:%Y-%m}"))


def _back(day: date, months_back: int) -> date:
    index = day.year * 12 + day.month - 1 - months_back
    return date(index // 12, index % 12 + 1, 1)


def before(period: str, by: str) -> str:
    """Return the period to compare with: the same one a year before, or the previous one."""
    freq: Freq = "FY" if period.startswith("FY") else "M" if len(period) == 7 else "A"
    if "Q" in period:
        freq = "Q"
    end = last_day(period)
    if by == "year":
        return period_of(_back(end, 12), freq)
    return period_of(_back(end, {"M": 1, "Q": 3}.get(freq, 12)), freq)


MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
DATED = re.compile(r"(?<!\d)(\d{4}-\d\d(?:-\d\d)?)(?!\d)")
NAMED_MONTH = re.compile(r"\b([a-z]{3,9})\.?,? ((?:19|20)\d\d)\b")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def month_number(word: str) -> int | None:
    """Return 1 to 12 for "May", "sept" or "JULY", None for another word."""
    low = word.casefold().strip(". ")
    found = [n for n, name in enumerate(MONTHS, start=1) if len(low) > 2 and name.startswith(low)]
    return found[0] if len(found) == 1 else None


@cache
def vintage_order(vintage: str) -> tuple[str, str]:
    """Return what sorts vintages by time: "July 2026" is "2026-07", undated ones come first.

    A vintage that names only a year stands before those that name a month or day of it.
    """
    if dated := DATED.search(vintage):
        return dated[1], vintage
    for word, year in NAMED_MONTH.findall(vintage.casefold()):
        if number := month_number(word):
            return f"{year}-{number:02}", vintage
    year_alone = YEAR.search(vintage)
    return year_alone[1] if year_alone else "", vintage
