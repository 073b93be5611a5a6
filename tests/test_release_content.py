"""The release that ships, looked at like a sceptical statistician."""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import product

import pytest
from drafting import CONFIG, current, declared, shipped_at

from dashboard.catalogue import needs
from dashboard.model import Cell, Key, Release, Series
from data_loaders.periods import before, months, months_of

ByPeriod = Mapping[str, Cell]
PROVINCES = {"karachi": "sindh", "lahore": "punjab", "faisalabad": "punjab"}


@pytest.fixture(scope="module")
def made(database: str) -> Release:
    return current(shipped_at(database))


def cells(made: Release, indicator: str, **which: str) -> Mapping[Key, ByPeriod]:
    """Return the only series of an indicator that fits."""
    [series] = [
        s
        for s in made.cells
        if s.indicator == indicator and all(getattr(s, n) == v for n, v in which.items())
    ]
    return made.cells[series]


def cited(name: str) -> list[dict[str, str]]:
    with (CONFIG / "facts" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def goods() -> dict[str, float]:
    """Return the monthly exports of all goods as the shipped file has them."""
    rows = [r for r in cited("cited_series") if r["measure"] == "exports_bop" and not r["key"]]
    return {row["time_period"]: float(row["value"]) for row in rows}


# ---- all of it


def test_every_indicator_has_a_number_to_show(made: Release) -> None:
    shown = {
        series.indicator
        for series, by_key in made.cells.items()
        if any(c.value is not None for by_period in by_key.values() for c in by_period.values())
    }
    assert sorted(set(declared().indicators) - shown) == []
    assert len(shown) >= 35


def test_every_choice_that_an_indicator_declares_has_cells_and_no_other(made: Release) -> None:
    for indicator in declared().indicators.values():
        ours = {s: by for s, by in made.cells.items() if s.indicator == indicator.id}
        units = indicator.units or (indicator.unit,)
        assert {(s.freq, s.unit, s.panel) for s in ours} == {
            *product(indicator.freq, units, indicator.panels)
        }, indicator.id
        dimensions = {name for by_key in ours.values() for key in by_key for name, _ in key}
        assert dimensions == set(indicator.dimensions), indicator.id


def test_the_programme_is_illustrative_and_nothing_else_is(made: Release) -> None:
    ours = {name for table in declared().tables for name in table.indicators}
    while (
        more := {i.id for i in declared().indicators.values() if needs(i, declared()) & ours} - ours
    ):
        ours |= more
    for series, by_key in made.cells.items():
        used = {s for by_period in by_key.values() for c in by_period.values() for s in c.sources}
        assert {made.sources[s].illustrative for s in used} == {series.indicator in ours}


def test_every_cell_has_a_source_and_a_value_exactly_if_its_status_says_so(made: Release) -> None:
    every = [c for by_key in made.cells.values() for them in by_key.values() for c in them.values()]
    assert all(cell.sources for cell in every)
    assert all((cell.value is None) == (cell.status in ("c", "x", "z")) for cell in every)
    assert not [c for c in every if c.status == "c" and (c.n or c.flags or c.qualifier)]


def test_no_key_is_not_available_from_end_to_end(made: Release) -> None:
    listed = {i.id for i in declared().indicators.values() if i.whole}
    for series, by_key in made.cells.items():
        for key, by_period in by_key.items():
            found = {cell.status for cell in by_period.values()}
            assert found != {"x"} or series.indicator in listed or series.unit == "eur", key
            if series.indicator == "exports_goods_growth_month":
                assert found != {"x"}, key


def test_every_fact_says_who_where_when(made: Release) -> None:
    assert len(made.facts) >= 150
    for fact in made.facts:
        assert fact.publisher, fact.id
        assert fact.source_url.startswith("http")
        assert fact.source_date
        assert fact.qualifier
        assert made.sources[fact.source].publisher == fact.publisher


def test_facts_that_disagree_are_all_there(made: Release) -> None:
    ids = {fact.id for fact in made.facts}
    assert all(set(fact.disagrees_with) <= ids for fact in made.facts)
    assert {"ENR001", "ENR002", "ENR006", "ENR007", "GSP001", "GSP002"} <= ids


# ---- official statistics


@pytest.mark.parametrize(
    ("product", "absent"),
    [
        ("hs61", ["2008", "2009", "2010"]),
        ("hs63", ["2008", "2009", "2010", "2019"]),
        ("hs52", ["2008", "2009", "2010", "2021"]),
        ("hs64", ["2008", "2009", "2010", "2021"]),
    ],
)
@pytest.mark.parametrize("unit", ["usd", "eur"])
def test_years_without_a_chapter_are_gaps_in_every_currency(
    made: Release, product: str, absent: list[str], unit: str
) -> None:
    found = cells(made, "exports_chapter", unit=unit)[(("product", product),)]
    assert [year for year, cell in found.items() if cell.status == "x"] == absent
    growth = cells(made, "exports_chapter_growth")[(("product", product),)]
    assert all(growth[year].status == "x" for year in absent)
    assert all(growth[str(int(y) + 1)].status == "x" for y in absent if y < "2021")


def test_no_indicator_adds_chapters_or_markets_up(made: Release) -> None:
    for series, by_key in made.cells.items():
        if series.indicator.startswith("exports_chapter"):
            assert all("product" in dict(key) for key in by_key)
        if series.indicator in ("exports_country_year", "exports_country_to_date"):
            assert all("market" in dict(key) for key in by_key)


def test_the_world_is_what_the_bank_prints_never_a_sum_of_markets(made: Release) -> None:
    shown = {m: c.value for m, c in cells(made, "exports_goods", unit="usd", freq="M")[()].items()}
    assert shown == goods()


def test_july_to_date_is_the_sum_of_its_months(made: Release) -> None:
    months_now = goods()
    found = cells(made, "exports_goods_to_date", unit="usd")[()]
    assert len(found) > 48
    for month, cell in found.items():
        year = int(month[:4]) - (month[5:] < "07")
        assert cell.value == sum(months_now[m] for m in months(f"{year}-07", month)), month


@pytest.mark.parametrize(
    ("indicator", "against"),
    [("exports_goods_growth_month", "previous"), ("exports_goods_growth_year", "year")],
)
def test_growth_compares_a_month_with_the_month_that_is_said(
    made: Release, indicator: str, against: str
) -> None:
    value = goods()
    found = cells(made, indicator, freq="M")[()]
    assert len(found) > 48
    for month, cell in found.items():
        base = value[before(month, against)]
        assert cell.value == pytest.approx(100 * (value[month] - base) / base, abs=0.0501)


def test_years_are_sums_of_their_months_and_a_running_year_has_no_growth(made: Release) -> None:
    value = goods()
    for freq, last in (("FY", "FY2027"), ("A", "2026")):
        found = cells(made, "exports_goods", unit="usd", freq=freq)[()]
        for period, cell in found.items():
            assert cell.value == sum(value[m] for m in months_of(period) if m in value)
            assert ("incomplete" in cell.flags) == (period == last)
        assert cells(made, "exports_goods_growth_year", freq=freq)[()][last].status == "x"


def test_euros_are_dollars_by_the_rate_of_the_same_month(made: Release) -> None:
    rate = {row["Date"][:7]: float(row["Exchange rate"]) for row in cited(RATES)}
    found = cells(made, "exports_goods", unit="eur", freq="M")[()]
    for month, dollars in goods().items():
        if month in rate:
            assert found[month].value == pytest.approx(dollars * rate[month], rel=1e-6)
        else:
            assert found[month].status == "x"


RATES = "exchange_rates_euro_monthly"


def test_what_is_quoted_only_is_in_no_cell(made: Release) -> None:
    drawn = {
        s for by in made.cells.values() for k in by.values() for c in k.values() for s in c.sources
    }
    quoted = {r["source"] for r in cited("cited_facts")} - {
        r["source"] for r in cited("cited_facts") if r["measure"]
    }
    assert quoted
    assert not quoted & drawn


# ---- the programme


@pytest.mark.parametrize("indicator", ["enterprises_enrolled", "enterprises_active"])
@pytest.mark.parametrize("by", ["city", "province", "sector", "size"])
def test_factories_by_category_add_up_to_all_factories(
    made: Release, indicator: str, by: str
) -> None:
    found = cells(made, indicator)
    sums: Counter[str] = Counter()
    for key, by_period in found.items():
        if [name for name, _ in key] == [by]:
            sums.update({period: int(cell.value or 0) for period, cell in by_period.items()})
    assert sums
    assert all(found[()][period].value == total for period, total in sums.items())


@pytest.mark.parametrize("indicator", ["advisory_visits", "assessments_month", "training_sessions"])
@pytest.mark.parametrize("freq", ["Q", "FY"])
def test_longer_periods_and_cities_add_up(made: Release, indicator: str, freq: str) -> None:
    monthly = cells(made, indicator, freq="M")
    longer = cells(made, indicator, freq=freq)
    for key, by_period in longer.items():
        for period, cell in by_period.items():
            there = [monthly[key][m].value or 0 for m in months_of(period) if m in monthly[key]]
            assert cell.value == sum(there)
    for period, cell in longer[()].items():
        cities = [
            them[period].value or 0 for k, them in longer.items() if dict(k).keys() == {"city"}
        ]
        assert sum(cities) <= (cell.value or 0)
        if indicator != "training_sessions":
            assert sum(cities) == cell.value


def test_rounded_workers_of_the_cities_are_near_the_total(made: Release) -> None:
    found = cells(made, "workers_covered", freq="FY")
    for period, cell in found[()].items():
        cities = [found[("city", c),][period] for c in PROVINCES]
        if all(c.value is not None for c in (*cities, cell)):
            assert sum(c.value or 0 for c in cities) == pytest.approx(cell.value, abs=20)
        else:
            assert {c.status for c in cities} == {"c"}


PLACED = {"compensation", "contracts", "discrimination", "freedom_of_association", "osh"}
PLACED |= {"working_time"}


def test_compliance_by_place_is_what_the_programme_of_tables_allows(made: Release) -> None:
    found = cells(made, "noncompliance_cluster")
    shapes = Counter(tuple(sorted(dict(key))) for key in found)
    assert shapes == {("cluster",): 8, ("cluster", "province"): 12, ("city", "cluster"): 18}
    for key in found:
        at = dict(key)
        assert len(at) == 1 or at["cluster"] in PLACED
    assert {s.freq for s in made.cells if s.indicator == "noncompliance_cluster"} == {"FY"}


def test_places_stand_or_fall_together(made: Release) -> None:
    found = cells(made, "noncompliance_cluster")
    for place in ("city", "province"):
        shown: dict[str, set[str]] = defaultdict(set)
        for key, by_period in found.items():
            if place in dict(key):
                for period, cell in by_period.items():
                    shown[period].add(cell.status)
        assert {len(statuses) for statuses in shown.values()} == {1}
        assert {"c"} in shown.values()
        assert {"A"} in shown.values()


def test_published_rates_are_steps_of_five_over_ten_factories_or_more(made: Release) -> None:
    for series, by_key in made.cells.items():
        if series.indicator.startswith("noncompliance") and series.unit == "percent":
            for cell in (c for them in by_key.values() for c in them.values() if c.status == "A"):
                assert cell.value is not None
                assert cell.value % 5 == 0
                assert 10 <= cell.value <= 90
                assert (cell.n or 0) >= 10


def test_cycles_show_the_same_factories_beside_all_and_no_third_cycle(made: Release) -> None:
    same, every = (cells(made, "noncompliance_cycle", panel=panel) for panel in ("same", "all"))
    assert same.keys() == every.keys()
    for key, by_period in same.items():
        assert list(by_period) == ["C1", "C2"]
        assert by_period["C1"].n == by_period["C2"].n
        assert (every[key]["C1"].n or 0) >= (by_period["C1"].n or 0)


def test_no_hidden_part_is_the_only_one_beside_a_shown_total(made: Release) -> None:
    for series, by_key in made.cells.items():
        if declared().indicators[series.indicator].formula.kind != "level":
            continue
        for dimension in {name for key in by_key for name, _ in key}:
            for at, hidden in hidden_parts(by_key, dimension).items():
                total = by_key.get(at[0], {}).get(at[1])
                assert total is None or total.value is None or hidden != 1, (series, at)


def hidden_parts(by_key: Mapping[Key, ByPeriod], dimension: str) -> dict[tuple[Key, str], int]:
    """Count the hidden codes of a dimension for each key without it and each period."""
    found: dict[tuple[Key, str], int] = defaultdict(int)
    for key, by_period in by_key.items():
        if dimension in dict(key):
            rest = tuple(pair for pair in key if pair[0] != dimension)
            for period, cell in by_period.items():
                found[rest, period] += cell.status == "c"
    return found


def test_where_a_cell_is_hidden_no_sibling_is_simply_absent(made: Release) -> None:
    series: Series
    for series, by_key in made.cells.items():
        for shape in {tuple(name for name, _ in key) for key in by_key}:
            rows = [by for key, by in by_key.items() if tuple(n for n, _ in key) == shape]
            if any(cell.status == "c" for row in rows for cell in row.values()):
                assert len({frozenset(row) for row in rows}) == 1, (series, shape)


def test_shares_of_statuses_add_up_to_a_hundred(made: Release) -> None:
    found = cells(made, "improvement_items")
    sums: dict[tuple[Key, str], list[Cell]] = defaultdict(list)
    for key, by_period in found.items():
        rest = tuple(pair for pair in key if pair[0] != "item_status")
        for period, cell in by_period.items():
            sums[rest, period].append(cell)
    shown = [them for them in sums.values() if all(c.value is not None for c in them)]
    assert shown
    assert all(98 <= sum(c.value or 0 for c in them) <= 102 for them in shown)
    assert all({c.status for c in them} in ({"A"}, {"c"}, {"x"}) for them in sums.values())
