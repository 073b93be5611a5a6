"""Time axes: where a period stands, which periods are missing between two, which get a tick."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from dashboard.charts import lettering
from dashboard.i18n import Locale

YEARS = (1, 2, 3, 5, 10, 20, 50)
MONTHS = (1, 2, 3, 6, 12, 24, 36, 60, 120)
QUARTERS = (1, 2, 4, 8, 12, 20)
REPORTED = 3
JULY = 7
DAYS_A_YEAR = 365.25


@lru_cache(maxsize=4096)
def position(period: str) -> float:
    """Return where a period stands on its axis: months, quarters, years or days are one apart."""
    if match := re.fullmatch(r"(\d{4})-(\d\d)", period):
        return int(match[1]) * 12 + int(match[2]) - 1
    if match := re.fullmatch(r"(\d{4})-Q(\d)", period):
        return int(match[1]) * 4 + int(match[2]) - 1
    if match := re.fullmatch(r"(?:FY|C)?(\d+)", period):
        return int(match[1])
    return date.fromisoformat(period).toordinal()


def position_of(day: str, freq: str) -> float | None:
    """Return where a date stands among periods; a date known to the month or year is its middle."""
    year = _fraction(day)
    places = {
        "M": year * 12 - 0.5,
        "Q": year * 4 - 0.5,
        "A": year - 0.5,
        "FY": year,
        "D": date(1, 1, 1).toordinal() + (year - 1) * DAYS_A_YEAR,
    }
    return places.get(freq)


def _fraction(day: str) -> float:
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    if len(parts) == 2:
        return parts[0] + (parts[1] - 0.5) / 12
    first = date(parts[0], 1, 1)
    return parts[0] + (date(*parts) - first).days / ((date(parts[0] + 1, 1, 1) - first).days)


def month_name(after_july: int, locale: Locale) -> str:
    """Return the short name of a month, counted from July, without its year."""
    month = (after_july + JULY - 1) % 12 + 1
    return _halves(locale.period_short(f"2024-{month:02d}"), "M")[0]


def before(period: str, freq: str) -> str:
    """Return the period that a change is against: a year earlier, cycle 1; "" for dates."""
    if freq in ("A", "FY"):
        head = "FY" if freq == "FY" else ""
        return f"{head}{int(period.removeprefix('FY')) - 1}"
    if freq in ("M", "Q"):
        return f"{int(period[:4]) - 1}{period[4:]}"
    return "C1" if freq == "C" and period != "C1" else ""


def follows(earlier: str, later: str, freq: str, step: float = 1) -> bool:
    """Whether no period is missing between two that are `step` apart; dates have none between."""
    return freq == "D" or position(later) - position(earlier) <= step


def cadence(periods: Sequence[str], freq: str) -> float:
    """Return how far apart periods stand: 3 for months that are reported once a quarter, else 1."""
    places = [position(period) for period in periods]
    apart = [later - earlier for earlier, later in pairwise(places)]
    return REPORTED if freq == "M" and len(apart) > 1 and min(apart) == REPORTED else 1


def july(month: str) -> str:
    """Return the first month of the fiscal year of a month."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year if number >= JULY else year - 1:04d}-07"


def ticks(
    periods: Sequence[str], freq: str, room: float, locale: Locale, size: float
) -> list[tuple[float, str]]:
    """Return places and texts of ticks; texts of that size in `room` px stay apart."""
    if freq == "C" or len(periods) < 2:
        return [(position(period), locale.period_short(period)) for period in periods]
    if freq == "D":
        return _years(periods, room, locale, size)
    first, last = int(position(periods[0])), int(position(periods[-1]))
    step = _stride(first, last, freq, room / (_widest(freq, locale, size) + 1.3 * size))
    chosen = [place for place in range(first, last + 1) if place % step == 0]
    texts = _texts(chosen, freq, step, locale)
    return list(zip(map(float, chosen), texts, strict=True))


def _widest(freq: str, locale: Locale, size: float) -> float:
    example = {"M": "2024-12", "Q": "2024-Q4", "FY": "FY2025"}.get(freq, "2024")
    return lettering.widest(_halves(locale.period_short(example), freq), size)


def _stride(first: int, last: int, freq: str, at_most: float) -> int:
    steps = {"M": MONTHS, "Q": QUARTERS}.get(freq, YEARS)
    return next((s for s in steps if (last - first) / s <= max(at_most, 2) - 1), steps[-1])


def _texts(places: Sequence[int], freq: str, step: int, locale: Locale) -> list[str]:
    if freq in ("A", "FY"):
        return [locale.period_short(_period(place, freq)) for place in places]
    parts = {"M": 12, "Q": 4}[freq]
    if step % parts == 0:
        return [locale.period_short(f"{place // parts:04d}") for place in places]
    return [
        "\n".join(_halves(locale.period_short(_period(place, freq)), freq)[: 2 if new else 1])
        for place, new in zip(places, _new_years(places, parts), strict=True)
    ]


def _new_years(places: Sequence[int], parts: int) -> list[bool]:
    years = [place // parts for place in places]
    return [i == 0 or year != years[i - 1] for i, year in enumerate(years)]


def _halves(text: str, freq: str) -> list[str]:
    """Split "Jul 2024" into month and year, whatever stands first."""
    year = re.search(r"\u2066?\d{4}\u2069?", text) if freq in ("M", "Q") else None
    if year is None:
        return [text]
    return [text.replace(year[0], "").strip(" ,\u060c"), year[0]]


def _years(
    periods: Sequence[str], room: float, locale: Locale, size: float
) -> list[tuple[float, str]]:
    first, last = int(periods[0][:4]), int(periods[-1][:4])
    step = _stride(first, last, "A", room / (_widest("A", locale, size) + 1.3 * size))
    chosen = [year for year in range(first, last + 2) if year % step == 0]
    return [(float(date(y, 1, 1).toordinal()), locale.period_short(f"{y:04d}")) for y in chosen]


def _period(place: int, freq: str) -> str:
    if freq == "M":
        return f"{place // 12:04d}-{place % 12 + 1:02d}"
    if freq == "Q":
        return f"{place // 4:04d}-Q{place % 4 + 1}"
    return f"FY{place}" if freq == "FY" else str(place)
