"""What charts say: findings by rule only, changes that may be told, never an empty cell."""

from dataclasses import replace
from pathlib import Path

import pytest
from chart_slices import (
    BANK,
    CASES,
    SAMPLE,
    by_city,
    by_cluster,
    cycles,
    enrolled,
    exports,
    items,
    sliced,
)
from hypothesis import given
from hypothesis import strategies as st

from dashboard import charts
from dashboard.charts import cells, changes, moments, titles
from dashboard.i18n import locales
from dashboard.model import Cell, Point, Slice, View

LOCALES = locales(Path(__file__).parent.parent / "config")
EN = LOCALES["en"]


def years(first: Cell, second: Cell, unit: str = "usd", **given: object) -> Slice:
    points = (Point("FY2024", (), first), Point("FY2025", (), second))
    return sliced(*points, unit=unit, freq="FY", title="Exports of goods", **given)


@pytest.mark.parametrize(
    ("n", "low", "high"), [(5, 12, 77), (10, 17, 69), (20, 22, 61), (40, 26, 55), (121, 32, 49)]
)
def test_the_interval_of_forty_per_cent_is_the_known_one(n: int, low: int, high: int) -> None:
    bounds = cells.wilson(40, n)
    assert (round(bounds[0]), round(bounds[1])) == (low, high)


@given(st.floats(0, 100), st.integers(1, 2000))
def test_an_interval_holds_its_rate_and_stays_within_a_hundred(rate: float, n: int) -> None:
    low, high = cells.wilson(rate, n)
    assert 0 <= low <= rate + 1e-9
    assert rate - 1e-9 <= high <= 100


def test_a_rise_of_real_exports_is_a_finding_in_words() -> None:
    found = charts.title(years(Cell(30e9), Cell(33e9)), EN)
    assert found.startswith("Exports of goods rose 10")
    assert len(found.split()) <= titles.WORDS


@pytest.mark.parametrize(
    "answer",
    [
        years(Cell(30e9), Cell(30.5e9)),
        years(Cell(30e9), Cell(33e9), sources=(SAMPLE,)),
        years(Cell(30e9), Cell(33e9), view=View("x", filters=(("market", ("us",)),))),
        years(Cell(30e9), Cell(33e9), view=View("x", start="FY2024")),
        years(Cell(30e9), Cell(33e9, flags=("p",))),
        years(Cell(30e9), Cell(33e9, flags=("incomplete",))),
        years(Cell(30e9), Cell(33e9, flags=("b",))),
        years(Cell(30e9, qualifier="over"), Cell(33e9)),
        years(Cell(None, "c"), Cell(33e9)),
        years(Cell(20), Cell(30), unit="percent"),
        years(Cell(20, n=9), Cell(40, n=80), unit="percent"),
        years(Cell(20, n=20), Cell(40, n=20), unit="percent"),
        years(Cell(20, n=200), Cell(25, n=200), unit="percent", step=5),
        years(Cell(20, n=200), Cell(23, n=200), unit="percent"),
    ],
)
def test_without_a_rule_the_title_says_what_is_shown(answer: Slice) -> None:
    assert charts.title(answer, EN) == "Exports of goods"


def test_a_clear_change_of_a_rate_is_a_finding() -> None:
    answer = years(Cell(60, n=80), Cell(40, n=80), unit="percent", step=5, direction="lower")
    assert "fell 20 points to 40%" in charts.title(answer, EN)


def test_chosen_codes_stand_in_title_and_subtitle() -> None:
    asked = replace(by_city().view, filters=(("cluster", ("osh",)),))
    answer = replace(by_city(), chosen=(("cluster", "osh"),), view=asked)
    assert "Occupational safety and health" in charts.title(answer, EN)
    assert "Occupational safety and health" in charts.subtitle(answer, EN)


@pytest.mark.parametrize("case", sorted(CASES))
@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_summary_has_one_to_three_sentences(case: str, language: str) -> None:
    said = charts.summary(CASES[case], LOCALES[language])
    assert 1 <= len(said) <= 3
    assert all(said)


