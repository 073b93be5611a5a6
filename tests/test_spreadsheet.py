"""The workbook of a view: the cells of the CSV, notes and sources, and nothing that runs."""

import csv
import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook

from dashboard import catalogue, short
from dashboard.model import View
from dashboard.workbook import Sheet, written

CUT_OFF = date(2026, 9, 30)
CATALOGUE = catalogue.load(Path(__file__).parents[1] / "config")
VIEWS = (
    *("exports_goods", "exports_goods?freq=FY&unit=eur", "noncompliance_cycle?panel=same"),
    *("noncompliance_cluster?split=city&cluster=osh", "gsp_conventions", "minimum_wage"),
    *("enrolment_milestones", "women_by_role?rows=all", "exports_goods?rows=all"),
)


def address(view: str, form: str) -> str:
    """Return the address of a form of a view."""
    name, mark, query = view.partition("?")
    return f"/charts/{name}.{form}{mark}{query}"


def book(client: FlaskClient, view: str) -> Workbook:
    """Return the workbook of a view."""
    answer = client.get(address(view, "xlsx"))
    assert answer.status_code == 200, (view, answer.text)
    return load_workbook(io.BytesIO(answer.data))


def rows(found: Workbook, sheet: int = 0) -> list[dict[str, Any]]:
    """Return the rows of a sheet by heading."""
    heads, *rest = found.worksheets[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rest]


def same(cell: Any, text: str) -> bool:
    """Whether a cell holds what a field of the CSV says."""
    return text == "" if cell is None else cell == (float(text) if cell != str(cell) else text)


@pytest.mark.parametrize("view", [*VIEWS, *CATALOGUE.indicators])
def test_a_workbook_holds_the_cells_of_the_csv(client: FlaskClient, view: str) -> None:
    listed = list(csv.DictReader(io.StringIO(client.get(address(view, "csv")).text, newline="")))
    found = rows(book(client, view))
    assert len(found) == len(listed) > 0
    for row, line in zip(found, listed, strict=True):
        assert list(row)[: len(line)] == list(line)
        for name, text in line.items():
            assert same(row[name], text), (view, name, row[name], text)
        assert isinstance(row["value"], (int, float)) or row["value"] is None


@pytest.mark.parametrize(
    ("lang", "rtl"), [("en", False), ("ur", True), ("ar", True), ("bn", False)]
)
def test_sheets_run_as_the_language_does_and_keep_their_headings_in_sight(
    client: FlaskClient, lang: str, rtl: bool
) -> None:
    found = book(client, f"women_by_role?lang={lang}")
    assert len(found.worksheets) == 3
    for sheet in found.worksheets:
        assert bool(sheet.sheet_view.rightToLeft) is rtl
        assert sheet.freeze_panes == "A2"
        assert sheet.sheet_state == "visible"
        assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row)


def test_a_workbook_names_its_sheets_its_sources_and_its_release(client: FlaskClient) -> None:
    found = book(client, "women_by_role")
    assert found.sheetnames == ["Data", "Notes", "Sources"]
    notes = {row["Item"]: row["Text"] for row in rows(found, 1)}
    assert notes["Illustrative"] == "Illustrative data, not real figures."
    assert notes["Release"] and notes["Definition"] and notes["c"]
    assert notes["Address"].endswith(
        short.address_of(View("women_by_role", release=notes["Release"]))
    )
    (source, *_) = rows(found, 2)
    assert source["Publisher"] == "Better Work Pakistan"
    assert source["SHA-256"]
    assert {row["Illustrative"] for row in rows(found, 2)} == {
        "Illustrative data, not real figures."
    }
    assert "Illustrative" not in {r["Item"] for r in rows(book(client, "exports_goods"), 1)}


@pytest.mark.parametrize(
    ("view", "number"),
    [("exports_goods", "#,##0"), ("women_by_role", "0"), ("literacy", "0.0")],
)
def test_values_are_shown_as_their_unit_wants(client: FlaskClient, view: str, number: str) -> None:
    sheet = book(client, view).worksheets[0]
    (place,) = (cell.column for cell in sheet[1] if cell.value == "value")
    assert {sheet.cell(row, place).number_format for row in range(2, 6)} == {number}


def test_a_pinned_workbook_is_the_same_bytes_and_says_no_person(client: FlaskClient) -> None:
    pinned = "/charts/noncompliance_cluster.xlsx?release=2026.1&lang=ur"
    answer = client.get(pinned)
    assert answer.headers["Cache-Control"].endswith("immutable")
    sheets = [Sheet("a", ("b",), (("c",), (1.5,), (None,)))]
    cut_off = CUT_OFF
    assert written(sheets, "t", cut_off) == written(sheets, "t", cut_off)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = packed.read("docProps/core.xml").decode()
        names = packed.namelist()
    assert re.search(r"<dc:creator>\s*</dc:creator>", core)
    assert not [name for name in names if "vba" in name or "externalLink" in name]


def test_no_text_becomes_a_formula_or_a_link() -> None:
    hostile = ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "https://example.org", "{=A1}")
    body = written([Sheet("x/y:z", ("h",), tuple((text,) for text in hostile))], "t", CUT_OFF)
    (sheet,) = load_workbook(io.BytesIO(body)).worksheets
    assert [sheet.cell(row, 1).value for row in range(2, 7)] == list(hostile)
    assert {sheet.cell(row, 1).data_type for row in range(2, 7)} == {"s"}
    assert not any(sheet.cell(row, 1).hyperlink for row in range(2, 7))
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_rows_that_do_not_exist_are_refused(client: FlaskClient) -> None:
    answer = client.get("/charts/exports_goods.xlsx?rows=some")
    assert answer.status_code == 400
    assert "possible: all" in answer.text
