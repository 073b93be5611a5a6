"""The command: what it says and how it ends."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from commanding import bwp, settings_at
from programme_files import factory, register

ROOT = Path(__file__).parents[1]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with one good register and one bad list of visits."""
    register(tmp_path / "Enrolment 2024-07-31.xlsx", [factory("F-1")])
    bad = tmp_path / "Visits.csv"
    bad.write_text("Visit ID,Factory ID,Date,Kind of visit,Mode\nV-1,F-1,soon,Advisory,On site\n")
    return tmp_path


def test_check_tells_fine_refused_and_unreadable_apart_and_writes_nothing(files: Path) -> None:
    good, bad = files / "Enrolment 2024-07-31.xlsx", files / "Visits.csv"
    before = sorted(files.iterdir())
    assert bwp("check", good, folder=files).returncode == 0
    refused = bwp("check", files, folder=files)
    assert refused.returncode == 1
    assert "refused: Visits.csv, row 2, Date: 'soon': a day" in refused.stdout
    unreadable = bwp("check", good, bad, files / "nowhere.csv", folder=files)
    assert unreadable.returncode == 2
    assert "nowhere.csv: cannot be read" in unreadable.stdout
    assert sorted(files.iterdir()) == before


def test_files_are_loaded_published_and_rolled_back(files: Path) -> None:
    assert "Release 2026.1 is published" in bwp("release", folder=files).stdout
    refused = bwp("load", files / "Visits.csv", folder=files)
    assert refused.returncode == 1
    assert "nothing was stored" in refused.stderr
    loaded = bwp("load", files / "Enrolment 2024-07-31.xlsx", "--as", "Asma", folder=files)
    assert "The draft holds 4 files" in loaded.stdout
    assert "release 2026.1" in bwp("diff", folder=files).stdout
    alone = bwp("publish", "--note", "The first records", folder=files)
    assert (alone.returncode, "waits for a second person" in alone.stderr) == (1, True)
    assert "Waits for `bwp approve`" in bwp("release", folder=files).stdout
    assert bwp("approve", "draft", "--as", "asma", folder=files).returncode == 1
    assert "approved by Bilal" in bwp("approve", "draft", "--as", "Bilal", folder=files).stdout
    published = bwp("publish", "--note", "The first records", folder=files)
    assert published.stdout == "Release 2024.1 is current\n"
    status = bwp("status", folder=files).stdout.splitlines()
    assert "Files of the draft: 4, approved by bilal" in status
    assert any(line.endswith(", loaded by asma") for line in status)
    assert "current release 2024.1, figures to 2024-07-31: The first records" in status
    assert "ILLUSTRATIVE: 0" in status
    assert "Release 2026.1 is current" in bwp("rollback", "2026.1", folder=files).stdout
    again = bwp("rollback", "1999.1", folder=files)
    assert (again.returncode, again.stderr) == (1, "there is no release '1999.1'\n")


def test_a_template_is_written_once_and_an_unknown_kind_names_the_known(tmp_path: Path) -> None:
    assert bwp("template", "training", folder=tmp_path).stdout == "Written: training.xlsx\n"
    assert bwp("template", "training", folder=tmp_path).returncode == 1
    assert "improvement_plan" in bwp("template", "weather", folder=tmp_path).stderr


def test_production_asks_whether_the_sample_may_be_shown(tmp_path: Path) -> None:
    more = {"BWP_ENVIRONMENT": "production", "SECRET_KEY": "s" * 32, "BWP_ILLUSTRATIVE": ""}
    ended = bwp("release", folder=tmp_path, more=more)
    assert ended.returncode == 1
    assert ended.stderr.startswith("BWP_ILLUSTRATIVE must be set")
    assert not list(tmp_path.iterdir())


def test_a_person_at_a_terminal_sees_how_far_a_publication_is(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, str(ROOT / "bwp.py"), "release"],
        cwd=tmp_path,
        env=settings_at(tmp_path),
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        check=False,
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Making and protecting the tables" in shown
    assert "100%" in shown
    assert done.stdout == "Release 2026.1 is published\n"
    assert bwp("release", folder=tmp_path).stderr == ""
