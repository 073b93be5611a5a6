"""What is known of suppliers reaches those who may see it, cycle by cycle, and nobody else."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.dossier import EVERYTHING, NOTHING, Cycle, Dossier, Link, Profile, Sight
from dashboard.store import Dossiers, Published, Records
from data_loaders.dossiers import dossiers, links
from data_loaders.programme import Programme
from data_loaders.records import Assessment, Factory, FactoryName, Headcount, Origin, Spell, Visit

ORIGIN = Origin("specimen", "specimen.csv", "", 1)
RESERVED = frozenset({"child_labour", "forced_labour"})


@pytest.fixture(scope="session")
def edition(database: str) -> str:
    """What the dossiers of the release of what ships are kept under."""
    store = Published.at(database)
    found = store.load(store.current()).checksum
    store.engine.dispose()
    return found


@pytest.fixture(scope="session")
def kept(database: str) -> Iterator[Dossiers]:
    """The dossiers of what ships."""
    records = Records.at(database.replace("published.db", "records.db"))
    yield Dossiers.of(records)
    records.engine.dispose()


def specimen() -> Programme:
    """Return one factory with two cycles and something on many days."""
    days = (date(2023, 1, 5), date(2023, 6, 1), date(2024, 5, 31), date(2024, 6, 1))
    return Programme(
        (
            Factory(ORIGIN, "F1", "E1", "G1", "New Name", "lahore", "knit"),
            FactoryName(ORIGIN, "F1", "Old Name", "lahore", date(2022, 1, 1)),
            FactoryName(ORIGIN, "F1", "New Name", "lahore", date(2023, 7, 1)),
            Spell(ORIGIN, "F1", "active", date(2022, 9, 1), None),
            Assessment(ORIGIN, "A1", "F1", 1, date(2023, 6, 1), "CAT", short_version=False),
            Assessment(ORIGIN, "A2", "F1", 2, date(2024, 6, 1), "CAT", short_version=False),
            *(
                Visit(ORIGIN, f"V{n}", "F1", day, "advisory", "on_site")
                for n, day in enumerate(days)
            ),
            Headcount(ORIGIN, "F1", date(2026, 1, 1), "all", 1, 2),
        ),
        date(2025, 12, 31),
        {"lahore": "punjab"},
    )


def test_what_happens_on_a_day_belongs_to_the_cycle_of_the_last_assessment() -> None:
    (found,) = dossiers(specimen())
    first, second = found.cycles
    assert [v.on.year for v in first.visits] == [2023, 2023, 2024]
    assert [v.on for v in second.visits] == [date(2024, 6, 1)]


def test_what_lies_after_the_cut_off_is_not_told() -> None:
    (found,) = dossiers(specimen())
    assert not any(cycle.people for cycle in found.cycles)


def test_an_earlier_name_is_told_with_its_last_day() -> None:
    (found,) = dossiers(specimen())
    assert found.profile.former == (("Old Name", date(2023, 7, 1)),)


def test_every_factory_that_a_brand_links_to_has_a_dossier(kept: Dossiers, edition: str) -> None:
    everything = kept.seen(edition, EVERYTHING)
    assert len(everything) > 100
    assert {link.factory for link in kept.links(edition)} <= everything.keys()


def test_a_brand_sees_the_cycles_it_has_consent_for_and_no_other(
    kept: Dossiers, edition: str
) -> None:
    brands = Counter(link.brand for link in kept.links(edition))
    for brand in brands:
        pairs = kept.consented(edition, brand)
        found = kept.seen(edition, Sight(pairs))
        assert {(f, c.number) for f, d in found.items() for c in d.cycles} == pairs


def test_nothing_of_another_cycle_comes_with_one(kept: Dossiers, edition: str) -> None:
    everything = kept.seen(edition, EVERYTHING)
    for name, whole in everything.items():
        starts = {c.number: c.assessed.on for c in whole.cycles if c.assessed}
        for number in starts:
            (told,) = kept.seen(edition, Sight(frozenset({(name, number)})), name)[name].cycles
            days = [v.on for v in told.visits]
            days += [p.as_of for p in told.people] + [p.as_of for p in told.seats]
            later = [start for n, start in starts.items() if n > number]
            assert all(day < start for day in days for start in later)


def test_a_factory_without_consent_is_like_one_that_does_not_exist(
    kept: Dossiers, edition: str
) -> None:
    known = next(iter(kept.seen(edition, EVERYTHING)))
    assert kept.seen(edition, NOTHING, known) == kept.seen(edition, NOTHING, "no such") == {}
    other = Sight(frozenset({("no such", 1)}))
    assert kept.seen(edition, other, known) == {}


def test_zero_tolerance_findings_are_for_named_staff(kept: Dossiers, edition: str) -> None:
    def clusters(sight: Sight) -> set[str]:
        told = [c for d in kept.seen(edition, sight).values() for c in d.cycles]
        answers = {a.cluster for c in told if c.assessed for a in c.assessed.answers}
        return answers | {item.cluster for c in told for item in c.items}

    assert not clusters(EVERYTHING) & RESERVED
    assert clusters(replace(EVERYTHING, reserved=True)) >= RESERVED


def test_what_was_kept_apart_comes_back_in_its_place(tmp_path: Path) -> None:
    programme = specimen()
    made = list(dossiers(programme))
    records = Records.at(f"sqlite:///{tmp_path}/records.db")
    store = Dossiers.of(records)
    store.keep("e", made, links(programme), RESERVED)
    assert store.seen("e", Sight(None, reserved=True)) == {"F1": made[0]}
    records.engine.dispose()


def test_an_edition_that_is_kept_again_is_replaced_and_others_stay(tmp_path: Path) -> None:
    records = Records.at(f"sqlite:///{tmp_path}/records.db")
    store = Dossiers.of(records)
    one = Dossier(Profile("F1", "One", "lahore", "knit", "lt500", "active", None), (Cycle(1),))
    link = Link("B", "F1", None, date(2023, 1, 1), None, consent=True)
    store.keep("a", [one], [link])
    store.keep("b", [one], [link])
    store.keep("a", [replace(one, cycles=(Cycle(1), Cycle(2)))], [link, replace(link, brand="C")])
    assert len(store.seen("a", EVERYTHING)["F1"].cycles) == 2
    assert len(store.seen("b", EVERYTHING)["F1"].cycles) == 1
    assert store.consented("a", "B") == {("F1", 1), ("F1", 2)}
    assert [len(store.links(e)) for e in ("a", "b")] == [2, 1]
    records.engine.dispose()
