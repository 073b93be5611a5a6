"""Fiscal years as people write them: July to June, named by the year in which they end.

FY2024, FY24, FY 2023-24, 2023-24, 2023/2024 and "July 2023 to June 2024" are one year. A year alone
("2024") is none: it may be of the calendar. Two years that do not follow each other are none.
"""

import re

from data_loaders.periods import month_number
from data_loaders.reading.normal import clean, digits

NAMES = r"(?:FY|F\.\s?Y\.|(?:fiscal|financial)\s+year|مالی سال)"
FROM_TO = re.compile(
    rf"(?:\b(?P<name>{NAMES})\s?[-:]?\s?|\b)"
    r"(?P<first>(?:19|20)\d\d)\s?[-–/]\s?(?P<second>\d{4}|\d{2})\b",
    re.IGNORECASE,
)
ENDING = re.compile(rf"\b{NAMES}\s?[-:]?\s?(?P<end>\d{{4}}|\d{{2}})\b", re.IGNORECASE)
IN_MONTHS = re.compile(
    r"\b(?P<start>[A-Za-z]{3,9})\.?,?\s?(?P<first>\d{4})\s?(?:[-–]|to)\s?"
    r"(?P<until>[A-Za-z]{3,9})\.?,?\s?(?P<second>\d{4})\b"
)
MONTH = re.compile(r"\d{4}[-/](?:0\d|1[0-2])")
"""What may be a month as well: "2011-12"."""


def taken(text: str) -> tuple[int | None, str]:
    """Return the year in which a fiscal year within a text ends, and the text without it."""
    if found := FROM_TO.search(text):
        year = int(found["first"]) + 1
        follows = found["second"] in (str(year), f"{year % 100:02}")
        return year if follows else None, _without(text, found)
    if found := ENDING.search(text):
        end = found["end"]
        return int(end) if len(end) == 4 else 2000 + int(end), _without(text, found)
    return None, text


def months(text: str) -> tuple[int, int] | None:
    """Return the fiscal year and the last month of "July 2023 to May 2024", None if it is none."""
    found = IN_MONTHS.search(text)
    start, until = (month_number(found[name]) for name in ("start", "until")) if found else (0, 0)
    if found is None or start != 7 or until is None:
        return None
    year = int(found["second"]) + (until >= 7)
    return (year, until) if int(found["first"]) + 1 == year else None


def parse(text: str) -> int | None:
    """Return the year in which the fiscal year ends that a text is, None if it is none."""
    plain = digits(clean(text))
    if IN_MONTHS.fullmatch(plain):
        year, until = months(plain) or (None, 0)
        return year if until == 6 else None
    year, rest = taken(plain)
    return None if rest.strip() or MONTH.fullmatch(plain) else year


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
