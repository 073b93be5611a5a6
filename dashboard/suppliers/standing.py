"""Where one supplier stands: counted from its dossier alone, as of a release's cut-off."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from dashboard.dossier import Answered, Cycle, Dossier, Item

Since = Literal["new", "repeated", "mended"]


@dataclass(frozen=True, slots=True)
class ClusterCount:
    """Compliance points of a cluster in one assessment: with a finding, and assessed at all."""

    cluster: str
    noncompliant: int
    assessed: int

    @property
    def rate(self) -> float:
        """The share of points with a finding, in percent."""
        return 100 * self.noncompliant / self.assessed


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An improvement item that is not completed; `age` in days since it was opened."""

    item: Item
    cycle: int
    age: int
    overdue: bool


@dataclass(frozen=True, slots=True)
class Recurrence:
    """What became of a compliance point between two assessments that follow each other."""

    cluster: str
    compliance_point: str
    cycle: int
    since: Since


@dataclass(frozen=True, slots=True)
class Standing:
    """One supplier in a line. `cycle` is the last one that the reader sees an assessment of."""

    dossier: Dossier
    cycle: Cycle | None
    clusters: tuple[ClusterCount, ...]
    open: tuple[OpenItem, ...]
    recurrences: tuple[Recurrence, ...]
    illustrative: bool = False

    @property
    def overdue(self) -> int:
        """How many open items are past the day they were due."""
        return sum(item.overdue for item in self.open)

    @property
    def oldest(self) -> int | None:
        """The age of the oldest open item in days, None where none is open."""
        return max((item.age for item in self.open), default=None)

    @property
    def noncompliant(self) -> int:
        """Compliance points with a finding in the last assessment."""
        return sum(count.noncompliant for count in self.clusters)

    @property
    def assessed(self) -> int:
        """Compliance points assessed in the last assessment."""
        return sum(count.assessed for count in self.clusters)

    @property
    def repeated(self) -> int:
        """Compliance points with a finding in the last assessment and in the one before."""
        last = self.cycle.number if self.cycle else None
        return sum(r.since == "repeated" and r.cycle == last for r in self.recurrences)


def standing(dossier: Dossier, on: date) -> Standing:
    """Return where a supplier stands on a day, from what its dossier shows the reader."""
    done = [cycle for cycle in dossier.cycles if cycle.assessed]
    last = done[-1] if done else None
    return Standing(
        dossier=dossier,
        cycle=last,
        clusters=cluster_counts(last) if last else (),
        open=open_items(dossier, on),
        recurrences=recurrences(dossier),
    )


def cluster_counts(cycle: Cycle) -> tuple[ClusterCount, ...]:
    """Return the counts of every cluster that a cycle's assessment asked about.

    A point is assessed if any question of it was answered, and has a finding if any answer is
    non-compliant: the published rates count the same pairs (docs/method.md).
    """
    by_cluster: dict[str, dict[str, bool]] = defaultdict(dict)
    for cluster, point, found in _points(cycle):
        by_cluster[cluster][point] = found
    return tuple(
        ClusterCount(cluster, sum(points.values()), len(points))
        for cluster, points in sorted(by_cluster.items())
    )


def _points(cycle: Cycle) -> Iterator[tuple[str, str, bool]]:
    answers = cycle.assessed.answers if cycle.assessed else ()
    found: dict[tuple[str, str], bool] = {}
    for answer in _answered(answers):
        key = answer.cluster, answer.compliance_point
        found[key] = found.get(key, False) or bool(answer.noncompliant)
    return ((cluster, point, there) for (cluster, point), there in sorted(found.items()))


def _answered(answers: Iterable[Answered]) -> Iterator[Answered]:
    return (answer for answer in answers if answer.noncompliant is not None)


def open_items(dossier: Dossier, on: date) -> tuple[OpenItem, ...]:
    """Return the items that are not completed, the oldest first; ages count to a day."""
    found = (
        OpenItem(
            item=item,
            cycle=cycle.number,
            age=(on - item.opened).days,
            overdue=item.due is not None and item.due < on,
        )
        for cycle in dossier.cycles
        for item in cycle.items
        if item.status != "completed"
    )
    return tuple(sorted(found, key=lambda one: (-one.age, one.item.item)))


def recurrences(dossier: Dossier) -> tuple[Recurrence, ...]:
    """Return what became of every point between assessments, for points assessed in both.

    Only cycles that follow each other are compared, and both must be in the dossier: with consent
    for one of them alone nothing can be said.
    """
    return tuple(
        Recurrence(cluster, point, later.number, since)
        for earlier, later in pairwise(cycle for cycle in dossier.cycles if cycle.assessed)
        if later.number == earlier.number + 1
        for cluster, point, since in _between(earlier, later)
    )


def _between(earlier: Cycle, later: Cycle) -> Iterator[tuple[str, str, Since]]:
    before = {point: found for _, point, found in _points(earlier)}
    for cluster, point, now in _points(later):
        was = before.get(point)
        if was is None or not (was or now):
            continue
        yield cluster, point, "repeated" if was and now else "new" if now else "mended"