@pytest.mark.parametrize("case", sorted(CASES))
def test_made_up_data_say_so_in_every_summary_and_every_row(case: str) -> None:
    answer = replace(CASES[case], sources=(SAMPLE,))
    table = charts.table(answer, EN)
    assert all("illustrative" in row[-1] for row in table.rows)
    if any(point.cell.value is not None for point in answer.points) and answer.unit != "year":
        assert "illustrative" in " ".join(charts.summary(answer, EN))


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_table_holds_every_cell_and_no_empty_one(case: str) -> None:
    table = charts.table(CASES[case], EN)
    assert len(table.rows) == len(CASES[case].points)
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert all(text.strip() for row in table.rows for text in row)
    assert len(set(table.columns)) == len(table.columns)


def test_a_small_base_carries_its_interval_into_table_and_summary() -> None:
    table = charts.table(by_city(), EN)
    assert "95% interval" in table.columns
    shares = charts.table(items(), EN)
    assert "n" in shares.columns
    assert "95% interval" not in shares.columns


def test_nothing_is_compared_with_an_incomplete_period() -> None:
    columns = CASES["columns"]
    tile = charts.tile(columns, EN)
    assert tile is not None
    assert tile.period == EN.period("2026-Q2")
    assert tile.against == EN.period("2025-Q2")
    assert "incomplete and is not compared" in charts.summary(columns, EN)[-1]


@pytest.mark.parametrize(
    ("freq", "period", "earlier"),
    [
        ("M", "2026-07", "2025-07"),
        ("Q", "2026-Q1", "2025-Q1"),
        ("A", "2024", "2023"),
        ("FY", "FY2025", "FY2024"),
        ("C", "C2", "C1"),
        ("C", "C1", ""),
        ("D", "2024-07-01", ""),
    ],
)
def test_a_change_names_what_it_is_against(freq: str, period: str, earlier: str) -> None:
    assert moments.before(period, freq) == earlier


def test_levels_change_in_per_cent_and_rates_in_points() -> None:
    amount = changes.latest(years(Cell(30e9), Cell(33e9)))
    rate = changes.latest(years(Cell(40), Cell(45), unit="percent"))
    assert amount is not None
    assert rate is not None
    assert (amount.value, amount.unit) == (10, "percent")
    assert (rate.value, rate.unit) == (5, "points")


def test_overlapping_intervals_are_no_clear_difference() -> None:
    found = {key[0][1]: changes.latest(cycles(), key) for key in cycles().keys}
    unclear = found["working_time"]
    assert unclear is not None
    assert not unclear.clear
    assert changes.verdict(unclear, EN) == "no clear difference"
    better, worse = found["osh"], found["contracts"]
    assert better is not None
    assert worse is not None
    assert (better.judgement, worse.judgement) == ("better", "worse")


def test_a_difference_within_the_rounding_is_not_called_better() -> None:
    answer = years(Cell(65, n=60), Cell(60, n=60), unit="percent", step=5, direction="lower")
    change = changes.latest(answer)
    assert change is not None
    assert change.judgement == ""
    assert changes.verdict(change, EN) == "no clear difference"


def test_a_neutral_indicator_is_never_judged() -> None:
    change = changes.latest(years(Cell(30e9), Cell(33e9), direction="neutral"))
    assert change is not None
    assert (change.judgement, changes.verdict(change, EN)) == ("", "")


def test_a_tile_without_numbers_does_not_exist() -> None:
    assert charts.tile(CASES["nothing"], EN) is None
    assert charts.tile(sliced(), EN) is None


def test_a_tile_names_its_view_and_its_mark() -> None:
    tile = charts.tile(enrolled(), EN)
    assert tile is not None
    assert tile.illustrative
    assert tile.indicator == "exports_goods"
    assert tile.spark.startswith("<svg")
    assert "illustrative" in tile.status


def test_a_status_names_every_flag() -> None:
    cell = Cell(1.0, flags=("p", "r", "e", "b", "incomplete"))
    said = cells.status(cell, exports(), EN)
    for word in ("provisional", "revised", "estimated", "break in series", "incomplete period"):
        assert word in said


def test_a_hidden_value_is_counted_in_words() -> None:
    said = " ".join(charts.summary(by_cluster(), EN))
    assert "2 values are not shown to protect confidentiality." in said
    assert BANK.publisher not in said


def test_equal_values_have_no_highest_and_no_lowest() -> None:
    answer = by_cluster()
    flat = [replace(point, cell=Cell(0.0, n=20)) for point in answer.points]
    said = " ".join(charts.summary(replace(answer, points=tuple(flat)), EN))
    assert "all at 0%" in said and "highest" not in said
