"""Targets of the results framework and what was reached: sum or last state of a measure."""

from collections.abc import Iterator

from data_loaders import measures
from data_loaders.contributions import Contribution, Measure
from data_loaders.periods import period_of
from data_loaders.programme import Programme
from data_loaders.records import Goal


def targets(programme: Programme) -> Iterator[Contribution]:
    """Yield the target of every goal, in the month of the cut-off."""
    month = period_of(programme.cut_off, "M")
    for goal in programme.of(Goal):
        yield Contribution("", month, (("goal", goal.goal),), goal.target)


def actuals(programme: Programme) -> Iterator[Contribution]:
    """Yield what was reached of every goal by the cut-off."""
    month = period_of(programme.cut_off, "M")
    known = measures.discover()
    for goal in programme.of(Goal):
        reached = _reached(programme, known[goal.measure])
        yield Contribution("", month, (("goal", goal.goal),), reached)


def _reached(programme: Programme, measure: Measure) -> float:
    rows = [c for c in measure.of(programme) if c.panel == "all"]
    if measure.timing == "stock":
        last = max((c.period for c in rows), default="")
        rows = [c for c in rows if c.period == last]
    return sum(c.value for c in rows)


MEASURES = (
    Measure("goal_target", ("goals",), "stock", targets),
    Measure("goal_actual", ("goals",), "stock", actuals),
)
