"""From a view to the points of a slice: look-ups in a release, no arithmetic across cells."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from dashboard.catalogue import Catalogue, Indicator
from dashboard.model import (
    TOTAL,
    BadView,
    Event,
    Key,
    NoSuchIndicator,
    NotPublished,
    Point,
    Release,
    Series,
    Slice,
    View,
    Withdrawn,
)

PERIOD = {
    "M": re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
    "Q": re.compile(r"\d{4}-Q[1-4]"),
    "A": re.compile(r"\d{4}"),
    "FY": re.compile(r"FY\d{4}"),
    "C": re.compile(r"C[1-9]"),
    "D": re.compile(r"\d{4}-\d\d-\d\d"),
}
EXAMPLE = {
    "M": "2024-07",
    "Q": "2024-Q3",
    "A": "2024",
    "FY": "FY2025",
    "C": "C2",
    "D": "2024-07-01",
}
THEMES = ("light", "dark")
"""Colour schemes that a view may ask for; without one its reader's own counts."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A view with every default filled in and every name checked."""

    indicator: Indicator
    view: View
    series: Series
    split: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    kind: str


def resolve(catalogue: Catalogue, view: View, kinds: Collection[str]) -> Asked:
    """Check every name of a view and fill in the defaults; raise BadView naming what is wrong."""
    indicator = find(catalogue, view.indicator)
    filters = dict(indicator.filters) | dict(view.filters)
    split = _split(indicator, view, filters)
    _check_codes(catalogue, indicator, split, filters)
    series = Series(
        indicator=indicator.id,
        unit=_one_of("unit", view.unit, indicator.units or (indicator.unit,)),
        freq=_one_of("freq", view.freq, indicator.freq),
        panel=_one_of("panel", view.panel, indicator.panels),
    )
    _check_periods(view, series.freq)
    _one_of("theme", view.theme, THEMES)
    kind = _one_of("chart", view.chart, (*indicator.charts, *sorted(kinds)))
    return Asked(indicator, canonical(indicator, view), series, split, filters, kind)


def find(catalogue: Catalogue, name: str) -> Indicator:
    """Return the indicator of a name or of its old spelling; raise NoSuchIndicator."""
    indicator = catalogue.indicators.get(catalogue.aliases.get(name, name))
    if indicator is None:
        raise NoSuchIndicator(f"there is no indicator {name!r}; the list is at /data")
    return indicator


def canonical(indicator: Indicator, view: View) -> View:
    """Return the shortest view of the same meaning: only what differs from the default."""
    default_filters = dict(indicator.filters)
    split = () if view.split == (indicator.split or (TOTAL,)) else view.split
    return replace(
        view,
        indicator=indicator.id,
        split=split,
        filters=tuple(pair for pair in view.filters if default_filters.get(pair[0]) != pair[1]),
        freq="" if view.freq == indicator.freq[0] else view.freq,
        unit="" if view.unit in ("", (indicator.units or (indicator.unit,))[0]) else view.unit,
        panel="" if view.panel == indicator.panels[0] else view.panel,
        chart="" if view.chart == indicator.charts[0] else view.chart,
        lang="" if view.lang == "en" else view.lang,
    )


def _one_of(name: str, asked: str, possible: Collection[str]) -> str:
    options = tuple(dict.fromkeys(possible))
    if not asked:
        return options[0]
    if asked not in options:
        raise BadView(f"{name}={asked}: not known here; possible: {', '.join(options)}")
    return asked


