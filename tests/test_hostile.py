"""Hostile files are refused before a library opens them, quickly and in little memory."""

import io
import json
import random
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import hostile
import openpyxl
import pytest
from programme_files import factory, register

from data_loaders.reading import Unreadable, open_book
from data_loaders.reading.biff import shared_lengths
from data_loaders.sources import read_files

ROOT = Path(__file__).parents[1]
SECONDS, MEGABYTES = 1.0, 150

MEASURED = """
import json, sys, time
from pathlib import Path
from data_loaders.sources import modules, read_file
def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
modules()
read_file(Path(sys.argv[1]), {})
before = peak()
started = time.process_time()
report = read_file(Path(sys.argv[2]), {}).reports[0]
spent = time.process_time() - started
print(json.dumps([report.verdict, str(report.problems[0]), spent, (peak() - before) / 1024]))
"""


def measured(path: Path, warm: Path) -> list[Any]:
    """Read a file in a process of its own; return verdict, problem, seconds and megabytes."""
    done = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-c", MEASURED, str(warm), str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: list[Any] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to measure with")
@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_a_hostile_file_is_refused_within_a_second_and_150_megabytes(
    name: str, tmp_path: Path
) -> None:
    path = hostile.lay_out(name, tmp_path)
    with pytest.raises(Unreadable, match=hostile.HOSTILE[name][1]):
        open_book(path)
    warm = tmp_path / "plain.xlsx"
    warm.write_bytes(hostile.plain())
    verdict, _, seconds, megabytes = measured(path, warm)
    assert verdict == "unreadable"
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_a_workbook_cut_off_anywhere_is_unreadable(tmp_path: Path) -> None:
    whole = hostile.plain()
    path = tmp_path / "cut.xlsx"
    for length in range(4, len(whole) - 1, len(whole) // 40):
        path.write_bytes(whole[:length])
        with pytest.raises(Unreadable, match=r"cut off|not a whole workbook"):
            open_book(path)


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_workbook_is_read_or_refused_and_never_breaks_the_check(
    seed: int, tmp_path: Path
) -> None:
    good = register(tmp_path / "good.xlsx", [factory(f"F-{n}") for n in range(5)]).read_bytes()
    dice = random.Random(seed)  # noqa: S311  nothing secret
    path = tmp_path / "damaged.xlsx"
    for _ in range(25):
        content = bytearray(good)
        for _ in range(dice.randint(1, 8)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        path.write_bytes(content)
        (report,) = read_files([path]).reports
        assert report.verdict in ("fine", "refused", "unreadable")
        assert report.counts.adds_up


@pytest.mark.parametrize("seed", range(4))
def test_a_part_with_damaged_marks_is_read_or_refused_and_never_breaks_the_check(
    seed: int, tmp_path: Path
) -> None:
    good = register(tmp_path / "good.xlsx", [factory(f"F-{n}") for n in range(5)])
    dice = random.Random(seed)  # noqa: S311  nothing secret
    with ZipFile(good) as archive:
        part = archive.read(hostile.SHEET)
        others = {n: archive.read(n) for n in archive.namelist() if n != hostile.SHEET}
    for _ in range(25):
        torn = bytearray(part)
        for _ in range(dice.randint(1, 4)):
            torn[dice.randrange(150, len(torn))] = dice.choice(b'<>/"rctv0 9-')
        path = tmp_path / "damaged.xlsx"
        with ZipFile(path, "w") as archive:
            for name, content in (others | {hostile.SHEET: bytes(torn)}).items():
                archive.writestr(name, content)
        (report,) = read_files([path]).reports
        assert report.counts.adds_up


def test_an_old_workbook_is_read_whose_far_cells_hold_nothing(tmp_path: Path) -> None:
    coloured = hostile.record(0x0201, struct.pack("<HHH", 65_535, 255, 0))
    (tmp_path / "old.xls").write_bytes(hostile.old_workbook(hostile.number(1, 1) + coloured))
    (sheet,) = open_book(tmp_path / "old.xls").sheets
    assert [row.cells for row in sheet.rows] == [(None, None), (None, 1)]


def test_long_texts_of_an_old_workbook_go_on_in_further_records(tmp_path: Path) -> None:
    head = struct.pack("<IIHBH", 2, 2, 5, 8, 1) + b"ab"
    rest = b"\1" + "cdé".encode("utf-16-le") + bytes(4) + struct.pack("<HB", 3, 0) + b"xyz"
    texts = hostile.record(0x00FC, head) + hostile.record(0x003C, rest)
    cells = (hostile.record(0x00FD, struct.pack("<HHHI", 0, n, 0, n)) for n in (0, 1))
    (tmp_path / "old.xls").write_bytes(hostile.old_workbook(b"".join(cells), texts))
    assert open_book(tmp_path / "old.xls").sheets[0].rows[0].cells == ("abcdé", "xyz")
    stream = texts + hostile.record(0, b"")
    assert list(shared_lengths(stream, 4, len(head))) == [5, 3]


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_old_workbook_is_read_or_refused_and_never_breaks_the_check(
    seed: int, tmp_path: Path
) -> None:
    good = (ROOT / "tests" / "specimens" / "nike_list.xls").read_bytes()
    dice = random.Random(seed)  # noqa: S311  nothing secret
    path = tmp_path / "damaged.xls"
    for _ in range(25):
        content = bytearray(good)
        for _ in range(dice.randint(1, 8)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        path.write_bytes(content)
        (report,) = read_files([path]).reports
        assert report.counts.adds_up


def test_a_sheet_that_is_only_coloured_far_down_is_read(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(hostile.plain()))
    book.worksheets[0]["H1048576"].fill = openpyxl.styles.PatternFill("solid", "FFFF0000")
    book.save(tmp_path / "coloured.xlsx")
    (sheet,) = open_book(tmp_path / "coloured.xlsx").sheets
    assert len(sheet.rows) == 2


def test_a_workbook_is_known_by_its_bytes_whatever_its_name_says(tmp_path: Path) -> None:
    for name in ("a.csv", "a.xls", "a"):
        (tmp_path / name).write_bytes(hostile.plain())
        (sheet,) = open_book(tmp_path / name).sheets
        assert sheet.rows[1].cells == ("Karachi", 10)


def test_cells_without_an_address_are_counted_from_the_left(tmp_path: Path) -> None:
    rows = '<row r="1"><c><v>1</v></c></row><row><c><v>2</v></c><c><f>1+1</f></c></row>'
    path = tmp_path / "bare.xlsx"
    path.write_bytes(hostile.with_parts({hostile.SHEET: hostile.sheet(rows)}))
    (sheet,) = open_book(path).sheets
    assert sheet.broken == {(2, 1)}
