"""The made-up programme: the same bytes, the same loaders, the published milestones."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
import yaml

from data_loaders import illustrative, records
from data_loaders.reading import ILLUSTRATIVE, open_book
from data_loaders.reading.results import ReadResult
from data_loaders.reading.written import written
from data_loaders.sources import read_files

R = TypeVar("R", bound=records.Record)

FIRST_YEAR, MID_2024 = date(2023, 6, 30), date(2024, 6, 30)
FORUM, END = date(2025, 10, 31), date(2026, 9, 30)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files as they ship."""
    return illustrative.write(tmp_path_factory.mktemp("programme"))


@pytest.fixture(scope="module")
def read(files: list[Path]) -> ReadResult:
    """What the loaders make of them."""
    return read_files(files)


def of(read: ReadResult, kind: type[R]) -> list[R]:
    """Return the records of a kind."""
    return [record for record in read.records if isinstance(record, kind)]


def joined(read: ReadResult) -> dict[str, date]:
    """Return the first day of every factory."""
    first: dict[str, date] = {}
    for spell in of(read, records.Spell):
        first[spell.factory] = min(spell.start, first.get(spell.factory, spell.start))
    return first


def active(read: ReadResult, day: date) -> set[str]:
    """Return the factories that take part on a day."""
    return {
        spell.factory
        for spell in of(read, records.Spell)
        if spell.status == "active" and spell.start <= day < (spell.end or date.max)
    }


def test_the_loaders_take_every_file_and_account_for_every_row(read: ReadResult) -> None:
    assert not read.refused, [str(p) for r in read.reports for p in r.problems][:5]
    assert all(report.counts.adds_up for report in read.reports)
    assert {file.kind for file in read.files} == set(written().forms)


def test_every_file_says_itself_that_it_is_made_up(files: list[Path], read: ReadResult) -> None:
    assert all(file.illustrative for file in read.files)
    assert all(source.illustrative for source in read.sources.values())
    moved = files[0].rename(files[0].with_name("anything else.xlsx"))
    try:
        assert open_book(moved).illustrative
    finally:
        moved.rename(files[0])


def test_without_its_mark_a_file_counts_as_real(files: list[Path], tmp_path: Path) -> None:
    path = next(path for path in files if path.suffix == ".csv")
    real = tmp_path / path.name
    real.write_bytes(path.read_bytes().split(b"\r\n", 1)[1])
    assert path.read_bytes().startswith(ILLUSTRATIVE.encode())
    assert not open_book(real).illustrative


def test_the_first_real_file_ends_the_made_up_programme(files: list[Path], tmp_path: Path) -> None:
    goals = next(path for path in files if "targets" in path.name)
    real = tmp_path / "Visits 2026-09-30.csv"
    real.write_text(
        "Visit ID,Factory ID,Date,Kind of visit,Mode\nV-1,F-1,2026-09-01,Advisory,On site\n"
    )
    result = read_files([goals, real])
    assert [type(record) for record in result.records] == [records.Visit]
    assert [file.name for file in result.files] == [real.name]


def test_the_same_seed_gives_the_same_bytes(files: list[Path], tmp_path: Path) -> None:
    again = illustrative.write(tmp_path)
    assert [path.name for path in again] == [path.name for path in files]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(again, files, strict=True))
    assert sum(path.stat().st_size for path in files) < 15 * 2**20


def test_enrolment_agrees_with_what_was_published(read: ReadResult) -> None:
    days = joined(read).values()
    reached = [sum(day <= until for day in days) for until in (FIRST_YEAR, MID_2024, FORUM, END)]
    assert 31 <= reached[0] <= 40
    assert 95 <= reached[1] <= 97
    assert reached[2] == 121
    assert 130 <= reached[3] <= 136
    assert min(days) >= date(2022, 7, 1)


def test_assessments_agree_with_what_was_published(read: ReadResult) -> None:
    done = of(read, records.Assessment)
    assert 181 <= sum(a.start <= FORUM for a in done) <= 185
    cycles = Counter(a.cycle for a in done)
    assert cycles[1] > cycles[2] > 3 * cycles[3] > 0
    assert not [a for a in done if a.factory not in active(read, a.start)]


def test_visits_and_training_agree_with_what_was_published(read: ReadResult) -> None:
    visits = [v for v in of(read, records.Visit) if v.kind == "advisory" and v.on <= FORUM]
    came = [a for a in of(read, records.Attendance) if a.on <= FORUM]
    assert 1200 < len(visits) <= 1240
    assert 500 <= len({a.session for a in came}) <= 510
    assert 6000 < sum(a.women + a.men + a.not_recorded for a in came) <= 6100


def test_brands_agree_with_what_was_published(read: ReadResult) -> None:
    links = of(read, records.BrandLink)
    linked = [
        {link.brand for link in links if link.start <= day < (link.end or date.max)}
        for day in (FIRST_YEAR, MID_2024)
    ]
    assert [len(brands) for brands in linked] == [14, 19]
    assert {link.consent for link in links} == {True, False}


def test_three_cities_share_the_factories_and_one_factory_moves(read: ReadResult) -> None:
    first = joined(read)
    cities = Counter(f.city for f in of(read, records.Factory) if first[f.factory] <= FORUM)
    assert cities == {"karachi": 60, "lahore": 40, "faisalabad": 21}
    changes = {(n.city, n.name.endswith("(new name)")) for n in of(read, records.FactoryName)}
    assert ("faisalabad", False) in changes
    assert any(renamed for _, renamed in changes)


