"""The made-up questionnaire: how many questions a compliance point has and how often it is found.

All of it is invented. The order of the clusters follows what other countries have reported: safety
and health highest, child and forced labour lowest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """A compliance point: its cluster, number of questions, chance of a finding in cycle 1."""

    cluster: str
    questions: int
    chance: float


@dataclass(frozen=True)
class Question:
    """One scored question."""

    point: str
    number: int
    public: bool


def _points(cluster: str, rows: Mapping[str, tuple[int, float]]) -> dict[str, Point]:
    return {f"{cluster}_{name}": Point(cluster, *row) for name, row in rows.items()}


POINTS: Mapping[str, Point] = {
    **_points(
        "child_labour",
        {"labourers": (4, 0.02), "worst_forms": (5, 0.02), "young_workers": (4, 0.06)},
    ),
    **_points(
        "discrimination",
        {
            "race_and_origin": (3, 0.02),
            "religion_and_political_opinion": (3, 0.03),
            "gender": (8, 0.34),
            "other_grounds": (4, 0.28),
        },
    ),
    **_points(
        "forced_labour",
        {
            "coercion": (5, 0.05),
            "bonded_labour": (4, 0.02),
            "overtime": (3, 0.04),
            "prison_labour": (2, 0.01),
        },
    ),
    **_points(
        "freedom_of_association",
        {
            "freedom_to_associate": (4, 0.12),
            "union_operations": (5, 0.16),
            "interference_and_discrimination": (6, 0.14),
            "collective_bargaining": (5, 0.3),
            "strikes": (3, 0.04),
        },
    ),
    **_points(
        "compensation",
        {
            "minimum_wages": (5, 0.26),
            "overtime_wages": (4, 0.42),
            "premium_pay": (4, 0.3),
            "method_of_payment": (3, 0.12),
            "wage_information": (6, 0.34),
            "paid_leave": (6, 0.46),
            "social_security": (5, 0.62),
        },
    ),
    **_points(
        "contracts",
        {
            "employment_contracts": (5, 0.48),
            "contracting_procedures": (4, 0.3),
            "termination": (6, 0.33),
            "dialogue": (7, 0.44),
        },
    ),
    **_points(
        "osh",
        {
            "management_systems": (9, 0.66),
            "chemicals": (10, 0.68),
            "worker_protection": (9, 0.76),
            "working_environment": (10, 0.44),
            "health_services": (9, 0.63),
            "welfare_facilities": (9, 0.55),
            "worker_accommodation": (8, 0.42),
            "emergency_preparedness": (12, 0.82),
        },
    ),
    **_points(
        "working_time", {"regular_hours": (5, 0.4), "overtime": (6, 0.66), "leave": (4, 0.28)}
    ),
}

CHANGE: Mapping[str, float] = {
    "child_labour": 0.7,
    "discrimination": 0.5,
    "forced_labour": 0.75,
    "freedom_of_association": 1.25,
    "compensation": 0.55,
    "contracts": 0.52,
    "osh": 0.5,
    "working_time": 1.1,
}
"""What a cycle does to the odds of a finding: most clusters improve, two do not."""

WITH_UNION = ("freedom_of_association_union_operations", "freedom_of_association_strikes")
WITH_DORMITORY = ("osh_worker_accommodation",)
PUBLIC = 27
SHORT = 0.47


def asked(*, short: bool, union: bool, dormitory: bool) -> Iterator[Question]:
    """Yield the questions of an assessment; the short form asks the first of every point."""
    for number, (name, point) in enumerate(POINTS.items()):
        if (name in WITH_UNION and not union) or (name in WITH_DORMITORY and not dormitory):
            continue
        count = max(1, round(point.questions * SHORT)) if short else point.questions
        yield from (
            Question(name, n, public=n == 1 and number < PUBLIC) for n in range(1, count + 1)
        )
