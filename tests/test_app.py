"""The public site as a reader without scripts meets it: what every address answers."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from partner_site import partners

from dashboard import catalogue
from dashboard.app import create_app
from dashboard.service import Statistics
from dashboard.settings import Settings
from dashboard.web import seams

ROOT = Path(__file__).parents[1]
CATALOGUE = catalogue.load(ROOT / "config")
THEMES = [f"/{theme}" for theme in CATALOGUE.themes]
PAGES = [
    *("/", *THEMES, "/explore", "/data", "/facts", "/about", "/method", "/glossary"),
    *("/accessibility", "/privacy", "/charts/exports_goods"),
]


def soup(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    """Return the page at an address."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    assert answer.mimetype == "text/html"
    return BeautifulSoup(answer.text, "lxml")


def text_of(found: Tag | None) -> str:
    """Return the text of an element that must be there."""
    assert found is not None
    return found.get_text(" ", strip=True)


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_whole_without_scripts(
    client: FlaskClient, address: str, language: str
) -> None:
    page = soup(client, f"{address}?lang={language}" if language != "en" else address)
    html = page.html
    assert html is not None
    assert (html["lang"], html["dir"]) == (language, "rtl" if language == "ur" else "ltr")
    assert len(page.find_all("h1")) == 1
    assert text_of(page.find("h1"))
    assert page.find("main") is not None
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), "an id twice"
    assert not page.find_all("script", src=re.compile("^http"))
    assert not page.find_all(style=True)


@pytest.mark.parametrize("address", [*THEMES, "/charts/exports_goods"])
def test_curl_gets_the_picture_the_numbers_and_the_table(client: FlaskClient, address: str) -> None:
    figure = soup(client, address).find("figure", id="main-chart")
    assert isinstance(figure, Tag)
    plot = figure.find("div", role="img")
    assert isinstance(plot, Tag)
    assert figure.find("svg") or figure.find("table", class_="heat")
    summary = figure.find("p", class_="summary")
    assert text_of(summary) in str(plot["aria-label"]) or plot["aria-label"]
    table = figure.find("table")
    assert isinstance(table, Tag)
    assert table.find("caption") is not None
    assert len(table.find_all("tr")) > 2
    assert all(cell.get_text(strip=True) for cell in table.find_all(["td", "th"]))
    for word in ("Source", "Release", "Cut-off date"):
        assert word in text_of(figure.find("dl"))


def test_the_front_page_shows_real_and_made_up_figures_and_never_confuses_them(
    client: FlaskClient,
) -> None:
    page = soup(client, "/")
    tiles = page.select("#tiles li")
    made_up = [tile for tile in tiles if "Illustrative" in text_of(tile)]
    exports = [tile for tile in tiles if "xports of all goods" in text_of(tile)]
    assert exports
    assert made_up
    assert not set(map(str, exports)) & set(map(str, made_up))
    assert "Illustrative" in text_of(page.find(id="banner"))
    assert page.select("#milestones a[href^=http]")
    for card in page.select("figure.card"):
        names = text_of(card.find("dl"))
        assert ("Better Work Pakistan" in names) == ("Illustrative" in text_of(card.find("h2")))


def links_of(client: FlaskClient, address: str) -> Iterator[str]:
    """Yield every address of this site that a page leads to."""
    for tag in soup(client, address).find_all("a", href=True):
        href = str(tag["href"])
        if href.startswith("/"):
            yield href.partition("#")[0]


def test_every_link_of_every_page_leads_somewhere(client: FlaskClient) -> None:
    found = {href for address in PAGES for href in links_of(client, address)}
    assert len(found) > 150
    broken = {href: code for href in sorted(found) if (code := client.get(href).status_code) != 200}
    assert broken == {}


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/nowhere", 404, "no page at this address"),
        ("/charts/nothing", 404, "there is no indicator 'nothing'"),
        ("/exports?city=lahore", 400, "has no such dimension"),
        ("/exports?market=mars", 400, "market=mars: not a code"),
        ("/exports?freq=Z", 400, "freq=Z: not known here; possible: M, "),
        ("/exports?from=yesterday", 400, "needs a period like 2024-07"),
        ("/exports?lang=xx", 400, "lang=xx: not known here; possible: en, ur"),
        ("/exports?theme=pink", 400, "possible: light, dark"),
        ("/exports?release=1999.1", 404, "no release '1999.1'"),
        ("/about?city=lahore", 400, "not known on this page"),
        ("/compliance?split=compliance_point,city", 400, "has no such dimension"),
        ("/charts/noncompliance_cluster?freq=FY&split=city", 404, "is not published"),
    ],
)
def test_what_cannot_be_shown_is_said_and_nothing_is_shown_in_its_place(
    client: FlaskClient, address: str, status: int, says: str
) -> None:
    page = soup(client, address, status)
    assert says in page.get_text(" ")
    assert not page.find_all("figure")
    assert page.find("meta", attrs={"name": "robots"}) is not None


@pytest.mark.parametrize("form", ["csv", "json", "figure.json", "svg", "txt"])
def test_a_form_of_an_unknown_view_answers_programs_in_json(client: FlaskClient, form: str) -> None:
    for name, query, status in (
        ("nothing", "", 404),
        ("exports_goods", "?market=mars", 400),
        ("exports_goods", "?nonsense=1", 400),
        ("exports_goods", "?freq=FY&freq=M", 400),
        ("exports_goods", "?release=1999.1", 404),
    ):
        answer = client.get(f"/charts/{name}.{form}{query}")
        assert answer.status_code == status, (name, query)
        assert answer.json is not None
        assert answer.json["message"]
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_slash_too_many_leads_to_the_page(client: FlaskClient) -> None:
    answer = client.get("/exports/?freq=FY")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/exports?freq=FY")


