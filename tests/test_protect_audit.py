"""The audit: whatever is published, nobody works out what is not."""

from dataclasses import replace
from random import Random

import pytest
from drafting import current, declared, shipped_at
from made_attacker import Answers, Guess, certain
from made_programmes import Made, made

from dashboard.model import Series
from dashboard.store import Audits
from data_loaders import measures, protect, publish
from data_loaders.aggregate import Measured
from data_loaders.programme import Programme
from data_loaders.protect import Atom, Attacker, AuditFailed, Row, Sheet, finding_row, level_row
from data_loaders.protect.attack import Attack
from data_loaders.protect.blocks import split
from data_loaders.publish import Auditing, Built, ReleaseRefused
from data_loaders.records import Finding, Record
from data_loaders.tables import Published

pytestmark = pytest.mark.timeout(900)

READER = Attacker("a reader", frozenset())
FOR_ALL = replace(declared(), ministry_tables=())
"""The public programme alone: the ministry's would refuse figures that nobody audited."""
SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.drill) for seed in range(2, 21))]
CLUSTERS = [
    "discrimination",
    pytest.param("working_time", marks=pytest.mark.drill),
    pytest.param("forced_labour", marks=pytest.mark.drill),
]


def persons(letters: str, value: float = 100) -> dict[Atom, float]:
    return {Atom(letter, "persons", binary=False): value for letter in letters}


def answers(letters: str, findings: str) -> dict[Atom, float]:
    return {Atom(x, "point", binary=True): float(x in findings) for x in letters}


def amount(sheet: Sheet, name: str, parts: dict[Atom, float], rank: int) -> None:
    bounds = level_row(parts, sum(parts.values()), 10)
    sheet.add(Row(name, name, (rank,), bounds, parts), parts)


def rate(sheet: Sheet, name: str, base: dict[Atom, float], rank: int) -> None:
    found = round(sum(base.values()))
    bounds = finding_row(base, found, lambda share: round(share * 20))
    sheet.add(Row(name, name, (rank,), bounds, base), base)


def audited(sheet: Sheet, *attackers: Attacker, **earlier: Sheet) -> protect.Audit:
    return protect.audit(sheet, earlier, [READER, *attackers], {}, lambda *_: None)


def test_two_sums_that_differ_by_one_factory_do_not_both_show() -> None:
    sheet = Sheet()
    amount(sheet, "whole", persons("abcdefgh"), 2)
    amount(sheet, "part", persons("abcdefg"), 1)
    found = audited(sheet)
    assert [hidden.row for hidden in found.hidden] == ["part"]
    assert found.hidden[0].reason == "a reader would learn persons of factory h"


def test_sums_that_differ_by_several_factories_show() -> None:
    sheet = Sheet()
    amount(sheet, "whole", persons("abcdefgh"), 2)
    amount(sheet, "part", persons("abcd"), 1)
    assert audited(sheet).hidden == ()


def test_who_knows_one_of_two_factories_learns_nothing_of_the_other() -> None:
    sheet = Sheet()
    amount(sheet, "whole", persons("abcdefgh"), 2)
    amount(sheet, "part", persons("abcdef"), 1)
    assert audited(sheet).hidden == ()
    group = Attacker("owner group G", frozenset("g"))
    assert audited(sheet, group).units == {"part"}


def test_rates_of_nothing_do_not_say_that_one_factory_has_no_finding() -> None:
    sheet = Sheet()
    rate(sheet, "whole", answers("abcdefghijklmnopqrstu", "abcdefghij"), 2)
    rate(sheet, "part", answers("abcdefghij", "abcdefghij"), 1)
    assert audited(sheet).units == {"part"}


def test_what_an_earlier_release_told_counts() -> None:
    before, now = Sheet(), Sheet()
    amount(before, "whole", persons("abcdefgh"), 1)
    amount(now, "whole", persons("abcdefg"), 1)
    assert audited(now).hidden == ()
    assert audited(now, **{"2026.1": before.without(())}).units == {"whole"}


def test_a_figure_that_was_corrected_since_is_another_unknown() -> None:
    before, now = Sheet(), Sheet()
    amount(before, "whole", persons("abcdefgh"), 1)
    amount(now, "whole", persons("abcdefg", 200), 1)
    assert audited(now, **{"2026.1": before.without(())}).hidden == ()


def test_the_same_audited_again_hides_the_same_beside_its_own_past() -> None:
    sheet = Sheet()
    amount(sheet, "whole", persons("abcdefgh"), 2)
    amount(sheet, "part", persons("abcdefg"), 1)
    first = audited(sheet)
    again = audited(sheet, **{"2026.1": sheet.without(first.units)})
    assert again.units == first.units


def test_no_release_follows_one_that_gave_a_figure_away() -> None:
    before = Sheet()
    amount(before, "whole", persons("abcdefgh"), 2)
    amount(before, "part", persons("abcdefg"), 1)
    with pytest.raises(AuditFailed, match="earlier releases already give it away: a reader"):
        audited(before, **{"2026.1": before.without(())})


def test_what_a_release_told_is_kept_as_it_was() -> None:
    sheet = Sheet()
    amount(sheet, "whole", persons("abc"), 2)
    told = sheet.without(())
    back = protect.from_bytes(protect.to_bytes(told))
    assert back.truth == told.truth
    assert [row.bounds for row in back.rows] == [row.bounds for row in told.rows]


