"""The nouns. Everything else in the house is a verb over these; this file imports none of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Self
from urllib.parse import parse_qsl, quote

TOTAL = "_T"
"""The SDMX code for "all categories together"."""

NAMED = ("split", "freq", "from", "to", "unit", "panel", "chart", "lang", "release", "theme")
"""The names of a view that are not dimensions, in the order in which they are written."""

Key = tuple[tuple[str, str], ...]
"""Sorted (dimension, code) pairs: where a cell sits; a dimension that is absent is total."""

OFFICIAL_USE = "official_use"
"""The flag of a cell that only the ministry may see."""

Status = Literal["A", "c", "x", "z", "u"]
"""As measured, confidential, not available, not applicable, low reliability (as in SDMX)."""

Qualifier = Literal["", "lt", "gt", "over", "about", "at_least"]
"""How a value is to be read: under 10, over 90, "over 30", "about 500", "at least 120"."""


class BadView(ValueError):
    """The address names something malformed or unknown; the message says what is possible."""


class NoSuchIndicator(BadView):
    """There is no indicator of that name."""


class NotPublished(LookupError):
    """Every name is known, but the programme of tables does not publish this combination."""


class Withdrawn(NotPublished):
    """What was published is taken out of sight; `why` is the reason for readers."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what} was withdrawn: {why}")
        self.why = why


class NoRelease(LookupError):
    """There is no release of that name (or none at all)."""


Audience = Literal["public", "brand", "ministry", "staff", "admin"]
"""Who reads: everyone, or somebody who is signed in for one of the roles."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What this reader may see. Decided by the session, never by the link.

    `programme` is the programme of tables whose published cells are shown, `audience` whom the
    pages speak to. A brand sees its own suppliers besides: exactly the (factory, cycle) in `pairs`.
    """

    programme: Literal["public", "ministry"] = "public"
    audience: Audience = "public"
    brand: str = ""
    pairs: frozenset[tuple[str, str]] = frozenset()

    @property
    def key(self) -> str:
        """What tells it apart in the keys of answers that are remembered."""
        return f"{self.programme}/{self.audience}/{self.brand}"


PUBLIC = Scope()
MINISTRY = Scope("ministry", "ministry")
"""Everyone's cells and those of the ministry's own programme of tables."""


@dataclass(frozen=True, slots=True)
class View:
    """A request for one picture of one indicator. A view is a URL and a URL is a view.

    An empty field means "the default of the indicator". `split` holds up to two dimensions,
    `("_T",)` says "no split". `filters` are sorted pairs of a dimension and its codes.
    """

    indicator: str
    split: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    freq: str = ""
    start: str = ""
    end: str = ""
    unit: str = ""
    panel: str = ""
    chart: str = ""
    lang: str = ""
    release: str = ""
    theme: str = ""

    def to_query(self) -> str:
        """Return the query string that names this view, without '?'; codes keep their commas."""
        named = {
            "split": ",".join(self.split),
            "freq": self.freq,
            "from": self.start,
            "to": self.end,
            "unit": self.unit,
            "panel": self.panel,
            "chart": self.chart,
            "lang": self.lang,
            "release": self.release,
            "theme": self.theme,
        }
        pairs = [("split", named["split"])]
        pairs += [(dimension, ",".join(codes)) for dimension, codes in self.filters]
        pairs += [(name, named[name]) for name in NAMED[1:]]
        return "&".join(f"{name}={quote(value, safe=',._-')}" for name, value in pairs if value)

    def to_path(self) -> str:
        """Return the address of the page of this view on its site."""
        query = self.to_query()
        return f"/charts/{quote(self.indicator)}" + (f"?{query}" if query else "")

    @classmethod
    def from_query(cls, indicator: str, query: str) -> Self:
        """Read a view back from a query string; raise BadView if it is malformed."""
        pairs = parse_qsl(query.lstrip("?"), keep_blank_values=True)
        names = [name for name, _ in pairs]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise BadView(f"{', '.join(twice)}: named twice; write the codes with commas between")
        return cls.from_pairs(indicator, dict(pairs))

    @classmethod
    def from_pairs(cls, indicator: str, pairs: Mapping[str, str]) -> Self:
        """Read a view from named values. Names that are not NAMED are dimensions."""
        filters = {name: _codes(pairs[name]) for name in sorted(pairs) if name not in NAMED}
        return cls(
            indicator=indicator,
            split=_codes(pairs.get("split", "")),
            filters=tuple((name, codes) for name, codes in filters.items() if codes),
            freq=pairs.get("freq", ""),
            start=pairs.get("from", ""),
            end=pairs.get("to", ""),
            unit=pairs.get("unit", ""),
            panel=pairs.get("panel", ""),
            chart=pairs.get("chart", ""),
            lang=pairs.get("lang", ""),
            release=pairs.get("release", ""),
            theme=pairs.get("theme", ""),
        )

    def with_filters(self, filters: Mapping[str, tuple[str, ...]]) -> Self:
        """Return the same view with other filters."""
        return replace(self, filters=tuple(sorted((d, c) for d, c in filters.items() if c)))


