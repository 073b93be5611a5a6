"""What somebody loaded is published only after somebody else has approved exactly that."""

from pathlib import Path

import pytest
from drafting import copied, current, desk_at
from programme_files import factory, register

from data_loaders.approvals import NotApproved, waiting
from data_loaders.drafts import Desk, draft
from data_loaders.releases import MADE_UP, OFFICIAL, approve, publish_draft, release


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk where what ships was released, without the made-up programme."""
    desk = desk_at(tmp_path_factory.mktemp("official"), illustrative=False)
    release(desk)
    return desk


@pytest.fixture
def desk(official: Desk, tmp_path: Path) -> Desk:
    """A copy of it where Asma has loaded a register."""
    desk = copied(official, tmp_path, illustrative=False)
    loaded(desk, tmp_path, "F-1", by="asma")
    return desk


def loaded(desk: Desk, folder: Path, *ids: str, by: str) -> None:
    """Load a register of factories."""
    path = register(folder / "Enrolment 2024-07-31.xlsx", [factory(id_) for id_ in ids])
    draft(desk, [path], by)


def test_what_was_loaded_is_not_published_before_somebody_else_approves(desk: Desk) -> None:
    with pytest.raises(NotApproved, match=r"Enrolment .* \(loaded by asma\).* bwp approve draft"):
        publish_draft(desk, "first")
    with pytest.raises(NotApproved, match="asma loaded files of this draft"):
        approve(desk, "draft", "Asma ")
    approve(desk, "draft", "bilal")
    assert publish_draft(desk, "first").name == "2024.1" == current(desk).id


def test_a_file_that_comes_after_the_approval_needs_another_one(desk: Desk, tmp_path: Path) -> None:
    approve(desk, "draft", "bilal")
    loaded(desk, tmp_path, "F-1", "F-2", by="carmen")
    with pytest.raises(NotApproved, match="loaded by carmen"):
        publish_draft(desk, "second")
    approve(desk, "draft", "bilal")
    assert publish_draft(desk, "second").new


def test_the_same_file_loaded_by_two_is_approved_by_a_third(desk: Desk, tmp_path: Path) -> None:
    loaded(desk, tmp_path, "F-1", by="bilal")
    for account in ("asma", "bilal"):
        with pytest.raises(NotApproved, match="not asma, bilal"):
            approve(desk, "draft", account)
    approve(desk, "draft", "carmen")
    assert not waiting(desk)


def test_a_draft_is_approved_by_its_checksum_or_the_name_that_it_will_get(desk: Desk) -> None:
    checksum = desk.records.draft().checksum
    for what in (checksum, checksum[:12], "2024.1", "2026.1.1"):
        assert approve(desk, what, "bilal") == checksum
    for what in ("2026.1", "2024.2", checksum[:4], "0" * 12, ""):
        with pytest.raises(NotApproved, match=r"Say draft, .* or 2024\.1 or 2026\.1\.1"):
            approve(desk, what, "bilal")


@pytest.mark.parametrize("account", ["", "  ", "shipped", " Shipped"])
def test_an_account_is_the_name_of_a_person(desk: Desk, account: str) -> None:
    with pytest.raises(NotApproved, match="name the account"):
        approve(desk, "draft", account)


def test_what_ships_needs_nobody_and_there_is_nothing_to_approve(official: Desk) -> None:
    assert not waiting(official)
    with pytest.raises(NotApproved, match="nothing to approve"):
        approve(official, "draft", "bilal")


def test_the_unattended_step_leaves_readers_what_they_see_while_a_draft_waits(desk: Desk) -> None:
    done = release(desk)
    assert (done.name, done.new) == ("2026.1", False)
    assert [file.loaded_by for file in waiting(desk)] == ["asma"]
    approve(desk, "draft", "bilal")
    assert release(desk).name == "2024.1"


def test_the_first_step_publishes_what_ships_even_if_a_draft_waits(tmp_path: Path) -> None:
    desk = desk_at(tmp_path, illustrative=False)
    loaded(desk, tmp_path, "F-1", by="asma")
    assert release(desk).new
    shown = current(desk)
    assert shown.note == OFFICIAL != MADE_UP
    assert not [series for series in shown.cells if series.indicator == "enterprises_enrolled"]
    assert waiting(desk)
