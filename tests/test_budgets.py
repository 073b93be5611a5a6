"""Budgets of bytes, requests and queries. Times are for `bwp bench`, never for a test."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import plotly.offline  # type: ignore[import-untyped]  # it has no types
import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine, event, make_url

from dashboard import catalogue, i18n
from dashboard.app import create_app
from dashboard.settings import Settings
from dashboard.web import static

ROOT = Path(__file__).parents[1]
CATALOGUE = catalogue.load(ROOT / "config")
THEMES = [f"/{theme}" for theme in CATALOGUE.themes]
WORDS = ("/data", "/facts", "/about", "/method", "/glossary", "/accessibility", "/privacy")
PAGES = ("/", *THEMES, "/explore", "/briefing", *WORDS)
LANGUAGES = tuple(i18n.locales(ROOT / "config"))

FIRST_HTML = 30_000
LONG = {"/facts": 33_000}
"""A page without any chart that lists whole sentences, twice as long in letters of two bytes."""
BEFORE_INTENT, REQUESTS = 330_000, 10
ALL_TOLD = 660_000


def first_html(client: FlaskClient, address: str) -> bytes:
    """Return the bytes of a page as they go over the wire."""
    answer = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, "br"), address
    return bytes(answer.data)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_the_first_html_of_every_page_fits_the_budget(
    client: FlaskClient, page: str, language: str
) -> None:
    address = page if language == "en" else f"{page}?lang={language}"
    assert len(first_html(client, address)) <= LONG.get(page, FIRST_HTML)


def test_the_first_html_of_every_indicator_fits_the_budget(client: FlaskClient) -> None:
    longest = LANGUAGES[-1]
    sizes = {
        name: len(first_html(client, f"/charts/{name}?lang={longest}"))
        for name in CATALOGUE.indicators
    }
    assert {name: size for name, size in sizes.items() if size > FIRST_HTML} == {}


@pytest.mark.parametrize("page", [*PAGES, "/charts/exports_goods"])
def test_nothing_stands_between_the_first_html_and_its_picture(
    client: FlaskClient, page: str
) -> None:
    document = BeautifulSoup(client.get(page).text, "lxml")
    assert not document.select("link[rel=stylesheet]")
    assert not document.select("img, iframe, object, video")
    scripts = document.select("script[src]")
    assert len(scripts) == 1
    assert scripts[0].has_attr("defer")
    assert {script["type"] for script in document.select("script:not([src])")} <= {
        "application/json"
    }
    style = document.head and document.head.style
    assert isinstance(style, Tag)
    assert "@import" not in style.get_text()


@pytest.mark.parametrize("page", ["/", *THEMES, "/charts/exports_goods"])
def test_the_first_picture_is_in_the_first_html_with_its_table(
    client: FlaskClient, page: str
) -> None:
    figure = BeautifulSoup(client.get(page).text, "lxml").find("figure")
    assert isinstance(figure, Tag)
    assert figure.select_one("svg.chart, table.heat, .timeline")
    assert page == "/" or figure.find("table")


# -- queries ------------------------------------------------------------------------------------


@contextmanager
def asked() -> Iterator[list[str]]:
    """Yield the statements that any database is asked meanwhile."""
    said: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


BOARD = {"current", "release", "withdrawal"}
READ = re.compile(r" (?:FROM|JOIN) (\w+)")


def test_a_request_reads_no_figure_from_the_database(
    database: str, built: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "published.db"
    shutil.copy(str(make_url(database).database), copy)
    with asked() as said:
        reader = create_app(Settings(database_url=f"sqlite:///{copy}"), built=built).test_client()
        assert said == []
        assert reader.get("/readyz").status_code == 200
        assert any("FROM cell" in statement for statement in said)
    forms = [f"/charts/women_by_role.{form}" for form in ("csv", "json", "figure.json", "svg")]
    with asked() as said:
        for address in (*PAGES, "/charts/exports_goods", *forms, "/readyz", "/healthz"):
            assert reader.get(address).status_code == 200
        assert reader.get("/nowhere").status_code == 404
    assert {table for statement in said for table in READ.findall(statement)} <= BOARD


# -- a browser ----------------------------------------------------------------------------------


@dataclass
class Wire:
    """What a page fetched: the address and the bytes of each answer, headers included."""

    page: Page
    _urls: dict[str, str] = field(default_factory=dict)
    fetched: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _sent(self, said: dict[str, Any]) -> None:
        self._urls[said["requestId"]] = said["request"]["url"]

    def _finished(self, said: dict[str, Any]) -> None:
        url = self._urls[said["requestId"]]
        if not url.startswith("data:"):
            self.fetched.append((url, int(said["encodedDataLength"])))

    @property
    def bytes(self) -> int:
        """What crossed the wire, fonts apart."""
        return sum(size for url, size in self.fetched if not url.endswith(".woff2"))

    @property
    def hosts(self) -> set[str]:
        """The hosts that were asked."""
        return {urlsplit(url).netloc for url in self._urls.values() if url.startswith("http")}


@pytest.fixture
def wire(browser: Browser) -> Iterator[Wire]:
    """A new reader with nothing in any cache, at a telephone."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield Wire(context.new_page())
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("page", ["/", "/exports", "/compliance?lang=ur", "/charts/exports_goods"])
def test_before_any_intent_little_is_fetched_and_nothing_from_elsewhere(
    wire: Wire, address: str, page: str
) -> None:
    wire.page.goto(address + page, wait_until="networkidle")
    names = [url.removeprefix(address) for url, _ in wire.fetched]
    assert len(wire.fetched) <= REQUESTS, names
    assert 5_000 < wire.bytes <= BEFORE_INTENT, wire.fetched
    assert wire.hosts == {urlsplit(address).netloc}
    assert not [name for name in names if "plotly" in name or "takeover" in name]


@pytest.mark.browser
@pytest.mark.parametrize("page", ["/exports", "/charts/exports_goods"])
def test_a_live_chart_costs_no_more_than_the_budget_all_told(
    wire: Wire, address: str, page: str
) -> None:
    wire.page.goto(address + page)
    wire.page.locator("summary").get_by_text("Filters").first.click()
    wire.page.locator("select").first.focus()
    wire.page.wait_for_selector("#main-chart-plot[data-live] .main-svg", state="attached")
    wire.page.wait_for_load_state("networkidle")
    assert [url for url, _ in wire.fetched if "plotly" in url]
    assert wire.bytes <= ALL_TOLD, wire.fetched
    assert wire.hosts == {urlsplit(address).netloc}


def test_files_are_sent_as_compressed_as_the_budget_counts_them(
    client: FlaskClient, built: Path
) -> None:
    files = static.read(built)
    for name in ("takeover.js", "plotly.js", "bootstrap.ltr.css", "boot.js"):
        with client.get(files.url(name), headers={"Accept-Encoding": "br"}) as answer:
            packed = built / f"{files.names[name]}.br"
            assert answer.headers["Content-Encoding"] == "br"
            assert len(answer.data) == packed.stat().st_size


def test_the_bundle_is_of_the_version_that_plotly_for_python_was_made_for(built: Path) -> None:
    head = static.read(built).text("plotly.js")[:200]
    assert f"plotly.js (basic - minified) v{plotly.offline.get_plotlyjs_version()}\n" in head
