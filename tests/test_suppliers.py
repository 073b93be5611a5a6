"""Where a supplier stands: from what its reader may see, beside what is published."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.dossier import Answered, Assessed, Cycle, Dossier, Item, ItemStatus, Profile
from dashboard.model import PUBLIC, TOTAL, View
from dashboard.service import Statistics
from dashboard.suppliers import cluster_counts, open_items, recurrences, standing
from dashboard.suppliers.beside import beside, verdict_of

PROFILE = Profile("F1", "One", "karachi", "knit", "lt500", "active", date(2023, 1, 1))
DAY = date(2026, 9, 30)


def answer(point: str, found: bool | None, question: str = "Q", cluster: str = "osh") -> Answered:
    return Answered(f"{question} {point}", "Sample question", cluster, point, found)


def cycle(number: int, *answers: Answered, items: tuple[Item, ...] = ()) -> Cycle:
    done = Assessed(f"A{number}", date(2022 + number, 5, 1), "CAT", False, answers)
    return Cycle(number, done, items)


def item(name: str, opened: date, due: date | None, status: ItemStatus = "pending") -> Item:
    found = Item(name, "osh", "p", "pending", opened, due, None, DAY)
    return replace(found, status=status)


def test_a_point_has_a_finding_if_any_answer_of_it_is_non_compliant() -> None:
    first = cycle(1, answer("p", found=False), answer("p", True, "R"), answer("q", found=False))
    (count,) = cluster_counts(first)
    assert (count.noncompliant, count.assessed, count.rate) == (1, 2, 50)


def test_a_point_without_any_answer_was_not_assessed() -> None:
    (count,) = cluster_counts(cycle(1, answer("p", None), answer("q", found=True)))
    assert (count.noncompliant, count.assessed) == (1, 1)


def test_open_items_come_oldest_first_and_count_their_age_to_the_cut_off() -> None:
    items = (
        item("new", date(2026, 9, 1), None),
        item("old", date(2025, 9, 30), date(2026, 1, 1)),
        item("done", date(2024, 1, 1), None, "completed"),
    )
    found = open_items(Dossier(PROFILE, (cycle(1, items=items),)), DAY)
    assert [(one.item.item, one.age, one.overdue) for one in found] == [
        ("old", 365, True),
        ("new", 29, False),
    ]


def test_a_finding_in_two_assessments_in_a_row_is_repeated() -> None:
    one = cycle(1, answer("p", True), answer("q", True), answer("r", False), answer("s", False))
    two = cycle(2, answer("p", True), answer("q", False), answer("r", True), answer("s", False))
    found = {r.compliance_point: r.since for r in recurrences(Dossier(PROFILE, (one, two)))}
    assert found == {"p": "repeated", "q": "mended", "r": "new"}


def test_nothing_is_said_of_recurrence_across_a_cycle_that_may_not_be_seen() -> None:
    one, three = cycle(1, answer("p", True)), cycle(3, answer("p", True))
    assert recurrences(Dossier(PROFILE, (one, three))) == ()
    assert recurrences(Dossier(PROFILE, (three,))) == ()


def test_a_point_that_was_not_assessed_before_is_neither_new_nor_mended() -> None:
    one, two = cycle(1, answer("p", True)), cycle(2, answer("q", True))
    assert recurrences(Dossier(PROFILE, (one, two))) == ()


def test_a_supplier_stands_as_its_last_assessment_that_may_be_seen_shows() -> None:
    whole = Dossier(PROFILE, (cycle(1, answer("p", True)), cycle(2, answer("p", True))))
    found = standing(whole, DAY)
    assert found.cycle is whole.cycles[1]
    assert (found.noncompliant, found.assessed, found.repeated) == (1, 1, 1)
    assert (found.oldest, found.overdue) == (None, 0)
    assert standing(Dossier(PROFILE), DAY).cycle is None


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_verdict_is_the_other_way_round_from_the_other_side(own: float, published: float) -> None:
    mirror = {"more": "fewer", "fewer": "more", "close": "close"}
    assert verdict_of(published, own) == mirror[verdict_of(own, published)]


def test_a_supplier_is_compared_with_its_city_where_that_is_published_else_more_widely(
    statistics: Statistics,
) -> None:
    one = cycle(1, answer("osh_a", True), answer("f", True, cluster="forced_labour"))
    by_cluster = {b.count.cluster: b for b in beside(statistics, PUBLIC, PROFILE, one, "")}
    assert by_cluster["osh"].place == "karachi"
    assert by_cluster["forced_labour"].place == TOTAL


def test_the_figure_beside_a_supplier_is_the_published_one(statistics: Statistics) -> None:
    (found,) = beside(statistics, PUBLIC, PROFILE, cycle(1, answer("p", True)), "")
    asked = "split=cluster,city&cluster=osh&city=karachi&freq=FY"
    points = statistics.slice(View.from_query("noncompliance_cluster", asked), PUBLIC).points
    assert (found.time_period, found.value) in {(p.time_period, p.cell.value) for p in points}
