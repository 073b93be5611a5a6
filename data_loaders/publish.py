"""Check all, aggregate, protect, write one release, switch: all of it or nothing."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from dashboard.catalogue import Catalogue
from dashboard.model import Cell, Cells, Fact, Key, NoRelease, Release, Series, Source
from dashboard.revisions import compare
from dashboard.store import Published as PublishedStore
from dashboard.store.published import Written
from dashboard.store.tables import cell_rows
from data_loaders import derived, listed, measures, ministry, official, vintages
from data_loaders.aggregate import Measured
from data_loaders.ministry import ForMinistry
from data_loaders.periods import period_of
from data_loaders.programme import Programme
from data_loaders.protect import (
    Attacker,
    Audit,
    AuditFailed,
    Primary,
    Progress,
    Reasons,
    Sheet,
    audit,
    half_up,
)
from data_loaders.reading.written import written
from data_loaders.records import Figure, Record
from data_loaders.tables import Published, after_audit

EDITION = 2
"""To be raised where releases of the same cells are no longer the same."""

ByPeriod = dict[str, Cell]
Numbers = dict[Series, dict[Key, ByPeriod]]


class ReleaseRefused(Exception):
    """The release did not pass its checks; nothing was written."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a release is made from."""

    records: tuple[Record, ...]
    facts: tuple[Fact, ...]
    sources: Mapping[str, Source]
    cut_off: date
    p_percent: float


@dataclass(frozen=True, slots=True)
class Auditing:
    """What an audit looks back on: what earlier releases told, and outcomes by checksum.

    `ministry` is what they told the ministry besides.
    """

    earlier: Mapping[str, Sheet] = field(default_factory=dict)
    ministry: Mapping[str, Sheet] = field(default_factory=dict)
    memory: MutableMapping[str, Reasons] = field(default_factory=dict)
    progress: Progress = lambda *_: None


@dataclass(frozen=True, slots=True)
class Built:
    """An unnamed release; for staff only its audit, what it tells an attacker, and the records.

    What the ministry's programme adds stands beside it.
    """

    release: Release
    audit: Audit
    told: Sheet
    programme: Programme
    ministry: ForMinistry = field(default_factory=ForMinistry)


def build(inputs: Inputs, catalogue: Catalogue, auditing: Auditing | None = None) -> Built:
    """Make an unnamed release of the inputs; raise ReleaseRefused if it may not go out."""
    numbers: Numbers = defaultdict(dict)
    _add_official(numbers, inputs, catalogue)
    programme, looking = _programme(inputs, catalogue), auditing or Auditing()
    audited, told, beside = _add_programme(numbers, programme, inputs, catalogue, looking)
    numbers = _rounded(numbers, catalogue)
    try:
        derived.add(numbers, catalogue, period_of(inputs.cut_off, "M"))
    except derived.DerivedInACircle as error:
        raise ReleaseRefused(f"indicators derived in a circle: {error}") from error
    cells = {series: by_key for series, by_key in _rounded(numbers, catalogue).items() if by_key}
    check(cells, inputs.sources)
    check(beside.cells, inputs.sources)
    release = Release("", inputs.cut_off, "", "", "", inputs.sources, inputs.facts, cells)
    beside = replace(beside, cells=_rounded(beside.cells, catalogue))
    named = replace(release, checksum=checksum(release))
    return Built(named, audited, told, programme, beside)


def _add_official(numbers: Numbers, inputs: Inputs, catalogue: Catalogue) -> None:
    read = (r for r in inputs.records if isinstance(r, Figure))
    figures = official.given(read, vintages.estimated_anew(written()))
    for indicator in catalogue.indicators.values():
        for unit in indicator.units or (indicator.unit,):
            rates = catalogue.currencies.get(unit, {}) if unit != indicator.unit else {}
            for freq in indicator.freq:
                found = official.cells(indicator, freq, unit, figures, rates)
                stated = listed.whole(indicator, found, catalogue.codelists)
                numbers[Series(indicator.id, unit, freq)] |= stated


def _programme(inputs: Inputs, catalogue: Catalogue) -> Programme:
    provinces = {c: str(r["parent"]) for c, r in catalogue.codelists["city"].codes.items()}
    return Programme(inputs.records, inputs.cut_off, provinces)


def _add_programme(
    numbers: Numbers,
    programme: Programme,
    inputs: Inputs,
    catalogue: Catalogue,
    auditing: Auditing,
) -> tuple[Audit, Sheet, ForMinistry]:
    known = measures.discover()
    if not programme.factories:
        return Audit(), Sheet(), ForMinistry()
    published = Published(
        Measured(programme, known),
        Primary(programme.owners, programme.suppliers, inputs.p_percent),
        {name: measure.sources for name, measure in known.items()},
    )
    lines = list(published.lines(catalogue.tables, catalogue))
    with _refusing("everyone"):
        audited = _audited(published, auditing)
    for line, cells in lines:
        for (key, period), cell in after_audit(line, cells, audited.units).items():
            numbers[line.series].setdefault(key, {})[period] = cell
    told = published.sheet.without(audited.units)
    with _refusing("the ministry"):
        for_all = ministry.ForAll(numbers, published.sheet, told)
        earlier = auditing.earlier, auditing.ministry
        beside = ministry.make(published, catalogue, for_all, earlier, auditing.memory)
    return audited, told, beside


