"""All data at once: a ZIP of a release or of one indicator, with a text to read first."""

import csv
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from drafting import copied, shipped_at
from flask.testing import FlaskClient

from dashboard import catalogue, i18n
from dashboard.app import create_app
from dashboard.model import TOTAL
from dashboard.outlets.asking import Asking
from dashboard.outlets.bulk import package
from dashboard.service import Statistics
from dashboard.settings import Settings
from dashboard.web.delivery import KEEP

ROOT = Path(__file__).parents[1]
CATALOGUE = catalogue.load(ROOT / "config")
LOCALES = i18n.locales(ROOT / "config")


def unpacked(client: FlaskClient, address: str = "/data.zip") -> dict[str, bytes]:
    """Return the files of a package by their path below its only folder."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as found:
        assert found.testzip() is None
        names = found.namelist()
        [folder] = {name.partition("/")[0] for name in names}
        assert len(set(names)) == len(names)
        return {name.removeprefix(f"{folder}/"): found.read(name) for name in names}


def table(body: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


@pytest.fixture(scope="module")
def whole(site: object, database: str, built: Path) -> dict[str, bytes]:
    """The package of the whole release."""
    return unpacked(create_app(Settings(database_url=database), built=built).test_client())


def test_a_package_holds_every_published_cell_and_each_file_is_that_of_its_indicator(
    whole: dict[str, bytes], client: FlaskClient, statistics: Statistics
) -> None:
    figures = {Path(name).stem: body for name, body in whole.items() if name.startswith("data/")}
    release = statistics.release()
    assert set(figures) == {series.indicator for series in release.cells}
    for name, body in figures.items():
        assert body == client.get(f"/charts/{name}.csv?rows=all").data, name


def test_made_up_figures_stand_in_a_folder_of_their_own_and_the_text_says_so(
    whole: dict[str, bytes],
) -> None:
    for name, body in whole.items():
        if name.startswith("data/"):
            marked = {"illustrative" in row["flags"].split() for row in table(body)}
            assert marked == {name.startswith("data/illustrative/")}, name
    assert "ILLUSTRATIVE" in whole["README.txt"].decode()
    by_id = {row["indicator"]: row for row in table(whole["dictionary/indicators.csv"])}
    assert by_id["enterprises_enrolled"]["illustrative"] == "illustrative"
    assert by_id["exports_goods"]["illustrative"] == ""


def test_there_is_a_text_to_read_first_in_every_language_that_names_what_is_there(
    whole: dict[str, bytes], statistics: Statistics
) -> None:
    read = whole["README.txt"].decode()
    for words in (f"Release {statistics.release().id}", "30 September 2026", "How to quote"):
        assert words in read
    for path in ("dictionary/codes.csv", "sources.csv", "facts.csv", "SHA256SUMS.txt"):
        assert path in read
        assert path in whole
    for code in LOCALES:
        name = "README.txt" if code == "en" else f"README.{code}.txt"
        assert whole[name].decode().count("\r\n") == read.count("\r\n")


def test_the_dictionary_explains_every_column_value_in_every_language(
    whole: dict[str, bytes],
) -> None:
    known = {(row["dimension"], row["code"]) for row in table(whole["dictionary/codes.csv"])}
    words = {(row["column"], row["code"]) for row in table(whole["dictionary/words.csv"])}
    sources = {row["source"] for row in table(whole["sources.csv"])}
    indicators = {row["indicator"]: row for row in table(whole["dictionary/indicators.csv"])}
    for name, body in whole.items():
        if not name.startswith("data/"):
            continue
        for row in table(body):
            declared = CATALOGUE.indicators[row["indicator"]]
            assert {(d, row[d]) for d in declared.dimensions} <= known, row
            assert ("unit", row["unit"]) in words
            assert ("status", row["status"]) in words
            assert set(row["source"].split("; ")) <= sources
    for row in table(whole["dictionary/codes.csv"]):
        assert all(row[f"label_{code}"] for code in LOCALES), row
        assert row["code"] != TOTAL or row["label_en"]
    for row in indicators.values():
        assert all(row[f"{part}_{code}"] for part in ("title", "definition") for code in LOCALES)


def test_checksums_are_those_of_the_files(whole: dict[str, bytes]) -> None:
    lines = whole["SHA256SUMS.txt"].decode().splitlines()
    told = {name: checksum for checksum, _, name in (line.partition("  ") for line in lines)}
    assert set(told) == set(whole) - {"SHA256SUMS.txt"}
    for name, checksum in told.items():
        assert hashlib.sha256(whole[name]).hexdigest() == checksum


def test_one_indicator_has_its_rows_its_words_and_its_sources_alone(client: FlaskClient) -> None:
    found = unpacked(client, "/charts/exports_goods.zip")
    assert [name for name in found if name.startswith("data/")] == ["data/exports_goods.csv"]
    rows = table(found["data/exports_goods.csv"])
    cited = {one for row in rows for one in row["source"].split("; ")}
    assert {row["source"] for row in table(found["sources.csv"])} == cited
    assert "ILLUSTRATIVE" not in found["README.txt"].decode()
    assert client.get("/charts/exports_goods.zip").headers.get("X-Robots-Tag") is None
    assert client.get("/data.zip").headers["X-Robots-Tag"] == "noindex"


def test_entries_carry_the_cut_off_date_and_the_same_release_is_the_same_bytes(
    client: FlaskClient, database: str, built: Path
) -> None:
    pinned = client.get("/data.zip?release=2026.1")
    assert pinned.headers["Cache-Control"] == KEEP["forever"]
    newest = client.get("/data.zip")
    assert newest.headers["Cache-Control"] == KEEP["minute"]
    other = create_app(Settings(database_url=database), built=built).test_client()
    assert pinned.data == newest.data == other.get("/data.zip?release=2026.1").data
    with zipfile.ZipFile(io.BytesIO(pinned.data)) as found:
        assert {entry.date_time for entry in found.infolist()} == {(2026, 9, 30, 0, 0, 0)}
    again = client.get("/data.zip", headers={"If-None-Match": newest.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "query", ["x=1", "lang=ur", "release=2026.1&release=2026.1", "rows=all", "x=" + "9" * 5000]
)
def test_no_query_buys_another_making(client: FlaskClient, query: str) -> None:
    for address in ("/data.zip", "/charts/exports_goods.zip"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert len(answer.data) < 2_000


def test_a_package_is_made_once_for_a_release(
    database: str, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    makings: list[str] = []

    def counted(asking: Asking, wanted: package.Wanted) -> bytes:
        makings.append(wanted.folder)
        return package.made(asking, wanted)

    monkeypatch.setattr("dashboard.outlets.bulk.made", counted)
    reader = create_app(Settings(database_url=database), built=built).test_client()
    for _ in range(3):
        assert reader.get("/data.zip?release=2026.1").status_code == 200
    assert len(makings) == 1


@pytest.mark.parametrize(
    "address", ["/charts/nothing.zip", "/data.zip?release=1999.1", "/charts/nothing.zip?x=1"]
)
def test_what_does_not_exist_has_no_package(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_without_the_sample_a_package_has_real_figures_alone(
    database: str, built: Path, tmp_path: Path
) -> None:
    copied(shipped_at(database), tmp_path)
    address = f"sqlite:///{tmp_path / 'published.db'}"
    settings = Settings(database_url=address, illustrative="off")
    found = unpacked(create_app(settings, built=built).test_client())
    assert "ILLUSTRATIVE" not in found["README.txt"].decode()
    assert not any(name.startswith("data/illustrative/") for name in found)
    assert {row["illustrative"] for row in table(found["sources.csv"])} == {"false"}
    assert any(name == "data/exports_goods.csv" for name in found)
