"""What is withdrawn answers 410 with the reason, in every form, and its figures are nowhere."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from commanding import bwp
from drafting import copied, shipped_at
from flask import Flask
from flask.testing import FlaskClient
from test_store import KARACHI, SERIES, a_release

from dashboard.app import create_app
from dashboard.model import NoRelease, View, Withdrawn
from dashboard.outlets.purging import Purging, suffixes
from dashboard.service import Statistics
from dashboard.settings import Settings
from dashboard.store import Held, Published
from dashboard.web.memory import vintage_of
from dashboard.withdrawals import Withdrawal, without
from data_loaders import publish

WHY = "Two markets were exchanged"
MARKET = (("market", "eu"),)


def of(query: str, release: str = "") -> Withdrawal:
    """Return the withdrawal of a view of exports."""
    return Withdrawal(
        f"exports_goods?{query}", WHY, release, View.from_query("exports_goods", query)
    )


@pytest.fixture
def store(tmp_path: Path) -> Published:
    """A store with two releases; the second one is current."""
    found = Published.at(f"sqlite:///{tmp_path}/published.db", create=True)
    publish.write(a_release("2026.1"), found, "first")
    publish.write(a_release("2026.2", 2.0), found, "second")
    return found


@pytest.mark.parametrize(
    ("query", "total", "split"),
    [
        ("", True, True),
        ("split=market", False, True),
        ("split=_T", True, False),
        ("market=eu", False, True),
        ("market=us", False, False),
        ("market=_T", True, False),
        ("freq=M", True, True),
        ("freq=FY", False, False),
        ("unit=eur", False, False),
        ("panel=same", False, False),
        ("split=market,product", False, False),
    ],
)
def test_a_view_hides_the_cells_that_say_at_least_what_it_says(
    query: str, total: bool, split: bool
) -> None:
    withdrawal = of(query)
    assert (withdrawal.hides(SERIES, ()), withdrawal.hides(SERIES, MARKET)) == (total, split)
    assert not withdrawal.hides(replace(SERIES, indicator="exports_customs"), ())


def test_a_release_without_what_is_withdrawn_remembers_why() -> None:
    release = a_release()
    found = without(release, [of("freq=M")])
    assert SERIES not in found.cells
    assert found.withdrawn == {SERIES: {(): WHY}}
    assert any(KARACHI in by_key for by_key in found.cells.values())
    assert vintage_of(found) != vintage_of(release)
    assert without(release, [of("", "2031.1"), Withdrawal("2026.1", WHY, "2026.1")]) is release


def test_a_withdrawn_release_is_not_shown_pinned_or_rolled_back_to(store: Published) -> None:
    held = Held(store)
    assert store.withdraw(Withdrawal("2026.1", WHY, "2026.1"), ["/a"]) == "2026.2"
    with pytest.raises(Withdrawn, match=WHY):
        store.switch("2026.1")
    with pytest.raises(Withdrawn, match=WHY):
        held.get("2026.1")
    with pytest.raises(Withdrawn, match=WHY):
        held.revision("2026.1")
    assert held.get().id == "2026.2"
    assert held.revision("2026.2").changes == ()
    assert store.purge("2026.1") == ("/a",)
    store.show_again("2026.1")
    store.switch("2026.1")
    with pytest.raises(NoRelease, match="not withdrawn"):
        store.show_again("2026.1")


def test_the_same_files_do_not_bring_a_withdrawn_release_back(store: Published) -> None:
    store.withdraw(Withdrawal("2026.2", WHY, "2026.2"), [])
    with pytest.raises(Withdrawn):
        publish.write(a_release("2026.2", 2.0), store, "again")
    assert store.current() == "2026.1"


def test_where_the_current_release_is_withdrawn_the_newest_other_one_is_shown(
    store: Published,
) -> None:
    publish.write(a_release("2026.3", 3.0), store, "third")
    assert store.withdraw(Withdrawal("2026.2", WHY, "2026.2"), []) == "2026.3"
    assert store.withdraw(Withdrawal("2026.3", WHY, "2026.3"), []) == "2026.1"
    with pytest.raises(NoRelease, match="only release to show"):
        store.withdraw(Withdrawal("2026.1", WHY, "2026.1"), [])
    assert store.current() == "2026.1"
    with pytest.raises(NoRelease, match=r"2031\.1"):
        store.withdraw(Withdrawal("2031.1", WHY, "2031.1"), [])


def test_readers_lose_sight_of_it_within_the_patience_and_see_it_when_it_is_back(
    store: Published,
) -> None:
    now = [0.0]
    held = Held(store, clock=lambda: now[0])
    assert SERIES in held.get().cells
    assert held.revision("2026.2").changes
    store.withdraw(of("freq=M"), [])
    assert SERIES in held.get().cells
    now[0] = 6.0
    assert SERIES not in held.get().cells
    assert SERIES not in held.get("2026.1").cells
    assert held.revision("2026.2").changes == ()
    store.show_again("exports_goods?freq=M")
    now[0] = 12.0
    assert SERIES in held.get().cells


# -- on the site ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def withdrawn(database: str, built: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A site where exports by market are out of sight."""
    folder = tmp_path_factory.mktemp("withdrawn")
    desk = copied(shipped_at(database), folder)
    view = View.from_query("exports_chapter", "split=market,product")
    desk.published.withdraw(Withdrawal("exports_chapter?split=market,product", WHY, "", view), [])
    return create_app(
        Settings(database_url=f"sqlite:///{folder}/published.db"), built=built
    ).test_client()