def attackers(primary: Primary) -> list[Attacker]:
    """Return who may want to know more: a reader, every brand, every owner group."""
    brands = sorted(primary.suppliers.items())
    return [
        Attacker("a reader", frozenset()),
        *(Attacker(f"brand {brand}", them) for brand, them in brands),
        *(Attacker(f"owner group {owner}", them, owns=True) for owner, them in primary.groups()),
    ]


def _audited(published: Published, auditing: Auditing) -> Audit:
    known = attackers(published.primary)
    memory, progress = auditing.memory, auditing.progress
    return audit(published.sheet, auditing.earlier, known, memory, progress)


@contextmanager
def _refusing(programme: str) -> Iterator[None]:
    """Turn a failed audit into a refusal."""
    try:
        yield
    except AuditFailed as error:
        raise ReleaseRefused(
            f"The audit of what can be worked out from the figures for {programme} failed: "
            f"{error}. Nothing was published; the release before stays. Give this message to the "
            "data team."
        ) from error


def _rounded(numbers: Numbers, catalogue: Catalogue) -> Numbers:
    """Round every value once, to the decimals of its indicator: what is shown is what is stored."""
    return {
        series: {
            key: {
                p: half_up(c, catalogue.indicators[series.indicator].decimals)
                for p, c in them.items()
            }
            for key, them in by_key.items()
        }
        for series, by_key in numbers.items()
    }


def check(cells: Cells, sources: Mapping[str, Source]) -> None:
    """Refuse a release in which a number has no source, or made-up and real share a series."""
    if wrong := list(_wrong(cells, sources)):
        raise ReleaseRefused("\n".join(wrong))


def _wrong(cells: Cells, sources: Mapping[str, Source]) -> Iterator[str]:
    for series, by_key in cells.items():
        ids = {i for by_period in by_key.values() for c in by_period.values() for i in c.sources}
        if missing := sorted(ids - set(sources)):
            yield f"{series.indicator}: no source named {', '.join(missing)}"
        if not ids:
            yield f"{series.indicator}: no source"
        if len({sources[i].illustrative for i in ids & set(sources)}) > 1:
            yield f"{series.indicator}: made-up and real figures share a series"


def checksum(release: Release) -> str:
    """Return the SHA-256 of everything a release says to everyone.

    Nothing for official use is in it: readers see it, and could try out what is hidden from them.
    """
    content = {
        "edition": EDITION,
        "cut_off": release.cut_off.isoformat(),
        "cells": list(cell_rows(release.cells)),
        "sources": [asdict(release.sources[i]) for i in sorted(release.sources)],
        "facts": [asdict(fact) for fact in release.facts],
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def known(new: Built, store: PublishedStore) -> str:
    """Return the name under which the same content was published before, "" if it never was."""
    return store.known(new.release, new.ministry.cells)


def write(
    release: Release,
    store: PublishedStore,
    note: str,
    beside: Cells | None = None,
    *,
    correction: bool = False,
) -> Written:
    """Write and switch to a release, or to the one that has the same content already.

    It gets the next name `YYYY.N` of its year; a correction that of the current release with the
    next number behind it, `YYYY.N.C`. `beside` are the cells that only the ministry may see.
    """

    def named(names: Collection[str], current: str) -> str:
        if correction and current:
            return next_correction(current, names)
        return next_name(release.cut_off.year, names)

    revision = compare(shown(store), release)
    return store.write(replace(release, note=note), named, revision, beside or {})


def shown(store: PublishedStore) -> Release | None:
    """Return what readers see at the moment, None before the first publication."""
    try:
        return store.load(store.current())
    except NoRelease:
        return None


def next_name(year: int, names: Iterable[str]) -> str:
    """Return the next free name `YYYY.N` of a year."""
    return f"{year}.{_highest(str(year), names) + 1}"


def next_correction(name: str, names: Iterable[str]) -> str:
    """Return the next free name `YYYY.N.C` of a release or of one of its corrections."""
    base = ".".join(name.split(".")[:2])
    return f"{base}.{_highest(base, names) + 1}"


def _highest(base: str, names: Iterable[str]) -> int:
    """Return the highest number that follows a name and a full stop, 0 if there is none."""
    ends = (n.removeprefix(f"{base}.") for n in names if n.startswith(f"{base}."))
    return max((int(end.split(".")[0]) for end in ends), default=0)
