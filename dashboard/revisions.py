"""What changed from one release to the next, value by value: the noun and how it is found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.model import Cell, Key, Release, Series, Source

Why = Literal[
    "revised",
    "corrected",
    "recomputed",
    "new_period",
    "filled",
    "new_breakdown",
    "new_indicator",
    "gone",
    "hidden",
    "shown",
    "sample",
    "status",
]
"""Why a value differs.

revised: a source is of another vintage. corrected: of the same vintage, but another file.
recomputed: the sources are the same, the rules are not. new_period: a later period than before.
filled: a period in between that was not there. new_breakdown, new_indicator: nothing of it was
there. gone: it is no longer there. hidden, shown: by the rules of protection. sample: made up on
one side. status: the figure is the same.
"""

Place = tuple[Series, Key, str]
"""Where a value stands: its series, its key and its time period."""

LARGE = 0.2
"""The share by which a total may move before it is pointed out."""


@dataclass(frozen=True, slots=True)
class Change:
    """One published value before and after; None where there is no such cell.

    `large` says that a total moved by more than LARGE of what it was.
    """

    series: Series
    key: Key
    time_period: str
    old: Cell | None
    new: Cell | None
    why: Why
    large: bool = False
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """Every value that a release changed against another one; `against` is "" for the first."""

    against: str = ""
    changes: tuple[Change, ...] = ()


def for_readers(change: Change) -> Change:
    """Return a change without the figure that is protected now: no report repeats it."""
    if change.new is None or change.new.status != "c":
        return change
    return replace(change, old=change.new)


@dataclass(frozen=True, slots=True)
class _Sides:
    old: Release
    new: Release


def compare(old: Release | None, new: Release) -> Revision:
    """Return what `new` changes against `old`: by indicator, key and period, in canonical order.

    A first release changes nothing: there was nothing to compare it with.
    """
    if old is None:
        return Revision()
    sides = _Sides(old, new)
    series = sorted(
        old.cells.keys() | new.cells.keys(), key=lambda s: (s.indicator, s.unit, s.freq, s.panel)
    )
    return Revision(old.id, tuple(change for one in series for change in _of(one, sides)))


def became(pinned: Release, current: Release, places: Iterable[Place]) -> Iterator[Change]:
    """Yield the values of `pinned` at some places that differ in `current`, in the order given.

    What is withdrawn in `current` is passed over: no report tells of it.
    """
    sides = _Sides(pinned, current)
    for series, key, period in places:
        old = pinned.cells.get(series, {}).get(key, {}).get(period)
        new = current.cells.get(series, {}).get(key, {}).get(period)
        gone = key in current.withdrawn.get(series, {})
        why = None if gone or _said(old) == _said(new) else _why(old, new, sides)
        if why is not None:
            made_up = _made_up(pinned, old) or _made_up(current, new)
            large = not key and _is_large(old, new)
            yield for_readers(Change(series, key, period, old, new, why, large, made_up))


def _of(series: Series, sides: _Sides) -> Iterator[Change]:
    before, after = sides.old.cells.get(series, {}), sides.new.cells.get(series, {})
    for key in sorted(before.keys() | after.keys()):
        was, is_now = before.get(key, {}), after.get(key, {})
        for period in sorted(was.keys() | is_now.keys()):
            old, new = was.get(period), is_now.get(period)
            if _said(old) != _said(new):
                made_up = _made_up(sides.old, old) or _made_up(sides.new, new)
                why = _why(old, new, sides) or _why_new(series, was, period, sides)
                large = not key and _is_large(old, new)
                yield Change(series, key, period, old, new, why, large, made_up)


def _said(cell: Cell | None) -> tuple[object, ...]:
    return (cell.value, cell.status, cell.flags, cell.qualifier, cell.n) if cell else ()


def _made_up(release: Release, cell: Cell | None) -> bool:
    return cell is not None and any(source.illustrative for source in _sources(release, cell))


def _why(old: Cell | None, new: Cell | None, sides: _Sides) -> Why | None:
    """Return why a value that was there differs, None for one that was not."""
    if old is None:
        return None
    if new is None:
        return "gone"
    if _made_up(sides.old, old) != _made_up(sides.new, new):
        return "sample"
    if "c" in (old.status, new.status) and old.status != new.status:
        return "hidden" if new.status == "c" else "shown"
    if old.value == new.value:
        return "status"
    return _why_revised(_sources(sides.old, old), _sources(sides.new, new))


def _why_revised(was: Sequence[Source], is_now: Sequence[Source]) -> Why:
    if [(s.id, s.vintage) for s in was] != [(s.id, s.vintage) for s in is_now]:
        return "revised"
    same = [s.checksum for s in was] == [s.checksum for s in is_now]
    return "recomputed" if same else "corrected"


def _sources(release: Release, cell: Cell) -> list[Source]:
    return [release.sources[i] for i in cell.sources if i in release.sources]


def _why_new(series: Series, was: Mapping[str, Cell], period: str, sides: _Sides) -> Why:
    if was:
        return "new_period" if period > max(was) else "filled"
    known = any(other.indicator == series.indicator for other in sides.old.cells)
    return "new_breakdown" if known else "new_indicator"


def _is_large(old: Cell | None, new: Cell | None) -> bool:
    if old is None or new is None or old.value is None or new.value is None:
        return False
    return abs(new.value - old.value) > LARGE * abs(old.value)
