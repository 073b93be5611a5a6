"""Every row is accounted for, in files of every kind and state; templates say enough."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from programme_files import factory, form, register
from test_programme_sources import OURS, ordered, rows_of, said

from data_loaders.reading.blanks import Filled, write_csv
from data_loaders.reading.templates import sheets_of, template
from data_loaders.reading.written import written
from data_loaders.sources import read_files

Lines = list[list[str]]

JUNK = st.sampled_from(
    [
        "",
        "?",
        "-1",
        "1.5",
        "۱۲",
        "45000",
        "1,200",
        "soon",
        "Total",
        "NA",
        "\u200b",
        "=1+1",
        "x" * 99,
    ]
)


@st.composite
def damaged(draw: st.DrawFn, lines: Lines) -> Lines:
    """Return the lines of a file with cells overwritten and with rows that are no records."""
    head, *rows = [list(line) for line in lines]
    for row in rows:
        for column in draw(st.sets(st.integers(0, len(head) - 1), max_size=3)):
            row[column] = draw(JUNK)
    blank, note = [""] * len(head), ["Note: not final", *[""] * (len(head) - 1)]
    total = ["Grand total", *[""] * (len(head) - 1)]
    between = st.lists(st.sampled_from([blank, head, note, total, ["torn"]]), max_size=3)
    above = draw(st.lists(st.just(["A title", *[""] * (len(head) - 1)]), max_size=2))
    return [*above, head, *draw(between), *rows, *rows[: draw(st.integers(0, 1))], *draw(between)]


@pytest.mark.parametrize("kind", OURS)
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_row_of_any_file_is_loaded_refused_or_recognised(
    kind: str, data: st.DataObject
) -> None:
    rows = [ordered(row) for row in data.draw(rows_of(kind))]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "Export_30-06-2024.csv"
        write_csv(path, Filled(form(kind), rows), written())
        lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        lines = data.draw(damaged(lines))
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(lines)
        result = read_files([path])
    (report,) = result.reports
    counts = report.counts
    assert counts.adds_up, (counts, said(report))
    assert counts.read == len(lines)
    refused = {p.row for p in report.problems if p.severity == "refused" and p.row}
    assert counts.refused == len(refused)
    assert bool(result.records) == (report.verdict == "fine")


@pytest.mark.parametrize("kind", OURS)
def test_a_template_has_headings_units_examples_and_lists_to_choose_from(
    kind: str, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(template(tmp_path / "t.xlsx", kind, written()))
    guide = list(book["Read me"].iter_rows(values_only=True))
    for of_sheet in sheets_of(written().forms[kind].values()):
        name = of_sheet.sheet or of_sheet.id
        sheet = book[name]
        assert isinstance(sheet, Worksheet)
        assert next(sheet.iter_rows(values_only=True)) == of_sheet.headings
        told = {row[1]: row for row in guide if row[0] == name}
        for letter, column in zip("ABCDEFGHIJKLMN", of_sheet.columns.values(), strict=False):
            assert told[column.heading][3] == (column.unit or None)
            assert told[column.heading][4] == column.example
            choices = offered(book, sheet, f"{letter}2")
            if column.kind == "yes_no":
                assert choices == ["Yes", "No"]
            elif column.values or column.codes:
                labels = [them[0] for them in column.values.values()]
                assert choices == (labels or list(written().labels(column.codes)))
            else:
                assert not choices


def offered(book: openpyxl.Workbook, sheet: Worksheet, cell: str) -> list[object]:
    """Return what may be chosen in a cell."""
    rules = [r for r in sheet.data_validations.dataValidation if cell in r.sqref]
    if not rules:
        return []
    (rule,) = rules
    area = str(rule.formula1).split("!")[1].replace("$", "")
    lists = book["Lists"]
    assert isinstance(lists, Worksheet)
    return [row[0].value for row in lists[area]] if ":" in area else [lists[area].value]


def test_a_hidden_column_that_is_read_is_said(tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [factory("F-1")])
    book = openpyxl.load_workbook(path)
    book.worksheets[0].column_dimensions["E"].hidden = True
    book.save(path)
    report = read_files([path]).reports[0]
    assert report.verdict == "fine"
    assert "sheet Factories, City: the column is hidden, and read all the same" in said(
        report, "said"
    )
