"""Made-up improvement plans and progress reports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data_loaders.illustrative.assessing import Round, draw_for, noncompliant
from data_loaders.illustrative.curves import chances, later
from data_loaders.illustrative.plants import END, Plant
from data_loaders.illustrative.questions import POINTS
from data_loaders.reading.blanks import Cells

TAKEN_UP = 0.75
"""Non-compliant points that get an item."""

DAYS = {"osh": 150, "working_time": 420, "freedom_of_association": 400}
"""About how long an item takes; other clusters take 240 days."""

QUESTIONS = (
    "The committee meets as often as agreed.",
    "Worker members were elected by workers.",
    "Minutes are kept and shown to workers.",
    "Agreed actions are carried out on time.",
    "Women take part in the meetings as members.",
    "Grievances reach the committee and are answered.",
)


@dataclass(frozen=True)
class Item:
    """Something to mend, and what becomes of it."""

    id: str
    plant: Plant
    cycle: int
    point: str
    opened: date
    started: date
    due: date | None
    closed: date


def items(plants: Sequence[Plant], done: Sequence[Round], seed: int) -> list[Item]:
    """Return every item that is ever opened: from the factory's own look, then from findings."""
    found = [item for plant in plants for item in _own(plant, seed)]
    found += [item for each in done for item in _from_findings(each, seed)]
    return sorted(found, key=lambda item: item.id)


def _own(plant: Plant, seed: int) -> Iterator[Item]:
    draw = chances(seed, f"own/{plant.number}")
    day = later(plant.since, draw, 50, 100)
    for n, point in enumerate(draw.sample(sorted(POINTS), draw.randint(2, 5)), start=1):
        yield _item((plant, 1, f"{plant.id}-0-{n:02}"), point, day, seed)


def _from_findings(done: Round, seed: int) -> Iterator[Item]:
    draw = draw_for(done, seed, "plan")
    day = later(done.start, draw, 20, 45)
    points = [point for point in noncompliant(done, seed) if draw.random() < TAKEN_UP]
    for n, point in enumerate(points, start=1):
        yield _item(
            (done.plant, done.cycle, f"{done.plant.id}-{done.cycle}-{n:02}"), point, day, seed
        )


def _item(whose: tuple[Plant, int, str], point: str, opened: date, seed: int) -> Item:
    plant, cycle, id_ = whose
    draw = chances(seed, f"item/{id_}")
    usual = DAYS.get(POINTS[point].cluster, 240)
    due = later(opened, draw, usual * 2 // 3, usual * 4 // 3) if draw.random() > 0.06 else None
    closed = opened + timedelta(days=round(usual * draw.lognormvariate(0, 0.7)) + 14)
    started = opened + timedelta(days=round((closed - opened).days * draw.uniform(0.1, 0.6)))
    return Item(id_, plant, cycle, point, opened, started, due, closed)


def plan_rows(items: Sequence[Item], as_of: date) -> list[Cells]:
    """Return the export of a day: every item opened by then, with its status on that day."""
    return [_plan_row(item, as_of) for item in items if item.opened <= as_of]


def _plan_row(item: Item, as_of: date) -> Cells:
    done = item.closed <= as_of and not (item.plant.gone and item.plant.gone < item.closed)
    going = item.started <= as_of
    return {
        "item": item.id,
        "factory": item.plant.id,
        "cycle": item.cycle,
        "point": item.point,
        "status": "completed" if done else "in_progress" if going else "pending",
        "opened": item.opened,
        "due": item.due,
        "closed": item.closed if done else None,
    }


def progress_rows(done: Sequence[Round], seed: int) -> list[Cells]:
    """Return the answers of the second progress report, about eight months after an assessment."""
    return [row for each in done for row in _progress(each, seed)]


def _progress(done: Round, seed: int) -> Iterator[Cells]:
    draw = draw_for(done, seed, "progress")
    day = later(done.start, draw, 210, 300)
    if day > END or (done.plant.gone and done.plant.gone < day) or draw.random() < 0.06:
        return
    good = 0.3 + 0.12 * done.cycle
    for question in QUESTIONS:
        answer = draw.choices(
            ["on_track", "moderate_progress", "no_progress"], [good, 0.38, 0.62 - good]
        )[0]
        yield {
            "factory": done.plant.id,
            "name": done.plant.name(day),
            "cycle": done.cycle,
            "question": question,
            "answer": answer,
        }
