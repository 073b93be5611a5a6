"""Made programmes, published twice and attacked: as an outsider, as each brand, as each owner."""

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

import numpy as np
import pytest
from conftest import once, shared
from drafting import declared
from made_programmes import Made, made, year_before
from made_puzzle import Mind, Puzzle, Unknown, recovered
from made_readings import (
    ANSWERED,
    NUMBERS,
    POINT,
    Edition,
    Place,
    allowed,
    answer_cells,
    number_cells,
    of_answers,
    of_numbers,
)

from dashboard.model import Release
from data_loaders import measures, protect, publish
from data_loaders.aggregate import Measured
from data_loaders.programme import Programme
from data_loaders.protect import Attacker, AuditFailed, Sheet
from data_loaders.protect.attack import Attack
from data_loaders.protect.audit import blocks_of
from data_loaders.protect.rows import Bound
from data_loaders.publish import Auditing, Built
from data_loaders.records import Finding
from data_loaders.tables import Published

pytestmark = [pytest.mark.timeout(900), pytest.mark.slow]

DRILLED = [pytest.param(seed, marks=pytest.mark.drill) for seed in (1, *range(3, 21))]
SEEDS = [2, *DRILLED]
CLUSTERS = tuple(declared().codelists["cluster"].codes)


@dataclass(frozen=True)
class Twice:
    """A programme published a year before, and again with everything that came since."""

    then: Made
    now: Made
    first: Built
    last: Built

    @property
    def editions(self) -> list[Edition]:
        return [(self.then, self.first.release), (self.now, self.last.release)]


