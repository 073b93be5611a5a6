"""The pages and files of releases: what there is, what each one changed, what is withdrawn."""

import csv
import io
from pathlib import Path

import pytest
from drafting import approved, copied, shipped_at
from flask.testing import FlaskClient
from programme_files import factory, register
from test_content_pages import page, said

from dashboard.app import create_app
from dashboard.model import View
from dashboard.pages.release import SHOWN
from dashboard.revisions import Revision
from dashboard.settings import Settings
from dashboard.store import Published
from dashboard.withdrawals import Withdrawal
from data_loaders.drafts import Desk, draft

WHY = "Factories were counted twice"


@pytest.fixture(scope="module")
def desk(database: str, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk where the made-up programme gave way to real records, which were corrected."""
    folder = tmp_path_factory.mktemp("releases")
    desk = copied(shipped_at(database), folder)
    for number, ids in enumerate((("F-1", "F-2", "F-3"), ("F-1", "F-2"))):
        path = register(folder / "Enrolment 2024-07-31.xlsx", [factory(id_) for id_ in ids])
        draft(desk, [path], "asma")
        approved(desk, f"records {number}", correction=number > 0)
    return desk


def site_of(store: Published, built: Path) -> FlaskClient:
    """Return a reader of a site over a store."""
    address = f"sqlite:///{store.engine.url.database}"
    return create_app(Settings(database_url=address), built=built).test_client()


@pytest.fixture(scope="module")
def reader(desk: Desk, built: Path) -> FlaskClient:
    """A reader of the site of that desk."""
    return site_of(desk.published, built)


def rows_of(reader: FlaskClient, address: str) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    answer = reader.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_releases_are_listed_with_note_and_dates_the_newest_first(reader: FlaskClient) -> None:
    tree = page(reader, "/releases")
    articles = tree.select("#all article")
    assert [said(a.h3) for a in articles] == [
        "Release 2024.1.1",
        "Release 2024.1",
        "Release 2026.1",
    ]
    first = said(articles[0])
    for words in ("newest release", "records 1", "Data up to 31 July 2024", "Published on"):
        assert words in first
    listed = reader.get("/releases.json").get_json()["releases"]
    assert [(row["release"], row["current"]) for row in listed] == [
        ("2026.1", False),
        ("2024.1", False),
        ("2024.1.1", True),
    ]
    assert [row["release"] for row in rows_of(reader, "/releases.csv")] == [
        row["release"] for row in listed
    ]


def test_a_release_says_every_value_that_it_changed_on_its_page_and_in_its_files(
    reader: FlaskClient, desk: Desk
) -> None:
    revision = desk.published.revision("2024.1.1")
    rows = rows_of(reader, "/releases/2024.1.1.csv")
    told = reader.get("/releases/2024.1.1.json").get_json()
    assert (told["release"], told["against"]) == ("2024.1.1", "2024.1")
    assert len(rows) == len(told["changes"]) == len(revision.changes) > 0
    [enrolled] = [
        row
        for row in rows
        if (row["indicator"], row["key"], row["time_period"])
        == ("enterprises_enrolled", "", "2024-07")
    ]
    assert (enrolled["old_value"], enrolled["new_value"]) == ("3", "2")
    assert (enrolled["why"], enrolled["large"]) == ("corrected", "true")
    tree = page(reader, "/releases/2024.1.1")
    assert f"{len(rows)} published values differ from release 2024.1." in said(tree.main)
    assert len(tree.select("#values tbody tr")) == min(len(rows), SHOWN)
    assert "Corrected in its source; more than a fifth" in said(tree.select_one("#values"))


def test_one_indicator_of_a_long_report_is_seen_alone(reader: FlaskClient) -> None:
    tree = page(reader, "/releases/2024.1?indicator=enterprises_enrolled")
    heads = {said(head) for head in tree.select("#values tbody th")}
    assert heads == {"Enterprises enrolled"}
    assert "Illustrative" in said(tree.select_one("#banner"))
    assert tree.select('meta[name="robots"]')
    refused = page(reader, "/releases/2024.1?indicator=exports_goods", 400)
    assert "changed no such indicator" in said(refused.main)


def test_a_first_release_had_nothing_to_be_compared_with(reader: FlaskClient) -> None:
    assert "the first release" in said(page(reader, "/releases/2026.1").main)
    assert rows_of(reader, "/releases/2026.1.csv") == []


@pytest.mark.parametrize("name", ["1999.1", "1999.1.csv", "1999.1.json", "2026", "latest.csv"])
def test_a_release_that_never_was_is_not_found(reader: FlaskClient, name: str) -> None:
    assert reader.get(f"/releases/{name}").status_code == 404


def test_the_release_of_a_chart_leads_to_its_page(reader: FlaskClient) -> None:
    for address in ("/charts/exports_goods", "/charts/exports_goods?lang=ur"):
        links = [str(a["href"]) for a in page(reader, address).select(".provenance a")]
        [to] = [href for href in links if href.startswith("/releases/")]
        assert page(reader, to).h1
    assert page(reader, "/").select('#changed a[href="/releases/2024.1.1"]')
    assert page(reader, "/about").select('footer a[href="/releases"]')


def test_every_link_of_a_release_leads_to_something(reader: FlaskClient) -> None:
    tree = page(reader, "/releases/2024.1.1")
    links = {str(a["href"]) for a in tree.select("main a[href]")}
    assert "/?release=2024.1.1" in links
    for href in links:
        assert reader.get(href).status_code == 200, href


def test_a_withdrawn_release_is_listed_with_the_reason_and_nothing_else_of_it(
    desk: Desk, built: Path, tmp_path: Path
) -> None:
    store = copied(desk, tmp_path).published
    store.withdraw(Withdrawal("2024.1", WHY, "2024.1"), [])
    reader = site_of(store, built)
    article = page(reader, "/releases").select_one('[id="release-2024.1"]')
    assert article is not None
    assert WHY in said(article)
    assert "records 0" not in said(article)
    assert not article.select("a")
    for form in ("", ".csv", ".json"):
        answer = reader.get(f"/releases/2024.1{form}")
        assert (answer.status_code, WHY in answer.text) == (410, True)
    assert rows_of(reader, "/releases/2024.1.1.csv") == []


def test_figures_of_a_withdrawn_view_are_in_no_revision_report(
    desk: Desk, built: Path, tmp_path: Path
) -> None:
    store = copied(desk, tmp_path).published
    view = View.from_query("enterprises_enrolled", "")
    store.withdraw(Withdrawal("enterprises_enrolled", WHY, "", view), [])
    reader = site_of(store, built)
    named = {row["indicator"] for row in rows_of(reader, "/releases/2024.1.1.csv")}
    assert named
    assert "enterprises_enrolled" not in named
    assert WHY in said(page(reader, "/releases").select_one("#views"))


def test_without_the_sample_no_report_has_a_made_up_value(desk: Desk, built: Path) -> None:
    address = f"sqlite:///{desk.published.engine.url.database}"
    settings = Settings(database_url=address, illustrative="off")
    rows = rows_of(create_app(settings, built=built).test_client(), "/releases/2024.1.csv")
    assert all(row["illustrative"] == "false" for row in rows)
    assert desk.published.revision("2024.1") != Revision()


def test_pages_are_remembered_only_as_long_as_no_release_comes_or_goes(
    desk: Desk, tmp_path: Path
) -> None:
    store = copied(desk, tmp_path).published
    marks = [store.board().marks]
    store.switch("2026.1")
    marks.append(store.board().marks)
    store.withdraw(Withdrawal("2024.1", WHY, "2024.1"), [])
    marks.append(store.board().marks)
    assert len(set(marks)) == 3
    assert store.board().marks == marks[-1]
