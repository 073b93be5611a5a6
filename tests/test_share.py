"""What there is to share of a view: the same in the dialog and on a page without scripts."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from dashboard import outlets, short
from dashboard.model import View
from dashboard.service import Statistics

SITE = "http://127.0.0.1:8050"
PARTS = ("link", "picture", "data", "slide", "embed", "cite")
VIEW = "/charts/exports_goods{}?freq=FY&from=FY2023&lang={}"
LANGUAGES = ("en", "ur", "ar", "bn")


def read(client: FlaskClient, address: str) -> BeautifulSoup:
    """Return what stands at an address."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def parts(document: BeautifulSoup) -> Tag:
    """Return the parts of sharing."""
    found = document.select_one(".sharing-parts")
    assert isinstance(found, Tag)
    return found


def links(document: Tag) -> list[str]:
    """Return all addresses that a part leads to or shows."""
    return [str(a["href"]) for a in document.select("a[href]")] + [
        str(image["src"]) for image in document.select("img")
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_and_the_dialog_say_the_same_in_the_order_that_is_promised(
    client: FlaskClient, lang: str
) -> None:
    page = parts(read(client, VIEW.format("/share", lang)))
    piece = parts(read(client, VIEW.format(".share", lang)))
    assert [section["aria-labelledby"] for section in page.select("section")] == [
        f"share-{name}" for name in PARTS
    ]
    assert page.get_text() == piece.get_text()
    assert links(page) == links(piece)
    assert not page.select("button[type=button]"), "what copies needs a script and comes with it"


@pytest.mark.parametrize("view", ["exports_goods", "noncompliance_cluster", "gsp_conventions"])
def test_everything_that_is_offered_is_there(client: FlaskClient, view: str) -> None:
    found = parts(read(client, f"/charts/{view}/share?lang=ur&theme=dark"))
    for link in links(found):
        answer = client.get(link.removeprefix(SITE), follow_redirects=True)
        assert answer.status_code == 200, link
        assert "lang=ur" in link or "/v/" in link, link


def test_one_link_is_live_and_one_is_pinned(client: FlaskClient, statistics: Statistics) -> None:
    release = statistics.release().id
    view = View.from_query("exports_goods", "freq=FY&from=FY2023&lang=ur")
    pinned = View.from_query("exports_goods", f"{view.to_query()}&release={release}")
    wanted = [short.address_of(one, SITE) for one in (view, pinned)]
    for asked in (view, pinned):
        found = read(client, asked.to_path().replace("?", "/share?"))
        assert [a["href"] for a in found.select(".share-link a")] == wanted


def test_the_forms_of_the_outlets_are_offered_and_no_other(
    client: FlaskClient, statistics: Statistics
) -> None:
    offered = outlets.offers(statistics.locale("en"))
    found = parts(read(client, "/charts/exports_goods/share"))
    assert {offer.ending for offer in offered} >= {"png", "svg", "pdf", "csv", "xlsx", "pptx"}
    for offer in offered:
        texts = [a.get_text() for a in found.select(f".share-{offer.part} a")]
        assert offer.words in texts
    assert len(found.select(".share-data a[href*='rows=all']")) == 3


# -- embeds -------------------------------------------------------------------------------------


def embedded(document: BeautifulSoup) -> tuple[str, str]:
    """Return the two codes of an embed."""
    frame, script = (code.get_text() for code in document.select(".share-embed code"))
    return frame, script


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("", {}),
        ("embed=frozen", {"release": ["2026.1"]}),
        ("embed-filters=lock&embed-lang=bn", {"filters": ["lock"], "lang": ["bn"]}),
        ("embed-filters=show&lang=ur", {"filters": ["show"], "lang": ["ur"]}),
        ("lang=ur&embed-lang=en", {}),
        ("release=2026.1", {"release": ["2026.1"]}),
        ("release=2026.1&embed=live", {}),
    ],
)
def test_the_code_of_an_embed_is_what_was_chosen(
    client: FlaskClient, asked: str, wanted: dict[str, list[str]]
) -> None:
    document = read(client, f"/charts/exports_goods/share?freq=FY&{asked}")
    frame, script = embedded(document)
    element = BeautifulSoup(frame, "lxml").find("iframe")
    assert isinstance(element, Tag)
    address = urlsplit(str(element["src"]))
    assert parse_qs(address.query) == {"freq": ["FY"], **wanted}
    assert element["title"]
    assert unescape(script).count(str(element["src"])) == 1
    assert client.get(f"{address.path}?{address.query}").status_code == 200
    form = document.select_one(".share-form")
    assert isinstance(form, Tag)
    fields = {str(i["name"]): str(i["value"]) for i in form.select("input")}
    chosen = {
        str(s["name"]): str(s.select("[selected]")[0]["value"]) for s in form.select("select")
    }
    again = client.get("/charts/exports_goods/share", query_string=fields | chosen)
    assert embedded(BeautifulSoup(again.text, "lxml")) == (frame, script)


