"""Targets of the results framework. What was reached of them is made of published indicators."""

from collections.abc import Iterator

from data_loaders.contributions import Contribution, Measure
from data_loaders.periods import period_of
from data_loaders.programme import Programme
from data_loaders.records import Goal


def targets(programme: Programme) -> Iterator[Contribution]:
    """Yield the target of every goal, in the month of the cut-off."""
    month = period_of(programme.cut_off, "M")
    for goal in programme.of(Goal):
        yield Contribution("", month, (("goal", goal.goal),), goal.target)


MEASURES = (Measure("goal_target", ("goals",), "stock", targets),)
