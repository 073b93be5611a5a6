"""Sums of measures: whole is the sum of its parts, whatever the programme looks like."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue import Term
from data_loaders import measures
from data_loaders.aggregate import Measured
from data_loaders.periods import months_of
from data_loaders.programme import Programme
from data_loaders.records import Assessment, Factory, Finding, Origin, Record, Spell, Visit

HERE = Origin("enrolment", "register.xlsx", "Factories", 2)
PROVINCES = {"karachi": "sindh", "lahore": "punjab", "faisalabad": "punjab"}
FIRST, CUT_OFF = date(2022, 7, 1), date(2024, 12, 31)
DAYS = st.dates(FIRST, CUT_OFF)
POINTS = {"osh_chemicals": "osh", "osh_welfare": "osh", "working_time_leave": "working_time"}

Answers = dict[tuple[str, int, str], list[bool | None]]


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """Factories in three cities, each with a spell, and visits to some of them."""
    them: list[Record] = []
    for number in range(draw(st.integers(1, 6))):
        id_ = f"F-{number}"
        city, sector = draw(st.sampled_from(sorted(PROVINCES))), draw(st.sampled_from("ab"))
        start = draw(DAYS)
        end = draw(st.none() | st.just(start + timedelta(days=draw(st.integers(1, 400)))))
        them += [
            Factory(HERE, id_, id_, "", id_, city, sector),
            Spell(HERE, id_, "active", start, end),
        ]
        for visit in range(draw(st.integers(0, 4))):
            them.append(Visit(HERE, f"V-{number}-{visit}", id_, draw(DAYS), "advisory", "on_site"))
    return Programme(tuple(them), CUT_OFF, PROVINCES)


def measured(programme: Programme) -> Measured:
    return Measured(programme, measures.discover())


@settings(max_examples=30, deadline=None)
@given(programmes(), st.sampled_from(["factories_enrolled", "factories_active", "advisory_visits"]))
def test_categories_that_part_all_factories_add_up_to_the_total(
    programme: Programme, measure: str
) -> None:
    found, term = measured(programme), Term(measure=measure)
    total = {p: s.value for (_, p), s in found.sums(term, (), "M", "all").items()}
    for by in (("city",), ("province",), ("sector",), ("size",), ("city", "sector")):
        sums: Counter[str] = Counter()
        for (_, period), cell in found.sums(term, by, "M", "all").items():
            sums[period] += int(cell.value)
        assert sums == total


@settings(max_examples=30, deadline=None)
@given(programmes(), st.sampled_from(["Q", "A", "FY"]))
def test_events_of_a_period_are_those_of_its_months(programme: Programme, freq: str) -> None:
    found, term = measured(programme), Term(measure="advisory_visits")
    monthly = {p: s.value for (_, p), s in found.sums(term, (), "M", "all").items()}
    for (_, period), cell in found.sums(term, (), freq, "all").items():  # type: ignore[arg-type]  # a sampled text
        assert cell.value == sum(monthly.get(month, 0) for month in months_of(period))


@settings(max_examples=30, deadline=None)
@given(programmes())
def test_every_category_has_every_period_that_any_has(programme: Programme) -> None:
    found = measured(programme)
    for measure in ("factories_enrolled", "advisory_visits"):
        by_key: dict[object, set[str]] = {}
        for key, period in found.sums(Term(measure=measure), ("city",), "M", "all"):
            by_key.setdefault(key, set()).add(period)
        assert len({frozenset(periods) for periods in by_key.values()}) <= 1


ANSWERS = st.dictionaries(
    st.tuples(
        st.sampled_from(["F-0", "F-1", "F-2"]), st.integers(1, 3), st.sampled_from(sorted(POINTS))
    ),
    st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=3),
    max_size=20,
)


def assessed(answers: Answers) -> Programme:
    """Return a programme with one assessment for each factory and cycle that has answers."""
    them: list[Record] = [Factory(HERE, f"F-{n}", "", "", "", "karachi", "a") for n in range(3)]
    for factory, cycle in sorted({(factory, cycle) for factory, cycle, _ in answers}):
        start = date(2022 + cycle, 3, 1)
        them.append(Assessment(HERE, f"{factory}-{cycle}", factory, cycle, start, "2", False))
    for (factory, cycle, point), given_ in answers.items():
        for number, answer in enumerate(given_):
            question = f"{point}-{number}"
            found = Finding(f"{factory}-{cycle}", question, POINTS[point], point, answer)
            them.append(found)
    return Programme(tuple(them), date(2025, 12, 31), PROVINCES)


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_pairs_are_counted_as_the_definition_says(answers: Answers) -> None:
    found = measured(assessed(answers))
    both = {f for f, c, _ in answers if c == 1} & {f for f, c, _ in answers if c == 2}
    for panel in ("all", "same"):
        assessed_then, wrong_then = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for (factory, cycle, point), given_ in answers.items():
            answered = [answer for answer in given_ if answer is not None]
            if answered and cycle <= 2 and (panel == "all" or factory in both):
                assessed_then[POINTS[point], f"C{cycle}"] += 1
                wrong_then[POINTS[point], f"C{cycle}"] += any(answered)
        for measure, expected in (
            ("pairs_assessed", assessed_then),
            ("pairs_noncompliant", wrong_then),
        ):
            sums = found.sums(Term(measure=measure), ("cluster",), "C", panel)
            counted = {(dict(key)["cluster"], p): s.value for (key, p), s in sums.items()}
            assert {at: n for at, n in counted.items() if n} == +expected