def test_a_choice_that_there_is_not_is_refused_with_what_is_possible(client: FlaskClient) -> None:
    answer = client.get("/charts/exports_goods/share?embed-filters=none")
    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert "possible: hide, show, lock" in answer.text
    piece = client.get("/charts/exports_goods.share?embed=cold")
    assert (piece.status_code, piece.mimetype) == (400, "application/json")
    assert client.get("/charts/nothing/share").status_code == 404


def test_a_title_with_quotes_cannot_break_out_of_the_code(client: FlaskClient) -> None:
    for name in ("exports_chapter", "women_by_role"):
        frame, _ = embedded(read(client, f"/charts/{name}/share"))
        assert re.fullmatch(r'<iframe src="[^"<>]+" title="[^"<>]+" [^<>]*></iframe>', frame)


# -- citations ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_citation_of_the_dialog_is_that_of_the_files(client: FlaskClient, lang: str) -> None:
    found = parts(read(client, VIEW.format(".share", lang)))
    bib, text = (client.get(VIEW.format(f".{e}", lang)).text for e in ("bib", "cite.txt"))
    code = found.select_one(".share-cite pre")
    assert code is not None
    assert code.get_text() == bib
    lines = [line.get_text() for line in found.select(".share-cite .copied > div")]
    assert lines[:3] == text.splitlines()
    assert lines[3:] == [""], "the day of reading is known to the browser alone"


def test_made_up_data_have_no_citation_and_the_dialog_says_so(client: FlaskClient) -> None:
    found = read(client, "/charts/women_by_role.share").select_one(".share-cite")
    assert found is not None
    assert "They have no citation" in found.get_text()
    assert not found.select("a, pre")


# -- where it stands ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/exports", "/charts/exports_goods?freq=FY", "/explore"])
def test_every_card_leads_to_what_there_is_to_share_of_it(client: FlaskClient, path: str) -> None:
    document = read(client, path)
    cards = document.select("figure")
    assert cards
    for card in cards:
        [link] = card.select("a[data-share]")
        assert client.get(str(link["href"])).status_code == 200
        assert link["aria-haspopup"] == "dialog"


def test_the_link_follows_the_filters_of_a_card(client: FlaskClient) -> None:
    answer = client.get("/charts/exports_goods.figure.json?freq=FY&lang=ur").json
    assert answer is not None
    foot = BeautifulSoup(answer["parts"]["foot"], "lxml")
    [link] = foot.select("a[data-share]")
    assert link["href"] == "/charts/exports_goods/share?freq=FY&lang=ur"


def test_the_dialog_is_small_and_lives_a_minute(client: FlaskClient) -> None:
    answer = client.get(
        VIEW.format(".share", "bn") + "&release=2026.1", headers={"Accept-Encoding": "br"}
    )
    assert len(answer.data) < 5_000
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_no_id_is_there_twice(client: FlaskClient) -> None:
    for address in ("/charts/exports_goods/share", "/charts/exports_goods.share"):
        ids = [str(one["id"]) for one in read(client, address).select("[id]")]
        assert len(set(ids)) == len(ids)
