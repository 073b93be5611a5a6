"""Days as people write them: by written rules, day before month, never guessed per cell."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from data_loaders.reading.normal import clean, digits

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun"),
            *("july jul", "august aug", "september sep sept", "october oct"),
            *("november nov", "december dec"),
        ),
        start=1,
    )
    for name in names.split()
}

ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ]00:00(?::00)?(?:\.0+)?Z?)?")
DAY_FIRST = re.compile(r"(?P<d>\d{1,2})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4})")
IN_WORDS = re.compile(r"(?P<d>\d{1,2})[ -](?P<m>[A-Za-z]{3,9})\.?,?[ -](?P<y>\d{4})")
STATED = re.compile(r"\bas (?:of|at|on) (?P<day>\d{1,2} [A-Za-z]{3,9} \d{4}|\d{4}-\d\d-\d\d)", re.I)

SERIAL = range(20_000, 80_000)
"""Whole numbers that a spreadsheet shows as days between 1954 and 2119."""

EPOCH = date(1899, 12, 30)


@lru_cache(maxsize=16384)
def parse(text: str) -> date | None:
    """Return the day of a text: 2024-07-01, 1/7/2024, 1.7.2024, 1 July 2024; None if it is none."""
    plain = digits(clean(text))
    for pattern in (ISO, DAY_FIRST, IN_WORDS):
        if found := pattern.fullmatch(plain):
            return _day(found["y"], found["m"], found["d"])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else MONTHS.get(month.casefold(), 0)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def serial(number: int) -> date | None:
    """Return the day of a spreadsheet's serial number, None outside 1954 to 2119."""
    return EPOCH + timedelta(days=number) if number in SERIAL else None


def day_of(value: date | datetime) -> date:
    """Return the day of a date or of a moment."""
    return value.date() if isinstance(value, datetime) else value


def as_of(title: str) -> date | None:
    """Return the day that a title states ("… as of 31 December 2023"), None if it states none."""
    found = STATED.search(digits(title))
    return parse(found["day"]) if found else None
