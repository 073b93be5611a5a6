"""Cumulative curves through dated milestones, and chances that are the same on every machine."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random

Milestones = Sequence[tuple[date, int]]
"""(day, reached by the end of that day), oldest first, the first one with 0."""


def chances(seed: int, part: str) -> Random:
    """Return a stream of chances of its own, so that one part never moves another."""
    return Random(f"{seed}/{part}")  # noqa: S311  a made-up programme needs no secrets


def days(milestones: Milestones, draw: Random) -> list[date]:
    """Return one working day per thing, so that every milestone is met exactly."""
    found: list[date] = []
    for (start, before), (end, after) in pairwise(milestones):
        count, length = after - before, (end - start).days
        steps = [(n + draw.random()) / count for n in range(count)]
        found += [working_day(start, end, int(step * length)) for step in steps]
    return sorted(found)


def working_day(start: date, end: date, after: int) -> date:
    """Return the working day about `after` days after start: later than start, not after end."""
    day = start + timedelta(days=max(after, 1))
    while day.weekday() >= 5 and day < end:
        day += timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day


def later(day: date, draw: Random, least: int, most: int) -> date:
    """Return a working day between `least` and `most` days later."""
    found = day + timedelta(days=draw.randint(least, most))
    return found + timedelta(days=(7 - found.weekday()) % 7 if found.weekday() >= 5 else 0)


def shares(parts: Sequence[tuple[str, int]], draw: Random) -> list[str]:
    """Return each name as often as its number says, shuffled."""
    found = [name for name, count in parts for _ in range(count)]
    draw.shuffle(found)
    return found
