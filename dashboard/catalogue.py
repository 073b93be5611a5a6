"""Read config/ once, at start, into typed and checked declarations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from dashboard.model import TOTAL, Event, Target

D = TypeVar("D", bound="Declared")
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


def load(config: Path) -> Catalogue:
    """Read every declaration below `config`; raise CatalogueError naming the file that is wrong."""
    catalogue = Catalogue(
        indicators=_folder(config / "indicators", Indicator),
        themes=_keyed(config / "themes.yaml", Theme),
        audiences=_folder(config / "audiences", Audience),
        codelists=_folder(config / "codelists", CodeList),
        tables=tuple(_keyed(config / "tables.yaml", Table).values()),
        events=_events(config / "events.yaml"),
        sources=_folder(config / "sources", SourceDeclaration),
        aliases=_mapping(config / "view_aliases.yaml"),
        currencies=_mapping(config / "currencies.yaml"),
        glossary=_keyed(config / "glossary.yaml", Entry),
        ministry_tables=tuple(_keyed(config / "tables_ministry.yaml", Table).values()),
    )
    check_references(catalogue)
    return catalogue


def _folder(folder: Path, kind: type[D]) -> dict[str, D]:
    return {
        p.stem: _parse(p, kind, {"id": p.stem} | _mapping(p)) for p in sorted(folder.glob("*.yaml"))
    }


def _keyed(path: Path, kind: type[D]) -> dict[str, D]:
    return {name: _parse(path, kind, {"id": name} | row) for name, row in _mapping(path).items()}


def _parse(path: Path, kind: type[D], content: Mapping[str, Any]) -> D:
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        name = content.get("id", path.stem)
        where = path if name == path.stem else f"{path}: {name}"
        raise CatalogueError(f"{where}: {'; '.join(_said(error))}") from error


def _said(error: ValidationError) -> Iterator[str]:
    """Yield what is wrong with each key of a declaration, in a line each."""
    for one in error.errors(include_url=False):
        yield f"{'.'.join(map(str, one['loc']))}: {one['msg']}"


def _mapping(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise CatalogueError(f"{path}: not YAML: {error}") from error
    if not isinstance(content, dict):
        raise CatalogueError(f"{path}: expected 'name: value' lines")
    return content


class _EventRow(Declared):
    date: str
    title: str
    kind: str
    url: str = ""
    source: str = ""
    confirmed: bool = True


def _events(path: Path) -> tuple[Event, ...]:
    rows = _mapping(path).get("events", [])
    declared = [_parse(path, _EventRow, row | {"date": _text(row.get("date"))}) for row in rows]
    return tuple(sorted((Event(**row.model_dump()) for row in declared), key=lambda e: e.date))


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)


def check_references(catalogue: Catalogue) -> None:
    """Raise CatalogueError with every name that is used and declared nowhere."""
    if wrong := [
        *_dangling(catalogue),
        *_dangling_on_pages(catalogue),
        *_of_the_wrong_programme(catalogue),
    ]:
        raise CatalogueError("config/: " + "; ".join(wrong))


def needs(indicator: Indicator, catalogue: Catalogue) -> set[str]:
    """Return the published indicators that an indicator is made from."""
    formula = indicator.formula
    if formula.kind == "reached" and formula.over in catalogue.codelists:
        rows = catalogue.codelists[formula.over].codes.values()
        return {str(row["indicator"]) for row in rows if "indicator" in row}
    return {name for name in (formula.of, formula.per) if name}


def _dangling(catalogue: Catalogue) -> Iterator[str]:
    for indicator in catalogue.indicators.values():
        used = {*indicator.dimensions, *indicator.split, *indicator.filters}
        yield from (
            f"indicators/{indicator.id}: no code list {name!r}"
            for name in sorted(used - set(catalogue.codelists))
        )
        yield from (
            f"indicators/{indicator.id}: no indicator {name!r}"
            for name in sorted(needs(indicator, catalogue) - set(catalogue.indicators))
        )
        if indicator.theme not in catalogue.themes:
            yield f"indicators/{indicator.id}: no theme {indicator.theme!r}"
    for table in (*catalogue.tables, *catalogue.ministry_tables):
        known = set(catalogue.indicators)
        yield from (
            f"tables/{table.id}: no indicator {i!r}" for i in table.indicators if i not in known
        )


def _of_the_wrong_programme(catalogue: Catalogue) -> Iterator[str]:
    for table in catalogue.tables:
        if table.protect == "official":
            yield f"tables/{table.id}: protect: official is for tables_ministry.yaml only"
    for table in catalogue.ministry_tables:
        if table.protect != "official":
            yield f"tables_ministry/{table.id}: protect: {table.protect}; here it must be official"
        shown = set(table.only.get("cluster", catalogue.codelists["cluster"].codes))
        if kept := sorted(shown & catalogue.reserved_clusters):
            yield f"tables_ministry/{table.id}: {', '.join(kept)}: reserved, shown nationally only"


def _dangling_on_pages(catalogue: Catalogue) -> Iterator[str]:
    for theme in catalogue.themes.values():
        for view in (*theme.tiles, *theme.charts):
            if view.partition("?")[0] not in catalogue.indicators:
                yield f"themes/{theme.id}: no indicator in {view!r}"
    for entry in catalogue.glossary.values():
        yield from (
            f"glossary/{entry.id}: no entry {name!r}"
            for name in entry.see
            if name not in catalogue.glossary
        )
