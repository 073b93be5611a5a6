"""Made-up work of the programme: visits, training sessions, links of brands, targets."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from data_loaders.illustrative.assessing import Round
from data_loaders.illustrative.curves import Milestones, chances, days, later
from data_loaders.illustrative.plants import END, Plant
from data_loaders.reading.blanks import Cells

VISITS: Milestones = (
    (date(2022, 9, 30), 0),
    (date(2023, 6, 30), 150),
    (date(2024, 6, 30), 545),
    (date(2025, 6, 30), 1_060),
    (date(2025, 10, 31), 1_214),
    (END, 1_640),
)
"""Published: more than 1,200 advisory visits by October 2025."""

SESSIONS: Milestones = (
    (date(2022, 11, 30), 0),
    (date(2023, 6, 30), 62),
    (date(2024, 6, 30), 226),
    (date(2025, 6, 30), 438),
    (date(2025, 10, 31), 502),
    (END, 664),
)
"""Published: 500 training sessions by October 2025."""

COUNTED_ON, PARTICIPANTS = date(2025, 10, 31), 6_040
"""Published: more than 6,000 participants by October 2025."""

TOPICS = (
    ("supervisory_skills", 22, 0.24),
    ("osh", 18, 0.13),
    ("fire_safety", 12, 0.12),
    ("social_dialogue", 16, 0.2),
    ("grievance", 8, 0.18),
    ("harassment", 9, 0.34),
    ("female_leadership", 6, 0.86),
    ("human_resources", 6, 0.16),
    ("productivity", 5, 0.08),
    ("home_based_workers", 2, 0.6),
)
"""Topic, weight, share of women."""

UNSPLIT = 0.05


def visits(plants: Sequence[Plant], done: Sequence[Round], seed: int) -> list[Cells]:
    """Return advisory visits, a visit for each assessment, and a few seminars, by day."""
    draw = chances(seed, "visits")
    found = [(day, _any(plants, day, draw), "advisory") for day in days(VISITS, draw)]
    found += [(each.start, each.plant, "assessment") for each in done]
    found += [(later(each.start, draw, 40, 90), each.plant, "seminar") for each in done[::6]]
    found = [row for row in found if row[0] <= END]
    found.sort(key=lambda row: (row[0], row[1].number, row[2]))
    return [_visit(n, row, draw) for n, row in enumerate(found, start=1)]


def _any(plants: Sequence[Plant], day: date, draw: Random) -> Plant:
    while not (found := draw.choice(plants)).active(day):
        pass
    return found


def _visit(number: int, row: tuple[date, Plant, str], draw: Random) -> Cells:
    day, plant, kind = row
    virtual = kind == "advisory" and draw.random() < 0.14
    return {
        "visit": f"V-{number:05}",
        "factory": plant.id,
        "on": day,
        "kind": kind,
        "mode": "virtual" if virtual else "on_site",
    }


def trainings(plants: Sequence[Plant], seed: int) -> list[Cells]:
    """Return who came to each session; by October 2025 exactly PARTICIPANTS had come."""
    draw = chances(seed, "training")
    rows = [
        row
        for n, day in enumerate(days(SESSIONS, draw), 1)
        for row in _session(n, day, plants, draw)
    ]
    counted = [row for row in rows if str(row["on"]) <= COUNTED_ON.isoformat()]
    missing = PARTICIPANTS - sum(_persons(row) for row in counted)
    while missing:
        row = draw.choice(counted)
        step = 1 if missing > 0 else -1
        if isinstance(row["men"], int) and row["men"] + step >= 1:
            row["men"] += step
            missing -= step
    return list(rows)


Attended = dict[str, str | int | date | None]


def _persons(row: Attended) -> int:
    return sum(n for n in (row["women"], row["men"], row["not_recorded"]) if isinstance(n, int))


def _session(number: int, day: date, plants: Sequence[Plant], draw: Random) -> Iterator[Attended]:
    names, weights, _ = zip(*TOPICS, strict=True)
    topic = draw.choices(names, weights)[0]
    women = next(share for name, _, share in TOPICS if name == topic)
    near = [p for p in plants if p.active(day)]
    city = draw.choice(near).city
    guests = [p for p in near if p.city == city]
    shared: Attended = {
        "session": f"TR-{number:04}",
        "topic": topic,
        "on": day,
        "city": city,
        "mode": "virtual" if draw.random() < 0.1 else "on_site",
    }
    for plant in draw.sample(guests, min(len(guests), draw.choice([1, 1, 2, 2, 3]))):
        yield {**shared, "factory": plant.id, **_came(women, draw)}


def _came(share: float, draw: Random) -> Attended:
    persons = draw.randint(4, 10)
    if draw.random() < UNSPLIT:
        return {"women": 0, "men": 0, "not_recorded": persons}
    women = sum(draw.random() < share for _ in range(persons))
    return {"women": women, "men": persons - women, "not_recorded": 0}


BRANDS: Milestones = (
    (date(2022, 9, 30), 0),
    (date(2023, 6, 15), 14),
    (date(2024, 6, 15), 19),
    (date(2026, 6, 30), 20),
)
"""Published: 14 brand partners in the first year, 19 in 2024."""

SMALL_BRAND = 5
"""The brand with three suppliers."""


def links(plants: Sequence[Plant], done: Sequence[Round], seed: int) -> list[Cells]:
    """Return which brand buys where: every brand at least once from its first day on."""
    draw = chances(seed, "brands")
    starts = dict(enumerate(days(BRANDS, draw), start=1))
    found: dict[tuple[int, int], date] = {}
    for brand, start in starts.items():
        ready = [p for p in plants if p.joined <= start and p.gone is None]
        for plant in draw.sample(ready, min(3, len(ready))):
            found[plant.number, brand] = start
    usual = [brand for brand in starts if brand != SMALL_BRAND]
    for plant in plants:
        for brand in draw.sample(usual, draw.choice([1, 1, 2, 2, 3])):
            found.setdefault((plant.number, brand), max(plant.since, starts[brand]))
    cycles = {(each.plant.number, each.cycle): each.start for each in done}
    by_number = {plant.number: plant for plant in plants}
    rows = (
        r
        for (n, brand), start in found.items()
        for r in _link(by_number[n], (brand, start), cycles, draw)
    )
    return sorted(rows, key=lambda row: (str(row["factory"]), str(row["brand"]), str(row["start"])))


def _link(
    plant: Plant, link: tuple[int, date], cycles: dict[tuple[int, int], date], draw: Random
) -> Iterator[Cells]:
    """Yield a row for each cycle of the link; the last one lasts unless the factory has left."""
    brand, start = link
    if plant.gone and start >= plant.gone:
        return
    turns = sorted(
        (day, c) for (number, c), day in cycles.items() if number == plant.number and c > 1
    )
    bounds = [start, *(day for day, _ in turns if day > start)]
    first = 1 + sum(day <= start for day, _ in turns)
    consent = draw.random() < 0.87
    for number, day in enumerate(bounds):
        end = bounds[number + 1] if number + 1 < len(bounds) else plant.gone
        yield {
            "factory": plant.id,
            "brand": f"Sample Brand {brand:02}",
            "cycle": first + number,
            "start": day,
            "end": end,
            "consent": consent,
        }


GOALS: Sequence[tuple[str, str, str, int, date]] = (
    (
        "enterprises",
        "factories_enrolled",
        "At least 120 enterprises in the factory engagement model",
        120,
        date(2024, 12, 31),
    ),
    ("brands", "brands_linked", "20 brand partners", 20, date(2026, 12, 31)),
    ("assessments", "assessments", "280 assessments", 280, date(2026, 12, 31)),
    ("advisory_visits", "advisory_visits", "1,800 advisory visits", 1_800, date(2026, 12, 31)),
    ("committees", "committees", "120 factories with a working committee", 120, date(2026, 12, 31)),
    ("training_sessions", "training_sessions", "600 training sessions", 600, date(2026, 12, 31)),
    (
        "training_participants",
        "training_participants",
        "8,500 training participants",
        8_500,
        date(2026, 12, 31),
    ),
    ("workers", "workers", "200,000 workers in active factories", 200_000, date(2026, 12, 31)),
)
PUBLISHED = "Published target of the pilot phase (cited fact ENR004)"
INVENTED = "Illustrative"


def goals() -> list[Cells]:
    """Return the targets: the first one is published, the others are invented."""
    return [
        {
            "goal": goal,
            "measure": measure,
            "title": title,
            "target": target,
            "due": due,
            "basis": PUBLISHED if goal == "enterprises" else INVENTED,
        }
        for goal, measure, title, target, due in GOALS
    ]