def test_every_form_of_a_withdrawn_view_answers_410_with_the_reason(
    withdrawn: FlaskClient, statistics: Statistics
) -> None:
    release = statistics.release().id
    for suffix in ("", *suffixes(statistics), ".share", "/share"):
        for more in ("", f"&release={release}", "&lang=ur", "&from=2015"):
            address = f"/charts/exports_chapter{suffix}?split=market,product{more}"
            answer = withdrawn.get(address)
            assert (answer.status_code, WHY in answer.text) == (410, True), address
            assert answer.headers["Cache-Control"] == "no-store"


def test_figures_of_a_withdrawn_view_are_in_no_file_and_on_no_page(
    withdrawn: FlaskClient, client: FlaskClient
) -> None:
    def dimensions(site: FlaskClient) -> set[str]:
        answer = site.get("/charts/exports_chapter.json?split=product&rows=all")
        assert answer.status_code in (200, 410), answer.text
        return {row["market"] for row in json.loads(answer.text).get("rows", [])} - {"_T"}

    assert dimensions(client)
    assert not dimensions(withdrawn)
    for page in ("/", "/exports", "/data"):
        assert withdrawn.get(page).status_code == 200, page
    whole, left = (site.get("/charts/exports_chapter.zip").data for site in (client, withdrawn))
    assert len(left) < len(whole)


def test_the_list_to_purge_has_every_form_that_a_view_has(
    site: Flask, statistics: Statistics
) -> None:
    rules = {rule.rule for rule in site.url_map.iter_rules()}
    chart = "/charts/<name:indicator>"
    endings = {r.removeprefix(chart) for r in rules if r.startswith(chart)}
    assert {"", *suffixes(statistics), ".zip", ".share", "/share"} == endings
    purging = Purging.of(statistics, "https://a.example")
    view = purging.withdrawal("https://a.example/charts/exports_goods.csv?freq=FY&lang=ur", WHY)
    assert (view.what, view.release) == ("exports_goods?freq=FY", "")
    found = purging.addresses(view)
    name = statistics.release().id
    for whole in ("data.zip", "charts/exports_goods.zip"):
        assert {f"https://a.example/{whole}", f"https://a.example/{whole}?release={name}"} <= set(
            found
        )
    for ending in endings - {".zip"}:
        for asked in ("freq=FY", "freq=FY&lang=ur", f"freq=FY&release={name}"):
            assert f"https://a.example/charts/exports_goods{ending}?{asked}" in found
            assert f"https://a.example/embed/exports_goods?{asked}" in found
    assert f"https://a.example/releases/{name}.csv" in purging.addresses(
        purging.withdrawal(name, WHY)
    )


def test_the_command_withdraws_prints_what_to_purge_and_shows_it_again(tmp_path: Path) -> None:
    store = Published.at(f"sqlite:///{tmp_path}/published.db", create=True)
    publish.write(a_release("2026.1"), store, "first")
    publish.write(a_release("2026.2", 2.0), store, "second")
    done = bwp("withdraw", "exports_goods?freq=M", "--why", WHY, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "http://127.0.0.1:8050/charts/exports_goods.csv?freq=M" in done.stdout.splitlines()
    assert store.purge("exports_goods?freq=M") == tuple(done.stdout.splitlines())
    assert bwp("withdraw", "2026.2", folder=tmp_path).returncode == 1
    gone = bwp("withdraw", "2026.2", "--why", WHY, folder=tmp_path)
    assert "release 2026.1 is current" in gone.stderr
    refused = bwp("rollback", "2026.2", folder=tmp_path)
    assert (refused.returncode, refused.stderr) == (1, f"release 2026.2 was withdrawn: {WHY}\n")
    assert "shown again" in bwp("withdraw", "2026.2", "--lift", folder=tmp_path).stdout
    assert bwp("rollback", "2026.2", folder=tmp_path).returncode == 0
    assert "no indicator" in bwp("withdraw", "weather", "--why", WHY, folder=tmp_path).stderr
