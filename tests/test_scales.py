"""Fiscal years and scales: read by a written table and said, or refused with the place."""

from pathlib import Path

import openpyxl
import pytest
from official_files import changed, fine, said
from programme_files import csv_of, form

from data_loaders import records
from data_loaders.reading import Report, fiscal
from data_loaders.reading.blanks import Cells
from data_loaders.reading.results import ReadResult
from data_loaders.reading.stacked import Window, window_of
from data_loaders.sources import read_file

HEADCOUNT = "Factory ID,As of,Role,{},{}\nF-1,2024-06-01,All workers,{},{}\n"
GOALS = (
    "Goal,Target in words,Measure,Target,Due\nEnterprises enrolled,120,Factories enrolled,{},{}\n"
)
TRAINING = (
    "Session ID,Topic,Date,City,Mode,Factory ID,Women,Men\n"
    "TR-1,OSH,2024-02-13,Lahore,Virtual,F-1,{},{}\n"
)
SHORT = (
    "enterprise_id,enterprise_name,city,sector,enrolment_date,workers_total,workers_female,status\n"
    "PK-1,One,Lahore,denim,{},{},{},active\n"
)


def read(folder: Path, text: str) -> ReadResult:
    """Read a text file."""
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return read_file(path, {})


def places(report: Report) -> set[tuple[int, str]]:
    """Return row and column of every refusal."""
    return {(p.row, p.column) for p in report.problems if p.severity == "refused"}


# ---- fiscal years


@pytest.mark.parametrize(
    "text",
    [
        *("FY2024", "FY24", "fy 24", "FY-2024", "F.Y. 2023-24", "Fiscal year 2024"),
        *("2023-24", "2023/24", "2023–24", "2023-2024", "2023/2024", "FY2023-24", "FY 2023/24"),
        *("July 2023 - June 2024", "Jul 2023 to Jun 2024", "مالی سال ۲۰۲۳-۲۴", "FY\u00a02024"),
    ],
)
def test_every_spelling_of_a_fiscal_year_is_the_year_in_which_it_ends(text: str) -> None:
    assert fiscal.parse(text) == 2024


@pytest.mark.parametrize(
    "text",
    [
        *("2024", "24", "2023-25", "FY2023-25", "2011-12", "2024-07", "Q1 FY24", "FY2024 (p)"),
        *("July 2023 - May 2024", "Jan 2024 - Dec 2024", "July 2022 - June 2024"),
    ],
)
def test_what_may_be_another_period_is_no_fiscal_year(text: str) -> None:
    assert fiscal.parse(text) is None


@pytest.mark.parametrize(
    ("label", "window"),
    [
        ("Jul-Jun FY2023-24", Window("year", "FY2024", 6, ())),
        ("Jul-May 2023/24 (P)", Window("to_date", "FY2024", 5, ("p",))),
        ("July 2023 - May 2024", Window("to_date", "FY2024", 5, ())),
        ("July 2023 to June 2024", Window("year", "FY2024", 6, ())),
        ("Jan 2024 - May 2024", None),
        ("Jul-Jun FY2023-25", None),
    ],
)
def test_a_heading_of_official_tables_may_spell_its_fiscal_year_in_any_way(
    label: str, window: Window | None
) -> None:
    assert window_of(label) == window


def test_a_target_due_in_a_fiscal_year_is_due_on_its_last_day_and_that_is_said(
    tmp_path: Path,
) -> None:
    result = fine(read(tmp_path, GOALS.format(120, "2024/25")))
    [goal] = result.records
    assert isinstance(goal, records.Goal)
    assert goal.due.isoformat() == "2025-06-30"
    assert "Due: 1 cell: 2024/25 read as the end of FY2025, 2025-06-30" in said(
        result.reports[0], "said"
    )


@pytest.mark.parametrize("text", ["2025", "2024-26", "June 2025", "FY"])
def test_a_target_due_in_something_else_is_refused_with_its_place(
    text: str, tmp_path: Path
) -> None:
    [report] = read(tmp_path, GOALS.format(120, text)).reports
    assert places(report) == {(2, "Due")}


def test_a_fiscal_year_in_place_of_any_other_day_is_refused_with_its_place(tmp_path: Path) -> None:
    [report] = read(tmp_path, SHORT.format("FY2024", 900, 90)).reports
    assert places(report) == {(2, "enrolment_date")}
    assert "'FY2024': a day, such as 2024-07-01" in said(report)
    assert "a fiscal year is no day" in said(report)


# ---- numbers of persons


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (HEADCOUNT.format("Women", "Men", "{}", 900), "Women"),
        (TRAINING.format("{}", 9), "Women"),
        (SHORT.format("2024-01-01", 900, "{}"), "workers_female"),
        (GOALS.format("{}", "2025-06-30"), "Target"),
    ],
)
@pytest.mark.parametrize("text", ["0.12", "12 %", "1.2 thousand", "1.2k", "about 12", "10-20"])
def test_a_share_or_a_number_in_words_among_numbers_is_refused_with_its_place(
    table: str, column: str, text: str, tmp_path: Path
) -> None:
    [report] = read(tmp_path, table.format(text)).reports
    assert places(report) == {(2, column)}


