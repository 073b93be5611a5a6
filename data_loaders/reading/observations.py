"""Observations of statistical data sets (SDMX, JSON-stat, ILOSTAT): which of them are ours.

`settings` of a source in config/sources name the data flows, the codes that a dimension must have
(`where`), and how dimensions become ours (`keys`: to a code list, or code by code). Everything
else of a data set is recognised and left out: totals are never added to their parts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from data_loaders.reading.book import Book
from data_loaders.reading.coded import FLAGS, is_number
from data_loaders.reading.credits import UNDATED
from data_loaders.reading.problems import Report
from data_loaders.reading.tabular import refuse_nothing_of_ours
from data_loaders.reading.wide import wrong_percent
from data_loaders.records import Figure, Origin

FLOW_ID = re.compile(r"^(?:.*[:=])?([^:=()]+?)(?:\([^()]*\))?$")
"""The id within "ESTAT:DS-045409(1.0)"."""

PERIOD = re.compile(r"(?P<y>\d{4})(?:-?(?P<q>Q[1-4])|-M?(?P<m>0[1-9]|1[0-2])|M(?P<n>\d\d))?")

DIGITS = 6
"""Decimals that are kept: a scale leaves noise behind them."""

LISTS = {"product": "hs", "country": "iso3"}
"""Code lists of ours that a dimension may be mapped by, and the attribute with its codes."""

Freq = Literal["A", "Q", "M"]


@dataclass(frozen=True, slots=True)
class Observation:
    """One value with its dimensions (ids in capitals), period, and flags as published."""

    sheet: str
    row: int
    flow: str
    dimensions: Mapping[str, str]
    period: str
    value: str
    flags: str = ""
    column: str = "OBS_VALUE"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A source of config/sources that takes its figures from data flows."""

    source: str
    flows: frozenset[str]
    where: Mapping[str, frozenset[str]]
    keys: Mapping[str, tuple[str, Mapping[str, str]]]
    fixed: tuple[tuple[str, str], ...]
    measure: str
    unit: str
    scale: float

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions that a data flow must have."""
        return frozenset({*self.where, *self.keys})


def flow_id(text: str) -> str:
    """Return the bare id of a data flow in capitals."""
    found = FLOW_ID.match(text.strip())
    return (found[1] if found else text).strip().upper()


def wanted_of(book: Book) -> tuple[Wanted, ...]:
    """Return what config/sources takes from data flows."""
    rows = book.written.settings.items()
    return tuple(_wanted(book, source, row) for source, row in rows if "flows" in row)


def _wanted(book: Book, source: str, row: Mapping[str, Any]) -> Wanted:
    return Wanted(
        source=source,
        flows=frozenset(flow.upper() for flow in row["flows"]),
        where={name: frozenset(codes) for name, codes in row.get("where", {}).items()},
        keys={
            name: (key["dimension"], key.get("codes") or _codes(book, key["dimension"]))
            for name, key in row.get("keys", {}).items()
        },
        fixed=tuple(row.get("fixed", {}).items()),
        measure=row["measure"],
        unit=row["unit"],
        scale=row.get("scale", 1),
    )


def _codes(book: Book, dimension: str) -> Mapping[str, str]:
    attribute = LISTS[dimension]
    rows = book.written.codes[dimension].items()
    return {_first(row[attribute]): code for code, row in rows if attribute in row}


def _first(value: str | list[str]) -> str:
    return value if isinstance(value, str) else value[0]


@dataclass
class Observed:
    """The observations of one file as they are read."""

    book: Book
    report: Report
    vintage: str
    wanted: tuple[Wanted, ...] = field(init=False)
    seen: dict[tuple[object, ...], int] = field(default_factory=dict)
    flows: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.wanted = wanted_of(self.book)
        if not self.vintage:
            self.report.say("", 0, "", "", UNDATED)

    def take(self, one: Observation) -> Iterator[Figure]:
        """Yield the figure of an observation if it is one of ours; settle its row."""
        flow = flow_id(one.flow)
        self.flows.add(flow)
        of_flow = [wanted for wanted in self.wanted if flow in wanted.flows]
        for wanted in of_flow:
            key = _key(wanted, one.dimensions)
            if key is not None:
                yield from self._figure(one, wanted, key)
                return
        reason = "other cell of the data set" if of_flow else "other data set"
        self.report.recognise(one.sheet, one.row, reason)

    def _figure(
        self, one: Observation, wanted: Wanted, key: tuple[tuple[str, str], ...]
    ) -> Iterator[Figure]:
        found = period_of(one.period)
        if found is None:
            self._refuse(one, "TIME_PERIOD", one.period, "2024, 2024-Q1 or 2024-07")
        elif int(found[1][:4]) > self._last_year():
            self.report.recognise(one.sheet, one.row, "forecast")
        elif one.value and not _right(one.value, wanted.unit):
            want = "a number, of percent between 0 and 100, or nothing"
            self._refuse(one, one.column, one.value, want)
        elif self._first((wanted.measure, *found, key), one):
            self.report.loaded(one.sheet, one.row)
            freq, period = found
            yield Figure(
                origin=Origin(wanted.source, self.book.name, one.sheet, one.row),
                measure=wanted.measure,
                freq=freq,
                time_period=period,
                key=key,
                value=round(float(one.value) * wanted.scale, DIGITS) if one.value else None,
                unit=wanted.unit,
                status="A" if one.value else "x",
                flags=tuple(sorted(FLAGS & set(one.flags.lower()))),
                vintage=self.vintage,
            )

    def _last_year(self) -> int:
        stated = self.vintage[:4]
        return int(stated) if stated.isdigit() else self.book.latest.year

    def _first(self, cell: tuple[object, ...], one: Observation) -> bool:
        first = self.seen.setdefault(cell, one.row)
        if first != one.row:
            want = f"one row for each cell: row {first} fills the same"
            self._refuse(one, one.column, one.value, want)
        return first == one.row

    def _refuse(self, one: Observation, column: str, value: str, wanted: str) -> None:
        self.report.refuse(one.sheet, one.row, column, value, wanted)

    def finish(self) -> None:
        """Refuse a file without anything of ours, saying which data sets it holds."""
        flows = sorted(flow for wanted in self.wanted for flow in wanted.flows)
        sets = ", ".join(sorted(self.flows)) or "no data set"
        wanted = f"cells that config/sources names, of {', '.join(flows)}; the file has {sets}"
        refuse_nothing_of_ours(self.report, wanted)


def _key(wanted: Wanted, dimensions: Mapping[str, str]) -> tuple[tuple[str, str], ...] | None:
    """Return our key of a cell, None if it is not one that the source takes."""
    if any(dimensions.get(name, "") not in codes for name, codes in wanted.where.items()):
        return None
    key = dict(wanted.fixed)
    for name, (dimension, codes) in wanted.keys.items():
        code = codes.get(dimensions.get(name, ""))
        if code is None:
            return None
        key[dimension] = code
    return tuple(sorted(key.items()))


def _right(text: str, unit: str) -> bool:
    return is_number(text) and not wrong_percent(unit, float(text))


def period_of(text: str) -> tuple[Freq, str] | None:
    """Return frequency and period of 2024, 2024-Q1, 2024Q1, 2024-07, 2024-M07 or 2024M07."""
    found = PERIOD.fullmatch(text)
    if found is None:
        return None
    if found["q"]:
        return "Q", f"{found['y']}-{found['q']}"
    if month := found["m"] or found["n"]:
        return ("M", f"{found['y']}-{month}") if 1 <= int(month) <= 12 else None
    return "A", found["y"]


def flow_of(book: Book, said: Iterable[str], dimensions: Iterable[str]) -> str:
    """Return the data flow of a message: what it says, else the one that has its dimensions."""
    flows = [text for text in said if text]
    known = {flow for wanted in wanted_of(book) for flow in wanted.flows}
    named = next((flow for flow in flows if flow_id(flow) in known), "")
    has = frozenset(dimensions)
    alike = (w for w in wanted_of(book) if w.dimensions and w.dimensions <= has)
    found = named or next((flow for wanted in alike for flow in wanted.flows), "")
    return found or next(iter(flows), "")


def sources_of(book: Book, flows: set[str]) -> tuple[str, ...]:
    """Return the sources of config/sources that take figures from any of these data flows."""
    ids = {flow_id(flow) for flow in flows}
    return tuple(wanted.source for wanted in wanted_of(book) if ids & wanted.flows)
