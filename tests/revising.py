"""A store in which a release was revised after it had been quoted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from drafting import copied, shipped_at

from dashboard.model import Cell, Key, Release, Series
from dashboard.store import Published
from data_loaders import publish

EXPORTS = Series("exports_goods", "usd", "M")


def dearer(cell: Cell) -> Cell:
    """Return a figure a tenth larger."""
    return replace(cell, value=(cell.value or 0) * 1.1)


def with_changed(
    release: Release,
    change: Callable[[Cell], Cell],
    *periods: str,
    series: Series = EXPORTS,
    key: Key = (),
) -> Release:
    """Return a release with some of its cells changed."""
    at = dict(release.cells[series][key])
    at |= {period: change(at[period]) for period in periods}
    cells = {**release.cells, series: {**release.cells[series], key: at}}
    return replace(release, cells=cells, checksum=f"{release.checksum}+{''.join(periods)}")


def revised(database: str, folder: Path) -> tuple[Published, str, str]:
    """Return (store, name of what shipped, name of the release that revised two months of it)."""
    store = copied(shipped_at(database), folder).published
    before = store.load(store.current())
    last = sorted(before.cells[EXPORTS][()])[-3:-1]
    after = publish.write(with_changed(before, dearer, *last), store, "Two months revised")
    return store, before.id, after.name
