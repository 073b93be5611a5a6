"""The ministry's programme of tables: what it shows, what it hides, and that an audit decides."""

from collections.abc import Iterator
from dataclasses import replace

import highspy
import pytest
from drafting import declared
from made_attacker import Answers, Guess, certain
from made_ministry import CITIES, CUT_OFF, FOUND, RATES, built, inputs
from made_programmes import FIRST, HERE, Made, made

from dashboard.catalogue import CatalogueError, check_references
from dashboard.model import Cell, Key, Release
from dashboard.store.ministry import laid_over
from data_loaders import ministry, protect, publish
from data_loaders.protect import Attacker, Audit, Primary, Sheet
from data_loaders.publish import Auditing, Built, ReleaseRefused
from data_loaders.records import Assessment, Factory, Finding, Record, Spell

pytestmark = pytest.mark.timeout(900)

READER = Attacker("a reader", frozenset())
SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.drill) for seed in range(2, 11))]
ZERO_TOLERANCE = {"child_labour", "forced_labour"}
MEMORY: dict[str, dict[str, str]] = {}


def own_cells(new: Built) -> Iterator[tuple[Key, str, Cell]]:
    for by_key in new.ministry.cells.values():
        for key, by_period in by_key.items():
            for period, cell in by_period.items():
                yield key, period, cell


def seen(new: Built) -> Release:
    """Return all that a reader at the ministry sees."""
    return replace(new.release, cells=laid_over(new.release.cells, new.ministry.cells))