def _codes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.strip() for code in text.split(",") if code.strip()))


@dataclass(frozen=True, slots=True)
class File:
    """One file that a source came in, and the account of its rows.

    `checksum` is the SHA-256 of its bytes, `recognised` the rows that are no record, by reason.
    `name` is "" where it is not public; then rows are counted in steps of `step`.
    """

    name: str
    kind: str
    checksum: str
    as_of: str
    read: int
    loaded: int
    refused: int
    recognised: tuple[tuple[str, int], ...] = ()
    step: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """Where numbers come from; printed under every chart made from them."""

    id: str
    publisher: str
    title: str
    url: str = ""
    licence: str = ""
    vintage: str = ""
    retrieved: str = ""
    file: str = ""
    checksum: str = ""
    illustrative: bool = False
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One cited figure as a publication printed it. `value` keeps the printed digits.

    `source` is the id of the Source that it is quoted from.
    """

    id: str
    theme: str
    indicator: str
    geography: str
    period: str
    value: str
    unit: str
    qualifier: str
    source_title: str
    source_url: str
    source_date: str
    note: str
    display: Literal["headline", "context"] = "context"
    disagrees_with: tuple[str, ...] = ()
    publisher: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One published number. `value` is None whenever `status` is c, x or z.

    `n` is the published denominator (owner groups or factories behind it), None where none applies.
    `flags` are single letters p, r, e, b and the words "incomplete" and "official_use".
    """

    value: float | None
    status: Status = "A"
    n: int | None = None
    flags: tuple[str, ...] = ()
    qualifier: Qualifier = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """Where a set of cells belongs: one indicator, in one unit, frequency and panel."""

    indicator: str
    unit: str
    freq: str
    panel: str = "all"


Cells = Mapping[Series, Mapping[Key, Mapping[str, Cell]]]
"""Series -> key -> time period -> cell: a whole release's numbers."""


@dataclass(frozen=True, slots=True)
class Release:
    """What was published together: immutable and named.

    `withdrawn` says why keys are out of sight, `withdrawals` names what took them there.
    """

    id: str
    cut_off: date
    published: str
    checksum: str
    note: str
    sources: Mapping[str, Source]
    facts: tuple[Fact, ...]
    cells: Cells
    withdrawn: Mapping[Series, Mapping[Key, str]] = field(default_factory=dict)
    withdrawals: tuple[str, ...] = ()

    @property
    def illustrative(self) -> bool:
        """Whether any part of the release is the made-up programme."""
        return any(source.illustrative for source in self.sources.values())


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a date and belongs on a time axis."""

    date: str
    title: str
    kind: str
    url: str = ""
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """A goal that a chart draws; `fact` is the cited fact that states it."""

    value: float
    label: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a slice. `key` holds the split dimensions' codes only."""

    time_period: str
    key: Key
    cell: Cell


@dataclass(frozen=True, slots=True)
class Slice:
    """The answer to a view: safe to show to the reader who asked.

    Points are ordered by key (in code-list order), then by period. `labels` gives the English label
    of every dimension ("city" -> "City") under "" and of every code under its dimension, and the
    group of a code under "dimension.group". `chosen` repeats single-code filters, `kind` is the
    chart kind to draw, `to_date` says that values count from July on.
    """

    view: View
    title: str
    measure: str
    definition: str
    denominator: str
    unit: str
    decimals: int
    direction: Literal["higher", "lower", "neutral"]
    freq: str
    panel: str
    kind: str
    split: tuple[str, ...]
    chosen: Key
    points: tuple[Point, ...]
    labels: Mapping[str, Mapping[str, str]]
    sources: tuple[Source, ...]
    release: str
    cut_off: date
    step: float = 0
    notes: tuple[str, ...] = ()
    target: Target | None = None
    events: tuple[Event, ...] = ()
    order: Literal["code", "value"] = "code"
    base: Literal["zero", "free"] = "zero"
    to_date: bool = False
    facts: tuple[Fact, ...] = field(default=())

    @property
    def illustrative(self) -> bool:
        """Whether these numbers are made up; real and made-up sources never share a slice."""
        return any(source.illustrative for source in self.sources)

    @property
    def official(self) -> bool:
        """Whether any of it is for official use only: it says so in every form."""
        return any(OFFICIAL_USE in point.cell.flags for point in self.points)

    @property
    def embeddable(self) -> bool:
        """Whether it may stand in the pages of others."""
        return not self.official

    @property
    def periods(self) -> tuple[str, ...]:
        """The time periods of the slice in order."""
        return tuple(sorted({point.time_period for point in self.points}))

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys of the slice in display order."""
        return tuple(dict.fromkeys(point.key for point in self.points))

    def of(self, key: Key) -> tuple[Point, ...]:
        """Return the points of one key, by period."""
        return tuple(point for point in self.points if point.key == key)

    def label(self, key: Key) -> str:
        """Return the English label of a key, e.g. "Karachi"; the empty key is the title."""
        return ", ".join(self.labels[d].get(code, code) for d, code in key) or self.title
