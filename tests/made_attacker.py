"""An attacker of the tests' own: it reads published cells and the programme's structure only.

It is written apart from the protector: one unknown for each answer of each factory, no atoms
counted together, rates turned into limits by trying every count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from random import Random

import highspy
from made_programmes import Made

from dashboard.model import Cell, Release
from data_loaders.records import Assessment

Answer = tuple[str, str]
"""An assessment and a compliance point."""

PROVINCE = {"karachi": "sindh", "lahore": "punjab", "faisalabad": "punjab"}


class Answers:
    """All answers of a programme in one cluster, and what the published rates say of them."""

    def __init__(self, made: Made, cluster: str) -> None:
        self.cluster = cluster
        self.factory = {a.assessment: a.factory for a in made.assessments}
        self.city = {a.assessment: _city_of(made, a) for a in made.assessments}
        self.truth = {
            (f.assessment, f.compliance_point): bool(f.noncompliant)
            for f in made.findings
            if f.cluster == cluster
        }
        self.periods = dict(_periods(made.assessments))

    def told(self, release: Release) -> Iterator[tuple[list[Answer], Cell]]:
        """Yield the answers behind each published rate of the cluster."""
        for series, by_key in release.cells.items():
            if not series.indicator.startswith("noncompliance_") or series.unit != "percent":
                continue
            for key, by_period in by_key.items():
                for period, cell in by_period.items():
                    behind = self._behind(dict(key), f"{period} {series.panel}")
                    if behind and cell.value is not None:
                        yield behind, cell

    def _behind(self, key: Mapping[str, str], when: str) -> list[Answer]:
        return [
            (assessment, point)
            for assessment, point in self.truth
            if assessment in self.periods.get(when, ())
            and key.get("cluster", self.cluster) == self.cluster
            and key.get("compliance_point", point) == point
            and key.get("city", self._city(assessment)) == self._city(assessment)
            and key.get("province", PROVINCE[self._city(assessment)])
            == PROVINCE[self._city(assessment)]
        ]

    def _city(self, assessment: str) -> str:
        return self.city[assessment]


def _city_of(made: Made, done: Assessment) -> str:
    known = [move.city for move in made.moves.get(done.factory, ()) if move.since <= done.start]
    return known[-1] if known else made.factories[done.factory].city


def _periods(assessments: Iterable[Assessment]) -> Iterator[tuple[str, set[str]]]:
    years: dict[tuple[str, str], str] = {}
    cycles: dict[str, dict[int, str]] = defaultdict(dict)
    for done in sorted(assessments, key=lambda a: (a.start, a.assessment)):
        years[f"FY{done.start.year + (done.start.month > 6)} all", done.factory] = done.assessment
        cycles[done.factory][done.cycle] = done.assessment
    for year in {year for year, _ in years}:
        yield year, {found for (when, _), found in years.items() if when == year}
    for cycle in (1, 2):
        there = [them for them in cycles.values() if cycle in them]
        yield f"C{cycle} all", {them[cycle] for them in there}
        yield f"C{cycle} same", {them[cycle] for them in there if {1, 2} <= them.keys()}


def counts(cell: Cell, size: int) -> list[int]:
    """Return every number of findings in a base that would be published so."""
    return [found for found in range(size + 1) if _reads(100 * found / size, cell)]


def _reads(rate: float, cell: Cell) -> bool:
    if cell.qualifier == "lt":
        return rate < 10
    if cell.qualifier == "gt":
        return rate > 90
    value = float(cell.value or 0)
    return 10 <= rate <= 90 and value - 2.5 <= rate < value + 2.5


class Guess:
    """Worlds that agree with everything published and with what some factories know."""

    def __init__(self, answers: Answers, release: Release, knows: set[str]) -> None:
        self.answers = answers
        self.solver = highspy.Highs()
        self.solver.silent()
        self.unknown = {at: self.solver.addBinary() for at in answers.truth}
        for at, value in answers.truth.items():
            if answers.factory[at[0]] in knows:
                self.fix(at, value)
        for behind, cell in answers.told(release):
            possible = counts(cell, len(behind))
            total = self.solver.qsum([self.unknown[at] for at in behind])
            self.solver.addConstr(total >= min(possible))
            self.solver.addConstr(total <= max(possible))

    def fix(self, at: Answer, value: bool) -> None:
        self.solver.changeColBounds(self.unknown[at].index, float(value), float(value))

    def free(self, at: Answer) -> None:
        self.solver.changeColBounds(self.unknown[at].index, 0.0, 1.0)

    def world(self, chance: Random) -> dict[Answer, bool] | None:
        """Return one world, None if there is none."""
        for unknown in self.unknown.values():
            self.solver.changeColCost(unknown.index, chance.choice([-1.0, 0.0, 1.0]))
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = self.solver.getSolution().col_value
        return {at: values[v.index] > 0.5 for at, v in self.unknown.items()}


def certain(answers: Answers, release: Release, knows: set[str]) -> list[Answer]:
    """Return the answers of others that someone who knows some factories can be sure of."""
    guess, chance = Guess(answers, release, knows), Random(1)  # noqa: S311  (no secret)
    left = {at for at in answers.truth if answers.factory[at[0]] not in knows}
    sure: list[Answer] = []
    for _ in range(6):
        any_world = guess.world(chance)
        assert any_world
        left -= {at for at in left if any_world[at] != answers.truth[at]}
    while left:
        at = min(left)
        guess.fix(at, not answers.truth[at])
        world = guess.world(chance)
        guess.free(at)
        if world is None:
            sure.append(at)
        left -= {at} | {a for a in left if world and world[a] != answers.truth[a]}
    return sure