def behind_of(answers: Answers, key: Key, period: str) -> list[tuple[str, str]]:
    """Return the answers behind a rate of a city; the cluster is that of the answers."""
    there = answers.periods[f"{period} all"]
    return [
        (assessment, point)
        for assessment, point in answers.truth
        if assessment in there and answers.city[assessment] == dict(key)["city"]
    ]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave brands and owner groups out of the public audit: the ministry has none of them."""
    monkeypatch.setattr(publish, "attackers", lambda _: [READER])


def programme(seed: int) -> tuple[Made, Built]:
    them = made(seed)
    return them, publish.build(them.inputs, declared(), Auditing(memory=MEMORY))


def test_five_factories_of_three_owner_groups_are_enough_for_the_ministry() -> None:
    rule = Primary(dict.fromkeys("abc", "group"), {"brand": frozenset("abcde")}, 10)
    assert rule.allows_official_rate("abcde")
    assert not rule.allows_official_rate("defg")
    assert not rule.allows_official_rate("abcd")
    assert not rule.allows_official_rate("abc" + "d" * 9)
    assert not Primary(dict.fromkeys("abcd", "g"), {}, 10).allows_official_rate("abcde")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("seed", SEEDS)
def test_no_cell_of_the_ministry_breaks_its_rule(seed: int) -> None:
    them, new = programme(seed)
    owner = {id_: row.owner for id_, row in them.factories.items()}
    hidden = {row.row for row in new.ministry.audit.hidden}
    shown = 0
    for key, period, cell in own_cells(new):
        cluster = dict(key)["cluster"]
        answers = Answers(them, cluster)
        behind = behind_of(answers, key, period)
        factories = {answers.factory[assessment] for assessment, _ in behind}
        enough = len(factories) >= 5 and len({owner[f] for f in factories}) >= 3
        name = f"noncompliance_cluster FY all {period} " + " ".join("=".join(p) for p in key)
        assert (cell.value is not None) == (enough and name not in hidden), name
        assert cluster not in ZERO_TOLERANCE
        assert [name for name, _ in key] == ["city", "cluster"]
        assert cell.flags == ("official_use",)
        if cell.value is not None:
            shown += 1
            assert cell.value % 5 == 0
            assert cell.n == len(factories)
    assert shown > 20


@pytest.mark.usefixtures("quick")
def test_what_everyone_sees_is_the_same_with_and_without_the_ministry() -> None:
    them, new = programme(1)
    without = replace(declared(), ministry_tables=())
    alone = publish.build(them.inputs, without, Auditing(memory=MEMORY))
    assert alone.release == new.release
    assert alone.ministry.cells == {}
    assert "official_use" not in str(new.release)
    twice = [
        cell
        for key, period, _ in own_cells(new)
        if (cell := new.release.cells[RATES].get(key, {}).get(period)) and cell.status != "c"
    ]
    assert twice == []


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_reader_at_the_ministry_recovers_no_answer_and_no_hidden_rate(seed: int) -> None:
    them, new = programme(seed)
    for cluster in ("discrimination", "working_time"):
        answers = Answers(them, cluster)
        assert certain(answers, seen(new), set()) == []
        guess = Guess(answers, seen(new), set())
        for key, period, cell in own_cells(new):
            behind = behind_of(answers, key, period)
            factories = {answers.factory[assessment] for assessment, _ in behind}
            if dict(key)["cluster"] == cluster and cell.value is None and len(factories) < 5:
                least, most = between(guess, behind)
                assert 0.9 * most > 1.1 * least, (key, period)


def between(guess: Guess, behind: list[tuple[str, str]]) -> tuple[float, float]:
    """Return the least and most findings that agree with everything published."""
    found: list[float] = []
    for sign in (1.0, -1.0):
        for at, unknown in guess.unknown.items():
            guess.solver.changeColCost(unknown.index, sign if at in set(behind) else 0.0)
        guess.solver.run()
        assert guess.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        found.append(sign * guess.solver.getInfo().objective_function_value)
    return round(found[0]), round(found[1])


def one_point(cities: tuple[str, ...], answers: tuple[bool, ...]) -> publish.Inputs:
    """Make a programme in which each factory answered for one point of discrimination only."""
    records: list[Record] = []
    for number, (city, answer) in enumerate(zip(cities, answers, strict=True)):
        id_ = f"F-{number:03}"
        day = FIRST.replace(year=2024, month=9)
        records.append(Factory(HERE, id_, f"Mills {id_}", id_, f"Mill {id_}", city, "denim"))
        records.append(Spell(HERE, id_, "active", FIRST, None))
        records.append(Assessment(HERE, f"{id_}-1", id_, 1, day, "CAT 2.0", short_version=False))
        point = "discrimination_gender"
        records.append(Finding(f"{id_}-1", "Q", "discrimination", point, answer))
    return replace(inputs((), ()), records=tuple(records), cut_off=CUT_OFF)


LEAKING = one_point(("karachi",) * 10 + ("lahore",) * 5, (True, False) * 5 + (False,) * 5)
"""Everyone knows that 5 of 15 have a finding; with 5 of 10 in Karachi there is none in Lahore."""


def test_what_would_give_an_answer_away_with_the_public_figures_is_hidden_by_the_audit() -> None:
    new = publish.build(LEAKING, declared())
    national = new.release.cells[RATES][(("cluster", "discrimination"),)]["FY2025"]
    assert national.value == 35
    values = {dict(key)["city"]: cell for key, _, cell in own_cells(new)}
    assert {city: cell.status for city, cell in values.items()} == {"karachi": "c", "lahore": "c"}
    reasons = [hidden.reason for hidden in new.ministry.audit.hidden]
    assert len(reasons) == 2
    assert all(why.startswith("a reader at the ministry would learn ") for why in reasons)


def test_no_release_follows_one_that_gave_an_answer_away_to_the_ministry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(ministry, "audit", lambda *_: Audit())
        careless = publish.build(LEAKING, declared())
    assert {cell.status for _, _, cell in own_cells(careless)} == {"A"}
    told = Auditing({"2026.1": careless.told}, {"2026.1": careless.ministry.told})
    with pytest.raises(ReleaseRefused, match=r"for the ministry failed: earlier releases"):
        publish.build(LEAKING, declared(), told)
    publish.build(LEAKING, declared(), Auditing({"2026.1": careless.told}))


def test_an_audit_of_the_ministry_that_fails_stops_the_whole_release(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: object) -> Audit:
        raise protect.AuditFailed("the solver stopped")

    monkeypatch.setattr(ministry, "audit", failing)
    with pytest.raises(ReleaseRefused, match=r"for the ministry failed.*Nothing was published"):
        publish.build(inputs(CITIES, FOUND), declared())


def test_its_audit_is_remembered_and_its_own_past_changes_nothing() -> None:
    memory: dict[str, dict[str, str]] = {}
    first = publish.build(inputs(CITIES, FOUND), declared(), Auditing(memory=memory))
    again = publish.build(inputs(CITIES, FOUND), declared(), Auditing(memory=memory))
    assert first.ministry.audit.remembered < first.ministry.audit.blocks
    assert again.ministry.audit.remembered == again.ministry.audit.blocks
    told = Auditing({"2026.1": first.told}, {"2026.1": first.ministry.told})
    later = publish.build(inputs(CITIES, FOUND), declared(), told)
    assert later.ministry.cells == first.ministry.cells


def test_what_the_ministry_was_told_is_kept_as_it_was() -> None:
    told = built().ministry.told
    back = protect.from_bytes(protect.to_bytes(told))
    assert back.truth == told.truth
    assert len(back.rows) == 18


def test_secrets_of_everyone_that_the_ministry_may_know_are_not_protected_from_it() -> None:
    for_all = Sheet()
    rule = Primary({}, {}, 10)
    for name, letters in (("six", "abcdef"), ("four", "abcd")):
        atoms = {protect.Atom(x, "point", binary=True): 1.0 for x in letters}
        for_all.add(protect.Row(name, name, (1,), (), atoms, secret=True), atoms)
    persons = {protect.Atom("a", "persons", binary=False): 9.0}
    for_all.add(protect.Row("persons", "persons", (1,), (), persons, secret=True), persons)
    assert [row.name for row in ministry.secrets(for_all, rule)] == ["four", "persons"]


def test_a_table_in_the_file_of_the_other_programme_is_refused() -> None:
    known = declared()
    line = known.ministry_tables[0]
    rate = line.model_copy(update={"protect": "rate"})
    for wrong in (replace(known, tables=(line,)), replace(known, ministry_tables=(rate,))):
        with pytest.raises(CatalogueError, match=r"compliance_city_ministry: protect: "):
            check_references(wrong)


@pytest.mark.parametrize("only", [{}, {"cluster": ("osh", "child_labour")}])
def test_zero_tolerance_by_city_is_refused_for_the_ministry_too(
    only: dict[str, tuple[str, ...]],
) -> None:
    line = declared().ministry_tables[0].model_copy(update={"only": only})
    with pytest.raises(CatalogueError, match=r"child_labour.*: reserved, shown nationally only"):
        check_references(replace(declared(), ministry_tables=(line,)))
