"""`bwp check`: one account for programs, one for people, marked copies for who mends a file."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from commanding import bwp
from openpyxl.worksheet.worksheet import Worksheet
from programme_files import SAMPLES, answer, csv_of, factory, register, spell

from dashboard.store import Draft, Records
from data_loaders.sources import read_files

BAD_INPUTS = SAMPLES / "bad_inputs"
SHORT = (
    "enterprise_id,enterprise_name,city,sector,enrolment_date,workers_total,workers_female,status\n"
)
BAD = SHORT + (
    "PK-1,=1+1,KHI,denim,2022-09-12,-5,310,active\n"
    "PK-2,Two,Atlantis,denim,2022-10-03,۸۶۰,20,active\n"
    "PK-3,Three,Lahore,denim,2022-10-03,86.5,20,actve\n"
)


def checked(folder: Path, *words: str | Path) -> tuple[int, dict[str, Any]]:
    """Run the check for programs; return its exit code and its document."""
    ended = bwp("check", "--json", *words, folder=folder)
    found: dict[str, Any] = json.loads(ended.stdout)
    return ended.returncode, found


def sheet_of(book: openpyxl.Workbook, name: str) -> Worksheet:
    """Return a worksheet of a workbook."""
    found = book[name]
    assert isinstance(found, Worksheet)
    return found


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A short register with four mistakes."""
    path = tmp_path / "in" / "register 2024-06-30.csv"
    path.parent.mkdir()
    path.write_text(BAD, encoding="utf-8")
    return path


def test_the_document_names_kind_day_counts_and_every_place(bad: Path, tmp_path: Path) -> None:
    code, told = checked(tmp_path, bad)
    assert (code, told["exit_code"]) == (1, 1)
    (file,) = told["files"]
    assert (file["kind"], file["as_of"], file["verdict"]) == ("enrolment", "2024-06-30", "refused")
    assert file["rows"] == {"read": 4, "loaded": 0, "refused": 3, "recognised": {"heading": 1}}
    places = [(p["row"], p["column"], p["cell"], p["value"]) for p in file["problems"]]
    assert places == [
        (2, "workers_total", "F2", "-5"),
        (3, "city", "C3", "Atlantis"),
        (4, "workers_total", "F4", "86.5"),
        (4, "status", "H4", "actve"),
    ]
    assert file["problems"][1]["wanted"] == "one of: Karachi, Lahore, Faisalabad"
    assert all(set(p) >= {"file", "sheet", "wanted"} for p in file["problems"])
    said = {(n["column"], n["how"]): n["cells"] for n in file["normalised"]}
    assert said["city", "'KHI' read as Karachi"] == 1
    assert said["workers_total", "Urdu or Arabic digits read as plain ones"] == 1


def test_the_document_ends_with_the_worst_file(bad: Path, tmp_path: Path) -> None:
    good = register(tmp_path / "good.xlsx", [factory("F-1")])
    torn = tmp_path / "torn.xlsx"
    torn.write_bytes(good.read_bytes()[:-300])
    assert checked(tmp_path, good)[0] == 0
    assert checked(tmp_path, good, bad)[0] == 1
    code, told = checked(tmp_path, good, bad, torn)
    assert code == 2
    assert [f["verdict"] for f in told["files"]] == ["fine", "refused", "unreadable"]
    assert [f["path"] for f in told["files"]] == [str(good), str(bad), str(torn)]


def test_a_folder_without_files_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended = bwp("check", tmp_path / "empty", folder=tmp_path)
    assert (ended.returncode, ended.stderr) == (2, "No files found\n")


