"""The brand workspace shows own suppliers, cycle by cycle, and nothing of anybody else."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from openpyxl import load_workbook
from partner_site import Partners, partners

from dashboard.dossier import EVERYTHING
from dashboard.people import Consent
from dashboard.store import Dossiers, Published
from dashboard.suppliers.filtering import AGES, SORTS, STATES

BRAND = "brand_01"
NAMED = "Sample Brand 02"
BEGAN = date(2023, 1, 1)
YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).date()


@pytest.fixture(scope="module")
def edition(database: str) -> str:
    store = Published.at(database)
    return store.load(store.current()).checksum


@pytest.fixture(scope="module")
def dossiers(database: str) -> Dossiers:
    return Dossiers.at(records_of(database))


def records_of(database: str) -> str:
    return database.replace("published.db", "records.db")


@pytest.fixture
def ours(
    tmp_path: Path, database: str, built: Path, dossiers: Dossiers, edition: str
) -> Iterator[Partners]:
    found = partners(tmp_path, database, built, records_url=records_of(database))
    for factory, cycle in dossiers.consented(edition, NAMED):
        found.accounts.consents.add(Consent(BRAND, factory, f"C{cycle}", BEGAN))
    yield found
    found.accounts.engine.dispose()


def rows(page: BeautifulSoup, place: int = 0) -> list[list[str]]:
    """Return the cells of a table of the page as words."""
    table = page.find_all("table")[place]
    for mark in table.select(".mark"):
        mark.extract()
    lines = [[c.get_text(" ", strip=True) for c in r.find_all(["th", "td"])] for r in table("tr")]
    return lines[1:]


def test_a_brand_sees_its_own_suppliers_and_no_others(
    ours: Partners, dossiers: Dossiers, edition: str
) -> None:
    everything = dossiers.seen(edition, EVERYTHING)
    own = {factory for factory, _ in dossiers.consented(edition, NAMED)}
    reader = ours.signed_in("brand")
    answer = reader.get("/suppliers")
    shown = {row[0] for row in rows(BeautifulSoup(answer.text, "lxml"))}
    assert shown == {everything[name].profile.name for name in own}
    taken = reader.get("/suppliers.xlsx").data
    for name in everything.keys() - own:
        profile = everything[name].profile
        assert profile.name not in answer.text
        assert name.encode() not in taken


def test_a_foreign_supplier_is_like_an_unknown_one(
    ours: Partners, dossiers: Dossiers, edition: str
) -> None:
    own = {factory for factory, _ in dossiers.consented(edition, NAMED)}
    foreign = min(dossiers.seen(edition, EVERYTHING).keys() - own)
    reader = ours.signed_in("brand")
    answers = [reader.get(f"/suppliers/{name}") for name in (foreign, "NO-SUCH")]
    first, second = (
        answer.text.replace(name, "")
        for answer, name in zip(answers, (foreign, "NO-SUCH"), strict=True)
    )
    assert {answer.status_code for answer in answers} == {404}
    assert first == second


def test_consent_that_is_taken_back_is_gone_at_the_next_request(
    ours: Partners, dossiers: Dossiers, edition: str
) -> None:
    own = sorted(dossiers.consented(edition, NAMED))
    factory = own[0][0]
    reader = ours.signed_in("brand")
    assert reader.get(f"/suppliers/{factory}").status_code == 200
    for name, cycle in own:
        if name == factory:
            gone = Consent(BRAND, name, f"C{cycle}", BEGAN)
            ours.accounts.consents.remove(gone, YESTERDAY)
    assert reader.get(f"/suppliers/{factory}").status_code == 404


def test_one_cycle_is_shown_without_the_other(
    ours: Partners, dossiers: Dossiers, edition: str
) -> None:
    own = dossiers.consented(edition, NAMED)
    factory = next(name for name, cycle in sorted(own) if cycle == 2 and (name, 1) in own)
    gone = Consent(BRAND, factory, "C1", BEGAN)
    ours.accounts.consents.remove(gone, YESTERDAY)
    page = ours.signed_in("brand").page(f"/suppliers/{factory}")
    assert page.find(id="cycle-1") is None
    shown = cast(Tag, page.find(id="cycle-2"))
    assert "Found again" not in shown.get_text()


def test_other_audiences_are_told_that_it_is_not_for_them(ours: Partners) -> None:
    for address in ("/suppliers", "/suppliers/SF-002", "/suppliers.xlsx"):
        assert ours.browser().get(address).status_code in (303, 401)
        assert ours.signed_in("ministry").get(address).status_code == 403


def test_staff_see_every_factory_but_no_zero_tolerance_finding(
    ours: Partners, dossiers: Dossiers, edition: str
) -> None:
    reader = ours.signed_in("staff")
    assert len(rows(reader.page("/suppliers"))) == len(dossiers.seen(edition, EVERYTHING))
    book = load_workbook(io.BytesIO(reader.get("/suppliers.xlsx").data))
    clusters = {row[5] for row in book["Clusters"].iter_rows(min_row=2, values_only=True)}
    assert not clusters & {"Child Labour", "Forced Labour"}


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_keeps_every_supplier(ours: Partners, sort: str) -> None:
    reader = ours.signed_in("brand")
    plain, sorted_ = (rows(reader.page(f"/suppliers?sort={s}")) for s in ("name", sort))
    assert sorted(plain) == sorted(sorted_)


def test_what_needs_attention_comes_first(ours: Partners) -> None:
    found = rows(ours.signed_in("brand").page("/suppliers?sort=open"))
    counts = [int(row[5]) for row in found]
    assert counts == sorted(counts, reverse=True)


def test_filters_keep_what_they_say(ours: Partners) -> None:
    reader = ours.signed_in("brand")
    every = rows(reader.page("/suppliers"))
    overdue = rows(reader.page("/suppliers?state=overdue"))
    assert overdue == [row for row in every if int(row[6]) > 0]
    old = rows(reader.page("/suppliers?age=365"))
    assert old == [r for r in every if r[7] != "–" and int(r[7].replace(",", "")) >= 365]
    named = every[0][0]
    assert [row[0] for row in rows(reader.page(f"/suppliers?q={named.upper()}"))] == [named]
    cities = {row[1] for row in every}
    parts = [rows(reader.page(f"/suppliers?city={city.lower()}")) for city in cities]
    assert sum(map(len, parts)) == len(every)
    assert set(STATES) == {"open", "overdue", "repeated", "clear"}
    assert AGES == ("30", "90", "180", "365")


def test_a_filter_that_empties_the_list_says_so_and_offers_the_way_back(ours: Partners) -> None:
    page = ours.signed_in("brand").page("/suppliers?q=nobody+is+called+this")
    assert "No supplier fulfils all these conditions" in page.get_text()
    assert page.find("a", string="Clear") is not None


@pytest.mark.parametrize("asked", ["state=x", "sort=x", "age=7", "shown=x", "nonsense=1"])
def test_what_is_not_known_is_refused(ours: Partners, asked: str) -> None:
    assert ours.signed_in("brand").get(f"/suppliers?{asked}").status_code == 400


def test_every_supplier_that_is_made_up_says_so(ours: Partners) -> None:
    page = ours.signed_in("brand").page("/suppliers")
    for row in page.select("tbody tr"):
        assert row.select_one(".mark.illustrative") is not None


def test_the_matrix_has_a_column_for_each_cluster_and_words_in_every_cell(ours: Partners) -> None:
    found = rows(ours.signed_in("brand").page("/suppliers?shown=matrix"))
    assert {len(row) for row in found} == {7}
    assert all(cell == "–" or " of " in cell for row in found for cell in row[1:])


def test_the_workbook_holds_what_the_pages_show(ours: Partners) -> None:
    reader = ours.signed_in("brand")
    book = load_workbook(io.BytesIO(reader.get("/suppliers.xlsx").data))
    items = list(book["Improvement items"].iter_rows(min_row=2, values_only=True))
    still_open = [row for row in items if row[7] != "Completed"]
    assert len(still_open) == sum(int(row[5]) for row in rows(reader.page("/suppliers")))
    assert book["Notes"]["A2"].value == "Illustrative"
    for name in ("Clusters", "Findings", "Improvement items", "Workers"):
        lines = list(book[name].iter_rows(values_only=True))
        assert lines[0][-1] == "Illustrative"
        assert {line[-1] for line in lines[1:]} == {"Illustrative data, not real figures."}


def test_it_reads_from_right_to_left_in_urdu(ours: Partners) -> None:
    reader = ours.signed_in("brand")
    page = reader.page("/suppliers?lang=ur")
    assert cast(Tag, page.html)["dir"] == "rtl"
    book = load_workbook(io.BytesIO(reader.get("/suppliers.xlsx?lang=ur").data))
    assert all(sheet.sheet_view.rightToLeft for sheet in book)


def test_what_was_seen_and_taken_stands_in_the_audit_log_without_figures(ours: Partners) -> None:
    reader = ours.signed_in("brand")
    reader.get("/suppliers")
    reader.get("/suppliers.xlsx")
    assert ours.told()[:2] == ["suppliers taken as a workbook", "suppliers seen"]


def test_nothing_of_it_is_kept_by_anybody(ours: Partners) -> None:
    reader = ours.signed_in("brand")
    for address in ("/suppliers", "/suppliers/NO-SUCH", "/suppliers.xlsx"):
        assert reader.get(address).headers["Cache-Control"] == "no-store"


def test_the_public_site_has_no_such_address(client: FlaskClient) -> None:
    assert client.get("/suppliers").status_code == 404


def test_without_the_store_the_page_says_unavailable(
    tmp_path: Path, database: str, built: Path
) -> None:
    found = partners(tmp_path, database, built, records_url=f"sqlite:///{tmp_path}/none.db")
    assert found.signed_in("brand").get("/suppliers").status_code == 503
    found.accounts.engine.dispose()
