"""The made-up factories: where, whose, how large, since when, and what became of them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from data_loaders.illustrative.curves import chances, days, later, shares

START, END = date(2022, 7, 1), date(2026, 9, 30)

JOINED = (
    (START, 0),
    (date(2022, 12, 31), 14),
    (date(2023, 6, 30), 33),
    (date(2023, 12, 31), 63),
    (date(2024, 6, 30), 96),
    (date(2024, 12, 31), 107),
    (date(2025, 6, 30), 117),
    (date(2025, 10, 31), 121),
    (END, 133),
)
"""Published: over 30 in the first year, over 94 in mid-2024, 121 factories in October 2025."""

FIRST = 121
CITIES = (("karachi", 60), ("lahore", 40), ("faisalabad", 21))
CITIES_LATER = (("karachi", 6), ("lahore", 4), ("faisalabad", 2))

SECTORS = {
    "karachi": (
        ("woven", 30),
        ("knitwear", 25),
        ("denim", 25),
        ("home_textiles", 10),
        ("footwear", 10),
    ),
    "lahore": (
        ("knitwear", 45),
        ("denim", 25),
        ("woven", 15),
        ("footwear", 10),
        ("home_textiles", 5),
    ),
    "faisalabad": (("home_textiles", 55), ("knitwear", 35), ("woven", 10)),
}
GROUPS = (5, 5, 4, 4, 4, 3, 3, 3, 3, *[2] * 11)
"""Factories of the larger owner groups; everybody else has one."""

GIANT, GIANT_WORKERS = 8, 21_000
MEDIAN, SPREAD, SMALLEST = 1_000, 0.75, 140


@dataclass(frozen=True)
class Stretch:
    """A status with its first day and the day on which it ended (None: it lasts)."""

    status: str
    start: date
    end: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Plant:
    """One made-up factory."""

    number: int
    joined: date
    city: str
    sector: str = ""
    owner: int = 0
    workers: int = 0
    weakness: float = 0.0
    stretches: tuple[Stretch, ...] = ()
    moved: tuple[str, date] | None = None
    renamed: date | None = field(default=None)

    @property
    def id(self) -> str:
        """The factory's id in every file."""
        return f"SF-{self.number:03}"

    def name(self, day: date = START) -> str:
        """Return the name on a day."""
        new = " (new name)" if self.renamed and self.renamed <= day else ""
        return f"Sample Factory {self.number:03}{new}"

    @property
    def since(self) -> date:
        """The first day on which it was active."""
        return next(s.start for s in self.stretches if s.status == "active")

    def active(self, day: date) -> bool:
        """Whether it takes part on a day."""
        return any(
            s.status == "active" and s.start <= day and (s.end is None or day < s.end)
            for s in self.stretches
        )

    @property
    def gone(self) -> date | None:
        """The day it left, None if it did not."""
        return next((s.start for s in self.stretches if s.status == "left"), None)


def plants(seed: int) -> tuple[Plant, ...]:
    """Return every factory that ever joins, in the order of joining."""
    draw = chances(seed, "plants")
    where = shares(CITIES, draw) + shares(CITIES_LATER, draw)
    joined = days(JOINED, draw)
    bare = [Plant(n, day, city) for n, (day, city) in enumerate(zip(joined, where, strict=True), 1)]
    bare[GIANT - 1] = replace(bare[GIANT - 1], city="lahore")
    owners = dict(_owners(bare, chances(seed, "owners")))
    made = [_described(plant, owners[plant.number], draw) for plant in bare]
    return tuple(_eventful(made, chances(seed, "events")))


def _described(plant: Plant, owner: int, draw: Random) -> Plant:
    names, weights = zip(*SECTORS[plant.city], strict=True)
    size = MEDIAN * math.exp(draw.gauss(0, SPREAD))
    workers = GIANT_WORKERS if plant.number == GIANT else max(SMALLEST, round(size))
    return replace(
        plant,
        sector=draw.choices(names, weights)[0],
        owner=owner,
        workers=workers,
        weakness=draw.gauss(0, 0.55),
        stretches=_stretches(plant.joined, draw),
    )


def _stretches(joined: date, draw: Random) -> tuple[Stretch, ...]:
    active = min(later(joined, draw, 14, 70), END)
    return (Stretch("registered", joined, active), Stretch("active", active))


def _owners(plants: Sequence[Plant], draw: Random) -> Iterator[tuple[int, int]]:
    """Yield (factory, owner): larger groups within a city first, then one each, newcomers last."""
    free = {city: [p.number for p in plants[:FIRST] if p.city == city] for city, _ in CITIES}
    owner = 0
    for owner, size in enumerate(GROUPS, start=1):
        city = draw.choices([name for name, _ in CITIES], [n for _, n in CITIES])[0]
        city = max(free, key=lambda c: len(free[c])) if len(free[city]) < size else city
        for number in draw.sample(free[city], size):
            free[city].remove(number)
            yield number, owner
    for number in sorted(number for numbers in free.values() for number in numbers):
        owner += 1
        yield number, owner
    for number in range(FIRST + 1, len(plants) + 1):
        if number % 3:
            owner += 1
        yield number, owner if number % 3 else number % len(GROUPS) + 1


def _eventful(made: list[Plant], draw: Random) -> Iterator[Plant]:
    """Some leave, some pause, one is renamed, one moves from Lahore to Faisalabad."""
    early = [p.number for p in made[:80] if p.number != GIANT]
    special = draw.sample(early, 12)
    leavers, pausing = set(special[:7]), set(special[7:10])
    movers = [p.number for p in made[:60] if p.city == "lahore" and p.number not in special]
    moving = next(number for number in movers if number != GIANT)
    for plant in made:
        if plant.number in leavers:
            yield _leaving(plant, draw)
        elif plant.number in pausing:
            yield _paused(plant, draw)
        elif plant.number == special[10]:
            yield replace(plant, renamed=date(2024, 11, 4))
        elif plant.number == moving:
            yield replace(plant, moved=("faisalabad", date(2025, 3, 3)))
        else:
            yield plant


def _leaving(plant: Plant, draw: Random) -> Plant:
    registered, active = plant.stretches
    left = later(active.start, draw, 300, 620)
    reason = draw.choice(["Production closed", "No longer sells to a partner", "Own decision"])
    last = Stretch("left", left, None, reason)
    return replace(plant, stretches=(registered, replace(active, end=left), last))


def _paused(plant: Plant, draw: Random) -> Plant:
    registered, active = plant.stretches
    pause = later(active.start, draw, 240, 420)
    back = later(pause, draw, 110, 200)
    return replace(
        plant,
        stretches=(
            registered,
            replace(active, end=pause),
            Stretch("suspended", pause, back, "Access not given"),
            Stretch("active", back),
        ),
    )