def _split(
    indicator: Indicator, view: View, filters: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    split = tuple(name for name in (view.split or indicator.split) if name != TOTAL)
    several = tuple(name for name in filters if len(filters[name]) > 1 and name not in split)
    if len(split + several) > 2:
        raise BadView(
            f"split={','.join(split + several)}: at most two dimensions can be compared at once; "
            "choose one code for the others"
        )
    return split + several


def _check_codes(
    catalogue: Catalogue,
    indicator: Indicator,
    split: tuple[str, ...],
    filters: Mapping[str, tuple[str, ...]],
) -> None:
    for name in (*split, *filters):
        if name not in indicator.dimensions:
            possible = ", ".join(indicator.dimensions) or "none"
            raise BadView(f"{name}: {indicator.id} has no such dimension; possible: {possible}")
    for name, codes in filters.items():
        known = catalogue.codelists[name].codes
        for code in codes:
            if code != TOTAL and code not in known:
                raise BadView(f"{name}={code}: not a code; possible: {', '.join(known)}, {TOTAL}")


def _check_periods(view: View, freq: str) -> None:
    for name, period in (("from", view.start), ("to", view.end)):
        if period and not PERIOD[freq].fullmatch(period):
            raise BadView(f"{name}={period}: freq={freq} needs a period like {EXAMPLE[freq]}")
    if view.start and view.end and view.start > view.end:
        raise BadView(f"from={view.start}&to={view.end}: the first period is after the last")


def points(
    asked: Asked, release: Release, codes: Mapping[str, Collection[str]]
) -> tuple[Point, ...]:
    """Look up the published points of a view, by key in code-list order, then by period.

    Raises NotPublished when the release holds no cell of this combination of dimensions, and
    Withdrawn when any of it was taken out of sight.
    """
    for gone, why in release.withdrawn.get(asked.series, {}).items():
        if _matches(gone, asked) is not None:
            raise Withdrawn(asked.series.indicator, why)
    found = release.cells.get(asked.series, {})
    rows = [
        Point(period, key, cell)
        for stored, by_period in found.items()
        if (key := _matches(stored, asked)) is not None
        for period, cell in by_period.items()
        if _within(period, asked.view)
    ]
    if not rows and not any(_matches(stored, asked) is not None for stored in found):
        raise NotPublished(_not_published(asked, found))
    rank = {name: {c: i for i, c in enumerate([TOTAL, *codes[name]])} for name in asked.split}
    rows.sort(key=lambda p: ([rank[d].get(c, len(rank[d])) for d, c in p.key], p.time_period))
    return tuple(rows)


def _within(period: str, view: View) -> bool:
    return (not view.start or period >= view.start) and (not view.end or period <= view.end)


def _matches(stored: Key, asked: Asked) -> Key | None:
    """Return the split part of a stored key if the view asks for it, else None."""
    at = dict(stored)
    if not at.keys() <= {*asked.split, *asked.filters}:
        return None
    for name, codes in asked.filters.items():
        if at.get(name, TOTAL) not in codes:
            return None
    for name in asked.split:
        if name not in at and TOTAL not in asked.filters.get(name, ()):
            return None
    return tuple((name, at.get(name, TOTAL)) for name in asked.split)


def _not_published(asked: Asked, found: Collection[Key]) -> str:
    wanted = " × ".join(sorted({*asked.split, *asked.filters})) or "the total"
    there = sorted({" × ".join(name for name, _ in key) or "the total" for key in found})
    series = asked.series
    return (
        f"{series.indicator}: {wanted} (freq={series.freq}, panel={series.panel}, "
        f"unit={series.unit}) is not published; published: {', '.join(there) or 'nothing yet'}"
    )


def latest_only(rows: tuple[Point, ...]) -> tuple[Point, ...]:
    """Keep the last period that is complete (or the last of all), for charts of one moment."""
    known = [p for p in rows if p.cell.status not in ("x", "z")]
    complete = [p.time_period for p in known if "incomplete" not in p.cell.flags]
    last = max(complete or [p.time_period for p in rows], default="")
    return tuple(p for p in rows if p.time_period == last)


def slice_of(
    catalogue: Catalogue, asked: Asked, release: Release, rows: tuple[Point, ...]
) -> Slice:
    """Put points, words and provenance together."""
    indicator = asked.indicator
    labels = catalogue.labels()
    named = {*asked.split, *asked.filters}
    ids = dict.fromkeys(source for point in rows for source in point.cell.sources)
    return Slice(
        view=asked.view,
        title=indicator.title,
        measure=indicator.measure,
        definition=indicator.definition,
        denominator=indicator.denominator,
        unit=asked.series.unit,
        decimals=indicator.decimals,
        direction=indicator.direction,
        freq=asked.series.freq,
        panel=asked.series.panel,
        kind=asked.kind,
        split=asked.split,
        chosen=tuple((d, c[0]) for d, c in asked.filters.items() if d not in asked.split),
        points=rows,
        labels={name: them for name, them in labels.items() if name.split(".")[0] in named},
        sources=tuple(release.sources[i] for i in ids if i in release.sources),
        release=release.id,
        cut_off=release.cut_off,
        step=indicator.step,
        notes=indicator.notes,
        target=indicator.target,
        events=_events(catalogue, indicator, rows),
        order=indicator.order,
        base=indicator.base,
        to_date=indicator.to_date,
        facts=tuple(f for f in release.facts if f.id in indicator.facts),
    )


def _events(
    catalogue: Catalogue, indicator: Indicator, rows: tuple[Point, ...]
) -> tuple[Event, ...]:
    return tuple(_kinds(catalogue, indicator)) if rows else ()


def _kinds(catalogue: Catalogue, indicator: Indicator) -> Iterator[Event]:
    return (e for e in catalogue.events if e.kind in indicator.events)
