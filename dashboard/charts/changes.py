"""Differences between published figures: against what, in which unit, better or worse, how sure."""

from dataclasses import dataclass
from typing import Literal

from dashboard.charts import cells, moments
from dashboard.i18n import Locale
from dashboard.model import Key, Point, Slice

Judgement = Literal["better", "worse", ""]
Arrow = Literal["up", "down", "level", ""]
DIFFERENCES = ("percent", "points")
"""Units whose change is a difference in percentage points."""

LARGE = 3
"""A change of a rate is told as one only if it is larger than this many points."""

UNMEASURED = ("year", "count")
"""Units that are no quantity of one thing."""


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure differs from a named earlier one.

    `clear` is False where intervals overlap or rounding alone could make the difference.
    """

    before: Point
    after: Point
    value: float
    unit: Literal["percent", "points"]
    judgement: Judgement
    clear: bool

    @property
    def arrow(self) -> Arrow:
        """The direction of the figure, whatever that means."""
        return "level" if self.value == 0 else "up" if self.value > 0 else "down"


def last_known(points: tuple[Point, ...]) -> Point | None:
    """Return the latest point with a number, a complete period before an incomplete one."""
    known = [point for point in points if point.cell.value is not None]
    complete = [point for point in known if "incomplete" not in point.cell.flags]
    best = complete or known
    return best[-1] if best else None


def latest(answer: Slice, key: Key = ()) -> Change | None:
    """Return the change of a series up to its last known figure; None where it must not be told."""
    points = answer.of(key)
    after = last_known(points)
    if after is None:
        return None
    wanted = moments.before(after.time_period, answer.freq)
    earlier = [point for point in points if point.time_period == wanted]
    return between(earlier[0], after, answer) if earlier else None


def between(before: Point, after: Point, answer: Slice) -> Change | None:
    """Return the change between two published figures, None where it must not be told.

    It is not told for hidden or qualified figures, incomplete periods or across a break.
    """
    if not (_firm(before) and _firm(after)) or "b" in after.cell.flags or answer.unit in UNMEASURED:
        return None
    old, new = before.cell.value or 0.0, after.cell.value or 0.0
    if answer.unit in DIFFERENCES:
        return _change(before, after, round(new - old, 10), "points", answer)
    if old <= 0:
        return None
    return _change(before, after, (new / old - 1) * 100, "percent", answer)


def _firm(point: Point) -> bool:
    cell = point.cell
    return cell.value is not None and not cell.qualifier and "incomplete" not in cell.flags


def _change(
    before: Point, after: Point, value: float, unit: Literal["percent", "points"], answer: Slice
) -> Change:
    shown = value if unit == "points" else round(value, 1)
    clear = not overlap(before, after, answer) and _beyond_rounding(before, after, answer)
    return Change(before, after, shown, unit, _judged(shown, answer) if clear else "", clear)


def _beyond_rounding(before: Point, after: Point, answer: Slice) -> bool:
    """Whether a difference is more than rounding makes, for rates of n more than three points."""
    counted = before.cell.n is not None or after.cell.n is not None
    least = max(answer.step, LARGE if counted and answer.unit in DIFFERENCES else 0)
    difference = abs((after.cell.value or 0.0) - (before.cell.value or 0.0))
    return difference > least or difference == 0


def _judged(value: float, answer: Slice) -> Judgement:
    if value == 0 or answer.direction == "neutral":
        return ""
    return "better" if (value > 0) == (answer.direction == "higher") else "worse"


def overlap(before: Point, after: Point, answer: Slice) -> bool:
    """Whether two rates with small bases cannot be told apart: their 95 % intervals overlap."""
    first, second = (cells.interval(point.cell, answer) for point in (before, after))
    if first is None and second is None:
        return False
    low, high = (bounds or _exact(point) for bounds, point in ((first, before), (second, after)))
    return max(low[0], high[0]) <= min(low[1], high[1])


def _exact(point: Point) -> tuple[float, float]:
    value = point.cell.value or 0.0
    return value, value


def told(change: Change, answer: Slice, locale: Locale) -> str:
    """Return a change in words, e.g. "+4.2%" or "−5 percentage points"."""
    decimals = answer.decimals if change.unit == "points" else 1
    return locale.change(change.value, change.unit, decimals)


def signed(change: Change, answer: Slice, locale: Locale) -> str:
    """Return a change as a signed number without its unit where that is points."""
    if change.unit == "percent":
        return told(change, answer, locale)
    number = locale.number(change.value, answer.decimals)
    return locale.isolate(f"+{number}") if change.value > 0 else number


def verdict(change: Change, locale: Locale) -> str:
    """Return the word for a change: better, worse, none, not clear; "" for neutral."""
    if not change.clear:
        return locale.text("no clear difference")
    if change.value == 0:
        return locale.text("no change")
    words = {"better": locale.text("better"), "worse": locale.text("worse")}
    return words.get(change.judgement, "")