def test_a_workbook_whose_column_mixes_fractions_percent_and_numbers_names_every_cell(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Factory ID", "As of", "Role", "Women", "Men"])
    for n, women in enumerate((0.12, "12 %", 12), start=1):
        sheet.append([f"F-{n}", "2024-06-01", "All workers", women, 900])
    sheet["D2"].number_format = "0%"
    book.save(tmp_path / "mixed.xlsx")
    result = read_file(tmp_path / "mixed.xlsx", {})
    assert places(result.reports[0]) == {(2, "Women"), (3, "Women")}
    assert not result.records


@pytest.mark.parametrize("heading", ["% Women", "Women (%)", "Share of women", '"Women, percent"'])
def test_a_column_of_shares_is_never_read_as_numbers_of_persons(
    heading: str, tmp_path: Path
) -> None:
    result = read(tmp_path, HEADCOUNT.format(heading, "Men", 12, 900))
    assert places(result.reports[0]) == {(1, "Women")}
    assert "persons, not shares of them" in said(result.reports[0])
    assert not result.records


def test_shares_beside_the_numbers_are_not_read_and_that_is_said(tmp_path: Path) -> None:
    text = "Factory ID,As of,Role,% Women,Women,Men\nF-1,2024-06-01,All workers,12,120,880\n"
    result = fine(read(tmp_path, text))
    [found] = result.records
    assert isinstance(found, records.Headcount)
    assert (found.women, found.men) == (120, 880)
    assert "'% Women': columns that are not read" in said(result.reports[0], "said")


def test_a_unit_in_the_heading_is_multiplied_out_and_said(tmp_path: Path) -> None:
    result = fine(read(tmp_path, HEADCOUNT.format("Women ('000)", "Men (thousands)", "1.24", 2)))
    [found] = result.records
    assert isinstance(found, records.Headcount)
    assert (found.women, found.men) == (1240, 2000)
    told = said(result.reports[0], "said")
    assert "Women: 1 cell: multiplied by 1,000, as the heading says" in told


def test_persons_in_a_column_of_thousands_are_refused_with_their_place(tmp_path: Path) -> None:
    rows = HEADCOUNT + "F-2,2024-06-01,All workers,0.9,1240\nF-3,2024-06-01,All workers,0.9005,1\n"
    [report] = read(tmp_path, rows.format("Women ('000)", "Men ('000)", "1.24", 2)).reports
    assert places(report) == {(3, "Men"), (4, "Women")}
    assert "at most 100,000; another unit belongs into the heading" in said(report)


@pytest.mark.parametrize(
    "title", ["Headcount 2024 (in thousands)", "Persons ('000)", "Numbers in percent"]
)
def test_a_unit_above_the_table_may_hold_for_any_column_and_is_refused(
    title: str, tmp_path: Path
) -> None:
    [report] = read(tmp_path, f"{title}\n" + HEADCOUNT.format("Women", "Men", 12, 90)).reports
    assert places(report) == {(1, "")}
    assert "the unit in the heading of each column" in said(report)


@pytest.mark.parametrize("title", ["Mills of 10,000 workers", '"Mills of 10,000 workers"'])
def test_thousands_in_a_title_that_are_part_of_a_number_are_no_unit(
    title: str, tmp_path: Path
) -> None:
    fine(read(tmp_path, f"{title}\n" + HEADCOUNT.format("Women", "Men", 12, 90)))


def test_a_template_says_where_a_fiscal_year_may_stand() -> None:
    columns = [c for f in ("goals", "headcount", "enrolment") for c in form(f).columns.values()]
    assert {c.heading for c in columns if c.fiscal_year} == {"Due"}
    assert all("fiscal year" in c.unit for c in columns if c.fiscal_year)


def test_headings_that_a_template_writes_name_no_other_unit(tmp_path: Path) -> None:
    row: Cells = {"factory": "F-1", "as_of": "2024-06-01", "role": "all", "women": 12, "men": 90}
    fine(read_file(csv_of(tmp_path / "h.csv", "headcount", [row]), {}))


# ---- shares of publishers


def test_a_fraction_in_a_series_of_percent_is_refused_with_its_year(tmp_path: Path) -> None:
    result = changed(tmp_path, "wdi_indicator.csv", lambda t: t.replace('"24.25"', '"0.2425"'))
    [problem] = [p for p in result.reports[0].problems if p.severity == "refused"]
    assert problem.column == "2023"
    assert "percent as in the rest of the series" in problem.wanted


@pytest.mark.parametrize(("text", "right"), [("12%", True), ("12 %", True), ("0.12", False)])
def test_shares_of_women_on_a_list_of_suppliers_are_whole_percent(
    text: str, right: bool, tmp_path: Path
) -> None:
    result = changed(tmp_path, "nike_list.csv", lambda t: t.replace(",1,0\n", f",{text},0\n"))
    assert places(result.reports[0]) == (set() if right else {(4, "% Female Workers")})