@pytest.fixture
def twice(seed: int, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Twice:
    """Both releases of a seed; made once for all workers."""
    now = made(seed)
    then = year_before(now)
    folder = shared(tmp_path_factory, worker_id)
    file = folder / f"made-{seed}"
    once(folder, file.name, lambda: file.with_suffix(".pickle").write_bytes(_both(then, now)))
    kept = file.with_suffix(".pickle").read_bytes()
    return Twice(then, now, *pickle.loads(kept))  # noqa: S301  (this run wrote it)


def _both(then: Made, now: Made) -> bytes:
    first = publish.build(then.inputs, declared())
    before = Auditing(earlier={"2025.1": first.told})
    return pickle.dumps((first, publish.build(now.inputs, declared(), before)))


def test_the_attacker_reads_every_protected_table() -> None:
    protected = {
        name for table in declared().tables if table.protect != "none" for name in table.indicators
    }
    assert protected == {*ANSWERED, *NUMBERS}


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_is_certain_of_an_answer_in_any_cluster(twice: Twice) -> None:
    for cluster in CLUSTERS:
        known = of_answers(twice.editions, cluster)
        assert len(known.told) > 20
        assert recovered(known, twice.now) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_knows_a_number_of_a_factory_or_owner_group(twice: Twice) -> None:
    known = of_numbers(twice.editions)
    assert len(known.told) > 50
    assert recovered(known, twice.now) == []


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_the_attacker_succeeds_where_nobody_audits(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    them = made(seed)
    monkeypatch.setattr(publish, "attackers", lambda _: [])
    bare: list[Edition] = [(them, publish.build(them.inputs, declared()).release)]
    answers = recovered(of_answers(bare, "discrimination"), them)
    numbers = recovered(of_numbers(bare), them)
    whose = {1: "F-056", 2: "F-045, F-046"}[seed]
    assert any("finding in discrimination" in found for found in answers)
    assert f"0: workers_covered [('when', 'FY2026 all')] of {whose}" in numbers


@pytest.mark.parametrize("seed", SEEDS)
def test_no_published_cell_breaks_the_written_rule(twice: Twice) -> None:
    for them, release in twice.editions:
        cells = list(_cells(them, release))
        shown = [place for place in cells if place.cell.value is not None]
        assert len(shown) > 200
        assert [place.name for place in shown if not allowed(them, place)] == []
        assert not all(allowed(them, place) for place in cells)


def _cells(them: Made, release: Release) -> Iterator[Place]:
    for cluster in CLUSTERS:
        yield from answer_cells(them, release, cluster)
    yield from number_cells(them, release)


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
def test_any_cell_let_out_that_the_audit_hid_turns_it_red(twice: Twice) -> None:
    hidden = twice.last.audit.units
    sheet, attackers = asked(twice.now)
    blocks = blocks_of(sheet, {"2025.1": twice.first.told}, attackers)
    assert hidden
    for unit in sorted(hidden):
        mine = (block for block in blocks if unit in block.ranks)
        assert any(next(Attack(block).leaks(hidden - {unit}), None) for block in mine), unit


@pytest.mark.parametrize("seed", SEEDS)
def test_any_cell_let_out_that_a_rule_hid_turns_the_audit_red(twice: Twice) -> None:
    sheet, _ = asked(twice.now)
    hidden = [(at, row) for at, row in enumerate(sheet.rows) if not row.bounds]
    kinds = {(row.secret, next(iter(row.figure)).binary) for _, row in hidden if row.figure}
    assert kinds == {(True, True), (True, False), (False, True), (False, False)}
    for at, row in hidden:
        out = replace(row, bounds=(Bound(row.figure, 0, None),))
        with pytest.raises(AuditFailed, match=r"and it shows|not all of them show"):
            blocks_of(Sheet([*sheet.rows[:at], out, *sheet.rows[at + 1 :]], sheet.truth), {}, [])


@pytest.mark.parametrize("seed", SEEDS)
def test_another_truth_with_the_same_figures_and_hidden_cells_is_the_same_release(
    seed: int,
) -> None:
    them, chance = made(seed), Random(seed)  # noqa: S311  (no secret)
    first = built(them)
    worlds = {cluster: _world(them, first.release, cluster, chance) for cluster in CLUSTERS}
    alike = _alike(first.release, built(_with(them, worlds.values())).release)
    for cluster in sorted({*CLUSTERS} - {*alike}):
        worlds[cluster] = _world(them, first.release, cluster, chance, keeps_hidden=True)
    alike = _alike(first.release, built(_with(them, worlds.values())).release)
    assert alike
    other = _with(them, [worlds[cluster] for cluster in alike])
    again = built(other)
    pairs = zip(other.findings, them.findings, strict=True)
    assert sum(a.noncompliant != b.noncompliant for a, b in pairs) > 20
    assert again.release.checksum == first.release.checksum


MEMORY: dict[str, dict[str, str]] = {}


def built(them: Made) -> Built:
    return publish.build(them.inputs, declared(), Auditing(memory=MEMORY))


def _world(
    them: Made, release: Release, cluster: str, chance: Random, *, keeps_hidden: bool = False
) -> dict[Unknown, bool]:
    """Return answers that agree with every published figure of a cluster.

    They may keep the sums behind hidden ones too, of other factories.
    """
    puzzle = Puzzle(of_answers([(them, release)], cluster))
    size, truth = Mind(puzzle, ()).free, puzzle.worlds[0]
    told = {row.tobytes() for row in puzzle.rows}
    hidden = [row for row in puzzle.figures if row.tobytes() not in told]
    kept = keeps_hidden & np.any(hidden, axis=0)
    cost = np.array([chance.choice([-1.0, 0.0, 1.0]) for _ in size])
    assert puzzle.world(cost, np.where(kept, truth, 0), np.where(kept, truth, size))
    found: dict[Unknown, bool] = {}
    for kind, count in enumerate(puzzle.worlds[-1]):
        alike = [puzzle.unknowns[at] for at in np.flatnonzero(puzzle.kind == kind)]
        yes = set(chance.sample(alike, round(count)))
        found |= {unknown: unknown in yes for unknown in alike}
    return found


def _with(them: Made, worlds: Iterable[Mapping[Unknown, bool]]) -> Made:
    answers = {u.what: value for world in worlds for u, value in world.items()}
    records = tuple(
        replace(r, noncompliant=answers.get(_what(r), r.noncompliant))
        if isinstance(r, Finding)
        else r
        for r in them.inputs.records
    )
    return Made(replace(them.inputs, records=records))


def _what(finding: Finding) -> str:
    return f"{finding.compliance_point} in {finding.assessment}"


def _alike(first: Release, second: Release) -> list[str]:
    """Return the clusters of which the same cells are hidden in two releases."""
    parents = declared().codelists["compliance_point"].codes

    def hidden(release: Release) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {cluster: set() for cluster in CLUSTERS}
        for series, by_key in release.cells.items():
            for key, cells in by_key.items():
                at = dict(key)
                point = at.get("compliance_point", POINT if series.indicator == POINT else "")
                cluster = at.get("cluster", str(parents[point]["parent"]) if point else "")
                if series.indicator in ANSWERED:
                    found[cluster] |= {
                        f"{series} {key} {p}" for p in cells if cells[p].status == "c"
                    }
        return found

    one, other = hidden(first), hidden(second)
    return [cluster for cluster in CLUSTERS if one[cluster] == other[cluster]]
