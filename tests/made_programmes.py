"""Programmes made by a seed, with the shapes that give factories away."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from random import Random
from typing import Literal

from drafting import declared

from dashboard.model import Source
from data_loaders import measures
from data_loaders.publish import Inputs
from data_loaders.records import (
    Assessment,
    Attendance,
    BrandLink,
    CommitteeMember,
    Factory,
    FactoryName,
    Finding,
    Headcount,
    ImprovementItem,
    Origin,
    ProgressAnswer,
    Record,
    Spell,
)

HERE = Origin("enrolment", "made.xlsx", "Made", 2)
CUT_OFF = date(2026, 6, 30)
FIRST = date(2023, 5, 1)
EARLY = 13
"""So many factories are assessed before the first fiscal year ends: few, in a year of its own."""

STATUSES: tuple[Literal["pending", "in_progress", "completed"], ...] = (
    "pending",
    "in_progress",
    "completed",
)
ANSWERS: tuple[Literal["on_track", "moderate_progress", "no_progress"], ...] = (
    "on_track",
    "moderate_progress",
    "no_progress",
)
RATES = (0.03, 0.1, 0.35, 0.6, 0.9, 0.97)


@dataclass(frozen=True, eq=False)
class Made:
    """The records of a seed."""

    inputs: Inputs

    @cached_property
    def factories(self) -> dict[str, Factory]:
        return {r.factory: r for r in self.inputs.records if isinstance(r, Factory)}

    @cached_property
    def moves(self) -> dict[str, list[FactoryName]]:
        """Names and cities of the factories that changed them, oldest first."""
        rows = [r for r in self.inputs.records if isinstance(r, FactoryName)]
        return {r.factory: [m for m in rows if m.factory == r.factory] for r in rows}

    @cached_property
    def assessments(self) -> list[Assessment]:
        return [r for r in self.inputs.records if isinstance(r, Assessment)]

    @cached_property
    def findings(self) -> list[Finding]:
        return [r for r in self.inputs.records if isinstance(r, Finding)]

    @cached_property
    def suppliers(self) -> dict[str, set[str]]:
        links = [r for r in self.inputs.records if isinstance(r, BrandLink)]
        return {x.brand: {y.factory for y in links if y.brand == x.brand} for x in links}


@cache
def made(seed: int, size: tuple[int, int] = (40, 140)) -> Made:
    """Make a programme: one dominant exporter, a city with four factories, a small brand.

    In two seeds of three only one factory, or two of one owner, reports its workers in the last
    year, the first of its own; the others still stand in the sum as they were.
    """
    chance = Random(seed)  # noqa: S311  (made-up figures)
    count = chance.randint(*size)
    joining = seed % 3
    records: list[Record] = []
    for number in range(count):
        id_ = f"F-{number:03}"
        city = "faisalabad" if number < 4 else chance.choice(["karachi", "karachi", "lahore"])
        owner = f"G-{chance.randint(0, count * 3 // 4):03}"
        joins = number >= count - joining
        records += _factory(id_, "G-NEW" if joins else owner, "karachi" if joins else city)
        years = (2026,) if joins else (2024, 2025) if joining else (2024, 2025, 2026)
        records += _people(id_, 40_000 if number == 5 else chance.randint(80, 3000), years, chance)
        records += _assessments(id_, number < EARLY, chance)
        for more in (_moves, _training, _committee, _plan, _dialogue):
            records += more(id_, chance)
    records += _brands(count, chance)
    names = {s for measure in measures.discover().values() for s in measure.sources}
    sources = {n: Source(n, "The made programme", n, "", illustrative=True) for n in names}
    return Made(Inputs(tuple(records), (), sources, CUT_OFF, 10))


def year_before(them: Made) -> Made:
    """Return what was known of a programme a year earlier: a few answers were others then."""
    chance = Random(len(them.factories))  # noqa: S311  (made-up figures)
    day = CUT_OFF.replace(year=CUT_OFF.year - 1)
    late = {a.assessment for a in them.assessments if a.start > day}
    records = tuple(
        _otherwise(record) if chance.random() < 0.002 else record
        for record in them.inputs.records
        if _day_of(record) <= day and getattr(record, "assessment", "") not in late
    )
    return Made(replace(them.inputs, records=records, cut_off=day))


def _otherwise(record: Record) -> Record:
    if not isinstance(record, Finding):
        return record
    return replace(record, noncompliant=not record.noncompliant)


def _day_of(record: Record) -> date:
    for name in ("start", "as_of", "on", "since"):
        if day := getattr(record, name, None):
            return date.fromisoformat(f"{day}")
    return FIRST


def _factory(id_: str, owner: str, city: str) -> list[Record]:
    return [
        Factory(HERE, id_, f"Mills {id_}", owner, f"Mill {id_}", city, "denim"),
        Spell(HERE, id_, "active", FIRST, None),
    ]


def _moves(id_: str, chance: Random) -> list[Record]:
    """Make one factory in thirty move to Lahore."""
    if chance.random() < 29 / 30 or int(id_[2:]) < EARLY:
        return []
    return [FactoryName(HERE, id_, f"Mill {id_}", "lahore", date(2025, 1, chance.randint(1, 31)))]


def _people(id_: str, persons: int, years: tuple[int, ...], chance: Random) -> list[Record]:
    """Make a headcount a year of all, and of supervisors in most; one in ten is missing."""
    found: list[Record] = []
    for year in years:
        day = date(year, 3, 31)
        women = round(persons * chance.uniform(0.05, 0.4))
        unknown = chance.choice([0, 0, 0, 7])
        if len(years) == 1 or chance.random() < 0.9:
            found.append(Headcount(HERE, id_, day, "all", women, persons - women, unknown))
            heads = 1 + persons // 50
            if chance.random() < 0.7:
                led = chance.randint(0, heads)
                found.append(Headcount(HERE, id_, day, "supervisor", led, heads - led))
        persons += chance.randint(-20, 40)
    return found


def _training(id_: str, chance: Random) -> list[Record]:
    topics = chance.sample(list(declared().codelists["topic"].codes), 2)
    return [
        Attendance(
            *(HERE, f"S {day} {topic}", topic, day, "", "on_site", id_),
            *(chance.randint(0, 9), chance.randint(1, 25), 0),
        )
        for topic in topics
        for day in (date(2025, 2, chance.randint(1, 28)), date(2026, 2, chance.randint(1, 28)))
        if chance.random() < 0.6
    ]


def _committee(id_: str, chance: Random) -> list[Record]:
    women = chance.uniform(0.1, 0.5)
    return [
        CommitteeMember(
            *(HERE, id_, date(year, 6, 15), "worker", "f" if chance.random() < women else "m"),
            *(number == 0, None, None),
        )
        for year in (2025, 2026)
        for number in range(chance.randint(0, 8))
    ]


def _plan(id_: str, chance: Random) -> list[Record]:
    clusters = list(declared().codelists["cluster"].codes)
    return [
        ImprovementItem(
            *(HERE, f"{id_} {number}", id_, 1, chance.choice(clusters), "", status),
            *(FIRST, chance.choice([None, date(2026, 1, 1)]), None, date(2026, 6, 15)),
        )
        for number in range(chance.randint(0, 12))
        for status in (chance.choice(STATUSES),)
    ]


def _dialogue(id_: str, chance: Random) -> list[Record]:
    return [
        ProgressAnswer(HERE, id_, 1, "PR2", f"Q{number}", chance.choice(ANSWERS), CUT_OFF)
        for number in range(chance.choice([0, 5, 5]))
    ]


def _assessments(id_: str, early: bool, chance: Random) -> list[Record]:
    found: list[Record] = []
    day = FIRST + timedelta(days=chance.randint(0, 60) if early else chance.randint(62, 600))
    points = declared().codelists["compliance_point"].codes
    cycle = 1
    while day <= CUT_OFF:
        name = f"{id_}-{cycle}"
        found.append(Assessment(HERE, name, id_, cycle, day, "CAT 2.0", short_version=False))
        for number, (point, row) in enumerate(points.items()):
            rate = RATES[number % len(RATES)]
            if chance.random() < 0.97:
                answer = chance.random() < rate
                found.append(Finding(name, f"Q {point}", str(row["parent"]), point, answer))
        day += timedelta(days=chance.randint(320, 420))
        cycle += 1
    return found


def _brands(count: int, chance: Random) -> list[Record]:
    suppliers = (("small", 3, 0), ("middle", 8, 0), ("large", count // 3, EARLY - 4))
    return [
        BrandLink(HERE, f"F-{number:03}", brand, None, FIRST, None, consent=True)
        for brand, number_of, first in suppliers
        for number in chance.sample(range(first, count), min(number_of, count - first))
    ]
