"""Several files that tell of the same figures: which gives way to which, said file by file.

Nothing is taken away here: of two figures for one cell the later vintage holds when a release is
made, and of two with the same vintage the one of the file that came later.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data_loaders.periods import vintage_order
from data_loaders.reading.results import ReadResult
from data_loaders.records import Figure

Cell = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The figure that holds for a cell so far, and the file that it is in."""

    figure: Figure
    part: int


def say_revisions(parts: Sequence[ReadResult]) -> None:
    """Say in the report of each file how many of its figures another file holds, and revises."""
    files = [part for part in parts if any(isinstance(r, Figure) for r in part.records)]
    if len(files) < 2:
        return
    same: Counter[tuple[int, int]] = Counter()
    changed: Counter[tuple[int, int]] = Counter()
    held: dict[Cell, Held] = {}
    for new in sorted(_all(parts), key=lambda h: vintage_order(h.figure.vintage)):
        before = held.get(cell := cell_of(new.figure))
        held[cell] = new
        if before and before.part != new.part:
            revised = before.figure.value != new.figure.value
            (changed if revised else same)[before.part, new.part] += 1
    for old, new_part in sorted({*same, *changed}):
        _say(parts, (old, new_part), same[old, new_part], changed[old, new_part])


def _all(parts: Sequence[ReadResult]) -> Iterator[Held]:
    for number, part in enumerate(parts):
        yield from (Held(r, number) for r in part.records if isinstance(r, Figure))


def cell_of(figure: Figure) -> Cell:
    """Return what a figure is about: measure, frequency, period and dimensions."""
    return figure.measure, figure.freq, figure.time_period, tuple(sorted(figure.key))


def _say(parts: Sequence[ReadResult], at: tuple[int, int], same: int, changed: int) -> None:
    old, new = parts[at[0]], parts[at[1]]
    vintage = _vintage(new)
    whose = f"{new.files[0].name}{f' (vintage {vintage})' if vintage else ''}"
    what = f"{same + changed} figures are also in {whose}, which holds: {changed} are revised"
    old.reports[0].say("", 0, "", "", what)
    what = f"{changed} figures revise {old.files[0].name}, and {same} repeat it"
    new.reports[0].say("", 0, "", "", what)


def _vintage(part: ReadResult) -> str:
    vintages = {r.vintage for r in part.records if isinstance(r, Figure)}
    return max(vintages, key=vintage_order) if len(vintages) == 1 else ""
