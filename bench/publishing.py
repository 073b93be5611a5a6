"""How long a release takes, step by step, from files to readers."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bench.lines import Group, Line
from dashboard import catalogue
from dashboard.catalogue import Catalogue
from dashboard.model import Release
from dashboard.store import Published
from data_loaders import illustrative, publish, releases
from data_loaders.sources import read_files

T = TypeVar("T")
P_PERCENT = 10


@dataclass(slots=True)
class Steps:
    """Seconds by step, in the order in which they were taken."""

    taken: dict[str, float] = field(default_factory=dict)

    def timed(self, name: str, work: Callable[[], T]) -> T:
        """Do a step and keep its time."""
        started = time.perf_counter()
        done = work()
        self.taken[name] = time.perf_counter() - started
        return done

    def lines(self) -> tuple[Line, ...]:
        """Each step beside all of them."""
        total = sum(self.taken.values())
        parts = (Line(name, t, "s", total, "all") for name, t in self.taken.items())
        return (*parts, Line("all", total, "s"))


def measure(root: Path, folder: Path) -> Group:
    """Publish what ships into `folder`, timing each step; the site is then served from there."""
    steps = Steps()
    known = steps.timed("read config/", lambda: catalogue.load(root / "config"))
    sample = steps.timed("write sample", lambda: illustrative.write(folder / "sample"))
    facts = sorted((root / "config" / "facts").glob("*.csv"))
    made = _made(steps, [*facts, *sample], known)
    store = Published.at(database(folder), create=True)
    steps.timed("write release", lambda: publish.write(made, store, releases.MADE_UP))
    store.engine.dispose()
    loaded = Published.at(database(folder))
    steps.timed("load release", lambda: loaded.load(loaded.current()))
    loaded.engine.dispose()
    return Group("Publishing the sample programme and the cited figures", steps.lines())


def _made(steps: Steps, files: list[Path], known: Catalogue) -> Release:
    result = steps.timed("read files", lambda: read_files(files, known.sources))
    inputs = publish.Inputs(
        result.records, result.facts, result.sources, releases.cut_off(result), P_PERCENT
    )
    return steps.timed("aggregate, protect", lambda: publish.build(inputs, known).release)


def database(folder: Path) -> str:
    """Return the address of the benchmark's own store of releases."""
    return f"sqlite:///{folder / 'published.db'}"
