"""A chart in another site: whole without scripts, framed by anyone, and nothing else is."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from drafting import copied, shipped_at
from flask import Flask
from flask.testing import FlaskClient

from dashboard import catalogue
from dashboard.access import FRAMED, Gate
from dashboard.app import create_app
from dashboard.model import View
from dashboard.settings import Settings
from dashboard.withdrawals import Withdrawal

ROOT = Path(__file__).parents[1]
CATALOGUE = catalogue.load(ROOT / "config")
ANYONE, NOBODY = "frame-ancestors *", "frame-ancestors 'none'"
WITHOUT_LIVE_CHART = 100_000
HTML = 30_000
STORES = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|sendBeacon|caches\b")
NAMED = re.compile(r"<(?:[^<>]+:)?(\w+)>")
SAMPLES = {
    "indicator": "exports_goods",
    "theme": "exports",
    "release": "2026.1",
    "name": "2026.1",
}


def document(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    """Return what a frame shows."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:300]
    assert ANYONE in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    return BeautifulSoup(answer.text, "lxml")


def said(tree: BeautifulSoup | Tag) -> str:
    """Return the words of a tree."""
    return " ".join(tree.get_text(" ").split())


# -- what it holds --------------------------------------------------------------------------------


def test_every_indicator_stands_alone_with_all_that_a_chart_must_carry(client: FlaskClient) -> None:
    for name in CATALOGUE.indicators:
        tree = document(client, f"/embed/{name}")
        page = client.get(f"/charts/{name}.figure.json").get_json()
        assert tree.h1 is not None and " ".join(page["title"].split()) in said(tree.h1), name
        assert " ".join(page["subtitle"].split()) in said(tree), name
        assert tree.select(".plot [class*=wide] :is(svg.chart, table.heat, .timeline)"), name
        assert tree.select(".plot .narrow"), name
        assert len(tree.select("details table tbody tr")) == len(page["table"]["rows"]), name
        assert " ".join(" ".join(page["summary"]).split()) in said(tree), name
        assert [str(a["href"]) for a in tree.select(".home a")] == [f"/charts/{name}"]
        assert ("Illustrative" in said(tree.h1)) is page["illustrative"], name
        assert page["release"] in said(tree.select(".provenance")[-1]), name
        assert not tree.select("form, nav, footer, [data-graph], [style]"), name


def test_a_frame_of_made_up_figures_is_kept_out_of_search_engines(client: FlaskClient) -> None:
    answer = client.get("/embed/enterprises_enrolled")
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(("language", "direction"), [("ur", "rtl"), ("ar", "rtl"), ("bn", "ltr")])
def test_a_frame_speaks_the_language_that_it_is_asked_for(
    client: FlaskClient, language: str, direction: str
) -> None:
    tree = document(client, f"/embed/exports_goods?lang={language}&theme=dark")
    assert tree.html is not None
    assert [tree.html[name] for name in ("lang", "dir", "data-theme")] == [
        language,
        direction,
        "dark",
    ]
    titled = client.get(f"/charts/exports_goods.figure.json?lang={language}").get_json()["title"]
    assert tree.h1 is not None and said(tree.h1) == titled


def test_a_frame_fits_the_budget_and_needs_nothing_of_the_live_chart(
    client: FlaskClient, site: Flask
) -> None:
    for name in ("exports_goods", "exports_chapter", "noncompliance_cluster"):
        wanted = {"Accept-Encoding": "br"}
        answer = client.get(f"/embed/{name}?lang=bn", headers=wanted)
        tree = document(client, f"/embed/{name}?lang=bn")
        total = len(answer.data)
        assert total <= HTML, name
        for tag in tree.select("script[src], link[rel=stylesheet], img[src]"):
            with client.get(str(tag["src"]), headers=wanted) as part:
                total += len(part.data)
        assert total <= WITHOUT_LIVE_CHART
        assert [str(tag["src"])[:15] for tag in tree.select("script")] == ["/static/framed."]


def test_links_open_beside_the_frame_and_forms_in_it(client: FlaskClient) -> None:
    tree = document(client, "/embed/exports_goods?filters=show")
    assert tree.base is not None and tree.base["target"] == "_blank"
    assert tree.form is not None and tree.form["target"] == "_self"


# -- filters --------------------------------------------------------------------------------------


def test_locked_filters_are_words(client: FlaskClient) -> None:
    tree = document(client, "/embed/exports_goods?freq=FY&filters=lock")
    assert not tree.select("form, select, input")
    assert "Frequency" in said(tree.select(".chosen")[0])
    assert "US dollars" in said(tree.select(".chosen")[0])


