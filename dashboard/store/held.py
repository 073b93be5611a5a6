"""Releases held in memory: a request looks up, it never waits for the database."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from dashboard.model import NoRelease, Release, Withdrawn
from dashboard.revisions import Revision, for_readers
from dashboard.store.board import Board
from dashboard.withdrawals import withdrawn_release, without

log = logging.getLogger(__name__)
T = TypeVar("T")

PINNED_KEPT = 3


class Archive(Protocol):
    """A store of releases: for everyone, or for the ministry."""

    def board(self) -> Board:
        """Return what may be shown at this moment."""

    def load(self, release: str) -> Release:
        """Read one whole release."""

    def revision(self, release: str) -> Revision:
        """Return what a release changed."""


@dataclass(slots=True)
class Held:
    """The current release and a few pinned ones.

    What may be shown is asked for at most every `patience` seconds. When the database does not
    answer, the release that is held goes on being served, and nobody asks again for `pause`
    seconds.
    """

    published: Archive
    illustrative: bool = True
    patience: float = 5
    pause: float = 30
    clock: Callable[[], float] = time.monotonic
    _whole: OrderedDict[str, Release] = field(default_factory=OrderedDict)
    _shown: dict[str, Release] = field(default_factory=dict)
    _revisions: OrderedDict[str, Revision] = field(default_factory=OrderedDict)
    _board: Board | None = None
    _ask_from: float = float("-inf")
    _answers: bool = True
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def get(self, release: str = "") -> Release:
        """Return a release, without a name the current one; raise NoRelease or Withdrawn."""
        with self._lock:
            board = self._now()
            name = release or board.current
            self._check(name, board)
            if name not in self._shown:
                self._shown[name] = without(self._held(name), board.withdrawals)
                self._forget(board)
            return self._shown[name]

    def board(self) -> Board:
        """Return which releases there are, which is current, and what is withdrawn."""
        with self._lock:
            return self._now()

    def revision(self, release: str) -> Revision:
        """Return what a release changed, as far as both sides are in sight.

        Raise NoRelease or Withdrawn.
        """
        with self._lock:
            board = self._now()
            self._check(release, board)
            if release not in self._revisions:
                self._revisions[release] = self._read(self.published.revision, release)
                while len(self._revisions) > PINNED_KEPT + 1:
                    self._revisions.popitem(last=False)
            return _in_sight(release, self._revisions[release], board, self.illustrative)

    def _check(self, name: str, board: Board) -> None:
        if found := withdrawn_release(name, board.withdrawals):
            raise Withdrawn(f"release {name}", found.why)

    def _now(self) -> Board:
        if self._board and self.clock() < self._ask_from:
            return self._board
        try:
            board = self.published.board()
            self._held(board.current)
            self._revise(board)
            self._ask_again_in(self.patience, answers=True)
        except (SQLAlchemyError, NoRelease) as error:
            if self._board is None:
                raise NoRelease(f"no release can be read: {_reason(error)}") from error
            board = self._board
            log.warning("database does not answer, serving release %s: %s", board.current, error)
            self._ask_again_in(self.pause, answers=False)
        return board

    def _ask_again_in(self, seconds: float, *, answers: bool) -> None:
        self._ask_from, self._answers = self.clock() + seconds, answers

    def _revise(self, board: Board) -> None:
        """Take over another board; what another withdrawal touches is shown anew."""
        if self._board is None or self._board.withdrawals != board.withdrawals:
            self._shown.clear()
        self._board = board

    def _held(self, name: str) -> Release:
        if name not in self._whole:
            found = self._read(self.published.load, name)
            self._whole[name] = found if self.illustrative else without_illustrative(found)
        return self._whole[name]

    def _read(self, read: Callable[[str], T], name: str) -> T:
        if not self._answers and self.clock() < self._ask_from:
            raise NoRelease(f"release {name!r} cannot be read at the moment")
        try:
            return read(name)
        except SQLAlchemyError as error:
            self._ask_again_in(self.pause, answers=False)
            raise NoRelease(f"release {name!r} cannot be read at the moment") from error

    def _forget(self, board: Board) -> None:
        while len(self._whole) > PINNED_KEPT + 1:
            oldest = next(name for name in self._whole if name != board.current)
            del self._whole[oldest]
            self._shown.pop(oldest, None)


def _in_sight(release: str, found: Revision, board: Board, illustrative: bool) -> Revision:
    """Return a revision without what is withdrawn, protected now, or made up and switched off."""
    if withdrawn_release(found.against, board.withdrawals):
        return replace(found, changes=())
    views = [
        w
        for w in board.withdrawals
        if w.view is not None and (w.covers(release) or w.covers(found.against))
    ]
    changes = tuple(
        for_readers(change)
        for change in found.changes
        if (illustrative or not change.illustrative)
        and not any(w.hides(change.series, change.key) for w in views)
    )
    return replace(found, changes=changes)


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