def test_what_a_form_sends_is_redirected_to_the_short_spelling(client: FlaskClient) -> None:
    answer = client.get("/exports?split=_T&market=&unit=usd&freq=FY")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/exports?freq=FY"
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/nowhere", "/charts/x.csv", "/static/nothing", "/healthz"]
)
def test_every_answer_carries_the_security_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


def test_files_for_the_browser_are_kept_for_ever_and_guarded_too(client: FlaskClient) -> None:
    script = soup(client, "/").find("script", src=True)
    assert isinstance(script, Tag)
    with client.get(str(script["src"]), headers={"Accept-Encoding": "br"}) as answer:
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Encoding"] == "br"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_known_tag_gets_304_and_a_pinned_view_is_kept_for_ever(
    client: FlaskClient, statistics: Statistics
) -> None:
    address = "/charts/exports_goods.figure.json"
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    pinned = client.get(f"{address}?release={statistics.release().id}")
    assert "immutable" in pinned.headers["Cache-Control"]
    squeezed = client.get(address, headers={"Accept-Encoding": "br"})
    assert squeezed.headers["ETag"] != first.headers["ETag"]


def test_readiness_is_red_without_a_release_and_nothing_else_fails_loudly(
    tmp_path: Path, built: Path
) -> None:
    empty = create_app(
        Settings(database_url=f"sqlite:///{tmp_path / 'none.db'}"), built=built
    ).test_client()
    assert empty.get("/healthz").status_code == 200
    ready = empty.get("/readyz")
    assert ready.status_code == 503
    assert ready.json is not None
    assert ready.json["status"] == "not ready"
    assert empty.get("/").status_code == 503
    assert "Traceback" not in empty.get("/").text


def test_the_site_is_ready_with_a_release(client: FlaskClient, statistics: Statistics) -> None:
    assert client.get("/readyz").json == {
        "status": "ready",
        "release": statistics.release().id,
        "checksum": statistics.release().checksum,
    }


def test_the_partners_site_shows_strangers_nothing_but_how_to_sign_in(
    tmp_path: Path, database: str, built: Path
) -> None:
    house = partners(tmp_path, database, built)
    reader = house.site.test_client()
    for address in (*THEMES, "/charts/exports_goods.csv", "/_dash-layout"):
        answer = reader.get(address)
        assert answer.status_code == 401, address
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Sign in" in answer.text or answer.json == {
            "status": 401,
            "message": "sign in first",
        }
    assert reader.get("/healthz").status_code == 200
    house.accounts.engine.dispose()


def test_off_removes_the_made_up_programme_altogether(database: str, built: Path) -> None:
    bare = create_app(
        Settings(database_url=database, illustrative="off"), built=built
    ).test_client()
    for address in ("/", "/enrolment", "/exports", "/data"):
        page = soup(bare, address)
        assert not page.select(".mark.illustrative")
        assert page.find(id="banner") is None
    answer = bare.get("/charts/women_workers")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("{}", {}, 415),
        ("{}", {"Content-Type": "application/json"}, 404),
        ("[]", {"Content-Type": "application/json"}, 400),
        ("{", {"Content-Type": "application/json"}, 400),
        ("{}", {"Content-Type": "application/json", "Origin": "https://elsewhere.example"}, 403),
        ("{}", {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"}, 403),
        (json.dumps({"output": "x"}), {"Content-Type": "application/json"}, 404),
        (json.dumps({"output": ["x"]}), {"Content-Type": "application/json"}, 404),
    ],
)
def test_a_callback_that_is_none_of_ours_is_refused(
    client: FlaskClient, body: str, headers: dict[str, str], status: int
) -> None:
    answer = client.post("/_dash-update-component", data=body, headers=headers)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_dash_brings_no_route_of_its_own(site: Flask) -> None:
    rules = {rule.rule for rule in site.url_map.iter_rules() if rule.rule.startswith("/_")}
    assert rules == {"/_dash-layout", "/_dash-dependencies", "/_dash-update-component"}


def test_the_layout_of_any_page_is_what_dash_mounts(client: FlaskClient) -> None:
    layout = client.get("/_dash-layout?at=/exports&form=phone&scheme=dark").json
    assert layout is not None
    assert layout["props"]["id"] == "page"
    assert '"Graph"' in json.dumps(layout)
    assert client.get("/_dash-layout?at=/nowhere").status_code == 404
    assert client.get("/_dash-layout?at=/charts/exports_goods.csv").status_code == 404
    assert client.get("/_dash-layout?at=/exports&form=huge").status_code == 400


def test_dash_is_told_what_it_must_know_and_no_version(site: Flask, client: FlaskClient) -> None:
    config = soup(client, "/exports").find("script", id="_dash-config")
    assert isinstance(config, Tag)
    told = json.loads(config.get_text())
    assert set(told) == {*seams.FRONT_END, "children_props"}
    dependencies = client.get("/_dash-dependencies").json
    assert dependencies is not None
    assert {one["clientside_function"]["namespace"] for one in dependencies} == {"bwp"}


def test_an_unforeseen_error_is_ours_and_has_a_number(
    database: str, built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = create_app(Settings(database_url=database), built=built)

    def broken() -> str:
        return str(1 / 0)

    server.view_functions["pages.about"] = broken
    answer = server.test_client().get("/about")
    assert answer.status_code == 500
    number = BeautifulSoup(answer.text, "lxml").find(string=re.compile("Number of this error"))
    assert number is not None
    assert str(number).rsplit(" ", 1)[-1] in caplog.text
    assert "ZeroDivisionError" not in answer.text
