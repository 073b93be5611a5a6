"""The audit: whatever is published, nobody works out what is not."""

import pytest
from drafting import current, declared, shipped_at
from made_programmes import made

from dashboard.model import Series
from dashboard.store import Audits
from data_loaders import protect, publish
from data_loaders.protect import Atom, Attacker, AuditFailed, Row, Sheet, finding_row, level_row
from data_loaders.protect.rows import Bound
from data_loaders.publish import ReleaseRefused

pytestmark = pytest.mark.timeout(900)

READER = Attacker("a reader", frozenset())


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


def test_what_an_owner_group_adds_is_protected_like_what_a_factory_adds() -> None:
    sheet = Sheet()
    amount(sheet, "whole", persons("abcdefgh"), 2)
    amount(sheet, "part", persons("abcdef"), 1)
    group = Attacker("owner group G", frozenset("gh"), owns=True)
    found = audited(sheet, group)
    assert [hidden.row for hidden in found.hidden] == ["part"]
    assert found.hidden[0].reason == "a reader would learn what owner group G adds to whole"


def test_a_number_is_known_where_only_one_whole_number_is_left() -> None:
    sheet, truth = Sheet(), persons("abcdef", 3)
    for name, letters, rank, slack in (("whole", "abcdef", 2, 0), ("part", "abcde", 1, 0.4)):
        weights, value = persons(letters, 1), 3.0 * len(letters)
        bounds = (Bound(weights, value - slack, value + slack),)
        sheet.add(Row(name, name, (rank,), bounds, weights), truth)
    assert audited(sheet).units == {"part"}


def test_a_row_that_a_rule_hides_may_not_show() -> None:
    them = persons("abcdefgh")
    row = Row("whole", "whole", (2,), level_row(them, 800, 10), them, secret=True)
    with pytest.raises(AuditFailed, match="the primary rule hides whole, and it shows"):
        audited(Sheet([row], them))


def test_compliance_survives_nearly_whole_and_staff_are_told_what_does_not(database: str) -> None:
    desk = shipped_at(database)
    release = current(desk)
    report = Audits.of(desk.records).report(release.checksum)
    rows = [hidden["row"] for hidden in report["hidden"]]
    assert all(hidden["reason"] for hidden in report["hidden"])
    assert len(rows) <= report["rows"] / 100
    single_points_and_early_months = ("noncompliance_point ", "improvement_")
    assert [row for row in rows if not row.startswith(single_points_and_early_months)] == []
    rates = release.cells[Series("noncompliance_cluster", "percent", "FY")]
    national = [cell for key, them in rates.items() if len(key) == 1 for cell in them.values()]
    assert len(national) >= 32
    assert {cell.status for cell in national} == {"A"}