def contents(folder: Path) -> Mapping[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_check_writes_nothing_but_the_marked_copies(bad: Path, tmp_path: Path) -> None:
    before = contents(tmp_path)
    bwp("check", bad, folder=tmp_path)
    checked(tmp_path, bad)
    assert contents(tmp_path) == before
    told = bwp("check", "--marked", tmp_path / "out", bad, folder=tmp_path)
    copy = tmp_path / "out" / "register 2024-06-30 marked.xlsx"
    assert told.stdout.endswith(f"the marked copy is {copy}\n")
    assert set(contents(tmp_path)) - set(before) == {str(copy)}
    assert checked(tmp_path, "--marked", tmp_path / "out", bad)[1]["files"][0]["marked"] == str(
        tmp_path / "out" / "register 2024-06-30 marked 2.xlsx"
    )


def test_a_text_file_becomes_a_marked_workbook_without_formulas(bad: Path, tmp_path: Path) -> None:
    bwp("check", "--marked", tmp_path / "out", bad, folder=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "out" / "register 2024-06-30 marked.xlsx")
    assert book.sheetnames == ["Problems", "File"]
    file = sheet_of(book, "File")
    assert (file["B2"].value, file["B2"].data_type) == ("=1+1", "s")
    comment = file["C3"].comment
    assert comment is not None
    assert comment.text == "city: one of: Karachi, Lahore, Faisalabad"
    coloured = {
        cell.coordinate
        for row in file.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid"
    }
    assert coloured == {"F2", "C3", "F4", "H4"}
    listed = list(sheet_of(book, "Problems").iter_rows(values_only=True))
    assert listed[0][:4] == ("Sheet", "Row", "Column", "Cell")
    assert [row[3] for row in listed if row[6] == "must be mended"] == ["F2", "C3", "F4", "H4"]
    assert sheet_of(book, "Problems")["D3"].hyperlink is not None


def test_a_marked_copy_keeps_the_workbook_and_can_be_mended_and_handed_in(tmp_path: Path) -> None:
    path = register(tmp_path / "r 2024-06-30.xlsx", [factory("F-1"), factory("F-2")])
    book = openpyxl.load_workbook(path)
    sheet_of(book, "Factories")["E3"] = "Atlantis"
    sheet_of(book, "Spells").row_dimensions[2].hidden = True
    book.save(path)
    bwp("check", "--marked", tmp_path / "out", path, folder=tmp_path)
    (copy,) = (tmp_path / "out").iterdir()
    book = openpyxl.load_workbook(copy)
    marked = sheet_of(book, "Factories")["E3"]
    assert marked.comment is not None
    assert marked.comment.text.startswith("City: one of: Karachi")
    hidden = sheet_of(book, "Spells")["A2"].comment
    assert hidden is not None
    assert hidden.text == "the row is hidden: show it or delete it"
    marked.value = "Lahore"
    sheet_of(book, "Spells").row_dimensions[2].hidden = False
    book.save(copy)
    code, told = checked(tmp_path, copy)
    assert code == 0, told
    assert told["files"][0]["rows"]["loaded"] == 4


def test_the_mark_of_merged_cells_is_where_it_can_be_seen(tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [factory("F-1"), factory("F-2")])
    book = openpyxl.load_workbook(path)
    sheet_of(book, "Factories").merge_cells("A2:A3")
    book.save(path)
    bwp("check", "--marked", tmp_path / "out", path, folder=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "out" / "r marked.xlsx")
    comment = sheet_of(book, "Factories")["A2"].comment
    assert comment is not None
    assert "a value of its own: the cell is merged with the one above" in comment.text


def test_the_day_of_a_snapshot_is_asked_for_where_its_name_says_none(tmp_path: Path) -> None:
    text = "Factory.ID,Cycle,Compliance.point,Status\nF-1,1,Leave,Pending\n"
    (tmp_path / "plan.csv").write_text(text)
    (tmp_path / "plan 31-03-2024.csv").write_text(text)
    code, told = checked(tmp_path, tmp_path / "plan.csv")
    assert code == 1
    assert told["files"][0]["as_of"] is None
    assert told["files"][0]["problems"][0]["wanted"] == (
        "the day of the snapshot: in the file's name (…_DD-MM-YYYY), or with --as-of YYYY-MM-DD"
    )
    paths = [tmp_path / "plan.csv", tmp_path / "plan 31-03-2024.csv"]
    code, told = checked(tmp_path, "--as-of", "2024-06-30", *paths)
    assert code == 0
    assert [f["as_of"] for f in told["files"]] == ["2024-06-30", "2024-03-31"]
    said = [p["wanted"] for p in told["files"][1]["said"]]
    assert "the day is 2024-03-31, although --as-of says 2024-06-30" in said
    wrong = bwp("check", "--as-of", "June", *paths, folder=tmp_path)
    assert wrong.returncode == 2
    assert "--as-of" in wrong.stderr


def test_the_day_that_was_asked_for_stays_with_the_file_in_the_draft(tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("Factory.ID,Cycle,Compliance.point,Status\nF-1,1,Leave,Pending\n")
    known = register(tmp_path / "r.xlsx", [factory("F-1")], [spell("F-1")])
    done = csv_of(tmp_path / "a.csv", "assessments", [answer()])
    asked = ("load", "--as", "Asma", "--as-of", "2024-06-30")
    assert bwp("load", "--as", "Asma", plan, known, folder=tmp_path).returncode == 1
    assert bwp(*asked, plan, known, folder=tmp_path).returncode == 0
    assert bwp("load", "--as", "Asma", done, folder=tmp_path).returncode == 0
    records = Records.at(f"sqlite:///{tmp_path}/records.db")
    draft: Draft = records.draft()
    assert {f.name: f.as_of for f in draft.files if f.name in ("plan.csv", "a.csv")} == {
        "plan.csv": "2024-06-30",
        "a.csv": "",
    }
    assert bwp("approve", "draft", "--as", "Bilal", folder=tmp_path).returncode == 0
    published = bwp("publish", "--note", "The first records", folder=tmp_path)
    assert published.stdout == "Release 2024.1 is current\n"


def test_days_may_be_asked_for_file_by_file(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.csv", "two.csv")]
    for path in paths:
        path.write_text("Factory.ID,Cycle,Compliance.point,Status\nF-1,1,Leave,Pending\n")
    days = {paths[0]: date(2024, 3, 31), paths[1]: date(2024, 6, 30)}
    assert [f.as_of for f in read_files(paths, as_of=days).files] == list(days.values())


def test_values_that_cannot_be_are_all_told_in_one_report(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(
        SHORT
        + "PK-1,One,Karachi,denim,2022-09-12,-7,310,active\n"
        + "PK-2,Two,Lahore,denim,2022-10-03,500,501,active\n"
        + "PK-3,Three,Faisalabad,denim,2099-01-01,900,640,active\n"
        + "PK-4,Four,Karachi,denim,2023-02-27,3.5,60,active\n"
        + "PK-5,Five,Karachi,denim,2023-06-05,3150,410,activ\n"
    )
    code, told = checked(tmp_path, path)
    assert code == 1
    (file,) = told["files"]
    assert [p["cell"] for p in file["problems"]] == ["F2", "G3", "E4", "F5", "H6"]
    assert file["rows"]["refused"] == 5


needs_samples = pytest.mark.skipif(
    not BAD_INPUTS.exists(), reason="the shared samples are not here"
)


@needs_samples
def test_the_shared_bad_inputs_are_told_apart_in_one_document(tmp_path: Path) -> None:
    code, told = checked(tmp_path, *sorted(BAD_INPUTS.glob("[01]*")))
    by_name = {file["file"]: file for file in told["files"]}
    assert code == 1
    merged = by_name["01_merged_title_two_header_rows.xlsx"]
    assert (merged["verdict"], merged["rows"]["loaded"]) == ("fine", 6)
    assert any(s["row"] == 10 and "merged" in s["wanted"] for s in merged["said"])
    totals = by_name["11_totals_and_notes.xlsx"]
    assert (totals["verdict"], totals["rows"]["loaded"]) == ("fine", 6)
    assert totals["rows"]["recognised"] == {"blank": 1, "heading": 1, "note": 2, "total": 4}
    impossible = by_name["17_negative_future_impossible.csv"]
    assert {p["cell"] for p in impossible["problems"]} == {"F2", "G3", "E4", "F5", "H7"}
