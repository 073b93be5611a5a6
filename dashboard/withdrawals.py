"""What was published and is taken out of sight: a whole release, or the cells of a view."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dashboard.model import TOTAL, Cells, Key, Release, Series, View


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A release or a view that may not be shown any more, and why.

    `release` "" means every release, past and to come. Without a `view` the release is withdrawn
    whole. A view takes along all cells that it names: what it does not say (a unit, a frequency, a
    split) is withdrawn in every unit, frequency and split.
    """

    what: str
    why: str
    release: str = ""
    view: View | None = None

    def covers(self, release: str) -> bool:
        """Whether a release is what this is about, or part of it."""
        return self.release in ("", release)

    def hides(self, series: Series, key: Key) -> bool:
        """Whether a key of a series is out of sight."""
        view = self.view
        if view is None:
            return True
        named = (view.indicator, view.unit, view.freq, view.panel)
        there = (series.indicator, series.unit, series.freq, series.panel)
        return all(name in ("", at) for name, at in zip(named, there, strict=True)) and _holds(
            view, dict(key)
        )


def _holds(view: View, at: Mapping[str, str]) -> bool:
    if view.split == (TOTAL,) and at.keys() - dict(view.filters).keys():
        return False
    split = {name for name in view.split if name != TOTAL}
    return split <= at.keys() and all(at.get(d, TOTAL) in codes for d, codes in view.filters)


def withdrawn_release(name: str, withdrawals: Iterable[Withdrawal]) -> Withdrawal | None:
    """Return the withdrawal of a whole release, None where it may be shown."""
    return next((w for w in withdrawals if w.view is None and w.release == name), None)


def without(release: Release, withdrawals: Iterable[Withdrawal]) -> Release:
    """Return a release without the cells of withdrawn views; it remembers why each is gone."""
    found = tuple(w for w in withdrawals if w.view is not None and w.covers(release.id))
    if not found:
        return release
    gone = _gone(release.cells, found)
    cells = {
        series: {key: at for key, at in by_key.items() if key not in gone.get(series, {})}
        for series, by_key in release.cells.items()
    }
    return replace(
        release,
        cells={series: by_key for series, by_key in cells.items() if by_key},
        withdrawn=gone,
        withdrawals=tuple(sorted(w.what for w in found)),
    )


def _gone(cells: Cells, withdrawals: tuple[Withdrawal, ...]) -> dict[Series, dict[Key, str]]:
    gone: dict[Series, dict[Key, str]] = {}
    for series, by_key in cells.items():
        for key in by_key:
            why = next((w.why for w in withdrawals if w.hides(series, key)), None)
            if why is not None:
                gone.setdefault(series, {})[key] = why
    return gone
