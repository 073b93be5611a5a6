"""Releases are an archive; one pointer says which is current."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from dashboard.model import Cell, Cells, Fact, NoRelease, Release, Series, Source
from dashboard.revisions import Revision, compare
from dashboard.store import Held, Published, Records, StoredFile
from data_loaders import publish

SERIES = Series("exports_goods", "usd", "M")
KARACHI = (("city", "karachi"),)


def a_release(name: str = "2026.1", value: float = 1.0) -> Release:
    sources = {
        "bank": Source("bank", "A bank", "Trade", url="https://bank.example", vintage="May"),
        "sample": Source("sample", "Programme", "Register", illustrative=True),
    }
    cells: Cells = {
        SERIES: {(): {"2024-07": Cell(value, flags=("p",), sources=("bank",))}},
        Series("enterprises_enrolled", "factories", "M"): {
            KARACHI: {
                "2024-07": Cell(10, n=3, sources=("sample",)),
                "2024-08": Cell(None, "c", sources=("sample",)),
            }
        },
    }
    fact = Fact(
        "F1",
        "gsp",
        "Votes",
        "EU",
        "2023",
        "561",
        "votes",
        "",
        "A",
        "B",
        "C",
        "",
        "context",
        ("F2",),
    )
    return Release(name, date(2026, 9, 30), "2026-09-30", name, "first", sources, (fact,), cells)


def a_file(checksum: str = "abc") -> StoredFile:
    return StoredFile(
        checksum, "a.csv", "enrolment", "2024-07-01", False, b"\xff\x00rows", {"read": 3}, "loaded"
    )


@pytest.fixture
def store(tmp_path: Path) -> Published:
    return Published.at(f"sqlite:///{tmp_path}/published.db", create=True)


def test_a_release_comes_back_as_it_was_written(store: Published) -> None:
    store.write(a_release())
    assert store.load("2026.1") == a_release()


def test_an_empty_store_says_what_to_do(store: Published) -> None:
    with pytest.raises(NoRelease, match="make run"):
        store.current()


def test_rolling_back_is_moving_the_pointer(store: Published) -> None:
    store.write(a_release("2026.1"))
    store.write(a_release("2026.2", value=2.0))
    assert store.current() == "2026.2"
    store.switch("2026.1")
    assert store.current() == "2026.1"
    assert [stored.id for stored in store.releases()] == ["2026.1", "2026.2"]


def test_switching_to_a_release_that_is_not_there_changes_nothing(store: Published) -> None:
    store.write(a_release())
    with pytest.raises(NoRelease):
        store.switch("2026.9")
    assert store.current() == "2026.1"


def test_a_release_that_cannot_be_written_whole_is_not_there_at_all(store: Published) -> None:
    store.write(a_release("2026.1"))
    broken = replace(a_release("2026.2", 2.0), cells={SERIES: {(): {"2024-07": Cell(1, None)}}})  # type: ignore[arg-type]  # the point
    with pytest.raises(SQLAlchemyError):
        store.write(broken)
    assert [stored.id for stored in store.releases()] == ["2026.1"]
    assert store.current() == "2026.1"


def test_readers_go_on_with_the_release_they_hold_when_the_database_is_gone(
    store: Published, tmp_path: Path
) -> None:
    store.write(a_release())
    now = [0.0]
    held = Held(store, clock=lambda: now[0])
    assert held.get().id == "2026.1"
    store.engine.dispose()
    for file in tmp_path.glob("published.db*"):
        file.unlink()
    now[0] = 100.0
    assert held.get().id == "2026.1"


def test_a_database_that_does_not_answer_is_left_alone_for_a_while(
    store: Published, tmp_path: Path
) -> None:
    store.write(a_release())
    now = [0.0]
    held = Held(store, clock=lambda: now[0])
    held.get()
    (tmp_path / "published.db").rename(tmp_path / "moved.db")
    asked: list[object] = []
    event.listen(store.engine, "connect", lambda *connected: asked.append(connected))
    for second in range(6, 30):
        now[0] = float(second)
        assert held.get().id == "2026.1"
        with pytest.raises(NoRelease, match="cannot be read at the moment"):
            held.get("2025.1")
    assert len(asked) == 1
    (tmp_path / "moved.db").rename(tmp_path / "published.db")
    store.write(a_release("2026.2", 2.0))
    now[0] = 40.0
    assert held.get().id == "2026.2"


def test_a_new_release_is_seen_within_the_patience(store: Published) -> None:
    store.write(a_release())
    now = [0.0]
    held = Held(store, clock=lambda: now[0])
    held.get()
    store.write(a_release("2026.2", 2.0))
    assert held.get().id == "2026.1"
    now[0] = 6.0
    assert held.get().id == "2026.2"
    assert held.get("2026.1").id == "2026.1"


def test_without_the_illustrative_programme_only_real_numbers_are_held(store: Published) -> None:
    store.write(a_release())
    held = Held(store, illustrative=False).get()
    assert set(held.cells) == {SERIES}
    assert not held.illustrative


def test_source_files_are_kept_byte_for_byte_and_stored_once(tmp_path: Path) -> None:
    records = Records.at(f"sqlite:///{tmp_path}/records.db")
    file = a_file()
    records.set_draft((file,))
    records.set_draft((file,))
    assert records.draft().files == (file,)
    records.remember("2026.1", ("abc",))
    assert records.files_of("2026.1") == {"abc"}


ROOT = Path(__file__).parents[1]
TWO_AT_ONCE = """
import sys
from dataclasses import replace
from dashboard.store import Published, Records
from data_loaders import publish
from test_store import a_file, a_release