def test_an_unchanged_audit_is_remembered() -> None:
    sheet, memory = Sheet(), dict[str, dict[str, str]]()
    amount(sheet, "whole", persons("abcdefgh"), 2)
    amount(sheet, "part", persons("abcdefg"), 1)
    first = protect.audit(sheet, {}, [READER], memory, lambda *_: None)
    again = protect.audit(sheet, {}, [READER], memory, lambda *_: None)
    assert (first.remembered, again.remembered) == (0, 1)
    assert again.hidden == first.hidden


def test_a_solver_without_time_means_no_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_loaders.protect.solver.SECONDS", 0.0)
    with pytest.raises(ReleaseRefused, match=r"(?s)audit .* failed: .*Nothing was published"):
        publish.build(made(1, (20, 20)).inputs, declared())


MEMORY: dict[str, dict[str, str]] = {}


def built(them: Made) -> Built:
    return publish.build(them.inputs, declared(), Auditing(memory=MEMORY))


def knowing(them: Made) -> list[set[str]]:
    """Return whom the tests' own attacker plays: a reader, every brand, two owner groups."""
    owners: dict[str, set[str]] = {}
    for id_, row in them.factories.items():
        owners.setdefault(row.owner, set()).add(id_)
    largest = sorted(owners.values(), key=lambda group: (-len(group), min(group)))
    return [set(), *them.suppliers.values(), largest[0], owners[them.factories["F-005"].owner]]


@pytest.mark.parametrize("cluster", CLUSTERS)
@pytest.mark.parametrize("seed", SEEDS)
def test_an_attacker_recovers_no_answer(seed: int, cluster: str) -> None:
    them = made(seed)
    release = built(them).release
    unknown = Answers(them, cluster)
    assert list(unknown.told(release))
    for knows in knowing(them):
        assert certain(unknown, release, knows) == []


def test_the_same_attacker_recovers_answers_where_nobody_audits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    them = made(1)
    monkeypatch.setattr(publish, "attackers", lambda _: [])
    release = publish.build(them.inputs, FOR_ALL).release
    assert certain(Answers(them, "discrimination"), release, set())


@pytest.mark.parametrize("seed", SEEDS)
def test_no_published_rate_breaks_the_primary_rule(seed: int) -> None:
    them = made(seed)
    release = built(them).release
    owner = {id_: row.owner for id_, row in them.factories.items()}
    for cluster in {finding.cluster for finding in them.findings}:
        unknown = Answers(them, cluster)
        for behind, _ in unknown.told(release):
            factories = {unknown.factory[assessment] for assessment, _ in behind}
            assert len(factories) >= 10
            for without in ({""}, *them.suppliers.values()):
                left = factories - without
                assert len(left) >= 5
                assert len({owner[factory] for factory in left}) >= 5


@pytest.mark.parametrize("seed", SEEDS)
def test_any_hidden_row_let_out_turns_the_audit_red(seed: int) -> None:
    them = made(seed)
    hidden = built(them).audit.units
    sheet, attackers = asked(them)
    blocks = split(sheet.rows, sheet.truth, attackers)
    assert hidden
    for unit in sorted(hidden):
        leaks = (
            next(Attack(block).leaks(hidden - {unit}), None)
            for block in blocks
            if unit in block.ranks
        )
        assert any(leaks), unit


def asked(them: Made) -> tuple[Sheet, list[Attacker]]:
    """Return every row before the audit, and everyone who may want to know more."""
    catalogue, known = declared(), measures.discover()
    provinces = {c: str(r["parent"]) for c, r in catalogue.codelists["city"].codes.items()}
    programme = Programme(them.inputs.records, them.inputs.cut_off, provinces)
    primary = protect.Primary(programme.owners, programme.suppliers, them.inputs.p_percent)
    sources = {name: measure.sources for name, measure in known.items()}
    tables = Published(Measured(programme, known), primary, sources)
    assert list(tables.lines(catalogue.tables, catalogue))
    return tables.sheet, publish.attackers(primary)


@pytest.mark.parametrize("seed", SEEDS)
def test_another_truth_behind_the_same_rounded_figures_changes_no_cell(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    them = made(seed)
    monkeypatch.setattr(publish, "attackers", lambda _: [])
    whole = publish.build(them.inputs, FOR_ALL).release
    monkeypatch.setattr(publish, "attackers", lambda _: [READER])
    first = publish.build(them.inputs, declared())
    worlds = [
        Guess(Answers(them, cluster), whole, set()).world(Random(2))  # noqa: S311
        for cluster in ("discrimination", "working_time")
    ]
    other = {at: value for world in worlds if world for at, value in world.items()}
    records = tuple(_answered(r, other) for r in them.inputs.records)
    again = publish.build(replace(them.inputs, records=records), declared())
    assert sum(a != b for a, b in zip(records, them.inputs.records, strict=True)) > 20
    assert again.release.checksum == first.release.checksum


def _answered(record: Record, other: dict[tuple[str, str], bool]) -> Record:
    if not isinstance(record, Finding):
        return record
    at = (record.assessment, record.compliance_point)
    return replace(record, noncompliant=other.get(at, record.noncompliant))


def test_compliance_survives_nearly_whole_and_staff_are_told_what_does_not(database: str) -> None:
    desk = shipped_at(database)
    release = current(desk)
    report = Audits.of(desk.records).report(release.checksum)
    rows = [hidden["row"] for hidden in report["hidden"]]
    assert all(hidden["reason"] for hidden in report["hidden"])
    assert len(rows) <= report["rows"] / 100
    assert not [row for row in rows if not row.startswith("noncompliance_point ")]
    rates = release.cells[Series("noncompliance_cluster", "percent", "FY")]
    national = [cell for key, them in rates.items() if len(key) == 1 for cell in them.values()]
    assert len(national) >= 32
    assert {cell.status for cell in national} == {"A"}
