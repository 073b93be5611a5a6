"""Check all, aggregate, protect, write one release, switch: all of it or nothing."""

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from dashboard.catalogue import Catalogue, Indicator
from dashboard.model import Cell, Cells, Fact, Key, Release, Series, Source
from dashboard.store import Published as PublishedStore
from dashboard.store.published import cell_rows
from data_loaders import formulas, listed, measures, official
from data_loaders.aggregate import Measured
from data_loaders.programme import Programme
from data_loaders.protect import Primary
from data_loaders.records import Figure, Record
from data_loaders.tables import Published

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


def build(inputs: Inputs, catalogue: Catalogue) -> Release:
    """Make an unnamed release of the inputs; raise ReleaseRefused if it may not go out."""
    numbers: Numbers = defaultdict(dict)
    _add_official(numbers, inputs, catalogue)
    _add_programme(numbers, inputs, catalogue)
    numbers = _rounded(numbers, catalogue)
    _add_derived(numbers, catalogue)
    cells = {series: by_key for series, by_key in _rounded(numbers, catalogue).items() if by_key}
    check(cells, inputs.sources)
    release = Release("", inputs.cut_off, "", "", "", inputs.sources, inputs.facts, cells)
    return replace(release, checksum=checksum(release))


def _add_official(numbers: Numbers, inputs: Inputs, catalogue: Catalogue) -> None:
    figures = official.given(r for r in inputs.records if isinstance(r, Figure))
    for indicator in catalogue.indicators.values():
        for unit in indicator.units or (indicator.unit,):
            rates = catalogue.currencies.get(unit, {}) if unit != indicator.unit else {}
            for freq in indicator.freq:
                found = official.cells(indicator, freq, unit, figures, rates)
                stated = listed.whole(indicator, found, catalogue.codelists)
                numbers[Series(indicator.id, unit, freq)] |= stated


def _add_programme(numbers: Numbers, inputs: Inputs, catalogue: Catalogue) -> None:
    known = measures.discover()
    provinces = {c: str(r["parent"]) for c, r in catalogue.codelists["city"].codes.items()}
    programme = Programme(inputs.records, inputs.cut_off, provinces)
    if not programme.factories:
        return
    published = Published(
        Measured(programme, known),
        Primary(programme.owners, programme.suppliers, inputs.p_percent),
        {name: measure.sources for name, measure in known.items()},
    )
    for table in catalogue.tables:
        for name in table.indicators:
            for series, cells in published.cells(table, catalogue.indicators[name]):
                for (key, period), cell in cells.items():
                    numbers[series].setdefault(key, {})[period] = cell


def _add_derived(numbers: Numbers, catalogue: Catalogue) -> None:
    waiting = [i for i in catalogue.indicators.values() if i.formula.of]
    done = {i.id for i in catalogue.indicators.values() if not i.formula.of}
    while waiting:
        ready = [i for i in waiting if i.formula.of in done]
        if not ready:
            raise ReleaseRefused(
                "indicators derived in a circle: " + ", ".join(i.id for i in waiting)
            )
        for indicator in ready:
            _derive(numbers, indicator)
            done.add(indicator.id)
        waiting = [i for i in waiting if i.id not in done]


def _derive(numbers: Numbers, indicator: Indicator) -> None:
    units = indicator.units or (indicator.unit,)
    for series in [s for s in numbers if s.indicator == indicator.formula.of]:
        if series.freq not in indicator.freq or series.panel not in indicator.panels:
            continue
        keeps_unit = indicator.formula.kind in ("to_date", "cumulative")
        unit = series.unit if keeps_unit else indicator.unit
        if unit not in units or (not keeps_unit and series.unit != _base_unit(numbers, series)):
            continue
        new = Series(indicator.id, unit, series.freq, series.panel)
        derived = {
            key: _derived(indicator, numbers[series], key, by_period)
            for key, by_period in numbers[series].items()
            if dict(key).keys() <= set(indicator.dimensions)
        }
        numbers[new] = {key: found for key, found in derived.items() if _says_anything(found)}


def _says_anything(found: ByPeriod) -> bool:
    return any(cell.status != "x" for cell in found.values())


def _base_unit(numbers: Numbers, series: Series) -> str:
    same = [s.unit for s in numbers if (s.indicator, s.freq) == (series.indicator, series.freq)]
    return same[0]


def _derived(
    indicator: Indicator, siblings: Mapping[Key, ByPeriod], key: Key, by_period: ByPeriod
) -> ByPeriod:
    formula = indicator.formula
    match formula.kind:
        case "growth":
            return formulas.growth(by_period, formula.against)
        case "to_date":
            return formulas.to_date(by_period)
        case "cumulative":
            return formulas.cumulative(by_period)
        case "change":
            return formulas.change(by_period)
        case _:
            return _shares(indicator, siblings, key, by_period)


def _shares(
    indicator: Indicator, siblings: Mapping[Key, ByPeriod], key: Key, by_period: ByPeriod
) -> ByPeriod:
    over = indicator.formula.over
    total = _without(key, over)
    if total == key or total not in siblings:
        return {}
    if not indicator.formula.of_parts:
        return formulas.share(by_period, siblings[total])
    parts = [found for k, found in siblings.items() if k != total and _without(k, over) == total]
    return formulas.share(by_period, formulas.added(parts))


def _without(key: Key, dimension: str) -> Key:
    return tuple(pair for pair in key if pair[0] != dimension)


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


def half_up(cell: Cell, decimals: int) -> Cell:
    """Round a cell's value half up, away from zero."""
    if cell.value is None:
        return cell
    scaled = math.floor(abs(cell.value) * 10**decimals + 0.5 + 1e-9)
    return replace(cell, value=math.copysign(scaled / 10**decimals, cell.value) if scaled else 0.0)


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
    """Return the SHA-256 of everything a release says: cells, sources, facts, cut-off."""
    content = {
        "cut_off": release.cut_off.isoformat(),
        "cells": list(cell_rows(release)),
        "sources": [asdict(release.sources[i]) for i in sorted(release.sources)],
        "facts": [asdict(fact) for fact in release.facts],
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def known(release: Release, store: PublishedStore) -> str:
    """Return the name under which the same content was published before, "" if it never was."""
    same = (stored.id for stored in store.releases() if stored.checksum == release.checksum)
    return next(same, "")


def write(release: Release, store: PublishedStore, note: str) -> str:
    """Write and switch to a release; return its name, or that of the same content."""
    if name := known(release, store):
        store.switch(name)
        return name
    names = (stored.id for stored in store.releases())
    name = next_name(release.cut_off.year, names)
    store.write(replace(release, id=name, note=note))
    return name


def next_name(year: int, names: Iterable[str]) -> str:
    """Return the next free name `YYYY.N` of a year."""
    numbers = [int(n.split(".")[1]) for n in names if n.startswith(f"{year}.")]
    return f"{year}.{max(numbers, default=0) + 1}"
