"""What a factory, an assessment, a headcount, a trade figure … is: typed, frozen, one grain each.

Every record knows the file and row it came from (`origin`), so that a number can be followed back.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of a record in its source file."""

    source: str
    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Factory:
    """One factory. `owner` is the group that owns it: what disclosure control counts."""

    origin: Origin
    factory: str
    enterprise: str
    owner: str
    name: str
    city: str
    sector: str
    os_hub_id: str = ""


@dataclass(frozen=True, slots=True)
class FactoryName:
    """The name (or city) a factory had from a date on: renames and moves."""

    origin: Origin
    factory: str
    name: str
    city: str
    since: date


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of time in which a factory had one status. `end` None: it still has it."""

    origin: Origin
    factory: str
    status: Literal["registered", "active", "suspended", "left"]
    start: date
    end: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Headcount:
    """Persons in one role on one day; a part that was not recorded is None."""

    origin: Origin
    factory: str
    as_of: date
    role: Literal["all", "operator", "supervisor", "manager"]
    women: int | None
    men: int | None
    not_recorded: int = 0


@dataclass(frozen=True, slots=True)
class BrandLink:
    """A brand sources from a factory and may (or may not) see a cycle of it."""

    origin: Origin
    factory: str
    brand: str
    cycle: int | None
    start: date
    end: date | None
    consent: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """One unannounced assessment."""

    origin: Origin
    assessment: str
    factory: str
    cycle: int
    start: date
    cat_version: str
    short_version: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one scored question: True = non-compliant, None = not answered."""

    assessment: str
    question: str
    cluster: str
    compliance_point: str
    noncompliant: bool | None
    public_reporting: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class CommitteeMember:
    """A member of a bipartite committee; no names are kept. `as_of` is the snapshot's date."""

    origin: Origin
    factory: str
    as_of: date
    side: Literal["worker", "management"]
    sex: Literal["f", "m", "unknown"]
    chair: bool
    joined: date | None
    left: date | None


@dataclass(frozen=True, slots=True)
class ImprovementItem:
    """One row of an improvement plan as a snapshot shows it."""

    origin: Origin
    item: str
    factory: str
    cycle: int
    cluster: str
    compliance_point: str
    status: Literal["pending", "in_progress", "completed"]
    opened: date
    due: date | None
    closed: date | None
    as_of: date


@dataclass(frozen=True, slots=True)
class ProgressAnswer:
    """One social-dialogue answer of a progress report: on track, moderate or no progress."""

    origin: Origin
    factory: str
    cycle: int
    report: Literal["PR1", "PR2"]
    question: str
    answer: Literal["on_track", "moderate_progress", "no_progress"]
    as_of: date


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to a factory."""

    origin: Origin
    visit: str
    factory: str
    on: date
    kind: Literal["advisory", "assessment", "seminar"]
    mode: Literal["on_site", "virtual"]


@dataclass(frozen=True, slots=True)
class Attendance:
    """People of one factory at one training session (attendances, not persons)."""

    origin: Origin
    session: str
    topic: str
    on: date
    city: str
    mode: Literal["on_site", "virtual"]
    factory: str
    women: int
    men: int
    not_recorded: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A target of the results framework with the measure that shows its result.

    `basis` says where the target comes from, for example the publication that states it.
    """

    origin: Origin
    goal: str
    title: str
    measure: str
    target: float
    due: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an official statistic as its publisher gives it.

    `measure` names the series in our catalogue ("exports_bop"), `unit` the unit of the value,
    `key` its dimension codes. `value` None with `status` "x" where the publisher has none.
    """

    origin: Origin
    measure: str
    freq: Literal["M", "Q", "A", "FY", "D"]
    time_period: str
    key: tuple[tuple[str, str], ...]
    value: float | None
    unit: str
    status: Literal["A", "x"] = "A"
    flags: tuple[str, ...] = ()
    qualifier: Literal["", "over", "about", "at_least"] = ""
    vintage: str = ""


@dataclass(frozen=True, slots=True)
class ListedSite:
    """One production site in Pakistan as a published supplier list names it; never published.

    It serves to match suppliers of brands. No contacts of persons are kept. `site` is the id in
    the list, else name and address; `contributors` are who put the site on the list. `workers`
    are the lowest and highest number stated, `women_percent` as the list states it.
    """

    origin: Origin
    list: str
    site: str
    name: str
    address: str
    city: str
    contributors: tuple[str, ...] = ()
    workers: tuple[float, float] | None = None
    women_percent: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    closed: bool = False
    vintage: str = ""


Record = (
    Factory
    | FactoryName
    | Spell
    | Headcount
    | BrandLink
    | Assessment
    | Finding
    | CommitteeMember
    | ImprovementItem
    | ProgressAnswer
    | Visit
    | Attendance
    | Goal
    | Figure
    | ListedSite
)
