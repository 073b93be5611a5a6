"""What one factory adds to one measure: the raw material of every published cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.model import Key
from data_loaders.programme import Programme


@dataclass(frozen=True, slots=True)
class Contribution:
    """`value` of a measure from one factory ("" if none stands behind it).

    `period` is a day for events, a month for stocks and the period itself for fixed measures.
    `fact` names what is counted where several measures or periods count the same thing.
    """

    factory: str
    period: str
    key: Key
    value: float = 1
    panel: str = "all"
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A stored additive quantity.

    event: things that happen on a day, summed over any period. stock: a state at the end of each
    month; a longer period shows its last month. fixed: given for one kind of period only.
    """

    name: str
    sources: tuple[str, ...]
    timing: Literal["event", "stock", "fixed"]
    of: Callable[[Programme], Iterator[Contribution]]


def event(factory: str, day: date, key: Key, value: float = 1) -> Contribution:
    """Return what happened on a day."""
    return Contribution(factory, day.isoformat(), key, value)