folder, content = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
store = Published.at(f"sqlite:///{folder}/published.db", create=True)
records = Records.at(f"sqlite:///{folder}/records.db")
records.set_draft((a_file(content),))
written = publish.write(replace(a_release(), checksum=content), store, "")
records.remember(written.name, (content,))
print(written.name, written.new)
"""


def at_once(folder: Path, *contents: str) -> list[str]:
    """Let as many processes publish at the same moment into stores that are not there yet."""
    command = [sys.executable, "-W", "error", "-c", TWO_AT_ONCE, str(folder)]
    running = [
        subprocess.Popen(  # noqa: S603  (our own program)
            [*command, content],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
            text=True,
        )
        for content in contents
    ]
    for one in running:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()
    return sorted(one.communicate()[0].strip() for one in running)


def test_of_two_that_publish_the_same_at_once_one_makes_it_and_the_other_says_so(
    tmp_path: Path,
) -> None:
    assert at_once(tmp_path, "a", "a", "a") == ["2026.1 False", "2026.1 False", "2026.1 True"]


def test_two_that_publish_something_else_at_once_get_a_name_each(tmp_path: Path) -> None:
    assert at_once(tmp_path, "a", "b") == ["2026.1 True", "2026.2 True"]
    kept = Published.at(f"sqlite:///{tmp_path}/published.db").releases()
    assert {stored.checksum for stored in kept} == {"a", "b"}


def test_a_correction_carries_the_name_of_the_release_that_it_mends(store: Published) -> None:
    def publish_as(content: str, *, correction: bool) -> str:
        made = replace(a_release(), checksum=content)
        return publish.write(made, store, "", correction=correction).name

    names = [publish_as(c, correction=c in "bce") for c in "abcde"]
    assert names == ["2026.1", "2026.1.1", "2026.1.2", "2026.2", "2026.2.1"]
    store.switch("2026.1.1")
    assert publish_as("f", correction=True) == "2026.1.3"


def test_a_release_is_never_written_over(store: Published) -> None:
    store.write(a_release("2026.1"))
    with pytest.raises(SQLAlchemyError):
        store.write(replace(a_release("2026.1", 2.0), checksum="other"))
    assert store.load("2026.1") == a_release("2026.1")


def test_what_a_release_changed_is_kept_with_it(store: Published) -> None:
    store.write(a_release("2026.1"))
    new = a_release("2026.2", value=2.0)
    publish.write(new, store, "more")
    assert store.revision("2026.1") == Revision()
    assert store.revision("2026.2") == compare(a_release("2026.1"), new)
    assert [change.why for change in store.revision("2026.2").changes] == ["recomputed"]
    with pytest.raises(NoRelease):
        store.revision("1999.1")
