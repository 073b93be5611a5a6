"""A pinned view beside the current release: which of its values are others now, and since when."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from dashboard.model import TOTAL, Key, NoRelease, Release, Series, Slice, Withdrawn
from dashboard.revisions import Change, Place, Revision, became
from dashboard.store import Board


class Releases(Protocol):
    """What is needed of a store."""

    def get(self, release: str = "") -> Release:
        """Return a release by name, without a name the current one."""

    def board(self) -> Board:
        """Return which releases there are, which is current, and what is withdrawn."""

    def revision(self, release: str) -> Revision:
        """Return what a release changed."""


@dataclass(frozen=True, slots=True)
class Later:
    """What one later release changed of a view. `listed` says that its report has the changes."""

    release: str
    changes: tuple[Change, ...]
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Superseded:
    """What became of the values of a view: by later release, the newest first.

    `newest` is the current release; `release` is the one that the view shows.
    """

    release: str
    newest: str
    later: tuple[Later, ...] = ()

    @property
    def revised(self) -> int:
        """How many figures are others now; one that only changed its status is the same."""
        return sum(change.why != "status" for one in self.later for change in one.changes)


def superseded(releases: Releases, answer: Slice) -> Superseded:
    """Return what became of the values that a slice shows; raise NoRelease or Withdrawn.

    Whether a value differs is looked up in the two releases; since when, in the stored revisions
    from the current release back. A value that was revised and set back again does not differ.
    """
    current = releases.get()
    if answer.release == current.id:
        return Superseded(answer.release, current.id)
    pinned = releases.get(answer.release)
    found = {_place(change): change for change in became(pinned, current, _places(answer))}
    later = list(_attributed(releases, answer.release, found))
    if found:
        later.append(Later(current.id, tuple(found.values()), listed=False))
    return Superseded(answer.release, current.id, tuple(later))


def _attributed(releases: Releases, pinned: str, found: dict[Place, Change]) -> Iterator[Later]:
    """Yield the releases that changed any of these, taking from `found` what each one did."""
    for name, revision in _back(releases, pinned):
        if not found:
            return
        places = (_place(change) for change in revision.changes)
        changes = tuple(found.pop(place) for place in places if place in found)
        if changes:
            yield Later(name, changes)


def _back(releases: Releases, pinned: str) -> Iterator[tuple[str, Revision]]:
    """Yield each release from the current one back, up to the pinned one, with its revision."""
    name, seen = releases.board().current, {pinned, ""}
    while name not in seen:
        try:
            revision = releases.revision(name)
        except (NoRelease, Withdrawn):
            return
        yield name, revision
        seen.add(name)
        name = revision.against


def _places(answer: Slice) -> Iterator[Place]:
    series = Series(answer.view.indicator, answer.unit, answer.freq, answer.panel)
    for point in answer.points:
        yield series, _stored((*answer.chosen, *point.key)), point.time_period


def _stored(key: Key) -> Key:
    """Return a key as releases have it: sorted, without what is total."""
    return tuple(sorted((name, code) for name, code in key if code != TOTAL))


def _place(change: Change) -> Place:
    return change.series, change.key, change.time_period
