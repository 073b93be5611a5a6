"""Consents of the brand links file become consents of accounts, and decisions by name stay."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.accounts.register import Register, now, open_consent
from dashboard.accounts.taking import Taken, code_of, take
from dashboard.dossier import Cycle, Dossier, Link, Profile
from dashboard.store import Accounts, Dossiers, Records

PROFILE = Profile("F1", "One", "lahore", "knit", "lt500", "active", None)
LINK = Link("Brand One", "F1", 1, date(2024, 3, 1), None, consent=True)
TODAY = now().date()


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Register, Dossiers]]:
    accounts = Accounts.at(f"sqlite:///{tmp_path}/accounts.db", upgrade=True)
    records = Records.at(f"sqlite:///{tmp_path}/records.db")
    yield Register(accounts, "a test"), Dossiers.of(records)
    accounts.engine.dispose()
    records.engine.dispose()


def keep(dossiers: Dossiers, *links: Link) -> None:
    dossiers.keep("e", [Dossier(PROFILE, (Cycle(1), Cycle(2)))], links)


def pairs(register: Register) -> set[tuple[str, str]]:
    return set(register.accounts.consents.of("brand_one", TODAY))


def test_a_brand_of_the_file_has_a_code() -> None:
    assert code_of("Sample Brand 02") == "sample_brand_02"
    assert code_of(" H&M / Co. ") == "h_m_co"


def test_what_the_file_gives_is_given_from_its_first_day_on(
    stores: tuple[Register, Dossiers],
) -> None:
    register, dossiers = stores
    keep(dossiers, LINK, replace(LINK, start=date(2023, 1, 1)), replace(LINK, cycle=9))
    assert take(register, dossiers, "e") == Taken(1, 0)
    (found,) = register.accounts.consents.all()
    assert (found.factory, found.cycle, found.since) == ("F1", "C1", date(2023, 1, 1))


def test_consent_for_every_cycle_is_consent_for_those_there_are(
    stores: tuple[Register, Dossiers],
) -> None:
    register, dossiers = stores
    keep(dossiers, replace(LINK, cycle=None))
    take(register, dossiers, "e")
    assert pairs(register) == {("F1", "C1"), ("F1", "C2")}


def test_the_same_file_twice_changes_nothing(stores: tuple[Register, Dossiers]) -> None:
    register, dossiers = stores
    keep(dossiers, LINK)
    take(register, dossiers, "e")
    assert take(register, dossiers, "e") == Taken(0, 0)


def test_what_was_taken_back_by_name_does_not_come_back(
    stores: tuple[Register, Dossiers],
) -> None:
    register, dossiers = stores
    keep(dossiers, LINK)
    take(register, dossiers, "e")
    register.withdraw(open_consent("brand_one", "F1", "C1"))
    assert take(register, dossiers, "e") == Taken(0, 0)
    assert pairs(register) == set()


def test_what_the_file_no_longer_gives_is_taken_back(stores: tuple[Register, Dossiers]) -> None:
    register, dossiers = stores
    keep(dossiers, LINK)
    take(register, dossiers, "e")
    keep(dossiers, replace(LINK, consent=False))
    assert take(register, dossiers, "e") == Taken(0, 1)
    assert pairs(register) == set()
