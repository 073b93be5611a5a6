"""A supplier beside the published figure of its city or of the country: a verdict in words.

Only published cells are used, as they stand: rounded, and only where they are shown. Nothing about
other factories can be worked out from a verdict that the public page does not say already.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from dashboard.dossier import Cycle, Profile
from dashboard.model import TOTAL, BadView, NotPublished, Scope, View
from dashboard.service import Statistics
from dashboard.suppliers.standing import ClusterCount, cluster_counts

INDICATOR = "noncompliance_cluster"
JULY = 7
CLOSE = 5.0
"""Percentage points: the step in which rates are published; less apart is no difference."""

Verdict = Literal["more", "fewer", "close", "none"]


@dataclass(frozen=True, slots=True)
class Beside:
    """One cluster of a supplier beside what is published; `place` is a code, or the total."""

    count: ClusterCount
    verdict: Verdict
    place: str = ""
    time_period: str = ""
    value: float | None = None


def beside(
    statistics: Statistics, scope: Scope, profile: Profile, cycle: Cycle, release: str
) -> tuple[Beside, ...]:
    """Return every cluster of a supplier's assessment beside the published figure.

    That of its city, where there is none that of its province, then of the country; of the fiscal
    year of the assessment, where there is none of the last published one.
    """
    asked = {"split": "cluster", "freq": "FY", "release": release}
    found = partial(_published, statistics, scope, _year(cycle))
    places = _places(statistics, profile)
    return tuple(_one(found, places, asked, count) for count in cluster_counts(cycle))


def _year(cycle: Cycle) -> str:
    day = cycle.assessed.on if cycle.assessed else date.min
    return f"FY{day.year + (day.month >= JULY)}"


def _places(statistics: Statistics, profile: Profile) -> Mapping[str, str]:
    city = statistics.catalogue.codelists["city"].codes.get(profile.city, {})
    places = {"city": profile.city, "province": str(city.get("parent", ""))}
    return {dimension: code for dimension, code in places.items() if code}


def _one(
    found: Callable[[Mapping[str, str]], list[tuple[str, float]]],
    places: Mapping[str, str],
    asked: Mapping[str, str],
    count: ClusterCount,
) -> Beside:
    here = {**asked, "cluster": count.cluster}
    for dimension, code in places.items():
        at = {**here, dimension: code, "split": f"cluster,{dimension}"}
        for period, value in found(at):
            return Beside(count, verdict_of(count.rate, value), code, period, value)
    for period, value in found(here):
        return Beside(count, verdict_of(count.rate, value), TOTAL, period, value)
    return Beside(count, "none")


def _published(
    statistics: Statistics, scope: Scope, year: str, filters: Mapping[str, str]
) -> list[tuple[str, float]]:
    """Return the published values of a cluster and place: that of a year first, then the last."""
    try:
        view = View.from_pairs(INDICATOR, {k: v for k, v in filters.items() if v})
        points = statistics.slice(view, scope).points
    except (BadView, NotPublished):
        return []
    shown = [(p.time_period, p.cell.value) for p in points if p.cell.value is not None]
    return sorted(shown, key=lambda at: (at[0] == year, at[0]), reverse=True)


def verdict_of(own: float, published: float) -> Verdict:
    """Say how a supplier's rate stands to a published one, both in percent."""
    if abs(own - published) <= CLOSE:
        return "close"
    return "more" if own > published else "fewer"
