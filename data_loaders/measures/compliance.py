"""Assessments done, and pairs of a factory and a compliance point: assessed, non-compliant.

A pair is assessed when at least one of its scored questions was answered, and non-compliant when
at least one answer was a finding. Every published rate is a ratio of sums of these pairs
(rate of a cluster: all its pairs; rate of a point: one pair per factory).
"""

from collections.abc import Iterator
from functools import partial
from itertools import product

from data_loaders.contributions import Contribution, Measure, event
from data_loaders.periods import period_of
from data_loaders.programme import Programme
from data_loaders.records import Assessment

Pair = tuple[str, str]

COMPARED = (1, 2)
"""The cycles that are compared: no later one has the same factories, nor enough of them."""


def assessments(programme: Programme) -> Iterator[Contribution]:
    """Yield one per assessment on the day it began."""
    for done in programme.assessments:
        yield event(done.factory, done.start, programme.place(done.factory, done.start))


def factories_assessed(programme: Programme) -> Iterator[Contribution]:
    """Yield one per factory and fiscal year with an assessment in it."""
    for year, done in _latest_in_year(programme):
        yield Contribution(done.factory, year, programme.place(done.factory, done.start))


def pairs(programme: Programme, noncompliant: bool) -> Iterator[Contribution]:
    """Yield assessed (or non-compliant) pairs by fiscal year and by cycle."""
    by_factory = _cycles(programme)
    for year, done in _latest_in_year(programme):
        yield from _pairs_of(programme, done, year, ("all", noncompliant))
    for cycles in by_factory.values():
        panels = ("all", "same") if cycles.keys() >= set(COMPARED) else ("all",)
        for cycle, panel in product(COMPARED, panels):
            if done_then := cycles.get(cycle):
                yield from _pairs_of(programme, done_then, f"C{cycle}", (panel, noncompliant))


def _pairs_of(
    programme: Programme, done: Assessment, period: str, which: tuple[str, bool]
) -> Iterator[Contribution]:
    panel, noncompliant = which
    place = programme.place(done.factory, done.start)
    for (cluster, point), found in _answers(programme, done).items():
        if found or not noncompliant:
            key = (*place, ("cluster", cluster), ("compliance_point", point))
            fact = f"{point} in assessment {done.assessment}"
            yield Contribution(done.factory, period, key, panel=panel, fact=fact)


def _answers(programme: Programme, done: Assessment) -> dict[Pair, bool]:
    answers: dict[Pair, bool] = {}
    for finding in programme.findings.get(done.assessment, ()):
        if finding.noncompliant is not None:
            pair = (finding.cluster, finding.compliance_point)
            answers[pair] = answers.get(pair, False) or finding.noncompliant
    return answers


def _latest_in_year(programme: Programme) -> Iterator[tuple[str, Assessment]]:
    latest = {(period_of(a.start, "FY"), a.factory): a for a in programme.assessments}
    return ((year, done) for (year, _), done in latest.items())


def _cycles(programme: Programme) -> dict[str, dict[int, Assessment]]:
    found: dict[str, dict[int, Assessment]] = {}
    for done in programme.assessments:
        found.setdefault(done.factory, {})[done.cycle] = done
    return found


MEASURES = (
    Measure("assessments", ("assessments",), "event", assessments),
    Measure("factories_assessed", ("assessments",), "fixed", factories_assessed),
    Measure("pairs_assessed", ("assessments",), "fixed", partial(pairs, noncompliant=False)),
    Measure("pairs_noncompliant", ("assessments",), "fixed", partial(pairs, noncompliant=True)),
)
