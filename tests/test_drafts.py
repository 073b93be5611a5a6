"""From files to a release: same files, same release; the first real file ends the sample."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from drafting import approved, copied, current, desk_at, shipped_at
from programme_files import csv_of, factory, register

from dashboard.model import NoRelease, View
from dashboard.withdrawals import Withdrawal
from data_loaders import publish
from data_loaders.drafts import Desk, Refused, draft, files_in
from data_loaders.reading.sheets import Value
from data_loaders.reading.written import written
from data_loaders.releases import (
    MADE_UP,
    OFFICIAL,
    REAL,
    approve,
    publish_draft,
    release,
    status,
)


@pytest.fixture(scope="module")
def shipped(database: str) -> Desk:
    """A desk at which what ships was released."""
    return shipped_at(database)


@pytest.fixture
def desk(shipped: Desk, tmp_path: Path) -> Desk:
    """A copy of it that a test may change."""
    return copied(shipped, tmp_path)


@pytest.fixture
def official(tmp_path: Path) -> Desk:
    """A desk without the made-up programme, where nothing was released yet."""
    return desk_at(tmp_path, illustrative=False)


def real_register(folder: Path, *ids: str, name: str = "Enrolment 2024-07-31.xlsx") -> Path:
    """Write a register of real factories."""
    return register(folder / name, [factory(id_) for id_ in ids])


def test_what_ships_makes_a_release_with_a_note_for_readers(shipped: Desk) -> None:
    made = current(shipped)
    assert (made.id, made.cut_off, made.note) == ("2026.1", date(2026, 9, 30), MADE_UP)
    assert len(made.facts) >= 150
    assert shipped.records.files_of(made.id) == {f.checksum for f in status(shipped).draft}


def test_the_records_store_keeps_every_file_byte_for_byte(shipped: Desk) -> None:
    kept = {file.name: file.content for file in shipped.records.draft().files}
    for path in shipped.facts.glob("*.csv"):
        assert kept[path.name] == path.read_bytes()


def test_the_same_files_give_the_same_release_and_change_nothing(desk: Desk) -> None:
    before = (desk.published.releases(), desk.records.draft())
    again = release(desk)
    assert (again.name, again.new) == ("2026.1", False)
    assert (desk.published.releases(), desk.records.draft()) == before


def test_another_machine_makes_the_same_release_of_the_same_files(
    shipped: Desk, tmp_path: Path
) -> None:
    other = desk_at(tmp_path)
    release(other)
    assert current(other).checksum == current(shipped).checksum


def test_a_release_that_was_rolled_back_stays_rolled_back(desk: Desk, tmp_path: Path) -> None:
    draft(desk, [real_register(tmp_path, "F-1")])
    newer = approved(desk, "the first records")
    assert current(desk).id == newer.name
    desk.published.switch("2026.1")
    assert not release(desk).new
    assert current(desk).id == "2026.1"
    assert publish_draft(desk, "again").name == newer.name == current(desk).id


def test_rolling_back_to_what_never_was_is_refused(desk: Desk) -> None:
    with pytest.raises(NoRelease, match=r"no release '2031\.7'"):
        desk.published.switch("2031.7")


def test_the_first_real_file_removes_the_made_up_programme_whole(
    desk: Desk, tmp_path: Path
) -> None:
    drafted = draft(desk, [real_register(tmp_path, "F-1", "F-2")])
    assert drafted.left
    assert all(file.illustrative for file in drafted.left)
    approve(desk, "draft", "second")
    made = release(desk)
    assert made.new
    now = current(desk)
    assert not now.illustrative
    assert now.note == REAL
    assert now.cut_off == date(2024, 7, 31)
    enrolled = next(s for s in now.cells if s.indicator == "enterprises_enrolled")
    assert now.cells[enrolled][()]["2024-07"].value == 2
    assert {s.indicator for s in now.cells if s.indicator.startswith("noncompliance")} == set()


def test_a_file_of_the_same_name_and_kind_replaces_the_earlier_one(
    official: Desk, tmp_path: Path
) -> None:
    draft(official, [real_register(tmp_path, "F-1", "F-2")])
    drafted = draft(official, [real_register(tmp_path, "F-1")])
    assert [file.name for file in drafted.left] == ["Enrolment 2024-07-31.xlsx"]
    assert [f.kind for f in official.records.draft().files if f.kind in written().forms] == [
        "enrolment"
    ]


def test_two_files_of_one_name_in_one_go_are_both_kept(official: Desk, tmp_path: Path) -> None:
    folders = [tmp_path / "karachi", tmp_path / "lahore"]
    for number, folder in enumerate(folders):
        folder.mkdir()
        row: dict[str, Value] = {"visit": f"V-{number}", "factory": "F-1", "on": date(2024, 7, 1)}
        rows = [row | {"kind": "advisory", "mode": "on_site"}]
        csv_of(folder / "Visits.csv", "advisory_visits", rows)
    draft(official, [real_register(tmp_path, "F-1"), *files_in(folders)])
    assert [file.name for file in official.records.draft().files].count("Visits.csv") == 2


def test_a_refused_file_leaves_the_draft_as_it_was(official: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "Visits.csv"
    wrong.write_text("Visit ID,Factory ID,Date,Kind of visit,Mode\nV-1,F-1,soon,Advisory,On site\n")
    before = official.records.draft()
    with pytest.raises(Refused) as refused:
        draft(official, [real_register(tmp_path, "F-1"), wrong])
    [report] = [report for report in refused.value.result.reports if report.refused]
    assert [(p.row, p.column, p.value) for p in report.problems] == [(2, "Date", "soon")]
    assert official.records.draft() == before


def test_a_file_about_factories_that_the_draft_does_not_know_is_refused(
    official: Desk, tmp_path: Path
) -> None:
    draft(official, [real_register(tmp_path, "F-1")])
    row: dict[str, Value] = {"visit": "V-1", "factory": "F-9", "on": date(2024, 7, 1)}
    rows = [row | {"kind": "advisory", "mode": "on_site"}]
    with pytest.raises(Refused):
        draft(official, [csv_of(tmp_path / "Visits.csv", "advisory_visits", rows)])


def test_without_the_sample_the_release_reaches_to_the_last_official_month(
    tmp_path: Path,
) -> None:
    desk = desk_at(tmp_path, illustrative=False)
    release(desk)
    made = current(desk)
    assert (made.cut_off, made.note) == (date(2026, 7, 31), OFFICIAL)
    assert not made.illustrative
    assert not [s for s in made.cells if s.indicator == "enterprises_enrolled"]


def test_status_says_what_is_illustrative(shipped: Desk) -> None:
    lines = list(status(shipped).lines())
    assert lines[0].startswith("current release 2026.1")
    head = lines.index("ILLUSTRATIVE: 10")
    assert "  State Bank of Pakistan" in "\n".join(lines[:head])
    assert any("enrol" in line.lower() for line in lines[head:])


def test_status_of_an_empty_desk_says_what_to_do(tmp_path: Path) -> None:
    assert "bwp release" in next(iter(status(desk_at(tmp_path)).lines()))


def test_a_release_is_checked_before_anything_is_written(desk: Desk) -> None:
    made = current(desk)
    series = next(s for s in made.cells if s.indicator == "exports_goods")
    with pytest.raises(publish.ReleaseRefused, match="exports_goods: no source named"):
        publish.check({series: made.cells[series]}, {})


def test_who_waits_is_told_each_step_and_how_far_it_is(official: Desk) -> None:
    told: list[tuple[str, float]] = []
    release(replace(official, watch=lambda step, done: told.append((step, done))))
    steps, shares = [step for step, _ in told], [done for _, done in told]
    assert steps[-3:] == [
        "Making and protecting the tables",
        "Comparing with what readers see, and writing",
        "Release 2026.1",
    ]
    assert {f"Reading {path.name}" for path in official.facts.glob("*.csv")} < set(steps)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)


def test_status_names_what_is_withdrawn_and_why(desk: Desk) -> None:
    view = View.from_query("exports_goods", "")
    desk.published.withdraw(Withdrawal("exports_goods", "Counted twice", "", view), [])
    assert "withdrawn exports_goods: Counted twice" in list(status(desk).lines())
