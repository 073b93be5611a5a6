"""Published lists of suppliers: what their cells mean, and which columns are never kept."""

import re
from dataclasses import dataclass

from data_loaders.reading.book import Book
from data_loaders.reading.coded import is_number
from data_loaders.reading.problems import Report
from data_loaders.reading.tabular import Cells

RANGE = re.compile(r"(\d+)\s*-\s*(\d+)")
PERSONAL = re.compile(r"^claim|contact|e-?mail|phone|mobile|fax", re.IGNORECASE)
SEPARATOR = "|"


def is_personal(heading: str) -> bool:
    """Whether a column may hold contacts of persons: those of claims, mail and telephone."""
    return bool(PERSONAL.search(heading))


def in_pakistan(book: Book, country: str) -> bool:
    """Whether a country is Pakistan, by its codes and spellings in config/."""
    return book.written.code("country", country) == "pak" or country.upper() in ("PK", "PAK")


def parts(text: str) -> tuple[str, ...]:
    """Return the different values of a cell that joins several with bars, in order."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(SEPARATOR) if part.strip()))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem of a cell is reported."""

    line: Cells
    report: Report

    def refuse(self, heading: str, value: str, wanted: str) -> None:
        """Refuse a cell and with it the row."""
        self.report.refuse(self.line.sheet, self.line.number, heading, value, wanted)

    def workers(self, heading: str, text: str) -> tuple[float, float] | None:
        """Return the lowest and highest number of "93|93", "51-100" or "3524.0"."""
        numbers: list[float] = []
        for part in parts(text.replace(",", "")):
            found = RANGE.fullmatch(part)
            stated = list(found.groups()) if found else [part]
            if not all(is_number(one) and float(one) >= 0 for one in stated):
                self.refuse(heading, text, "numbers of workers, or ranges such as 51-100")
                return None
            numbers += map(float, stated)
        return (min(numbers), max(numbers)) if numbers else None

    def percent(self, heading: str, text: str) -> float | None:
        """Return a percentage with or without its sign; a fraction such as 0.12 is refused."""
        found = self.number(heading, text, 0, 100)
        if text.endswith("%"):
            self.report.normalised(self.line.sheet, heading, "percentages with their sign")
        if found is not None and 0 < found < 1:
            self.refuse(heading, text, "whole percentages as in the rest of the column, such as 12")
            return None
        return found

    def number(self, heading: str, text: str, least: float, most: float) -> float | None:
        """Return a number between two bounds, None where the cell is empty."""
        plain = text.removesuffix("%").strip()
        if not plain:
            return None
        if not is_number(plain) or not least <= float(plain) <= most:
            self.refuse(heading, text, f"a number from {least:g} to {most:g}, or nothing")
            return None
        return float(plain)
