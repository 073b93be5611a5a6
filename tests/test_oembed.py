"""oEmbed 1.0: programs that unfold links get the frame of a chart, of this site and no other."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import micawber
import pytest
from bs4 import BeautifulSoup
from conftest import served
from drafting import copied, shipped_at
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from dashboard import short
from dashboard.app import create_app
from dashboard.model import View
from dashboard.settings import Settings
from dashboard.withdrawals import Withdrawal

HOME = "http://127.0.0.1:8050"


def asked(client: FlaskClient, path: str, **more: str) -> TestResponse:
    """Return the answer about an address of this site."""
    return client.get("/oembed", query_string={"url": HOME + path, **more})


def test_an_answer_has_every_field_that_the_specification_wants(client: FlaskClient) -> None:
    answer = asked(client, "/charts/exports_goods?freq=FY")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found = answer.get_json()
    assert (found["version"], found["type"]) == ("1.0", "rich")
    assert found["title"] == client.get("/charts/exports_goods.figure.json").get_json()["title"]
    assert (found["provider_name"], found["provider_url"]) == ("Better Work Pakistan", f"{HOME}/")
    assert found["width"] == 960 and isinstance(found["height"], int)
    frame = BeautifulSoup(found["html"], "lxml").iframe
    assert frame is not None
    assert frame["src"] == f"{HOME}/embed/exports_goods?freq=FY"
    assert (frame["width"], frame["height"]) == ("960", str(found["height"]))
    assert frame["title"] == found["title"]
    assert client.get(str(frame["src"]).removeprefix(HOME)).status_code == 200
    preview = client.get(found["thumbnail_url"].removeprefix(HOME))
    assert (preview.status_code, preview.mimetype) == (200, "image/png")
    assert (found["thumbnail_width"], found["thumbnail_height"]) == (1200, 630)
    assert answer.headers["Cache-Control"] == f"public, max-age={found['cache_age']}"


def test_xml_says_the_same(client: FlaskClient) -> None:
    answer = asked(client, "/charts/exports_goods?lang=ur", format="xml")
    assert answer.mimetype == "text/xml"
    root = etree.fromstring(answer.data)
    assert root.tag == "oembed"
    found = asked(client, "/charts/exports_goods?lang=ur").get_json()
    assert {child.tag: child.text for child in root} == {n: str(v) for n, v in found.items()}


def test_a_frame_keeps_its_filters_and_an_old_spelling_becomes_the_new_one(
    client: FlaskClient,
) -> None:
    found = asked(client, "/embed/exports_goods?freq=FY&filters=lock").get_json()
    assert "/embed/exports_goods?freq=FY&amp;filters=lock" in found["html"]


def test_a_short_link_is_followed(client: FlaskClient) -> None:
    code = short.code_of(View.from_query("exports_goods", "freq=FY&lang=ur"))
    found = asked(client, f"/v/{code}").get_json()
    assert f"{HOME}/embed/exports_goods?freq=FY&amp;lang=ur" in found["html"]
    assert asked(client, "/v/nothing!").status_code == 404


@pytest.mark.parametrize(
    ("room", "width", "high"),
    [
        ({"maxwidth": "320"}, 320, 4000),
        ({"maxwidth": "5000"}, 960, 4000),
        ({"maxheight": "300"}, 960, 300),
        ({"maxwidth": "400", "maxheight": "200"}, 400, 200),
    ],
)
def test_no_answer_is_larger_than_there_is_room(
    client: FlaskClient, room: dict[str, str], width: int, high: int
) -> None:
    found = asked(client, "/charts/exports_goods", **room).get_json()
    assert found["width"] == width and found["height"] <= high
    fits = int(room.get("maxwidth", 5000)) >= 1200 and int(room.get("maxheight", 5000)) >= 630
    assert ("thumbnail_url" in found) is fits


def test_made_up_figures_are_marked_in_the_title(client: FlaskClient) -> None:
    answer = asked(client, "/charts/enterprises_enrolled")
    assert answer.get_json()["title"].endswith("(Illustrative)")
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("url", "more", "status"),
    [
        ("", {}, 400),
        (f"{HOME}/charts/exports_goods", {"maxwidth": "wide"}, 400),
        (f"{HOME}/charts/exports_goods", {"maxheight": "-3"}, 400),
        (f"{HOME}/charts/exports_goods", {"maxwidth": "0"}, 400),
        (f"{HOME}/charts/exports_goods", {"format": "yaml"}, 501),
        ("https://evil.example/charts/exports_goods", {}, 404),
        ("http://127.0.0.1:8050.evil.example/charts/exports_goods", {}, 404),
        ("http://127.0.0.1:8050@evil.example/charts/exports_goods", {}, 404),
        ("ftp://127.0.0.1:8050/charts/exports_goods", {}, 404),
        ("//127.0.0.1:8050/charts/exports_goods", {}, 404),
        ("/charts/exports_goods", {}, 404),
        (f"{HOME}/exports", {}, 404),
        (f"{HOME}/charts/exports_goods.csv", {}, 404),
        (f"{HOME}/charts/weather", {}, 404),
        (f"{HOME}/charts/exports_goods?colour=red", {}, 404),
        (f"{HOME}/charts/exports_goods?filters=show", {}, 404),
        (f"{HOME}/embed/exports_goods?filters=maybe", {}, 404),
        (f"{HOME}/charts/exports_goods?release=2031.1", {}, 404),
        (f"{HOME}/charts/noncompliance_cluster?freq=FY&split=city", {}, 404),
    ],
)
def test_what_cannot_be_answered_gets_the_status_of_the_specification(
    client: FlaskClient, url: str, more: dict[str, str], status: int
) -> None:
    answer = client.get("/oembed", query_string={"url": url, **more})
    assert answer.status_code == status
    assert answer.get_json()["message"]
    assert "iframe" not in answer.text


def test_a_withdrawn_view_is_not_embedded(database: str, built: Path, tmp_path: Path) -> None:
    desk = copied(shipped_at(database), tmp_path)
    view = View.from_query("exports_goods", "")
    desk.published.withdraw(Withdrawal("exports_goods", "Exchanged", "", view), [])
    found = Settings(database_url=f"sqlite:///{tmp_path}/published.db")
    client = create_app(found, built=built).test_client()
    assert asked(client, "/charts/exports_goods").status_code == 404


@pytest.mark.parametrize("query", ["", "?freq=FY&lang=ur", "?unit=eur"])
def test_every_chart_page_says_where_its_answer_is(client: FlaskClient, query: str) -> None:
    document = BeautifulSoup(client.get(f"/charts/exports_goods{query}").text, "lxml")
    for form in ("json", "xml"):
        [link] = document.select(f'link[rel=alternate][type="application/{form}+oembed"]')
        address = str(link["href"]).removeprefix(HOME)
        assert parse_qs(urlsplit(address).query)["format"] == [form]
        answer = client.get(address)
        assert answer.status_code == 200
        found = answer.get_json() if form == "json" else {}
        html = str(found.get("html") or etree.fromstring(answer.data).findtext("html"))
        frame = BeautifulSoup(html, "lxml").iframe
        assert frame is not None and frame["src"] == f"{HOME}/embed/exports_goods{query}"
    assert not BeautifulSoup(client.get("/about").text, "lxml").select("[type*=oembed]")


# -- with a program that unfolds links ------------------------------------------------------------


@pytest.fixture(scope="module")
def home(database: str, built: Path) -> Iterator[str]:
    """The address of a site that knows its own address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = Settings(database_url=database, public_url=f"http://127.0.0.1:{port}")
    with served(create_app(found, built=built), port) as address:
        yield address


@pytest.fixture
def consumer(home: str) -> micawber.ProviderRegistry:
    """A consumer of oEmbed that knows this site."""
    registry = micawber.ProviderRegistry()
    registry.register(rf"{home}/(charts|embed)/\S+", micawber.Provider(f"{home}/oembed"))
    return registry


def test_a_consumer_unfolds_a_link_in_a_text(
    consumer: micawber.ProviderRegistry, home: str
) -> None:
    url = f"{home}/charts/exports_goods?freq=FY&lang=bn"
    found = consumer.request(url, maxwidth=600)
    assert found["type"] == "rich" and found["width"] == 600
    page = consumer.parse_html(f"<p>{url.replace('&', '&amp;')}</p>", maxwidth=600)
    frame = BeautifulSoup(page, "lxml").iframe
    assert frame is not None
    assert frame["src"] == f"{home}/embed/exports_goods?freq=FY&lang=bn"


def test_a_consumer_learns_that_there_is_nothing_to_unfold(
    consumer: micawber.ProviderRegistry, home: str
) -> None:
    with pytest.raises(micawber.ProviderException):
        consumer.request(f"{home}/charts/weather?{quote('a b')}")
