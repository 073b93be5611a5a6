"""Figures of official statistics: sums of months, gaps, vintages, currencies."""

from collections.abc import Sequence
from typing import Any

from dashboard.catalogue import Indicator
from data_loaders import official, vintages
from data_loaders.periods import months
from data_loaders.reading.written import written
from data_loaders.records import Figure, Origin

INDICATOR = Indicator.model_validate(
    {
        "id": "goods",
        "title": "Goods",
        "measure": "Goods",
        "definition": "Goods.",
        "theme": "exports",
        "formula": {"kind": "level", "numerator": {"measure": "goods"}, "over_time": "sum"},
        "unit": "usd",
        "units": ["usd", "eur"],
        "freq": ["M", "FY", "A"],
        "dimensions": ["product"],
    }
)


def figure(period: str, value: float | None, freq: str = "M", **more: object) -> Figure:
    given: dict[str, Any] = {"key": (), "measure": "goods", "unit": "usd", "vintage": "1"}
    given |= {"freq": freq, "time_period": period, "value": value} | more
    return Figure(Origin("bank", "f.csv", "", 2), **given)


def a_run(first: str, last: str, missing: Sequence[str] = ()) -> official.Given:
    return official.given(figure(m, 1.0) for m in months(first, last) if m not in missing)


def test_a_fiscal_year_is_the_sum_of_its_twelve_months() -> None:
    found = official.cells(INDICATOR, "FY", "usd", a_run("2022-07", "2024-06"), {})[()]
    assert {p: c.value for p, c in found.items()} == {"FY2023": 12, "FY2024": 12}


def test_the_running_year_is_marked_incomplete_and_a_half_first_year_is_left_out() -> None:
    found = official.cells(INDICATOR, "FY", "usd", a_run("2022-10", "2024-09"), {})[()]
    assert list(found) == ["FY2024", "FY2025"]
    assert found["FY2024"].flags == ()
    assert (found["FY2025"].value, found["FY2025"].flags) == (3, ("incomplete",))


def test_a_year_with_a_month_missing_is_not_available_never_a_fall() -> None:
    found = official.cells(INDICATOR, "FY", "usd", a_run("2022-07", "2024-06", ["2023-01"]), {})[()]
    assert (found["FY2023"].value, found["FY2023"].status) == (None, "x")
    assert found["FY2024"].value == 12


def test_a_missing_month_is_a_gap() -> None:
    found = official.cells(INDICATOR, "M", "usd", a_run("2023-01", "2023-03", ["2023-02"]), {})[()]
    assert [(p, c.status) for p, c in found.items()] == [
        ("2023-01", "A"),
        ("2023-02", "x"),
        ("2023-03", "A"),
    ]


def test_a_chapter_missing_in_the_last_year_shows_as_a_gap_there() -> None:
    def chapter(code: str, period: str) -> Figure:
        return figure(period, 1.0, "A", key=(("product", code),))

    given = official.given(
        [chapter("hs61", "2020"), chapter("hs61", "2021"), chapter("hs62", "2020")]
    )
    found = official.cells(INDICATOR, "A", "usd", given, {})
    assert found[(("product", "hs62"),)]["2021"].status == "x"


def test_a_later_vintage_revises_and_says_so() -> None:
    given = official.given(
        [figure("2023-01", 2.0, vintage="2"), figure("2023-01", 1.0, vintage="1")]
    )
    cell = official.cells(INDICATOR, "M", "usd", given, {})[()]["2023-01"]
    assert (cell.value, cell.flags) == (2.0, ("r",))


def test_an_older_vintage_that_lengthens_a_series_joins_it_with_a_break() -> None:
    older = [figure(str(year), 20.0, "A", vintage="2025-03-01") for year in (2020, 2021, 2022)]
    newer = [figure(str(year), 21.0, "A", vintage="2026-07-01") for year in (2022, 2023)]
    flags = {
        period: cell.flags
        for period, cell in official.given([*newer, *older], frozenset({"bank"}))["goods", "A"][
            ()
        ].items()
    }
    assert flags == {"2020": (), "2021": (), "2022": ("b", "r"), "2023": ()}
    plain = official.given([*newer, *older])["goods", "A"][()]
    assert not any("b" in cell.flags for cell in plain.values())


def test_a_gap_between_two_vintages_moves_the_break_to_the_next_figure() -> None:
    figures = [
        figure("2020", 20.0, "A", vintage="2025"),
        figure("2021", None, "A", status="x", vintage="2026"),
        figure("2022", 21.0, "A", vintage="2026"),
    ]
    cells = official.given(figures, frozenset({"bank"}))["goods", "A"][()]
    assert [cells[year].flags for year in ("2020", "2021", "2022")] == [(), (), ("b",)]


def test_the_sources_that_are_estimated_anew_say_so() -> None:
    sources = vintages.estimated_anew(written())
    assert {"wdi_participation_women", "ilostat_participation"} <= sources
    assert not sources & {"sbp_exports", "pbs_exports", "un_comtrade", "wits"}


def test_a_year_in_euro_is_the_sum_of_converted_months() -> None:
    rates = [
        figure(m, 1.25, measure="fx", unit="usd_per_eur") for m in months("2022-07", "2023-06")
    ]
    given = official.given([*(figure(m, 1.0) for m in months("2022-07", "2023-06")), *rates])
    found = official.cells(INDICATOR, "FY", "eur", given, {"M": "fx"})[()]
    assert round(found["FY2023"].value or 0, 9) == 12 / 1.25


def test_codes_of_a_term_are_added_only_when_all_of_them_are_there() -> None:
    given = official.given(
        [
            figure("FY2024", 3.0, "FY", key=(("product", "knitwear"),)),
            figure("FY2024", 2.0, "FY", key=(("product", "readymade"),)),
            figure("FY2025", 4.0, "FY", key=(("product", "knitwear"),)),
            figure("FY2024", 10.0, "FY", key=(("product", "textile_group"),)),
        ]
    )
    share = INDICATOR.model_copy(
        update={
            "formula": INDICATOR.formula.model_validate(
                {
                    "kind": "ratio",
                    "scale": 100,
                    "numerator": {
                        "measure": "goods",
                        "where": {"product": ["knitwear", "readymade"]},
                    },
                    "denominator": {"measure": "goods", "where": {"product": ["textile_group"]}},
                }
            )
        }
    )
    found = official.cells(share, "FY", "usd", given, {})[()]
    assert {p: c.value for p, c in found.items()} == {"FY2024": 50}
