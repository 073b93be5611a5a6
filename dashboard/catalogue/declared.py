"""What config/ may declare: typed, immutable, a misspelt key is an error."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from dashboard.model import TOTAL, Event, Target

Freq = Literal["M", "Q", "A", "FY", "C", "D"]


class CatalogueError(Exception):
    """A file in config/ cannot be used; the message names the file and the key."""


class Declared(BaseModel):
    """Anything read from config/: immutable, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Term(Declared):
    """A stored measure, summed over the codes in `where` (all of which must be there)."""

    measure: str
    where: Mapping[str, tuple[str, ...]] = {}


class Formula(Declared):
    """How a published number is made. Computed at publication, never in a request.

    level: a measure. ratio: scale x numerator / denominator, a ratio of sums. growth: percentage
    change of a published indicator against the same period a year before, or the period before.
    to_date: sum since July of a published monthly indicator; cumulative: sum since the start.
    share: percentage of the total over one dimension, with `of_parts` of the sum of its published
    parts, so that they add up to 100 however they were rounded. change: points between two cycles.
    composition: such a change among all less that among the same ones.
    reached: for each code of a dimension the latest published total of the indicator that the code
    names, or its sum where the code says so. per: scale x published indicator / another one.
    """

    kind: Literal[
        "level", "ratio", "growth", "to_date", "cumulative", "share", "change",
        "composition", "reached", "per",
    ]  # fmt: skip
    numerator: Term | None = None
    denominator: Term | None = None
    scale: float = 1
    of: str = ""
    per: str = ""
    against: Literal["", "year", "previous"] = ""
    over: str = ""
    of_parts: bool = False
    over_time: Literal["sum", "last", "none"] = "none"


class Indicator(Declared):
    """One published statistic: the unit of meaning of the whole dashboard.

    `to_date`: every value counts from July of its fiscal year on. `whole`: dimensions of which
    every code with a mark has a row, a figure or not ({instrument: listed}).
    """

    id: str
    title: str
    measure: str
    definition: str
    theme: str
    formula: Formula
    unit: str
    units: tuple[str, ...] = ()
    decimals: int = 0
    step: float = 0
    direction: Literal["higher", "lower", "neutral"] = "neutral"
    denominator: str = ""
    dimensions: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = {}
    freq: tuple[Freq, ...]
    panels: tuple[Literal["all", "same"], ...] = ("all",)
    start: str = ""
    to_date: bool = False
    whole: Mapping[str, str] = {}
    charts: tuple[str, ...] = ("line",)
    order: Literal["code", "value"] = "code"
    base: Literal["zero", "free"] = "zero"
    target: Target | None = None
    events: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def _labelled(value: Any) -> Any:
    return {"label": value} if isinstance(value, str) else value


Code = Annotated[Mapping[str, Any], BeforeValidator(_labelled)]
"""What is known about a code: its label, and whatever its list adds (parent, note, …)."""


class CodeList(Declared):
    """The codes of one dimension in display order, with English labels.

    `group` names what codes are grouped by, `groups` its labels, else its own code list has them.
    """

    id: str
    label: str
    plural: str = ""
    group: str = ""
    groups: Mapping[str, str] = {}
    codes: Mapping[str, Code]

    def labels(self) -> dict[str, str]:
        """Return {code: English label}; "" is the dimension itself, TOTAL all its codes."""
        head = {"": self.label, TOTAL: self.plural or "All"}
        return head | {code: str(row["label"]) for code, row in self.codes.items()}


class Table(Declared):
    """One line of a programme of tables: which cells exist, protected how."""

    id: str
    indicators: tuple[str, ...]
    by: tuple[tuple[str, ...], ...]
    freq: tuple[Freq, ...]
    panels: tuple[Literal["all", "same"], ...] = ("all",)
    periods: Literal["all", "complete", "latest"] = "all"
    protect: Literal["none", "amount", "rate", "official"]
    rounding: Literal["none", "ten", "one_percent", "five_percent"] = "none"
    only: Mapping[str, tuple[str, ...]] = {}
    together: tuple[str, ...] = ()


class Theme(Declared):
    """One page: what it says first, its tiles and its charts, each a view as a query string.

    `front` is its chart on the front page, where that is not the first one.
    """

    id: str
    title: str
    nav: str
    intro: str
    tiles: tuple[str, ...]
    charts: tuple[str, ...]
    front: str = ""
    events: tuple[str, ...] = ()


class Audience(Declared):
    """A kind of reader: what it comes for and the views it sees first."""

    id: str
    title: str
    intro: str
    links: tuple[str, ...]


class Entry(Declared):
    """One term of the glossary: what it means here, and other entries worth reading beside it."""

    id: str
    term: str
    definition: str
    see: tuple[str, ...] = ()


class SourceDeclaration(Declared):
    """What is known about a publisher's data set before any file of it is read."""

    model_config = ConfigDict(frozen=True, extra="allow")
    id: str
    publisher: str
    title: str
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that config/ declares."""

    indicators: Mapping[str, Indicator]
    themes: Mapping[str, Theme]
    audiences: Mapping[str, Audience]
    codelists: Mapping[str, CodeList]
    tables: tuple[Table, ...]
    events: tuple[Event, ...]
    sources: Mapping[str, SourceDeclaration]
    aliases: Mapping[str, str]
    currencies: Mapping[str, Mapping[str, str]]
    glossary: Mapping[str, Entry]
    ministry_tables: tuple[Table, ...] = ()

    def of_theme(self, theme: str) -> Iterator[Indicator]:
        """Yield the indicators of a theme in catalogue order."""
        return (i for i in self.indicators.values() if i.theme == theme)

    @property
    def reserved_clusters(self) -> frozenset[str]:
        """Clusters of zero-tolerance questions: findings in them are for named staff only."""
        clusters = self.codelists["cluster"].codes
        return frozenset(code for code, row in clusters.items() if row.get("reserved"))

    def labels(self) -> dict[str, dict[str, str]]:
        """Return {dimension: {code: English label}}; "dimension.group" has those of groups."""
        named = {name: codelist.labels() for name, codelist in self.codelists.items()}
        grouped = [codelist for codelist in self.codelists.values() if codelist.group]
        return named | {f"{c.id}.group": self._groups(c) for c in grouped}

    def _groups(self, codelist: CodeList) -> dict[str, str]:
        named = codelist.groups or self.codelists[codelist.group].labels()
        by = codelist.group if codelist.groups else "parent"
        return {code: named[str(row[by])] for code, row in codelist.codes.items()}
