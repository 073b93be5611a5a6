"""Programmes made by a seed, with the shapes that give factories away."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from drafting import declared

from dashboard.model import Source
from data_loaders import measures
from data_loaders.publish import Inputs
from data_loaders.records import (
    Assessment,
    BrandLink,
    Factory,
    Finding,
    Headcount,
    Origin,
    Record,
    Spell,
)

HERE = Origin("enrolment", "made.xlsx", "Made", 2)
CUT_OFF = date(2026, 6, 30)
FIRST = date(2023, 5, 1)
EARLY = 13
"""So many factories are assessed before the first fiscal year ends: few, in a year of its own."""

RATES = (0.03, 0.1, 0.35, 0.6, 0.9, 0.97)


@dataclass(frozen=True)
class Made:
    """The records of a seed."""

    inputs: Inputs

    @property
    def factories(self) -> dict[str, Factory]:
        return {r.factory: r for r in self.inputs.records if isinstance(r, Factory)}

    @property
    def assessments(self) -> list[Assessment]:
        return [r for r in self.inputs.records if isinstance(r, Assessment)]

    @property
    def findings(self) -> list[Finding]:
        return [r for r in self.inputs.records if isinstance(r, Finding)]

    @property
    def suppliers(self) -> dict[str, set[str]]:
        links = [r for r in self.inputs.records if isinstance(r, BrandLink)]
        return {x.brand: {y.factory for y in links if y.brand == x.brand} for x in links}


@cache
def made(seed: int, size: tuple[int, int] = (40, 140)) -> Made:
    """Make a programme: one dominant exporter, a city with four factories, a small brand."""
    chance = Random(seed)  # noqa: S311  (made-up figures)
    count = chance.randint(*size)
    records: list[Record] = []
    for number in range(count):
        id_ = f"F-{number:03}"
        city = "faisalabad" if number < 4 else chance.choice(["karachi", "karachi", "lahore"])
        owner = f"G-{chance.randint(0, count * 3 // 4):03}"
        records += _factory(id_, owner, city)
        records += _people(id_, 40_000 if number == 5 else chance.randint(80, 3000), chance)
        records += _assessments(id_, number < EARLY, chance)
    records += _brands(count, chance)
    names = {s for measure in measures.discover().values() for s in measure.sources}
    sources = {n: Source(n, "The made programme", n, "", illustrative=True) for n in names}
    return Made(Inputs(tuple(records), (), sources, CUT_OFF, 10))


def _factory(id_: str, owner: str, city: str) -> list[Record]:
    return [
        Factory(HERE, id_, f"Mills {id_}", owner, f"Mill {id_}", city, "denim"),
        Spell(HERE, id_, "active", FIRST, None),
    ]


def _people(id_: str, persons: int, chance: Random) -> list[Record]:
    found: list[Record] = []
    for year in (2024, 2025, 2026):
        women = round(persons * chance.uniform(0.05, 0.4))
        found.append(Headcount(HERE, id_, date(year, 3, 31), "all", women, persons - women))
        persons += chance.randint(-20, 40)
    return found


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
