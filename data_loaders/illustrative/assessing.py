"""Made-up assessments: who was assessed when, and the answer to each question."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data_loaders.illustrative.curves import Milestones, chances, days
from data_loaders.illustrative.plants import END, Plant
from data_loaders.illustrative.questions import CHANGE, POINTS, Question, asked

DONE: Milestones = (
    (date(2023, 1, 31), 0),
    (date(2023, 6, 30), 13),
    (date(2023, 12, 31), 31),
    (date(2024, 6, 30), 65),
    (date(2024, 12, 31), 104),
    (date(2025, 6, 30), 149),
    (date(2025, 10, 31), 183),
    (date(2026, 3, 31), 219),
    (END, 252),
)
"""Published: more than 180 assessments by October 2025."""

WAIT = (120, 400, 600)
"""Days that are meant to pass before the first, the second and the third assessment."""

SOONEST = (20, 255, 420)
"""Days that always pass."""

SECOND_TOOL = date(2024, 7, 1)
SHORT = 0.11
UNANSWERED = 0.015


@dataclass(frozen=True)
class Round:
    """One assessment of one factory."""

    number: int
    plant: Plant
    cycle: int
    start: date
    short: bool

    @property
    def id(self) -> str:
        """The assessment's id, larger for later ones."""
        return f"{self.start:%y}{self.number:04}"

    @property
    def first_tool(self) -> bool:
        """Whether the older questionnaire was used, with its older names."""
        return self.start < SECOND_TOOL

    @property
    def tool(self) -> str:
        """The name of the questionnaire."""
        version = "1.0" if self.first_tool else "2.0"
        return f"Sample questionnaire {version}{' short' if self.short else ''}"


def rounds(plants: Sequence[Plant], seed: int) -> tuple[Round, ...]:
    """Return every assessment: on each day the factory whose turn it has been for longest."""
    draw = chances(seed, "rounds")
    last: dict[int, tuple[int, date]] = {}
    made: list[Round] = []
    for day in days(DONE, draw):
        ready = [plant for plant in plants if _since(plant, last, SOONEST, day) <= day]
        plant = min(ready, key=lambda p: (_since(p, last, WAIT, day), p.number))
        cycle = last[plant.number][0] + 1 if plant.number in last else 1
        last[plant.number] = (cycle, day)
        made.append(Round(len(made) + 1, plant, cycle, day, draw.random() < SHORT))
    return tuple(made)


def _since(
    plant: Plant, last: dict[int, tuple[int, date]], waits: tuple[int, ...], day: date
) -> date:
    """Return the day from which the next assessment can come; the last of days if none can."""
    cycle, since = last.get(plant.number, (0, plant.since))
    if cycle >= len(waits) or not plant.active(day):
        return date.max
    return since + timedelta(days=waits[cycle] + plant.number * 7 % 45)


def answers(done: Round, seed: int) -> Iterator[tuple[Question, str]]:
    """Yield every scored question that was asked, with "1", "0", or "" where none was given."""
    draw = chances(seed, f"answers/{done.plant.number}/{done.cycle}")
    union = chances(seed, f"union/{done.plant.number}").random() < 0.3
    dormitory = chances(seed, f"dormitory/{done.plant.number}").random() < 0.35
    for question in asked(short=done.short, union=union, dormitory=dormitory):
        if draw.random() < UNANSWERED:
            yield question, draw.choice(["", "", "NA"])
        else:
            yield question, "1" if draw.random() < chance(question, done) else "0"


def chance(question: Question, done: Round) -> float:
    """Return the chance of a finding, so that a point has its chance of at least one."""
    point = POINTS[question.point]
    change = CHANGE[point.cluster] ** (done.cycle - 1)
    odds = point.chance / (1 - point.chance) * math.exp(done.plant.weakness) * change
    return 1 - math.exp(-math.log1p(odds) / point.questions)


def noncompliant(done: Round, seed: int) -> tuple[str, ...]:
    """Return the compliance points with at least one finding."""
    found = (question.point for question, answer in answers(done, seed) if answer == "1")
    return tuple(dict.fromkeys(found))


def draw_for(done: Round, seed: int, part: str) -> Random:
    """Return the chances of one part of one assessment."""
    return chances(seed, f"{part}/{done.plant.number}/{done.cycle}")
