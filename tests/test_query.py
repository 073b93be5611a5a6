"""From a view to points: names checked, defaults filled in, cells looked up and never added."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dashboard import catalogue, charts, query
from dashboard.model import (
    TOTAL,
    BadView,
    Cell,
    Key,
    NoSuchIndicator,
    NotPublished,
    Point,
    Release,
    Series,
    View,
)

SHIPPED = catalogue.load(Path(__file__).parents[1] / "config")
CITIES = ("karachi", "lahore", "faisalabad")
CLUSTERS = ("osh", "contracts")
CODES = {"city": CITIES, "cluster": CLUSTERS}
RATE = SHIPPED.indicators["noncompliance_cluster"]


def resolve(indicator: str, said: str = "") -> query.Asked:
    """Resolve the view of an address."""
    return query.resolve(SHIPPED, View.from_query(indicator, said), charts.KINDS)


def released(cells: Mapping[Key, Mapping[str, Cell]], **series: str) -> Release:
    """Return a release of one indicator."""
    named: dict[str, Any] = {"unit": "percent", "freq": "FY", **series}
    of = Series(RATE.id, named["unit"], named["freq"], named.get("panel", "all"))
    return Release("1", date(2026, 9, 30), "2026-09-30", "c", "", {}, (), {of: cells})


def key(**codes: str) -> Key:
    """Return a key in the order in which it is stored."""
    return tuple(sorted(codes.items()))


def table(*dimensions: str, years: tuple[str, ...] = ("FY2024", "FY2025")) -> dict[Key, Any]:
    """Return cells of every combination of codes, no two with the same value."""
    codes = product(*(CODES[name] for name in dimensions))
    keys = [key(**dict(zip(dimensions, chosen, strict=True))) for chosen in codes]
    return {
        at: {year: Cell(float(10 * i + j)) for j, year in enumerate(years)}
        for i, at in enumerate(keys)
    }


# -- names --------------------------------------------------------------------------------------


def test_what_is_not_said_is_the_default_of_the_indicator() -> None:
    asked = resolve("exports_goods")
    assert asked.series == Series("exports_goods", "usd", "M", "all")
    assert (asked.split, dict(asked.filters), asked.kind) == ((), {}, "line")
    assert asked.view == View("exports_goods")


def test_only_what_differs_from_the_default_is_written() -> None:
    said = "freq=M&unit=usd&panel=all&chart=line&lang=en&split=_T"
    assert resolve("exports_goods", said).view.to_query() == ""
    said = "freq=FY&unit=eur&chart=bars&lang=ur&release=2026.1&theme=dark&from=FY2024"
    assert sorted(resolve("exports_goods", said).view.to_query().split("&")) == sorted(
        said.split("&")
    )


def test_an_old_name_means_the_name_of_today() -> None:
    for old, new in SHIPPED.aliases.items():
        assert resolve(old).view == View(new)
    with pytest.raises(NoSuchIndicator, match="no indicator 'weather'; the list is at /data"):
        resolve("weather")


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("weather=wet", "noncompliance_cluster has no such dimension; possible: cluster, "),
        ("split=weather", "has no such dimension"),
        ("city=mars", r"city=mars: not a code; possible: karachi, .*_T"),
        ("city=karachi,mars", "city=mars: not a code"),
        ("city=Karachi", "city=Karachi: not a code"),
        ("unit=usd", "unit=usd: not known here; possible: percent"),
        ("freq=M", "freq=M: not known here; possible: FY"),
        ("panel=some", "panel=some: not known here; possible: all"),
        ("chart=pie", "chart=pie: not known here; possible: "),
        ("theme=pink", "theme=pink: not known here; possible: light, dark"),
        ("from=2024", "from=2024: freq=FY needs a period like FY2025"),
        ("to=FY24", "to=FY24: freq=FY needs a period like FY2025"),
        ("from=FY2025&to=FY2024", "the first period is after the last"),
        ("split=cluster,city&province=sindh,punjab", "at most two dimensions"),
        ("split=cluster,city,province", "at most two dimensions"),
    ],
)
def test_a_wrong_name_is_refused_with_what_is_possible(said: str, says: str) -> None:
    with pytest.raises(BadView, match=says):
        resolve("noncompliance_cluster", said)


@pytest.mark.parametrize("freq", query.PERIOD)
def test_the_example_of_a_period_is_one(freq: str) -> None:
    assert query.PERIOD[freq].fullmatch(query.EXAMPLE[freq])
    assert not query.PERIOD[freq].fullmatch(query.EXAMPLE[freq] + "0x")


def codes_of(name: str) -> st.SearchStrategy[str]:
    """Return codes of a dimension as an address writes them."""
    codes = st.sampled_from([*SHIPPED.codelists[name].codes, TOTAL])
    return st.lists(codes, min_size=1, max_size=3).map(",".join)


@st.composite
def views(draw: st.DrawFn) -> View:
    """Return views of what ships, sensible and not."""
    indicator = SHIPPED.indicators[draw(st.sampled_from(sorted(SHIPPED.indicators)))]
    names = [*indicator.dimensions, TOTAL]
    split = draw(st.lists(st.sampled_from(names), max_size=2))
    filtered = draw(st.sets(st.sampled_from(names), max_size=2)) - {TOTAL}
    usual: dict[str, tuple[str, ...]] = {
        "freq": indicator.freq,
        "unit": indicator.units or (indicator.unit,),
        "panel": indicator.panels,
        "chart": tuple(charts.KINDS),
        "lang": ("en", "ur"),
    }
    pairs = {name: draw(st.sampled_from(["", *known])) for name, known in usual.items()}
    pairs |= {name: draw(codes_of(name)) for name in sorted(filtered)}
    return View.from_pairs(indicator.id, {"split": ",".join(split), **pairs})


@settings(max_examples=150, deadline=None)
@given(views())
def test_the_shortest_spelling_of_a_view_means_the_same(view: View) -> None:
    try:
        asked = query.resolve(SHIPPED, view, charts.KINDS)
    except BadView:
        assume(False)
    again = query.resolve(SHIPPED, asked.view, charts.KINDS)
    assert (again.series, again.split, again.kind) == (asked.series, asked.split, asked.kind)
    assert dict(again.filters) == dict(asked.filters)
    assert again.view == asked.view
    assert len(asked.view.to_query()) <= len(view.to_query())


# -- points -------------------------------------------------------------------------------------


def test_a_total_is_looked_up_and_never_added_up() -> None:
    cells = table("city") | {(): {"FY2024": Cell(55.0)}}
    asked = resolve("noncompliance_cluster", "split=_T")
    assert query.points(asked, released(cells), {}) == (Point("FY2024", (), Cell(55.0)),)
    del cells[()]
    with pytest.raises(NotPublished, match=r"the total .* is not published; published: city"):
        query.points(asked, released(cells), {})


def test_points_stand_in_the_order_of_the_code_list_then_of_time() -> None:
    asked = resolve("noncompliance_cluster", "split=city")
    found = query.points(asked, released(table("city")), CODES)
    assert [(p.key[0][1], p.time_period) for p in found] == [
        (city, year) for city in CITIES for year in ("FY2024", "FY2025")
    ]


def test_a_filter_leaves_its_rows_and_a_second_code_makes_a_series_of_each() -> None:
    release = released(table("city") | table("cluster"))
    one = query.points(resolve(RATE.id, "split=_T&city=lahore"), release, CODES)
    assert [p.key for p in one] == [(), ()]
    assert [p.cell.value for p in one] == [10.0, 11.0]
    two = query.points(resolve(RATE.id, "split=_T&city=lahore,karachi"), release, CODES)
    assert [p.key for p in two[::2]] == [key(city="karachi"), key(city="lahore")]


def test_periods_are_cut_at_both_ends_inclusive() -> None:
    years = tuple(f"FY202{i}" for i in range(6))
    release = released(table("city", years=years))
    asked = resolve(RATE.id, "split=_T&city=karachi&from=FY2022&to=FY2024")
    found = query.points(asked, release, CODES)
    assert [p.time_period for p in found] == ["FY2022", "FY2023", "FY2024"]


def test_periods_without_a_cell_are_an_empty_answer_not_an_error() -> None:
    asked = resolve(RATE.id, "split=_T&city=karachi&from=FY2030")
    assert query.points(asked, released(table("city")), CODES) == ()


def test_other_units_frequencies_and_panels_are_other_cells() -> None:
    asked = resolve(RATE.id, "split=city")
    for other in ({"unit": "count"}, {"freq": "C"}, {"panel": "same"}):
        with pytest.raises(NotPublished, match="published: nothing yet"):
            query.points(asked, released(table("city"), **other), CODES)


@given(
    tables=st.sets(st.sampled_from([(), ("city",), ("cluster",), ("city", "cluster")]), min_size=1),
    split=st.lists(st.sampled_from(["city", "cluster"]), unique=True, max_size=2),
    city=st.lists(st.sampled_from([*CITIES, TOTAL]), unique=True, max_size=2),
    cluster=st.lists(st.sampled_from([*CLUSTERS, TOTAL]), unique=True, max_size=2),
)
def test_points_are_exactly_the_cells_that_the_words_of_the_view_describe(
    tables: set[tuple[str, ...]], split: list[str], city: list[str], cluster: list[str]
) -> None:
    cells: dict[Key, Any] = {}
    for dimensions in tables:
        cells |= table(*dimensions)
    pairs = {
        "split": ",".join(split) or TOTAL,
        "city": ",".join(city),
        "cluster": ",".join(cluster),
    }
    view = View.from_pairs(RATE.id, {name: value for name, value in pairs.items() if value})
    asked = query.resolve(SHIPPED, view, charts.KINDS)
    asked = replace(asked, filters=dict(view.filters))
    wanted = {}
    for stored, periods in cells.items():
        at = {"city": TOTAL, "cluster": TOTAL} | dict(stored)
        fits = all(
            at[name] in chosen if chosen else (name in split) == (at[name] != TOTAL)
            for name, chosen in (("city", city), ("cluster", cluster))
        )
        if fits:
            for period, cell in periods.items():
                wanted[(tuple((d, at[d]) for d in asked.split), period)] = cell
    try:
        found = query.points(asked, released(cells), CODES)
    except NotPublished:
        assert wanted == {}
        return
    assert {(p.key, p.time_period): p.cell for p in found} == wanted
    assert len(found) == len(wanted)


def test_one_moment_is_the_last_complete_one() -> None:
    def at(year: str, value: float | None, status: Any = "A", *flags: str) -> Point:
        return Point(year, (), Cell(value, status, flags=flags))

    whole, partial = at("FY2024", 1.0), at("FY2025", 2.0, "A", "incomplete")
    absent = at("FY2026", None, "x")
    assert query.latest_only((whole, partial, absent)) == (whole,)
    assert query.latest_only((partial,)) == (partial,)
    assert query.latest_only((absent,)) == (absent,)
    hidden = at("FY2025", None, "c")
    assert query.latest_only((whole, hidden)) == (hidden,)
    assert query.latest_only(()) == ()
