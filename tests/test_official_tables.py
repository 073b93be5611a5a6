"""Tables of the State Bank and the Bureau of Statistics: columns found by label, one unit said."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from official_files import DECLARED, SPECIMENS, changed, fine, load, numbers, said

from data_loaders.reading.stacked import Window, window_of
from data_loaders.records import Figure
from data_loaders.sources import read_file


def flags(result: object) -> dict[tuple[str, str, str], tuple[str, ...]]:
    records = getattr(result, "records", ())
    return {
        (f.measure, ";".join(c for _, c in f.key), f.time_period): f.flags
        for f in records
        if isinstance(f, Figure) and f.flags
    }


# ---- State Bank: totals and countries


def test_months_are_dollars_and_the_last_one_is_provisional() -> None:
    result = fine(load("sbp_trade.csv"))
    assert numbers(result) == {
        ("exports_bop", "", "2024-05"): 2.8e9,
        ("exports_bop", "", "2024-06"): 2.5e9,
        ("exports_bop", "", "2024-07"): 2.3e9,
    }
    assert flags(result) == {("exports_bop", "", "2024-07"): ("p",)}


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("2500,-2000", "2500,-1000", "balance"),
        ("2500", "2500000", "exports"),
        ("2024-06", "06-2024", "date"),
        ("2024-06", "2024-05", "date"),
    ],
)
def test_a_month_that_cannot_be_right_is_refused(
    old: str, new: str, column: str, tmp_path: Path
) -> None:
    result = changed(tmp_path, "sbp_trade.csv", lambda text: text.replace(old, new))
    assert (3, column) in {(p.row, p.column) for p in result.reports[0].problems}
    assert not result.records


def test_two_lists_of_one_document_give_each_country_once() -> None:
    result = fine(load("sbp_trade.json"))
    found = numbers(result)
    assert found["exports_bop_country_to_date", "market=us", "FY2024"] == 5.010e9
    assert found["exports_bop_country_to_date", "market=uae", "FY2024"] == 1.8e9
    assert found["exports_bop_country_to_date", "market=uae_dubai", "FY2024"] == 1.50025e9
    assert ("exports_bop", "market=uae", "2023-05") not in found
    assert result.sources["sbp_exports"].vintage == "2024-08-19"
    assert dict(result.reports[0].counts.recognised) == {
        "heading": 3,
        "country of another list": 1,
        "country without a code of ours": 1,
        "not exports": 2,
    }


def test_july_to_another_month_is_not_put_into_the_series_to_may(tmp_path: Path) -> None:
    result = changed(tmp_path, "sbp_trade.json", lambda t: t.replace("Jul–May", "Jul–Aug"))
    kept = {at for at in numbers(result) if at[0] == "exports_bop_country_to_date"}
    assert kept == {
        ("exports_bop_country_to_date", "market=us", "FY2024"),
        ("exports_bop_country_to_date", "market=uae_dubai", "FY2024"),
    }
    assert "the series is that from July to May" in said(result.reports[0], "said")


# ---- State Bank: the workbook with stacked headings


def test_stacked_headings_of_an_old_workbook_are_read_by_their_labels() -> None:
    result = fine(load("sbp_countries.xls", as_of=date(2025, 6, 20)))
    found = numbers(result)
    assert found["exports_bop", "market=us", "2025-05"] == 4.2e8
    assert found["exports_bop", "market=us", "2024-05"] == 4.0e8
    assert found["exports_bop_country_year", "market=us", "FY2023"] == 5_000_000_500.0
    assert found["exports_bop_country_to_date", "market=uae", "FY2025"] == 1.45e9
    assert ("exports_bop", "market=uae", "2025-04") not in found
    marks = flags(result)
    assert marks["exports_bop", "us", "2025-04"] == ("r",)
    assert marks["exports_bop", "us", "2025-05"] == ("p",)
    assert marks["exports_bop_country_to_date", "us", "FY2025"] == ("incomplete", "p")
    assert result.reports[0].counts.recognised["total"] == 1


HEADINGS = [
    ["Country", "Jul-Jun", None, "June (P)", "Jul-May", None],
    [None, "FY24", "FY25", "FY26", "FY25", "FY26 (P)"],
]


def workbook(folder: Path, titles: list[str], headings: list[list[str | None]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for title in titles:
        sheet.append([title])
    for row in headings:
        sheet.append(row)
    sheet.append(["U. S. A.", 5, 6, 7, 8, 9])
    path = folder / "payments.xlsx"
    book.save(path)
    return path


def test_columns_move_every_month_and_are_found_all_the_same(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["Export receipts", "Million US$"], HEADINGS)
    assert numbers(fine(read_file(path, DECLARED))) == {
        ("exports_bop_country_year", "market=us", "FY2024"): 5e6,
        ("exports_bop_country_year", "market=us", "FY2025"): 6e6,
        ("exports_bop", "market=us", "2026-06"): 7e6,
        ("exports_bop_country_to_date", "market=us", "FY2025"): 8e6,
        ("exports_bop_country_to_date", "market=us", "FY2026"): 9e6,
    }


@pytest.mark.parametrize(
    ("titles", "reason"),
    [
        (["Export receipts"], "the unit in the titles"),
        (["Import payments", "Thousand US Dollars"], "exports, by the titles of the sheet"),
    ],
)
def test_a_workbook_without_a_unit_or_about_imports_is_refused(
    titles: list[str], reason: str, tmp_path: Path
) -> None:
    result = read_file(workbook(tmp_path, titles, HEADINGS), DECLARED)
    assert reason in said(result.reports[0])
    assert not result.records


@pytest.mark.parametrize(
    ("label", "window"),
    [
        ("May (P) FY26", Window("month", "2026-05", 5, ("p",))),
        ("Jul FY26", Window("month", "2025-07", 7, ())),
        ("Apr-26 (R)", Window("month", "2026-04", 4, ("r",))),
        ("JULY, 2024", Window("month", "2024-07", 7, ())),
        ("Jul-Jun FY24", Window("year", "FY2024", 6, ())),
        ("July-May, 2023-24", Window("to_date", "FY2024", 5, ())),
        ("Jan-May FY24", None),
        ("FY24", None),
        ("% change", None),
        ("2023-25 July", None),
    ],
)
def test_a_label_names_its_months_or_nothing(label: str, window: Window | None) -> None:
    assert window_of(label) == window


# ---- State Bank: exports and imports by month


def test_months_of_the_balance_carry_their_marks_and_fiscal_years_are_not_added() -> None:
    result = fine(load("sbp_balance.xlsx", as_of=date(2024, 8, 24)))
    assert numbers(result) == {
        ("exports_bop", "", "2024-05"): 2.8e9,
        ("exports_bop", "", "2024-06"): 2_500_250_000.0,
        ("exports_bop", "", "2024-07"): 2_310_500_000.0,
    }
    assert flags(result) == {
        ("exports_bop", "", "2024-06"): ("r",),
        ("exports_bop", "", "2024-07"): ("p",),
    }
    assert result.sources["sbp_exports"].vintage == "2024-08-24"
    assert dict(result.reports[0].counts.recognised) == {
        "title": 2,
        "heading": 2,
        "fiscal year": 1,
        "note": 1,
    }


@pytest.mark.parametrize(
    ("cell", "value", "place"),
    [
        ("L5", -2000, (5, "Balance of Trade")),
        ("D7", 2500250, (7, "Exports (BOP)")),
        ("B8", date(2024, 6, 1), (8, "Period")),
        ("B8", "soon", (8, "Period")),
        ("B8", None, (8, "Period")),
        ("A2", "(Rs million)", (0, "")),
    ],
)
def test_a_month_of_the_balance_that_cannot_be_right_is_refused(
    cell: str, value: str | int | date | None, place: tuple[int, str], tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(SPECIMENS / "sbp_balance.xlsx")
    book.worksheets[0][cell] = value
    book.save(tmp_path / "balance.xlsx")
    [report] = read_file(tmp_path / "balance.xlsx", DECLARED).reports
    assert place in {(p.row, p.column) for p in report.problems if p.severity == "refused"}


# ---- State Bank: rates


def test_a_fiscal_year_of_rates_is_the_mean_of_twelve_months_and_none_of_fewer() -> None:
    found = numbers(fine(load("sbp_rates.csv")))
    assert found["fx_pkr_per_usd", "", "2023-06"] == 280.0
    years = {period: value for (_, _, period), value in found.items() if period.startswith("FY")}
    assert years == {"FY2024": pytest.approx(305.5)}
    assert found["fx_pkr_per_usd", "", "FY2024"] == pytest.approx(285.5)


def archive_of_rates(folder: Path, *rows: list[object]) -> Path:
    """Write the State Bank's archive in its own shape, with invented rates."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Monthly Avg. Ex. Rates in PKR"
    sheet.append(["Interbank Floating Exchange Rates"])
    sheet.append([None, None, "U.K.", "U.S.A.", "Euro Area"])
    sheet.append(["Period", None, "Pound Sterling", "U.S. Dollar", "EURO"])
    sheet.append(["1998-99", None, 76.5, 46.8, None])
    for row in rows:
        sheet.append(row)
    days = book.create_sheet("Daily Rates")
    days.append(["Date", "Dollar"])
    book.save(folder / "IBF_Arch 2025-10-08.xlsx")
    return folder / "IBF_Arch 2025-10-08.xlsx"


