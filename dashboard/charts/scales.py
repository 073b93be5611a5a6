"""Number axes: round ticks from known values only, and the unit that their digits count in."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.charts import cells
from dashboard.i18n import Locale
from dashboard.model import Slice

CURRENCIES = ("usd", "eur", "pkr")
STEPS = (1, 2, 2.5, 5, 10)
BARE = ("year", "count")
"""Units that say nothing beside the name of the measure."""

PRINTED = 0.1
"""The part of an axis that a value printed above a mark needs."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high` with ticks; `divisor` is what a printed 1 stands for."""

    low: float
    high: float
    ticks: tuple[float, ...]
    divisor: float = 1

    @property
    def decimals(self) -> int:
        """How many decimals tell the ticks apart."""
        shown = [tick / self.divisor for tick in self.ticks]
        return next((d for d in range(5) if all(abs(s - round(s, d)) < 1e-9 for s in shown)), 5)

    def texts(self, locale: Locale, *, percent: bool = False) -> tuple[str, ...]:
        """Return the tick texts; the last of a percentage says so."""
        plain = [locale.number(tick / self.divisor, self.decimals) for tick in self.ticks]
        if percent:
            plain[-1] = locale.value(self.ticks[-1], "percent", self.decimals)
        return tuple(plain)


def known(answer: Slice) -> list[float]:
    """Return the values that are shown: the only ones that any range, sort or colour comes from."""
    return [point.cell.value for point in answer.points if point.cell.value is not None]


def scale(answer: Slice, *, most: int = 5, zero: bool = True) -> Scale:
    """Return the number axis of a slice, its target in reach; from zero unless its base is free."""
    return scale_of(drawn(answer), answer.unit, most=most, zero=zero)


def roomy(scale: Scale, answer: Slice) -> Scale:
    """Return a scale with room for a value printed above the highest mark; 100% stays the top."""
    top = max(known(answer), default=scale.low)
    free = (scale.high - top) / (scale.high - scale.low)
    if free > PRINTED or (answer.unit == "percent" and scale.high == 100):
        return scale
    high = round(2 * scale.ticks[-1] - scale.ticks[-2], 10)
    return replace(scale, high=high, ticks=(*scale.ticks, high))


def drawn(answer: Slice) -> list[float]:
    """Return the values that must be in reach: those shown, their intervals, the whole's target."""
    intervals = (cells.interval(point.cell, answer) for point in answer.points)
    bounds = [bound for pair in intervals if pair for bound in pair]
    target = [answer.target.value] if answer.target is not None and whole(answer) else []
    return [*known(answer), *bounds, *target]


def whole(answer: Slice) -> bool:
    """Whether a slice is the total that a target speaks of."""
    return not answer.split and not answer.chosen


def scale_of(values: Sequence[float], unit: str, *, most: int = 5, zero: bool = True) -> Scale:
    """Return an axis that holds the values with at most `most` steps; 0 to 1 if there are none."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if zero or low == high:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1
    step = _step(high - low, most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(i * step, 10) for i in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks, divisor_of(values, unit))


def _step(span: float, most: int) -> float:
    rough = span / most
    size = 10.0 ** math.floor(math.log10(rough))
    return next(step * size for step in STEPS if step * size >= rough - 1e-12)


def divisor_of(values: Sequence[float], unit: str) -> float:
    """Return what amounts are counted in: 1, a million or a thousand million; other units 1."""
    largest = max((abs(value) for value in values), default=0)
    if unit not in CURRENCIES:
        return 1
    return 1e9 if largest >= 1e9 else 1e6 if largest >= 1e6 else 1


def counted_in(answer: Slice, locale: Locale) -> str:
    """Return the unit that the digits of the axis count in, e.g. "US$ billion"; "" for one."""
    words = {
        ("usd", 1e9): locale.text("US$ billion"),
        ("usd", 1e6): locale.text("US$ million"),
        ("eur", 1e9): locale.text("€ billion"),
        ("eur", 1e6): locale.text("€ million"),
        ("pkr", 1e9): locale.text("PKR billion"),
        ("pkr", 1e6): locale.text("PKR million"),
    }
    named = words.get((answer.unit, divisor_of(known(answer), answer.unit)))
    return named or ("" if answer.unit in BARE else locale.unit_label(answer.unit))
