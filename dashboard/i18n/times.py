"""Period codes: M 2024-07, Q 2024-Q3, A 2024, FY FY2025, C C2, D 2024-07-01."""

import re
from typing import NamedTuple

CODE = re.compile(
    r"(?P<M>(?P<my>\d{4})-(?P<mm>0[1-9]|1[0-2]))|(?P<Q>(?P<qy>\d{4})-Q(?P<q>[1-4]))"
    r"|(?P<FY>FY(?P<fy>\d{4}))|(?P<C>C(?P<c>\d+))|(?P<A>\d{4})"
    r"|(?P<D>(?P<dy>\d{4})-(?P<dm>0[1-9]|1[0-2])-(?P<dd>0[1-9]|[12]\d|3[01]))"
)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
QUARTERS = ("Q1 {year}", "Q2 {year}", "Q3 {year}", "Q4 {year}")


class Period(NamedTuple):
    """A period in parts; `freq` is "" for a code that is none."""

    freq: str
    year: int = 0
    month: int = 0
    day: int = 0
    number: int = 0


def parse(code: str) -> Period:
    """Return the parts of a period code."""
    found = CODE.fullmatch(code)
    if found is None:
        return Period("")
    part = {name: value for name, value in found.groupdict().items() if value}
    freq = next(name for name in ("M", "Q", "FY", "C", "D", "A") if name in part)
    year = part.get({"M": "my", "Q": "qy", "FY": "fy", "D": "dy", "A": "A"}.get(freq, ""), "0")
    return Period(
        freq=freq,
        year=int(year),
        month=int(part.get("mm") or part.get("dm") or 0),
        day=int(part.get("dd") or 0),
        number=int(part.get("q") or part.get("c") or 0),
    )


def fiscal(year: int) -> str:
    """Return the fiscal year that ends in a year: 2025 is 2024/25."""
    return f"{year - 1}/{year % 100:02d}"
