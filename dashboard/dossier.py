"""What the programme knows of one supplier, by assessment cycle: for those who may see it only.

Nothing in here is ever published. What happens on a day belongs to the cycle that the day falls
in, so that whoever may see one cycle of a factory sees nothing of another one.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

ItemStatus = Literal["pending", "in_progress", "completed"]


@dataclass(frozen=True, slots=True)
class Profile:
    """Who a factory is. `former` are earlier names with the day on which each one ended."""

    factory: str
    name: str
    city: str
    sector: str
    size: str
    status: str
    enrolled: date | None
    os_hub_id: str = ""
    former: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one scored question: True = non-compliant, None = not answered."""

    question: str
    label: str
    cluster: str
    compliance_point: str
    noncompliant: bool | None
    public_reporting: bool = False


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessment with its answers."""

    assessment: str
    on: date
    version: str
    short: bool
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One improvement item as the last snapshot shows it, with the days its status changed."""

    item: str
    cluster: str
    compliance_point: str
    status: ItemStatus
    opened: date
    due: date | None
    closed: date | None
    as_of: date
    history: tuple[tuple[date, ItemStatus], ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """One social-dialogue answer of a progress report."""

    report: str
    question: str
    answer: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Seats:
    """The sitting members of one side of a bipartite committee on the day of a snapshot."""

    as_of: date
    side: str
    women: int
    men: int
    not_recorded: int
    chairs: int


@dataclass(frozen=True, slots=True)
class People:
    """Persons in one role on one day; a part that was not recorded is None."""

    as_of: date
    role: str
    women: int | None
    men: int | None
    not_recorded: int


@dataclass(frozen=True, slots=True)
class Visited:
    """One visit."""

    on: date
    kind: str
    mode: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """Everything of one cycle of a factory."""

    number: int
    assessed: Assessed | None = None
    items: tuple[Item, ...] = ()
    progress: tuple[Progress, ...] = ()
    seats: tuple[Seats, ...] = ()
    people: tuple[People, ...] = ()
    visits: tuple[Visited, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """One supplier: who it is, and the cycles that the reader may see, the first one first."""

    profile: Profile
    cycles: tuple[Cycle, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A brand buys from a factory; with `consent` it may see a cycle of it (None: every one)."""

    brand: str
    factory: str
    cycle: int | None
    start: date
    end: date | None
    consent: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """Which cycles of which factories somebody may see, as (factory, cycle); None = all of them.

    `reserved`: also the answers to zero-tolerance questions and their items, for named staff.
    """

    pairs: frozenset[tuple[str, int]] | None = frozenset()
    reserved: bool = False


EVERYTHING = Sight(None)
NOTHING = Sight()
