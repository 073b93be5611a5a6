"""Releases held in memory: a request looks up, it never waits for the database."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sqlalchemy.exc import SQLAlchemyError

from dashboard.model import NoRelease, Release
from dashboard.store.published import Published

log = logging.getLogger(__name__)

PINNED_KEPT = 3


@dataclass(slots=True)
class Held:
    """The current release and a few pinned ones.

    The pointer is asked for at most every `patience` seconds. When the database does not answer,
    the release that is held goes on being served, and nobody asks again for `pause` seconds.
    """

    published: Published
    illustrative: bool = True
    patience: float = 5
    pause: float = 30
    clock: Callable[[], float] = time.monotonic
    _releases: OrderedDict[str, Release] = field(default_factory=OrderedDict)
    _current: str = ""
    _ask_from: float = float("-inf")
    _answers: bool = True
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, release: str = "") -> Release:
        """Return a release, without a name the current one; raise NoRelease."""
        with self._lock:
            name = release or self._pointer()
            if name not in self._releases:
                self._releases[name] = self._load(name)
                self._forget()
            return self._releases[name]

    def _pointer(self) -> str:
        if self._current and self.clock() < self._ask_from:
            return self._current
        try:
            name = self.published.current()
            if name not in self._releases:
                self._releases[name] = self._load(name)
            self._current = name
            self._ask_again_in(self.patience, answers=True)
        except (SQLAlchemyError, NoRelease) as error:
            if not self._current:
                raise NoRelease(f"no release can be read: {_reason(error)}") from error
            log.warning("database does not answer, serving release %s: %s", self._current, error)
            self._ask_again_in(self.pause, answers=False)
        return self._current

    def _ask_again_in(self, seconds: float, *, answers: bool) -> None:
        self._ask_from, self._answers = self.clock() + seconds, answers

    def _load(self, name: str) -> Release:
        if not self._answers and self.clock() < self._ask_from:
            raise NoRelease(f"release {name!r} cannot be read at the moment")
        try:
            found = self.published.load(name)
        except SQLAlchemyError as error:
            self._ask_again_in(self.pause, answers=False)
            raise NoRelease(f"release {name!r} cannot be read at the moment") from error
        return found if self.illustrative else without_illustrative(found)

    def _forget(self) -> None:
        while len(self._releases) > PINNED_KEPT + 1:
            oldest = next(name for name in self._releases if name != self._current)
            del self._releases[oldest]


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, NoRelease) else "the database does not answer"


def without_illustrative(release: Release) -> Release:
    """Return the release without any number of the made-up programme."""
    made_up = {s.id for s in release.sources.values() if s.illustrative}
    cells = {
        series: {
            key: {t: cell for t, cell in by_period.items() if not made_up & set(cell.sources)}
            for key, by_period in by_key.items()
        }
        for series, by_key in release.cells.items()
    }
    return replace(
        release,
        sources={i: s for i, s in release.sources.items() if i not in made_up},
        cells={
            series: kept
            for series, by_key in cells.items()
            if (kept := {key: by_period for key, by_period in by_key.items() if by_period})
        },
    )