def test_the_archive_of_the_state_bank_is_read_by_month_and_year(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Dec", 1998, 80.5, 50.0, None],
        ["Jun", 2023, 360.5, 285.25, 310.5],
        ["July", "2023", 361.5, 281.5, 311.5],
    ]
    result = fine(read_file(archive_of_rates(tmp_path, *rows), DECLARED))
    assert numbers(result) == {
        ("fx_pkr_per_usd", "", "2023-06"): 285.25,
        ("fx_pkr_per_usd", "", "2023-07"): 281.5,
        ("fx_pkr_per_eur", "", "2023-06"): 310.5,
        ("fx_pkr_per_eur", "", "2023-07"): 311.5,
    }
    recognised = dict(result.reports[0].counts.recognised)
    assert (recognised["other period"], recognised["before the euro"]) == (1, 1)


def test_a_month_of_the_archive_without_a_year_or_rate_is_refused(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Jun", 2023, 360.5, 285.25, 310.5],
        ["Jul", None, 361.5, 281.5, 311.5],
        ["Aug", 2023, 361.5, "n", 311.5],
        ["Jun", 2023, 360.5, 285.25, 310.5],
    ]
    [report] = read_file(archive_of_rates(tmp_path, *rows), DECLARED).reports
    places = {(p.row, p.column) for p in report.problems if p.severity == "refused"}
    assert places == {(6, "date"), (7, "usd"), (8, "date")}


