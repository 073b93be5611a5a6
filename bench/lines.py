"""What a benchmark says: lines of numbers, each beside another of the same run."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measured number; `base` is the number that it is set against, and what that is."""

    what: str
    value: float
    unit: str
    base: float = 0
    beside: str = ""

    @property
    def ratio(self) -> str:
        """The number as a multiple of its base, "" where it stands alone."""
        return f"{self.value / self.base:.2f} x" if self.base else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that were measured together."""

    title: str
    lines: tuple[Line, ...]


def written(group: Group) -> Iterator[str]:
    """Yield a group as the lines of a plain table."""
    yield group.title
    width = max(len(line.what) for line in group.lines)
    for line in group.lines:
        number = f"{line.value:,.1f}" if line.value < 100 else f"{line.value:,.0f}"
        beside = f"of {line.beside}" if line.beside and line.base else ""
        row = f"  {line.what:<{width}} {number:>10} {line.unit:<6} {line.ratio:>9} {beside}"
        yield row.rstrip()
    yield ""


def beside(first: Line, others: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines of which all but the first are set against the first."""
    rest = (Line(o.what, o.value, o.unit, first.value, first.what) for o in others)
    return (first, *rest)


def median_ms(work: Callable[[], object], times: int) -> float:
    """Return the median of some runs in milliseconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)
