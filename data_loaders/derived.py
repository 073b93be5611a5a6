"""Indicators that are made of published ones: they rest on rounded figures and on nothing else."""

from collections.abc import Mapping, MutableMapping
from dataclasses import replace

from dashboard.catalogue import Catalogue, Indicator, needs
from dashboard.model import Cell, Key, Series
from data_loaders import formulas

ByPeriod = dict[str, Cell]
Numbers = MutableMapping[Series, dict[Key, ByPeriod]]


class DerivedInACircle(ValueError):
    """Indicators need one another; the message names them."""


def add(numbers: Numbers, catalogue: Catalogue, month: str) -> None:
    """Add the indicators that are made of published ones, each after those that it needs.

    `month` is that of the cut-off date. Raises DerivedInACircle.
    """
    waiting = {i.id: needs(i, catalogue) for i in catalogue.indicators.values()}
    done = {name for name, needed in waiting.items() if not needed}
    while left := set(waiting) - done:
        ready = sorted(name for name in left if waiting[name] <= done)
        if not ready:
            raise DerivedInACircle(", ".join(sorted(left)))
        for name in ready:
            _add_one(numbers, catalogue, catalogue.indicators[name], month)
        done.update(ready)


def _add_one(numbers: Numbers, catalogue: Catalogue, indicator: Indicator, month: str) -> None:
    match indicator.formula.kind:
        case "reached":
            _reach(numbers, catalogue, indicator, month)
        case "per":
            _divide(numbers, indicator)
        case "composition":
            _compose(numbers, indicator)
        case _:
            _derive(numbers, indicator)


def _reach(numbers: Numbers, catalogue: Catalogue, indicator: Indicator, month: str) -> None:
    """Say in the month of the cut-off what each code's own indicator has come to."""
    over = indicator.formula.over
    new = numbers[Series(indicator.id, indicator.unit, "M")]
    for code, row in catalogue.codelists[over].codes.items():
        named = catalogue.indicators.get(str(row.get("indicator", "")))
        if named is None:
            continue
        by_period = numbers.get(Series(named.id, named.unit, named.freq[0]), {}).get((), {})
        if by_period:
            add_up = row.get("over_time") == "sum"
            new[(over, code),] = {month: formulas.reached(by_period, add_up=add_up)}


def _divide(numbers: Numbers, indicator: Indicator) -> None:
    formula = indicator.formula
    for above in [s for s in numbers if s.indicator == formula.of and s.freq in indicator.freq]:
        below = next((s for s in numbers if _beside(s, above, formula.per)), None)
        if below is None:
            continue
        found = {
            key: formulas.per(by_period, numbers[below][key], formula.scale)
            for key, by_period in numbers[above].items()
            if key in numbers[below]
        }
        numbers[Series(indicator.id, indicator.unit, above.freq, above.panel)] = found


def _compose(numbers: Numbers, indicator: Indicator) -> None:
    """Set the change among all beside that among the same ones, key by key."""
    for everybody in [s for s in numbers if s.indicator == indicator.formula.of]:
        same = numbers.get(replace(everybody, panel="same"))
        if everybody.panel != "all" or same is None:
            continue
        numbers[replace(everybody, indicator=indicator.id)] = {
            key: formulas.composition(by_period, same[key])
            for key, by_period in numbers[everybody].items()
            if key in same
        }


def _beside(series: Series, other: Series, indicator: str) -> bool:
    return (series.indicator, series.freq, series.panel) == (indicator, other.freq, other.panel)


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