def test_open_filters_are_a_form_whose_answer_has_the_shortest_address(
    client: FlaskClient,
) -> None:
    tree = document(client, "/embed/exports_goods?freq=FY&lang=ur&filters=show")
    form = tree.form
    assert form is not None and (form["action"], form["method"]) == ("/embed/exports_goods", "get")
    sent = [(str(i["name"]), str(i["value"])) for i in form.select("input[type=hidden]")]
    for select in form.select("select"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        assert chosen is not None
        sent.append((str(select["name"]), str(chosen["value"])))
    answer = client.get("/embed/exports_goods", query_string=sent)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/embed/exports_goods?freq=FY&lang=ur&filters=show"
    changed = [(name, "A" if name == "freq" else value) for name, value in sent]
    answer = client.get("/embed/exports_goods", query_string=changed)
    assert answer.headers["Location"] == "/embed/exports_goods?freq=A&lang=ur&filters=show"


def test_ticked_boxes_of_a_form_become_codes_with_commas(client: FlaskClient) -> None:
    sent = "split=city&city=karachi&city=lahore&filters=show&sent=1"
    answer = client.get(f"/embed/enterprises_enrolled?{sent}")
    assert answer.status_code == 302
    asked = urlsplit(answer.headers["Location"]).query
    assert "city=karachi,lahore" in asked
    document(client, answer.headers["Location"])


@pytest.mark.parametrize(
    ("asked", "status", "word"),
    [
        ("exports_goods?filters=maybe", 400, "possible: hide, show, lock"),
        ("exports_goods?colour=red", 400, "colour"),
        ("exports_goods?freq=W", 400, "possible: M"),
        ("exports_goods?lang=xx", 400, "possible: en"),
        ("exports_goods?theme=pink", 400, "theme=pink"),
        ("exports_goods?scope=ministry", 400, "scope"),
        ("exports_goods?freq=M&freq=FY", 400, "twice"),
        ("weather", 404, "weather"),
        ("exports_goods?release=2031.1", 404, "2031.1"),
        ("noncompliance_cluster?freq=FY&split=city", 404, "not published"),
    ],
)
def test_what_a_frame_cannot_show_it_says_in_the_frame(
    client: FlaskClient, asked: str, status: int, word: str
) -> None:
    tree = document(client, f"/embed/{asked}", status)
    assert word in said(tree)
    assert tree.select(".home a") and not tree.select("nav, footer, svg.chart")


# -- live, frozen, withdrawn ----------------------------------------------------------------------


def test_a_frozen_frame_says_to_which_release_and_a_live_one_nothing(client: FlaskClient) -> None:
    tree = document(client, "/embed/exports_goods?release=2026.1&freq=FY")
    [line] = tree.select(".pinned")
    assert said(line) == "Pinned to release 2026.1. The newest figures"
    assert line["data-notice"] == "/charts/exports_goods.notice.json?freq=FY&release=2026.1"
    assert line.a is not None and line.a["href"] == "/charts/exports_goods?freq=FY"
    assert not document(client, "/embed/exports_goods").select(".pinned")


def test_a_frame_lives_a_minute_and_is_known_by_its_tag(client: FlaskClient) -> None:
    for address in ("/embed/exports_goods", "/embed/exports_goods?release=2026.1", "/embed.js"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "public, max-age=60", address
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304, address


def test_a_withdrawn_view_says_why_in_its_frame(database: str, built: Path, tmp_path: Path) -> None:
    desk = copied(shipped_at(database), tmp_path)
    view = View.from_query("exports_goods", "")
    desk.published.withdraw(Withdrawal("exports_goods", "Two markets exchanged", "", view), [])
    found = Settings(database_url=f"sqlite:///{tmp_path}/published.db")
    tree = document(create_app(found, built=built).test_client(), "/embed/exports_goods", 410)
    assert "Two markets exchanged" in said(tree)
    assert not tree.select("svg.chart")


# -- who may frame what ---------------------------------------------------------------------------


def test_only_the_route_of_frames_may_be_framed(site: Flask, client: FlaskClient) -> None:
    seen = set()
    for rule in site.url_map.iter_rules():
        address = NAMED.sub(lambda found: SAMPLES.get(found[1], "nothing"), rule.rule)
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        assert site.url_map.bind("localhost").match(address, method)[0] == rule.endpoint
        with client.open(address, method=method) as answer:
            framed = ANYONE in answer.headers["Content-Security-Policy"]
            denied = answer.headers.get("X-Frame-Options") == "DENY"
            assert (NOBODY in answer.headers["Content-Security-Policy"]) is denied is not framed
        if framed:
            seen.add(rule.endpoint)
    assert seen == {"embed.chart"}


@pytest.mark.parametrize("address", ["/embed/", "/embed/a/b", "/embed", "/nowhere", "/embed.js"])
def test_what_only_looks_like_a_frame_may_not_be_framed(client: FlaskClient, address: str) -> None:
    assert NOBODY in client.get(address).headers["Content-Security-Policy"]


def test_one_policy_frames_and_it_is_given_to_one_route(site: Flask) -> None:
    [gate] = [
        found
        for before in site.before_request_funcs[None]
        if isinstance(found := getattr(before, "__self__", None), Gate)
    ]
    assert [name for name, policy in gate.routes.items() if policy.framed] == ["embed.chart"]
    assert gate.routes["embed.chart"] is FRAMED


def test_the_partners_site_is_never_framed(database: str, built: Path) -> None:
    partners = create_app(Settings(database_url=database, site="partners"), built=built)
    answer = partners.test_client().get("/embed/exports_goods")
    assert answer.status_code == 401
    assert NOBODY in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


# -- scripts --------------------------------------------------------------------------------------


def test_the_script_to_paste_has_an_address_that_stays(client: FlaskClient) -> None:
    answer = client.get("/embed.js")
    assert answer.mimetype == "text/javascript"
    assert "event.origin !== home" in answer.text
    assert "contentWindow === event.source" in answer.text


@pytest.mark.parametrize("name", ["loader.js", "framed.js", "notice.js"])
def test_no_script_of_a_frame_stores_anything(name: str) -> None:
    assert not STORES.search((ROOT / "assets" / name).read_text(encoding="utf-8"))
