"""What changed between two releases: every value once, with the reason."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.model import Cell, Cells, Key, Release, Series, Source
from dashboard.revisions import compare, for_readers

EXPORTS = Series("exports_goods", "usd", "M")
TO_EUROPE: Key = (("market", "europe"),)


def release_of(
    cells: Cells, *, name: str = "2026.1", vintage: str = "May", file: str = "one"
) -> Release:
    """Return a release whose figures come from one bank; "sample" is made up."""
    sources = {
        "bank": Source("bank", "A bank", "Trade", vintage=vintage, checksum=file),
        "sample": Source("sample", "Programme", "Register", illustrative=True),
    }
    return Release(name, date(2026, 9, 30), "2026-09-30", name, "", sources, (), cells)


def cell(value: float | None, **more: object) -> Cell:
    """Return a figure of the bank."""
    return replace(Cell(value, sources=("bank",)), **more)  # type: ignore[arg-type]  # any field


def only(periods: dict[str, Cell], key: Key = ()) -> Cells:
    """Return the cells of one key of exports."""
    return {EXPORTS: {key: periods}}


def whys(before: Cells, after: Cells, **now: str) -> list[tuple[str, str]]:
    """Return (period, why) of every change."""
    revision = compare(release_of(before), release_of(after, name="2026.2", **now))
    return [(change.time_period, change.why) for change in revision.changes]


def test_the_same_figures_are_no_change() -> None:
    cells = only({"2024-07": cell(1.0)})
    assert whys(cells, cells, vintage="June") == []


def test_a_first_release_revises_nothing() -> None:
    assert compare(None, release_of(only({"2024-07": cell(1.0)}))).changes == ()


def test_another_figure_says_whether_its_source_is_newer_another_file_or_the_same() -> None:
    before, after = only({"2024-07": cell(1.0)}), only({"2024-07": cell(1.1)})
    assert whys(before, after, vintage="June") == [("2024-07", "revised")]
    assert whys(before, after, file="two") == [("2024-07", "corrected")]
    assert whys(before, after) == [("2024-07", "recomputed")]


def test_new_periods_gaps_that_were_filled_and_lost_periods_are_told_apart() -> None:
    before = only({"2024-06": cell(0.0), "2024-07": cell(1.0), "2024-09": cell(3.0)})
    after = only({p: cell(float(i)) for i, p in enumerate(("2024-07", "2024-08", "2024-09"), 1)})
    grown = only({**after[EXPORTS][()], "2024-10": cell(4.0)})
    assert whys(before, grown) == [
        ("2024-06", "gone"),
        ("2024-08", "filled"),
        ("2024-10", "new_period"),
    ]


def test_a_breakdown_and_an_indicator_that_were_not_there_are_new() -> None:
    total, split = {"2024-07": cell(2.0)}, {"2024-07": cell(1.0)}
    assert whys(only(total), {EXPORTS: {(): total, TO_EUROPE: split}}) == [
        ("2024-07", "new_breakdown")
    ]
    assert whys({}, only(total)) == [("2024-07", "new_indicator")]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (cell(1.0), cell(None, status="c"), "hidden"),
        (cell(None, status="c"), cell(1.0), "shown"),
        (cell(1.0, flags=("p",)), cell(1.0), "status"),
        (cell(1.0), cell(None, status="x"), "recomputed"),
        (cell(1.0, sources=("sample",)), cell(7.0), "sample"),
    ],
)
def test_what_happened_to_a_value_has_a_word(before: Cell, after: Cell, why: str) -> None:
    assert whys(only({"2024-07": before}), only({"2024-07": after})) == [("2024-07", why)]


def test_a_total_that_moved_by_more_than_a_fifth_is_pointed_out_and_a_part_is_not() -> None:
    before = {EXPORTS: {key: {"2024-07": cell(10.0)} for key in ((), TO_EUROPE)}}
    for value, large in ((12.0, False), (12.1, True), (8.0, False), (7.9, True)):
        after = {EXPORTS: {key: {"2024-07": cell(value)} for key in ((), TO_EUROPE)}}
        changes = compare(release_of(before), release_of(after)).changes
        assert [(change.key, change.large) for change in changes] == [
            ((), large),
            (TO_EUROPE, False),
        ]


def test_a_change_of_made_up_figures_says_so() -> None:
    made_up = cell(1.0, sources=("sample",))
    [change] = compare(release_of(only({"2024-07": made_up})), release_of({})).changes
    assert (change.why, change.illustrative) == ("gone", True)


def test_readers_are_not_told_again_what_is_protected_now() -> None:
    hidden = cell(None, status="c")
    (change,) = compare(
        release_of(only({"2024-07": cell(25.0)})),
        release_of(only({"2024-07": hidden}), name="2026.2"),
    ).changes
    assert change.old == cell(25.0)
    told = for_readers(change)
    assert (told.old, told.new, told.why) == (hidden, hidden, "hidden")
    assert for_readers(replace(change, new=cell(30.0))).old == cell(25.0)