def test_about_an_eighth_of_the_workers_are_women_and_one_exporter_dominates(
    read: ReadResult,
) -> None:
    for year in range(2023, 2027):
        count = of_year(read, year)
        women, men = (sum(getattr(h, sex) for h in count) for sex in ("women", "men"))
        assert 0.11 <= women / (women + men) <= 0.13
    sizes = sorted(h.women + h.men for h in of_year(read, 2026) if h.women is not None and h.men)
    assert sizes[-1] > 3 * sizes[-2]
    assert sizes[-2] > 4 * sizes[len(sizes) // 2] > 4 * 500


def of_year(read: ReadResult, year: int) -> list[records.Headcount]:
    """Return the last full headcount of every factory in a fiscal year."""
    latest: dict[str, records.Headcount] = {}
    for row in sorted(of(read, records.Headcount), key=lambda h: h.as_of):
        inside = date(year - 1, 7, 1) <= row.as_of <= date(year, 6, 30)
        if inside and row.role == "all" and row.women is not None:
            latest[row.factory] = row
    return list(latest.values())


def test_owner_groups_hold_several_factories(read: ReadResult) -> None:
    first = joined(read)
    early = [f for f in of(read, records.Factory) if first[f.factory] <= FORUM]
    groups = Counter(f.owner for f in early)
    assert 80 <= len(groups) <= 90
    assert sum(3 <= size <= 5 for size in groups.values()) >= 5


def test_there_are_leavers_pauses_late_entrants_short_versions_and_gaps(read: ReadResult) -> None:
    spells = Counter(spell.status for spell in of(read, records.Spell))
    assert spells["left"] >= 5
    assert spells["suspended"] >= 2
    assert sum(a.short_version for a in of(read, records.Assessment)) >= 15
    findings = of(read, records.Finding)
    assert 0.01 < sum(f.noncompliant is None for f in findings) / len(findings) < 0.03
    assert any(h.women is None for h in of(read, records.Headcount))
    assert any(m.sex == "unknown" for m in of(read, records.CommitteeMember))


def test_the_export_has_what_the_programme_cleans(read: ReadResult) -> None:
    found: Counter[str] = Counter()
    for report in read.reports:
        found.update(report.counts.recognised)
    assert {"repeated row", "retired factory", "information question", "total", "note"} <= set(
        found
    )


def test_full_assessments_ask_about_every_compliance_point_that_applies(read: ReadResult) -> None:
    asked: dict[str, set[str]] = defaultdict(set)
    count: Counter[str] = Counter()
    for finding in of(read, records.Finding):
        asked[finding.assessment].add(finding.compliance_point)
        count[finding.assessment] += 1
    full = [a.assessment for a in of(read, records.Assessment) if not a.short_version]
    assert all(160 <= count[assessment] <= 250 for assessment in full)
    assert all(len(asked[assessment]) >= 35 for assessment in full)
    assert len(set().union(*asked.values())) == 38


def rates(read: ReadResult, cycle: int) -> Mapping[str, float]:
    """Return the rate of every cluster in a cycle, of factories that were assessed twice."""
    done = of(read, records.Assessment)
    twice = {a.factory for a in done if a.cycle == 2}
    chosen = {a.assessment for a in done if a.factory in twice and a.cycle == cycle}
    pairs: dict[tuple[str, str, str], bool] = {}
    for f in of(read, records.Finding):
        if f.assessment in chosen and f.noncompliant is not None:
            pair = (f.cluster, f.compliance_point, f.assessment)
            pairs[pair] = pairs.get(pair, False) or f.noncompliant
    clusters = {cluster for cluster, _, _ in pairs}
    of_cluster = {c: [bad for pair, bad in pairs.items() if pair[0] == c] for c in clusters}
    return {c: sum(bad) / len(bad) for c, bad in of_cluster.items()}


def test_most_clusters_improve_and_two_do_not(read: ReadResult) -> None:
    first, second = rates(read, 1), rates(read, 2)
    assert max(first, key=lambda c: first[c]) == "osh"
    assert set(sorted(first, key=lambda c: first[c])[:2]) == {"child_labour", "forced_labour"}
    assert {c for c in first if second[c] >= first[c]} == {"working_time", "freedom_of_association"}


def test_every_name_is_obviously_invented(read: ReadResult) -> None:
    names = {f.name for f in of(read, records.Factory)}
    names |= {f.owner for f in of(read, records.Factory)}
    names |= {f.enterprise for f in of(read, records.Factory)}
    names |= {link.brand for link in of(read, records.BrandLink)}
    assert all(re.fullmatch(r"Sample (Factory|Group|Enterprise|Brand) \d{2,3}", n) for n in names)


def test_snapshots_are_kept_and_only_the_target_of_120_is_published(read: ReadResult) -> None:
    members, items = of(read, records.CommitteeMember), of(read, records.ImprovementItem)
    assert len({member.as_of for member in members}) == 15
    assert len({item.as_of for item in items}) == 15
    goals = {goal.goal: goal for goal in of(read, records.Goal)}
    assert 7 <= len(goals) <= 9
    published = [goal for goal in goals.values() if goal.basis != "Illustrative"]
    assert [(goal.goal, goal.target) for goal in published] == [("enterprises", 120)]
    listed = yaml.safe_load(Path("config/codelists/goal.yaml").read_text(encoding="utf-8"))
    assert set(goals) == set(listed["codes"])


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_seed_gives_a_programme_that_loads(seed: int, tmp_path: Path) -> None:
    assert not read_files(illustrative.write(tmp_path, seed)).refused
