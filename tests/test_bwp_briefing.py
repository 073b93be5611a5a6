"""The command that makes briefing packs on a schedule."""

import io
from pathlib import Path

import pytest
from commanding import bwp
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

ENDINGS = ("pptx", "pdf", "xlsx")


@pytest.fixture
def more(database: str) -> dict[str, str]:
    """The settings with which the command reads the release of what ships."""
    return {"DATABASE_URL": database, "BWP_ILLUSTRATIVE": "on"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a list of views."""
    (tmp_path / "monthly.txt").write_text(
        "# For the fund\nexports_goods?freq=FY\n\n"
        "https://x.example.org/charts/gsp_conventions.pdf?lang=bn  # dates\n",
        encoding="utf-8",
    )
    return tmp_path


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_list_becomes_the_file_that_the_site_gives(
    folder: Path, more: dict[str, str], client: FlaskClient, ending: str
) -> None:
    words = ("--lang", "ur", "--to", ending, "--title", "فنڈ")
    done = bwp("briefing", "--views", "monthly.txt", *words, folder=folder, more=more)
    assert done.stdout == f"Written: briefing-2026.1-ur.{ending}\n", done.stderr
    content = (folder / f"briefing-2026.1-ur.{ending}").read_bytes()
    query = "view=exports_goods%3Ffreq%3DFY&view=gsp_conventions&title=فنڈ&lang=ur"
    assert client.get(f"/briefing.{ending}?{query}").data == content
    read = io.BytesIO(content)
    if ending == "pptx":
        assert len(list(Presentation(read).slides)) > 3
    elif ending == "pdf":
        assert len(PdfReader(read).pages) > 3
    else:
        assert load_workbook(read).sheetnames[1].startswith("1 ")


def test_the_file_goes_where_it_is_wanted_and_replaces_an_older_one(
    folder: Path, more: dict[str, str]
) -> None:
    (folder / "packs").mkdir()
    old = folder / "packs" / "briefing-2026.1.xlsx"
    old.write_text("old")
    words = ("briefing", "--views", "monthly.txt", "--to", "xlsx", "--out")
    assert bwp(*words, "packs", folder=folder, more=more).returncode == 0
    assert old.read_bytes().startswith(b"PK")
    assert bwp(*words, "own.xlsx", folder=folder, more=more).stdout == "Written: own.xlsx\n"
    assert sorted(path.name for path in (folder / "packs").iterdir()) == [old.name]


@pytest.mark.parametrize(
    ("line", "words", "message"),
    [
        ("exports_goods\n\nnosuch", (), "list.txt, line 3: there is no indicator 'nosuch'"),
        ("women_by_role?city=quetta", (), "list.txt, line 1: city=quetta: not a code"),
        ("exports_goods?release=2026.1", (), "list.txt, line 1: release=2026.1: one release"),
        ("exports_goods\n/exports", (), "list.txt, line 2: view=/exports: not a chart"),
        ("# nothing", (), "list.txt: holds no view"),
        ("exports_goods", ("--to", "doc"), "doc: not known here; possible: pptx, pdf, xlsx"),
        ("exports_goods", ("--lang", "xx"), "lang=xx: not known here"),
        ("exports_goods", ("--title", "t" * 121), "title: at most 120 letters"),
        ("exports_goods", ("--release", "1999.1"), "there is no release '1999.1'"),
        ("exports_goods", ("--out", "nowhere/a.pptx"), "nowhere/a.pptx cannot be written"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(
    folder: Path, more: dict[str, str], line: str, words: tuple[str, ...], message: str
) -> None:
    (folder / "list.txt").write_text(line, encoding="utf-8")
    before = sorted(folder.iterdir())
    done = bwp("briefing", "--views", "list.txt", *words, folder=folder, more=more)
    assert done.returncode == 1
    assert message in done.stderr and "Traceback" not in done.stderr
    assert sorted(folder.iterdir()) == before


def test_a_list_that_cannot_be_read_is_named(folder: Path, more: dict[str, str]) -> None:
    (folder / "odd.txt").write_bytes(b"\xff\xfe\x00")
    for name, message in (("missing.txt", "cannot be read"), ("odd.txt", "not a text in UTF-8")):
        done = bwp("briefing", "--views", name, folder=folder, more=more)
        assert (done.returncode, message in done.stderr) == (1, True)
