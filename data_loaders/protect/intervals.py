"""What a rounded figure says about the sum behind it."""

import math
from collections.abc import Callable, Mapping

from data_loaders.protect.rows import Atom, Bound

Shown = Callable[[float], object]
"""What is published of a value, rounding included."""


def finding_row(base: Mapping[Atom, float], found: int, shown: Shown) -> tuple[Bound, ...]:
    """Return the bounds on the number of findings in a base of known size.

    `shown` gives what is published of a share from 0 to 1.
    """
    size = len(base)
    said = shown(found / size)
    low = high = found
    while low > 0 and shown((low - 1) / size) == said:
        low -= 1
    while high < size and shown((high + 1) / size) == said:
        high += 1
    return (Bound(dict.fromkeys(base, 1.0), low, high),)


def level_row(parts: Mapping[Atom, float], value: float, step: float) -> tuple[Bound, ...]:
    """Return the bounds on a whole number that was rounded half up to a step."""
    half = step / 2
    low, high = math.ceil(value - half), math.ceil(value + half) - 1
    return (Bound(dict.fromkeys(parts, 1.0), max(0, low), max(high, value)),)


def share_row(
    above: Mapping[Atom, float], below: Mapping[Atom, float], limits: tuple[float, float]
) -> tuple[Bound, ...]:
    """Return the bounds of a share (0 to 1, low and high) of unknown parts in unknown parts."""
    low, high = limits
    bounds = []
    if low > 0:
        weights = {atom: (atom in above) - low for atom in below}
        bounds.append(Bound(weights, 0.0, None))
    if high < 1:
        weights = {atom: (atom in above) - high for atom in below}
        bounds.append(Bound(weights, None, 0.0))
    return tuple(bounds)
