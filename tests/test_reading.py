"""Opening files: bytes to cells, nothing guessed, everything hostile refused."""

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_loaders.reading import Report, Unreadable, dates, open_book, texts
from data_loaders.reading.book import named_day
from data_loaders.reading.normal import clean, digits, words
from data_loaders.reading.written import at_the_ends, written

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def book_of(folder: Path, content: bytes, name: str = "file.csv") -> list[tuple[object, ...]]:
    """Write bytes and return the rows of the opened file."""
    path = folder / name
    path.write_bytes(content)
    return [row.cells for row in open_book(path).sheets[0].rows]


@given(DAYS)
def test_a_day_is_read_back_from_every_way_of_writing_it(day: date) -> None:
    written_down = (
        f"{day:%Y-%m-%d}",
        f"{day:%d/%m/%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%d-%b-%Y}",
        f"{day:%Y-%m-%d} 00:00:00",
    )
    assert {dates.parse(text) for text in written_down} == {day}


def test_a_day_is_never_guessed() -> None:
    for text in (
        "2024",
        "7/2024",
        "13/13/2024",
        "31/02/2024",
        "1/2/24",
        "07/2024/01",
        "soon",
        "45000.5",
    ):
        assert dates.parse(text) is None


def test_serial_numbers_are_days_only_in_a_plausible_range() -> None:
    assert dates.serial(45_366) == date(2024, 3, 15)
    assert dates.serial(2024) is None


@given(st.integers(0, 10**9))
def test_urdu_and_arabic_digits_are_plain_ones(number: int) -> None:
    for zero in (0x0660, 0x06F0):
        assert digits("".join(chr(zero + int(d)) for d in str(number))) == str(number)


@given(st.text())
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert words(words(text)) == words(text)


def test_invisible_characters_and_wide_spaces_never_matter() -> None:
    assert clean("\u200f Lahore\u00a0\u200b  City\ufeff") == "Lahore City"
    assert words("Quest.ID") == words("quest_id") == words(" QUEST  ID ") == "quest id"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    rows = book_of(tmp_path, "City,Name\r\nLahore,Café\r\n".encode(encoding))
    assert rows == [("City", "Name"), ("Lahore", "Café")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_usual_separator_is_found(tmp_path: Path, separator: str) -> None:
    lines = [separator.join(cells) for cells in (("a", "b", "c"), ("1", "2", "3"))]
    assert book_of(tmp_path, "\n".join(lines).encode())[1] == ("1", "2", "3")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_end_of_line_is_understood(tmp_path: Path, end: str) -> None:
    assert book_of(tmp_path, end.join(["a,b", "1,2", ""]).encode()) == [("a", "b"), ("1", "2")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_break_between_quotes_belongs_to_its_cell(tmp_path: Path, end: str) -> None:
    rows = book_of(tmp_path, f'a,b{end}"1{end}2",3{end}'.encode())
    assert rows == [("a", "b"), (f"1{end}2", "3")]


def test_an_odd_encoding_or_separator_is_said() -> None:
    assert texts.decode("a;b\nCafé;1\n".encode("cp1252")).how == (
        "read as cp1252",
        "cells are separated by ';'",
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n ",
        b"%PDF-1.7 and more",
        b"a,b\n\x00\x00",
        b'a,b\n"open, quote\n1,2\n',
        "a,b\n1,2\n".encode("utf-16")[:-1],
        b"PK\x03\x04 cut off",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off",
    ],
)
def test_what_is_no_whole_table_is_unreadable(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable):
        book_of(tmp_path, content)


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be opened"):
        open_book(tmp_path / "none.csv")


def workbook(folder: Path) -> Path:
    """Return a workbook with a hidden row, a merged cell, a formula without a value."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("City", "Workers"), ("Karachi", 10), (None, 20), ("Lahore", "=1+1")):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Old").sheet_state = "hidden"
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def test_a_workbook_tells_what_is_hidden_merged_or_without_a_value(tmp_path: Path) -> None:
    sheet, old = open_book(workbook(tmp_path)).sheets
    assert [row.cells for row in sheet.rows[:3]] == [
        ("City", "Workers"),
        ("Karachi", 10),
        ("Karachi", 20),
    ]
    assert [row.number for row in sheet.rows if row.hidden] == [3]
    assert sheet.filled == {(3, 0)}
    assert sheet.broken == {(4, 1)}
    assert old.hidden


def packed(folder: Path, parts: dict[str, bytes]) -> Path:
    """Return a workbook with parts added."""
    path = workbook(folder)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/vbaProject.bin", b"macro"),
        ("xl/big.xml", b" " * 40_000_000),
        ("xl/entities.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("../outside.txt", b"out"),
    ],
)
def test_a_hostile_workbook_is_refused_before_a_library_opens_it(
    tmp_path: Path, name: str, content: bytes
) -> None:
    with pytest.raises(Unreadable):
        open_book(packed(tmp_path, {name: content}))


def test_a_cut_off_workbook_is_unreadable(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(Unreadable):
        open_book(path)


def test_the_day_of_a_snapshot_is_asked_for_named_or_stated_never_the_clock(tmp_path: Path) -> None:
    assert named_day("PICC_Members_Report_31-03-2024.csv") == date(2024, 3, 31)
    assert named_day("plan_2024-03-31.csv") == date(2024, 3, 31)
    assert named_day("plan_31-13-2024.csv") is None
    (tmp_path / "a.csv").write_text("Register as of 5 May 2024\na,b\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert open_book(tmp_path / "a.csv").as_of == date(2024, 5, 5)
    assert open_book(tmp_path / "b.csv").as_of is None
    assert open_book(tmp_path / "b.csv", as_of=date(2020, 1, 1)).as_of == date(2020, 1, 1)


def test_a_report_accounts_for_every_row_even_if_one_is_refused_later() -> None:
    report = Report("file.csv")
    report.opened(3)
    report.recognise("", 1, "heading")
    report.loaded("", 2)
    report.loaded("", 3)
    report.refuse("", 3, "City", "Atlantis", "one of: Karachi, Lahore, Faisalabad")
    counts = report.counts
    assert (counts.read, counts.loaded, counts.refused) == (3, 1, 1)
    assert counts.adds_up
    assert "file.csv, row 3, City: 'Atlantis': one of" in str(report.problems[0])


def test_every_spelling_means_one_code() -> None:
    tables = written()
    for dimension, rows in tables.codes.items():
        for code, row in rows.items():
            assert tables.code(dimension, str(row["label"])) == code, (dimension, code)
    assert tables.code("city", "فیصل آباد") == "faisalabad"
    assert (
        tables.code("compliance_point", "Unconditional Worst Forms") == "child_labour_worst_forms"
    )
    assert tables.code("cluster", "Systems") == "osh"


def test_compliance_points_belong_to_the_eight_clusters() -> None:
    points = written().codes["compliance_point"]
    assert len(points) == 38
    assert sum(bool(row["confirmed"]) for row in points.values()) == 19
    assert {str(row["parent"]) for row in points.values()} == set(written().codes["cluster"])
    assert all(code.startswith(f"{row['parent']}_") for code, row in points.items())


def test_totals_are_known_at_the_ends_of_a_text_only() -> None:
    totals = at_the_ends(["total", "sub total"])
    assert totals.search("karachi sub total")
    assert totals.search("total of karachi")
    assert not totals.search("subtotalled mills")
