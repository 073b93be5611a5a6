"""Made-up people: headcounts by role, and members of committees. Numbers only, no names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data_loaders.illustrative.curves import chances, later
from data_loaders.illustrative.plants import END, GIANT, Plant
from data_loaders.reading.blanks import Cells

WOMEN = 0.12
"""Women among all workers: about an eighth, as for the suppliers that one brand publishes."""

BY_SECTOR = {"woven": 1.7, "knitwear": 1.0, "denim": 0.9, "home_textiles": 0.55, "footwear": 0.6}
BY_CITY = {"karachi": 1.25, "lahore": 0.95, "faisalabad": 0.6}
YEARLY = 1.025
"""A little more women each year."""

ROLES = (("operator", 0.72, 1.05), ("supervisor", 0.045, 0.42), ("manager", 0.018, 0.38))
"""Share of all workers in a role; women in it compared with women among all."""

UNSPLIT = 0.04
LARGEST_SHARE = 0.6


def women_shares(plants: Sequence[Plant], seed: int) -> dict[int, float]:
    """Return each factory's share of women in mid-2025, about an eighth over all workers."""
    draw = chances(seed, "women")
    raw = {
        p.number: BY_SECTOR[p.sector] * BY_CITY[p.city] * draw.uniform(0.45, 1.75) for p in plants
    }
    workers = {p.number: p.workers for p in plants if p.number != GIANT}
    mean = sum(raw[n] * workers[n] for n in workers) / sum(workers.values())
    shares = {n: min(raw[n] * WOMEN / mean, LARGEST_SHARE) for n in workers}
    return shares | {GIANT: WOMEN}


def headcounts(plants: Sequence[Plant], seed: int) -> list[Cells]:
    """Return a count on joining and one every year after, by role."""
    shares = women_shares(plants, seed)
    rows = (row for plant in plants for row in _counts(plant, shares[plant.number], seed))
    return sorted(rows, key=lambda row: (str(row["as_of"]), str(row["factory"])))


def _counts(plant: Plant, share: float, seed: int) -> Iterator[Cells]:
    draw = chances(seed, f"headcount/{plant.number}")
    last = plant.gone or END
    day, size = plant.joined, float(plant.workers)
    while day <= last:
        women = share * YEARLY ** ((day - date(2025, 6, 30)).days / 365) * draw.uniform(0.95, 1.05)
        yield from _roles(plant, day, (round(size), women), draw)
        size *= draw.uniform(0.95, 1.08)
        day = later(day, draw, 330, 380)


def _roles(plant: Plant, day: date, crowd: tuple[int, float], draw: Random) -> Iterator[Cells]:
    workers, share = crowd
    base: Cells = {"factory": plant.id, "as_of": day}
    if draw.random() < UNSPLIT:
        yield {**base, "role": "all", "women": None, "men": None, "not_recorded": workers}
        return
    women = round(workers * share)
    yield {**base, "role": "all", "women": women, "men": workers - women, "not_recorded": 0}
    for role, part, less in ROLES:
        persons = max(2, round(workers * part * draw.uniform(0.9, 1.1)))
        them = min(women, round(persons * min(share * less, 1) + draw.random() - 0.5), persons)
        them = max(them, 0)
        yield {**base, "role": role, "women": them, "men": persons - them, "not_recorded": 0}


@dataclass(frozen=True)
class Member:
    """A member of a committee and the days between which they sit."""

    plant: Plant
    side: str
    title: str
    chair: bool
    joined: date
    left: date | None


def members(plants: Sequence[Plant], seed: int) -> list[Member]:
    """Return everybody who ever sits on a committee."""
    return [m for plant in plants for m in _committee(plant, chances(seed, f"picc/{plant.number}"))]


def _committee(plant: Plant, draw: Random) -> Iterator[Member]:
    formed = later(plant.since, draw, 45, 150)
    seats = 2 + min(4, plant.workers // 600)
    for side, women in (("worker", 0.24), ("management", 0.13)):
        for seat in range(seats):
            yield from _seat(plant, (side, women, seat == 0), formed, draw)


def _seat(
    plant: Plant, seat: tuple[str, float, bool], formed: date, draw: Random
) -> Iterator[Member]:
    """Yield who sits on a seat, one after the other; the first seat of a side may be the chair."""
    side, women, first = seat
    chair = first and (side == "management") == (plant.number % 3 > 0)
    day, end = formed, plant.gone or END + timedelta(days=1)
    while day < end:
        until = later(day, draw, 420, 1500)
        left = until if until < end else plant.gone
        title = _title(women * (0.6 if chair else 1.0), draw)
        yield Member(plant, side, title, chair, day, left)
        day = until


def _title(women: float, draw: Random) -> str:
    if draw.random() < 0.02:
        return "Dr."
    if draw.random() < women:
        return draw.choice(["Ms.", "Ms.", "Mrs.", "Miss"])
    return "Mr."


def committee_rows(members: Sequence[Member], as_of: date) -> list[Cells]:
    """Return the export of a day: everybody who had joined, with the day they left if they had."""
    return [_row(member, as_of) for member in members if member.joined <= as_of]


def _row(member: Member, as_of: date) -> Mapping[str, str | bool | date | None]:
    left = member.left if member.left and member.left <= as_of else None
    return {
        "factory": member.plant.id,
        "title": member.title,
        "side": member.side,
        "chair": member.chair and left is None,
        "joined": member.joined,
        "left": left,
    }
