"""Trade by chapter of the Harmonized System: which rows are ours, and which must not be added.

Exports that Pakistan reports are one series; what others report as imports from Pakistan is its
mirror, another one. Re-exports are inside exports, sub-regions and countries inside World, modes
of transport inside their total: such rows are recognised and never added to what they are part of.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from data_loaders.periods import span
from data_loaders.reading.book import Book
from data_loaders.reading.coded import is_number
from data_loaders.reading.credits import UNDATED, vintage_of
from data_loaders.reading.problems import Report
from data_loaders.reading.tabular import Cells, refuse_nothing_of_ours
from data_loaders.records import Figure, Origin

SOURCE = "un_comtrade"
MIRROR = "un_comtrade_mirror"
MEASURES = {SOURCE: "exports_hs", MIRROR: "exports_hs_mirror"}

ASIDE: Mapping[str, str] = {"M": "import", "RX": "re-export", "RM": "re-import"}
"""Flows of ours that are no exports, and as what they are recognised."""

TOLERANCE = 1.001

Freq = Literal["A", "M"]
Key = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """One row of trade: codes as the publisher writes them, the value as printed.

    `flow` is X, M, RX, RM or anything else; `aside` says why the row is none of ours already.
    """

    reporter: str
    partner: str
    flow: str
    commodity: str
    period: str
    value: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Headings:
    """What the columns are called in the file, for refusals."""

    flow: str
    period: str
    value: str


@dataclass(frozen=True)
class Terms:
    """The codes of `settings` in config/sources and of the product code list."""

    products: Mapping[str, str]
    reporters: frozenset[str]
    world: frozenset[str]
    groups: Mapping[str, str]
    partners: Mapping[str, str]


def terms(book: Book) -> Terms:
    """Return what config/ says about reporters, partners, groups of partners and chapters."""
    settings = book.written.settings[SOURCE]
    products = book.written.codes["product"].items()
    return Terms(
        products={row["hs"][0]: code for code, row in products if _one_chapter(row)},
        reporters=frozenset(settings["reporters"]),
        world=frozenset(settings["world"]),
        groups={part: group for group, parts in settings["groups"].items() for part in parts},
        partners=settings["partners"],
    )


def _one_chapter(row: Mapping[str, Any]) -> bool:
    return len(row.get("hs", ())) == 1 and str(row["hs"][0]).isdigit()


@dataclass
class Flows:
    """The rows of one file as they are read: figures at once, groups of partners at the end."""

    book: Book
    report: Report
    headings: Headings
    terms: Terms = field(init=False)
    vintage: str = field(init=False)
    seen: dict[tuple[str, ...], int] = field(default_factory=dict)
    parts: dict[tuple[Freq, str, str], float] = field(default_factory=lambda: defaultdict(float))
    worlds: dict[tuple[Freq, str, str], float] = field(default_factory=dict)
    groups: dict[tuple[Freq, str, str, str], tuple[float, Origin]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.terms = terms(self.book)
        self.vintage = vintage_of(self.book)
        if not self.vintage:
            self.report.say("", 0, "", "", UNDATED)

    def take(self, line: Cells, flow: Flow) -> Iterator[Figure]:
        """Yield the figure of a row if it is one by itself; settle the row in any case."""
        aside = flow.aside or self._aside(flow)
        if aside:
            self.report.recognise(line.sheet, line.number, aside)
            return
        source = SOURCE if flow.reporter in self.terms.reporters else MIRROR
        other = flow.partner if source == SOURCE else flow.reporter
        if not self._usable(line, flow, (source, other)):
            return
        self.report.loaded(line.sheet, line.number)
        freq, period = period_of(flow.period)
        product = self.terms.products[flow.commodity.zfill(2)]
        place = line.origin(source, self.book.name)
        value = float(flow.value)
        if source == SOURCE:
            self._remember(freq, period, product, other, value)
        if source == SOURCE and (group := self.terms.groups.get(other)):
            sofar, first = self.groups.get((freq, period, product, group), (0.0, place))
            self.groups[freq, period, product, group] = (sofar + value, first)
            return
        yield self._figure(place, (freq, period), self._key(product, other), value)

    def _remember(self, freq: Freq, period: str, product: str, other: str, value: float) -> None:
        if other in self.terms.world:
            self.worlds[freq, period, product] = value
        else:
            self.parts[freq, period, product] += value

    def _aside(self, flow: Flow) -> str:
        if flow.commodity.zfill(2) not in self.terms.products:
            return "other commodity"
        if flow.reporter in self.terms.reporters:
            return ASIDE.get(flow.flow) or self._without_code(flow.partner)
        if flow.partner not in self.terms.reporters or flow.flow != "M":
            return "other reporter"
        return "" if flow.reporter in self.terms.partners else "mirror without a code of ours"

    def _without_code(self, partner: str) -> str:
        known = (self.terms.world, self.terms.groups, self.terms.partners)
        return "" if any(partner in them for them in known) else "partner without a code of ours"

    def _usable(self, line: Cells, flow: Flow, at: tuple[str, str]) -> bool:
        wrong = {
            (self.headings.flow, flow.flow): flow.flow in ("X", "M"),
            (self.headings.period, flow.period): _is_period(flow.period),
            (self.headings.value, flow.value): is_number(flow.value) and float(flow.value) >= 0,
        }
        wanted = ("an export, import, re-export or re-import", "a year or month", AMOUNT)
        for ((column, value), right), want in zip(wrong.items(), wanted, strict=True):
            if not right:
                self.report.refuse(line.sheet, line.number, column, value, want)
        if not all(wrong.values()):
            return False
        first = self.seen.setdefault((*at, flow.commodity, flow.period), line.number)
        if first != line.number:
            want = f"one row for each flow: row {first} says the same"
            self.report.refuse(line.sheet, line.number, self.headings.value, flow.value, want)
        return first == line.number

    def _key(self, product: str, other: str) -> Key:
        if other in self.terms.world:
            return (("product", product),)
        return (("market", self.terms.partners[other]), ("product", product))

    def _figure(self, place: Origin, at: tuple[Freq, str], key: Key, value: float) -> Figure:
        return Figure(
            origin=place,
            measure=MEASURES[place.source],
            freq=at[0],
            time_period=at[1],
            key=key,
            value=value,
            unit="usd",
            vintage=self.vintage,
        )

    def finish(self) -> Iterator[Figure]:
        """Yield the groups of partners; check parts against World; name chapters that miss."""
        for (freq, period, product, group), (value, place) in self.groups.items():
            key = (("market", group), ("product", product))
            yield self._figure(place, (freq, period), key, value)
        self._check_parts()
        self._name_gaps()
        chapters = sorted(self.terms.products)
        wanted = (
            "exports reported by Pakistan (586), or imports of others from it, of HS chapters "
            f"{chapters[0]} to {chapters[-1]}"
        )
        refuse_nothing_of_ours(self.report, wanted)

    def _check_parts(self) -> None:
        for at, world in self.worlds.items():
            if self.parts.get(at, 0.0) > world * TOLERANCE + 1:
                shown = f"{at[1]} {at[2]}: partners {self.parts[at]:.0f}, World {world:.0f}"
                wanted = "partners that add up to World at most: perhaps one is inside another"
                self.report.refuse("", 0, self.headings.value, shown, wanted)

    def _name_gaps(self) -> None:
        """Say which chapters miss in which year: sums over chapters would show a false fall."""
        found: dict[str, set[str]] = defaultdict(set)
        for freq, period, product in self.worlds:
            if freq == "A":
                found[period].add(product)
        everywhere = set().union(*found.values())
        if len(everywhere) < 2:
            return
        for year in span(min(found), max(found), "A"):
            if missing := sorted(everywhere - found.get(year, set())):
                absent = f"no {', '.join(missing)}" if year in found else "no chapter at all"
                what = f"{absent}: a gap, and no sum over chapters for this year"
                self.report.say("", 0, self.headings.period, year, what)


AMOUNT = "a number of US dollars, 0 or more, with a point and no separators"


def period_of(text: str) -> tuple[Freq, str]:
    """Return the frequency and period of "2011" or "201101"."""
    return ("A", text) if len(text) == 4 else ("M", f"{text[:4]}-{text[4:]}")


def _is_period(text: str) -> bool:
    if not text.isdigit() or len(text) not in (4, 6) or not 1962 <= int(text[:4]) <= 2100:
        return False
    return len(text) == 4 or 1 <= int(text[4:]) <= 12


def sources_of(book: Book, found: Iterable[Flow]) -> tuple[str, ...]:
    """Return the ids of the sources that rows belong to: UN Comtrade, its mirror, or both."""
    ours = terms(book).reporters
    ids = {SOURCE if flow.reporter in ours else MIRROR for flow in found if not flow.aside}
    return tuple(sorted(ids))
