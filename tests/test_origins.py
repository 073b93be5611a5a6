"""The way back: from every figure to its release, its source files, their checksums and rows."""

import csv
import hashlib
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from drafting import approved, copied, current, shipped_at
from flask.testing import FlaskClient
from pptx import Presentation
from programme_files import factory, register
from test_content_pages import page, said

from dashboard import catalogue
from dashboard.app import create_app
from dashboard.model import File
from dashboard.service import Statistics
from dashboard.settings import Settings
from dashboard.store import Records
from data_loaders.drafts import Desk, draft
from data_loaders.origins import STEP

CATALOGUE = catalogue.load(Path(__file__).parents[1] / "config")
TELLING = "Sapphire Mills, Mr Khan"


@pytest.fixture(scope="module")
def real(database: str, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with a real register of the programme, handed over under a telling name."""
    folder = tmp_path_factory.mktemp("origins")
    desk = copied(shipped_at(database), folder)
    path = register(folder / f"{TELLING} 2024-07-31.xlsx", [factory(f"F-{n}") for n in range(163)])
    draft(desk, [path], "asma")
    approved(desk, "real records")
    return desk


@pytest.fixture(scope="module")
def real_site(real: Desk, built: Path) -> FlaskClient:
    """A reader of the site of that desk."""
    address = f"sqlite:///{real.published.engine.url.database}"
    return create_app(Settings(database_url=address), built=built).test_client()


def listed(client: FlaskClient, release: str) -> list[dict[str, str]]:
    """Return the rows of the file of sources."""
    answer = client.get(f"/releases/{release}/sources.csv")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def way_back(tree: BeautifulSoup) -> str:
    """Return where the source line of the first chart of a page leads."""
    found = tree.select_one('.provenance a[href^="/releases/"]')
    assert found
    return str(found["href"])


@pytest.mark.parametrize("name", CATALOGUE.indicators)
def test_every_figure_leads_to_its_files_with_checksum_date_and_rows(
    client: FlaskClient, statistics: Statistics, name: str
) -> None:
    to = way_back(page(client, f"/charts/{name}"))
    tree = page(client, to)
    assert statistics.release().id in said(tree.h1)
    cited = {row["source"] for row in client.get(f"/charts/{name}.json").get_json()["rows"]}
    for id_ in {one for ids in cited for one in ids.split("; ")}:
        section = tree.select_one(f"#source-{id_}")
        assert section, id_
        rows = [[said(cell) for cell in row.select("td")] for row in section.select("tbody tr")]
        assert rows
        for kind, _date, read, loaded, refused, _recognised, checksum in rows:
            assert kind and read and loaded and refused == "0", (id_, rows)
            assert len(bytes.fromhex(checksum)) == 32
        assert any(
            str(a["href"]).startswith(f"/charts/{name}?release=") for a in section.select("dd a")
        )


def test_a_file_is_listed_with_the_checksum_of_its_bytes_and_every_row_accounted_for(
    client: FlaskClient, database: str
) -> None:
    records = Records.at(database.replace("published.db", "records.db"))
    there = {file.name: file for file in records.draft().files}
    rows = listed(client, "2026.1")
    assert {row["file"] for row in rows} == set(there)
    for row in rows:
        file = there[row["file"]]
        assert row["sha256"] == hashlib.sha256(file.content).hexdigest()
        assert row["kind"] == file.kind
        recognised = [
            int(part.split(": ")[1]) for part in row["rows_recognised"].split("; ") if part
        ]
        told = int(row["rows_loaded"]) + int(row["rows_refused"]) + sum(recognised)
        assert int(row["rows_read"]) == told == file.counts["read"], row


def test_page_csv_and_json_tell_the_same_files(client: FlaskClient) -> None:
    found: dict[str, Any] = client.get("/releases/2026.1/sources.json").get_json()
    told = [(s["id"], f["checksum"]) for s in found["sources"] for f in s["files"]]
    assert [(row["source"], row["sha256"]) for row in listed(client, "2026.1")] == told
    shown = page(client, "/releases/2026.1/sources")
    assert sorted(said(row.select("td")[-1]) for row in shown.select("tbody tr")) == sorted(
        checksum for _, checksum in told
    )
    made_up = {s["id"] for s in found["sources"] if s["illustrative"]}
    assert made_up
    for id_ in made_up:
        assert "Illustrative" in said(shown.select_one(f"#source-{id_} h2"))


def test_workbook_slide_and_rows_name_the_same_files(client: FlaskClient) -> None:
    view = "enterprises_enrolled"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/charts/{view}.xlsx").data))
    heads, *rows = book["Sources"].iter_rows(values_only=True)
    at = {str(head): place for place, head in enumerate(heads)}
    files = {row["sha256"]: row for row in listed(client, "2026.1")}
    assert rows
    for row in rows:
        known = files[str(row[at["SHA-256"]])]
        assert row[at["Name in files"]] == known["source"]
        assert row[at["Rows read"]] == int(known["rows_read"])
        assert "Illustrative" in str(row[at["Illustrative"]])
    notes = {str(item): str(words) for item, words in book["Notes"].iter_rows(values_only=True)}
    deck = Presentation(io.BytesIO(client.get(f"/charts/{view}.pptx").data))
    spoken = deck.slides[0].notes_slide.notes_text_frame.text
    to = notes["Source files"]
    assert to in spoken
    assert page(client, to.removeprefix("http://127.0.0.1:8050")).select("section.source")


def test_a_real_sheet_of_sources_has_no_mark(client: FlaskClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/charts/exports_goods.xlsx").data))
    heads, *_ = book["Sources"].iter_rows(values_only=True)
    assert "Illustrative" not in heads


def test_a_file_of_the_programme_is_told_without_its_name_and_in_hundreds(
    real_site: FlaskClient, real: Desk
) -> None:
    release = current(real).id
    [own] = [row for row in listed(real_site, release) if row["source"] == "enrolment"]
    assert (own["file"], own["rows_step"]) == ("", str(STEP))
    assert (own["rows_read"], own["rows_loaded"]) == ("300", "300")
    assert len(bytes.fromhex(own["sha256"])) == 32
    tree = page(real_site, f"/releases/{release}/sources?source=enrolment")
    assert "about 300" in said(tree.select_one("#source-enrolment tbody"))
    for form in ("sources", "sources.csv", "sources.json"):
        assert TELLING not in real_site.get(f"/releases/{release}/{form}").text
    for form in ("json", "csv", "xlsx", "pptx", "svg"):
        assert TELLING.encode() not in real_site.get(f"/charts/enterprises_enrolled.{form}").data
    book = openpyxl.load_workbook(
        io.BytesIO(real_site.get("/charts/enterprises_enrolled.xlsx").data)
    )
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    assert not any("Sapphire" in cell for cell in cells)
    assert "about 300" in cells


def test_the_published_store_holds_no_name_of_a_file_of_the_programme(real: Desk) -> None:
    content = Path(str(real.published.engine.url.database)).read_bytes()
    assert b"enrolment" in content
    assert b"Sapphire" not in content


def test_the_same_files_give_the_same_release(real: Desk) -> None:
    before = current(real)
    written = approved(real, "once more")
    assert (written.name, written.new) == (before.id, False)
    assert current(real) == before
    assert all(isinstance(f, File) for s in before.sources.values() for f in s.files)


@pytest.mark.parametrize("form", ["sources", "sources.csv", "sources.json"])
def test_a_release_that_never_was_has_no_sources(client: FlaskClient, form: str) -> None:
    assert client.get(f"/releases/1999.1/{form}").status_code == 404


def test_an_unknown_source_is_refused_with_what_is_possible(client: FlaskClient) -> None:
    tree = page(client, "/releases/2026.1/sources?source=nobody", 400)
    assert "un_comtrade" in said(tree.main)


def test_every_link_of_the_sources_leads_to_something(client: FlaskClient) -> None:
    tree = page(client, "/releases/2026.1/sources?lang=ur")
    assert len(tree.select("section.source")) > 5
    for href in {str(a["href"]) for a in tree.select("main a[href^='/']")}:
        assert client.get(href).status_code == 200, href