def test_rates_the_other_way_round_are_refused(tmp_path: Path) -> None:
    def turn(text: str) -> str:
        rows = [line.split(",") for line in text.splitlines()]
        for row in rows[1:]:
            row[1:3] = [str(1 / float(row[1])), str(1 / float(row[2]))]
        return "\n".join(",".join(row) for row in rows)

    result = changed(tmp_path, "sbp_rates.csv", turn)
    assert "rupees for one dollar in these months" in said(result.reports[0])


# ---- Bureau of Statistics


def test_products_are_read_in_dollars_and_groups_are_not_added_to_their_lines() -> None:
    result = fine(load("pbs_exports.xlsx"))
    assert numbers(result) == {
        ("pbs_month", "product=textile_group", "2024-07"): 1.27e9,
        ("pbs_month", "product=textile_group", "2023-07"): 1.3e9,
        ("pbs_year", "product=textile_group", "FY2024"): 1.66e10,
        ("pbs_month", "product=knitwear", "2024-07"): 4.0e8,
        ("pbs_month", "product=knitwear", "2023-07"): 4.05e8,
        ("pbs_year", "product=knitwear", "FY2024"): 4.4e9,
        ("pbs_month", "product=readymade", "2024-07"): 3.0e8,
        ("pbs_month", "product=readymade", "2023-07"): 2.9e8,
        ("pbs_year", "product=readymade", "FY2024"): 3.5e9,
    }
    assert {period for _, _, period in flags(result)} == {"2024-07"}


def test_a_column_in_dollars_without_a_unit_is_refused(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(SPECIMENS / "pbs_exports.xlsx")
    book.worksheets[0]["F4"] = "Value $"
    book.save(tmp_path / "pbs.xlsx")
    [report] = read_file(tmp_path / "pbs.xlsx", DECLARED).reports
    assert "thousand or million dollars" in said(report)


@pytest.mark.parametrize(("text", "right"), [("1,270,000", True), ("1,27", False), ("-", True)])
def test_a_comma_between_thousands_is_read_and_one_that_may_be_decimal_refused(
    text: str, right: bool, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(SPECIMENS / "pbs_exports.xlsx")
    book.worksheets[0]["F6"] = text
    book.save(tmp_path / "pbs.xlsx")
    [report] = read_file(tmp_path / "pbs.xlsx", DECLARED).reports
    assert report.refused is not right
