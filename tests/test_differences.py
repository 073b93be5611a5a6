"""What the draft would change, as those see it who decide on it: values, files, factories."""

import json
from pathlib import Path

import pytest
from drafting import approved, copied, desk_at
from programme_files import factory, register

from data_loaders.differences import SHOWN, Factories, Pair, differences, factories
from data_loaders.drafts import Desk, draft
from data_loaders.publish import ReleaseRefused
from data_loaders.reading.sheets import Value
from data_loaders.records import Factory, Origin
from data_loaders.releases import release


def registered(desk: Desk, folder: Path, *rows: dict[str, Value]) -> None:
    """Load a register of real factories into the draft."""
    draft(desk, [register(folder / "Enrolment 2024-07-31.xlsx", rows)])


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk where official figures and a register of four factories were published."""
    folder = tmp_path_factory.mktemp("published")
    desk = desk_at(folder, illustrative=False)
    release(desk)
    registered(desk, folder, *(factory(f"F-{n}") for n in range(1, 5)))
    approved(desk, "first")
    return desk


@pytest.fixture
def desk(published: Desk, tmp_path: Path) -> Desk:
    """A copy of it that a test may change."""
    return copied(published, tmp_path, illustrative=False)


def test_a_draft_of_the_published_files_changes_nothing(desk: Desk) -> None:
    found = differences(desk)
    assert (found.values.against, found.values.changes) == (desk.published.current(), ())
    assert (found.files_new, found.files_gone, found.factories) == ((), (), Factories())
    assert "0 published values differ" in list(found.lines())


def test_new_gone_moved_and_renamed_factories_are_named_and_totals_pointed_out(
    desk: Desk, tmp_path: Path
) -> None:
    rows = [factory("F-1"), factory("F-2") | {"city": "lahore"}, factory("F-7")]
    rows[0] |= {"name": "Another name"}
    registered(desk, tmp_path, *rows)
    found = differences(desk)
    lines = "\n".join(found.lines())
    assert (found.factories.new, found.factories.gone) == (("F-7",), ("F-3", "F-4"))
    assert "1 new factories: F-7" in lines
    assert "F-2 moved: karachi -> lahore" in lines
    assert [pair.new for pair in found.factories.renamed] == ["Another name"]
    assert "2024-07: 4 -> 3, corrected in its source  ! more than 20%" in lines
    enrolled = [c for c in found.values.changes if c.series.indicator == "enterprises_enrolled"]
    assert {c.large for c in enrolled if c.key} <= {False}
    assert json.loads(found.json())["factories"]["moved"] == [
        {"factory": "F-2", "old": "karachi", "new": "lahore"}
    ]


def test_a_program_gets_every_value_and_a_person_the_most_telling(desk: Desk) -> None:
    sample = desk_at(Path(str(desk.records.engine.url.database)).parent)
    desk.records.set_draft(())
    draft(sample)
    found = differences(sample)
    values = json.loads(found.json())["values"]
    assert len(values) == len(found.values.changes) > SHOWN
    short, whole = list(found.lines()), list(found.lines(whole=True))
    assert len(short) < len(whole)
    assert any("--all writes them out" in line for line in short)
    assert not any("--all" in line for line in whole)


def test_an_empty_draft_says_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="bwp load"):
        differences(desk_at(tmp_path))


def test_registers_are_compared_by_the_ids_of_their_factories() -> None:
    def one(id_: str, name: str, city: str) -> Factory:
        return Factory(Origin("enrolment", "a", "b", 1), id_, "E", "O", name, city, "garments")

    before = {"A": one("A", "Old", "karachi"), "B": one("B", "B", "lahore")}
    now = {"A": one("A", "New", "lahore"), "C": one("C", "B", "lahore")}
    assert factories(before, now) == Factories(
        ("C",), ("B",), (Pair("A", "karachi", "lahore"),), (Pair("A", "Old", "New"),)
    )
