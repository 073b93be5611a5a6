"""A briefing pack: one address, one file with every chart of it, the same bytes on any day."""

import io
import re
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader
from test_view import views as any_views

from dashboard import short
from dashboard.briefing import (
    LONGEST,
    MOST_LETTERS,
    MOST_VIEWS,
    Pack,
    alone,
    read_list,
    read_view,
)
from dashboard.i18n.bidi import MARKS
from dashboard.model import PUBLIC, BadView, NotPublished, View
from dashboard.outlets import briefing as packs
from dashboard.outlets.briefing.routes import Bench
from dashboard.prints import LETTERS
from dashboard.service import Statistics

VIEWS = ("exports_goods?freq=FY", "women_by_role", "noncompliance_cluster", "gsp_conventions")
LANGUAGES = ("en", "ur", "ar", "bn")
FORMS = ("pptx", "pdf", "xlsx")


def asked(views: Sequence[str] = VIEWS, form: str = "", **more: str) -> str:
    """Return the address of a pack, or of a form of it."""
    pairs = [("view", view) for view in views] + list(more.items())
    ending = f".{form}" if form else ""
    return f"/briefing{ending}?" + "&".join(f"{name}={quote(value)}" for name, value in pairs)


def body(client: FlaskClient, form: str, **more: str) -> bytes:
    """Return a file of the usual pack."""
    answer = client.get(asked(form=form, **more))
    assert answer.status_code == 200, answer.text
    return bytes(answer.data)


def slides_of(content: bytes) -> list[Any]:
    """Return the slides of a presentation."""
    return list(Presentation(io.BytesIO(content)).slides)


def words(slide: Any) -> str:
    """Return every text of a slide, its tables too, without marks of direction."""
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return MARKS.sub("", "\n".join(texts))


def paper(content: bytes) -> str:
    """Return the text of a PDF without spaces: lines are broken anywhere."""
    read = PdfReader(io.BytesIO(content))
    return squeezed("".join(page.extract_text() for page in read.pages))


def squeezed(text: str) -> str:
    """Return a text without spaces and without marks of direction and of breaks."""
    return re.sub(r"[\s\u200b]+", "", MARKS.sub("", text))


# -- the address --------------------------------------------------------------------------------


packs_of = st.builds(
    lambda views, title, lang, release: Pack.of(
        [f"{view.indicator}?{view.to_query()}" for view in views], title, lang, release
    ),
    views=st.lists(
        any_views.map(lambda view: alone(view).views[0]), max_size=MOST_VIEWS // 2
    ).filter(lambda views: sum(len(view.to_query()) for view in views) < LONGEST // 4),
    title=st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=20),
    lang=st.sampled_from(["", "en", "ur", "ar", "bn"]),
    release=st.sampled_from(["", "2026.2", "2026.2.1"]),
)


@given(packs_of)
def test_a_pack_survives_the_way_through_its_address(pack: Pack) -> None:
    assert Pack.from_query(pack.to_query()) == pack
    assert urlsplit(pack.address).path == "/briefing"


@given(st.text(max_size=80))
def test_no_address_breaks_the_reader(text: str) -> None:
    try:
        pack = Pack.from_query(text)
    except BadView:
        return
    assert Pack.from_query(pack.to_query()) == pack


@pytest.mark.parametrize(
    "said",
    [
        "exports_goods?freq=FY",
        "/charts/exports_goods?freq=FY&lang=ur",
        "https://dashboard.example.org/charts/exports_goods.png?freq=FY&theme=dark#x",
        " /charts/exports_goods.figure.json?freq=FY ",
        short.address_of(View("exports_goods", freq="FY", lang="bn"), "https://x.example.org"),
    ],
)
def test_a_view_is_read_from_any_address_of_a_chart(said: str) -> None:
    assert read_view(said) == View("exports_goods", freq="FY")


@pytest.mark.parametrize(
    "said", ["", "/exports", "https://elsewhere.example.org/a/b", "http://[::1"]
)
def test_what_is_no_chart_is_refused_with_what_to_give_instead(said: str) -> None:
    with pytest.raises(BadView, match="give the address of a chart"):
        read_view(said)


def test_a_pack_holds_a_view_once_and_has_one_release() -> None:
    pack = Pack.of(["exports_goods", "/charts/exports_goods?lang=ur", "gsp_conventions"])
    assert [view.indicator for view in pack.views] == ["exports_goods", "gsp_conventions"]
    assert Pack.of(["exports_goods?release=2026.1"], release="2026.1").views[0].release == ""
    with pytest.raises(BadView, match="one release counts for the whole pack"):
        Pack.of(["exports_goods?release=2026.1"])


MANY = [f"exports_goods?from=20{n:02}-01" for n in range(MOST_VIEWS + 1)]
LONG = [f"exports_goods?market={'m' * 200}{n}" for n in range(MOST_VIEWS)]
REFUSED = (
    (asked(MANY), "at most 20 views, not 21"),
    (asked(LONG), f"more than {LONGEST} letters"),
    (asked([f"exports_goods?market={'m' * 600}"]), "longer than 500 letters"),
    (asked(title="t" * (MOST_LETTERS + 1)), "at most 120 letters, not 121"),
    (asked(title="a\x00b"), "cannot be printed"),
    (asked(title="\ufffe"), "cannot be printed"),
    (asked(nonsense="1"), "nonsense: not known"),
    (asked(lang="xx"), "possible: en, ur, ar, bn"),
)


@pytest.mark.parametrize("form", ["", *FORMS])
@pytest.mark.parametrize(("address", "words"), REFUSED)
def test_what_a_pack_cannot_be_is_refused_with_the_limit(
    client: FlaskClient, address: str, words: str, form: str
) -> None:
    answer = client.get(address.replace("/briefing", f"/briefing.{form}") if form else address)
    assert answer.status_code == 400
    assert words in answer.text


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "said",
    [
        ("nosuch", 404, "view 2 (nosuch): there is no indicator"),
        ("exports_goods?split=moon", 400, "view 2 (exports_goods): moon"),
        ("women_by_role?from=1990&to=1991", 400, "view 2 (women_by_role)"),
    ],
)
def test_a_view_that_cannot_be_shown_is_named_before_anything_is_drawn(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, form: str, said: tuple[str, int, str]
) -> None:
    view, status, words = said
    monkeypatch.setattr(Statistics, "card", None)
    monkeypatch.setattr(Statistics, "plot", None)
    answer = client.get(asked(["exports_goods", view], form))
    assert (answer.status_code, words in answer.text) == (status, True), answer.text
    assert client.get(asked([], form)).status_code == 400


def test_more_values_than_the_limit_are_refused_before_anything_is_drawn(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.outlets.briefing.content.MOST_VALUES", 20)
    monkeypatch.setattr(Statistics, "card", None)
    answer = client.get(asked(["exports_goods"], "pptx"))
    assert answer.status_code == 400
    assert "shorten them with from= and to=" in answer.text


def test_packs_are_made_one_at_a_time_and_a_crowd_is_asked_to_come_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.BoundedSemaphore(1)
    held.acquire()
    monkeypatch.setattr(Bench, "places", held)
    answer = client.get(asked(["exports_goods?freq=FY"], "xlsx", title="crowd"))
    assert answer.status_code == 503
    assert "try again" in answer.text


def printed(view: str, lang: str) -> str:
    """Return the short link to a view that the files of its pack print."""
    name, _, query = view.partition("?")
    found = View.from_query(name, query)
    return short.address_of(replace(found, lang="" if lang == "en" else lang, release="2026.1"))


# -- the files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_presentation_has_a_title_one_chart_a_slide_and_its_sources(
    client: FlaskClient, statistics: Statistics, lang: str
) -> None:
    found = slides_of(body(client, "pptx", lang=lang, title="Meeting of the fund"))
    cover, shown, behind = found[0], found[1 : 1 + len(VIEWS)], found[1 + len(VIEWS) :]
    assert MARKS.sub("", cover.shapes.title.text_frame.text) == "Meeting of the fund"
    assert "2026.1" in words(cover)
    for slide, view in zip(shown, VIEWS, strict=True):
        name, _, query = view.partition("?")
        card = statistics.card(View.from_query(name, f"{query}&lang={lang}"), PUBLIC)
        assert slide.shapes.title.text_frame.text == card.title
        assert MARKS.sub("", card.title) in words(cover)
        assert "2026.1" in words(slide)
    listed = "\n".join(words(slide) for slide in behind)
    for view in VIEWS:
        answer = statistics.slice(View.from_query(*view.partition("?")[::2]), PUBLIC)
        assert printed(view, lang) in listed
        for source in answer.sources:
            assert source.publisher in listed and source.checksum in listed
    tables = [s.table for slide in behind for s in slide.shapes if s.has_table]
    assert {t._tbl.tblPr.get("rtl") == "1" for t in tables} == {lang in ("ur", "ar")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_paper_has_every_chart_with_summary_table_and_address_on_a4(
    client: FlaskClient, statistics: Statistics, lang: str
) -> None:
    content = body(client, "pdf", lang=lang, title="Meeting of the fund")
    read = PdfReader(io.BytesIO(content), strict=True)
    root: Any = read.trailer["/Root"]
    assert root["/Lang"] == lang
    assert read.metadata is not None and read.metadata.title == "Meeting of the fund"
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in read.pages} == {(595, 842)}
    said = paper(content)
    digits = statistics.locale(lang).digits
    for number in range(1, len(read.pages) + 1):
        count = digits.spell(f"{number}/{len(read.pages)}")
        assert count in squeezed(read.pages[number - 1].extract_text())
    for view in VIEWS:
        name, _, query = view.partition("?")
        assert printed(view, lang) in said
        answer = statistics.slice(View.from_query(name, query), PUBLIC)
        for source in answer.sources:
            assert squeezed(source.checksum) in said
    if lang == "en":
        for view in VIEWS:
            card = statistics.card(View.from_query(*view.partition("?")[::2]), PUBLIC)
            assert squeezed(card.title) in said
            assert squeezed(" ".join(card.summary)) in said
            assert squeezed(card.table.rows[-1][0]) in said


def marked(node: Any, seen: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return (kind, alternative text) of every part that a PDF marks for readers aloud."""
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            marked(kid, seen)
    elif isinstance(node, dict):
        if "/S" in node:
            seen.append((str(node["/S"]), str(node.get("/Alt", ""))))
        if "/K" in node and not isinstance(node["/K"], int):
            marked(node["/K"], seen)
    return seen


def test_paper_is_marked_headings_pictures_and_heads_of_tables(
    client: FlaskClient, statistics: Statistics
) -> None:
    read = PdfReader(io.BytesIO(body(client, "pdf")))
    root: Any = read.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    kinds = marked(root["/StructTreeRoot"]["/K"], [])
    names = [kind for kind, _ in kinds]
    assert names.count("/H1") >= len(VIEWS) + 1
    assert names.count("/Table") == len(VIEWS) + 2
    assert names.count("/TH") > 2 * len(VIEWS)
    described = {alt for _, alt in kinds if alt}
    for view in VIEWS:
        answer = statistics.slice(View.from_query(*view.partition("?")[::2]), PUBLIC)
        assert " ".join(statistics.summary(answer)) in described
    outline = [entry for entry in read.outline if not isinstance(entry, list)]
    assert len(outline) >= len(VIEWS) + 1


def test_a_long_table_ends_with_the_latest_values_and_says_so(client: FlaskClient) -> None:
    said = paper(client.get(asked(["exports_goods"], "pdf")).data)
    assert squeezed("The latest 20 of 67 values") in said
    assert squeezed("July 2026 US$ 3.0 billion") in said
    assert squeezed("January 2021 US$") not in said
    whole = paper(client.get(asked(["gsp_conventions"], "pdf")).data)
    assert "Thelatest" not in whole


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_has_one_sheet_a_chart_with_the_cells_of_its_file(
    client: FlaskClient, lang: str
) -> None:
    book = load_workbook(io.BytesIO(body(client, "xlsx", lang=lang)))
    assert len(book.sheetnames) == len(VIEWS) + 3
    for place, view in enumerate(VIEWS, start=1):
        name, _, query = view.partition("?")
        single = client.get(f"/charts/{name}.xlsx?{query}&lang={lang}&release=2026.1").data
        (alone_there, *_) = load_workbook(io.BytesIO(single)).worksheets
        sheet = book.worksheets[place]
        assert sheet.title.startswith(f"{place} ")
        assert list(sheet.values) == list(alone_there.values)
    assert {bool(s.sheet_view.rightToLeft) for s in book.worksheets} == {lang in ("ur", "ar")}
    texts = [str(cell) for s in book.worksheets for row in s.values for cell in row if cell]
    assert not [text for text in texts if text.startswith("=")]
    _, *sources = book.worksheets[-1].values
    assert {len(str(row[-2])) for row in sources} == {64}
    assert not [name for name in book.sheetnames if MARKS.search(name)]


@pytest.mark.parametrize("form", FORMS)
def test_a_pinned_pack_is_the_same_bytes_with_and_without_the_site(
    client: FlaskClient, statistics: Statistics, built: Path, form: str
) -> None:
    pinned = body(client, form, release="2026.1", title="A title")
    assert body(client, form, title="A title") == pinned
    address = "http://127.0.0.1:8050"
    asking = packs.offline(statistics, built / LETTERS, address)
    pack = Pack.of(VIEWS, "A title", release="2026.1")
    assert packs.made(asking, pack, form, PUBLIC).body == pinned


@pytest.mark.parametrize("form", ["pptx", "xlsx"])
def test_a_pack_says_no_day_but_that_of_its_release_and_names_nobody(
    client: FlaskClient, form: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(body(client, form))) as made:
        core = made.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2026-09-30T"}
    assert not re.search(r"<dc:creator>[^<]|<cp:lastModifiedBy>[^<]", core)


@pytest.mark.parametrize("form", FORMS)
def test_a_file_of_a_pack_says_its_name_and_what_may_be_done_with_it(
    client: FlaskClient, form: str
) -> None:
    mixed = client.get(asked(form=form, lang="ur"))
    assert mixed.headers["Content-Disposition"] == (
        f'attachment; filename="briefing-2026.1-ur.{form}"'
    )
    assert mixed.headers["X-Robots-Tag"] == "noindex"
    assert mixed.headers["Cache-Control"] == "public, max-age=60"
    real = client.get(asked(["exports_goods?freq=FY"], form))
    assert "X-Robots-Tag" not in real.headers
    known = client.get(
        asked(["exports_goods?freq=FY"], form), headers={"If-None-Match": real.headers["ETag"]}
    )
    assert known.status_code == 304


def test_made_up_charts_are_marked_in_every_form_and_real_ones_are_not(
    client: FlaskClient,
) -> None:
    cover = words(slides_of(body(client, "pptx"))[0])
    assert "Charts marked “Illustrative” show made-up sample data" in cover
    assert "Women by role · Illustrative" in cover
    assert "Exports of all goods · Illustrative" not in cover
    said = paper(body(client, "pdf"))
    assert squeezed("Charts marked “Illustrative” show made-up sample data") in said
    first = load_workbook(io.BytesIO(body(client, "xlsx"))).worksheets[0]
    rows = {str(row[1]): row[-1] for row in first.values}
    assert (rows["Women by role"], rows["Exports of all goods"]) == ("Illustrative", None)
    for form in FORMS:
        real = client.get(asked(["exports_goods?freq=FY"], form)).data
        text = paper(real) if form == "pdf" else packed(real)
        assert "made-up" not in text and "Illustrative" not in text.replace("illustrative", "")


def packed(content: bytes) -> str:
    """Return every text of a package of parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return "".join(made.read(n).decode() for n in made.namelist() if n.endswith(".xml"))


def test_a_title_is_text_and_never_markup_nor_a_formula(client: FlaskClient) -> None:
    hostile = '=1+1 #panic("x") <b> & \'"'
    assert squeezed(hostile) in paper(body(client, "pdf", title=hostile))
    assert slides_of(body(client, "pptx", title=hostile))[0].shapes.title.text_frame.text == hostile
    book = load_workbook(io.BytesIO(body(client, "xlsx", title=hostile)))
    cell = next(c for row in book.worksheets[0].rows for c in row if c.value == hostile)
    assert cell.data_type == "s"
    assert "<b>" not in client.get(asked(title=hostile)).text


def office() -> str | None:
    """Return the program of LibreOffice, where there is one."""
    return shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(office() is None, reason="LibreOffice is not here")
@pytest.mark.parametrize(("form", "lang"), [("pptx", "en"), ("pptx", "ur"), ("xlsx", "bn")])
def test_another_program_opens_the_files(
    client: FlaskClient, tmp_path: Path, form: str, lang: str
) -> None:
    (tmp_path / f"pack.{form}").write_bytes(body(client, form, lang=lang))
    subprocess.run(  # noqa: S603  (a program of the system, our own file)
        [
            str(office()),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)),
            str(tmp_path / f"pack.{form}"),
        ],
        check=True,
        capture_output=True,
        timeout=150,
    )
    read = PdfReader(tmp_path / "pack.pdf")
    assert len(read.pages) >= len(VIEWS) + 2
    assert "2026.1" in read.pages[0].extract_text()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not here")
def test_poppler_reads_the_paper(client: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(body(client, "pdf"))

    def run(*command: str) -> str:
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        return done.stdout

    said = run("pdfinfo", str(path))
    assert re.search(r"^Tagged: +yes$", said, re.M)
    assert re.search(r"^Page size: .*A4", said, re.M)
    assert "Non-compliance rate by cluster" in run("pdftotext", "-layout", str(path), "-")


# -- the page -----------------------------------------------------------------------------------


def page(client: FlaskClient, address: str) -> BeautifulSoup:
    """Return a page."""
    return BeautifulSoup(client.get(address).text, "lxml")


def sent(document: BeautifulSoup, **more: str) -> str:
    """Return the address to which the form goes with a button or with fields filled in."""
    form = document.select_one("form.pack-form")
    assert isinstance(form, Tag)
    pairs: list[tuple[str, str]] = []
    for field in form.select("input, select"):
        value = field.get("value") or ""
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            value = chosen["value"] if chosen else ""
        pairs.append((str(field["name"]), more.pop(str(field["name"]), str(value))))
    pairs += list(more.items())
    return f"{form['action']}?" + "&".join(f"{n}={quote(v)}" for n, v in pairs)


def titles(document: BeautifulSoup) -> list[str]:
    """Return the charts that a page lists."""
    return [row.get_text() for row in document.select(".pack > li h3 > a")]


def test_a_pack_is_put_together_without_any_script(client: FlaskClient) -> None:
    address = "/briefing"
    for change in (
        {"add": "exports_goods", "added": "1"},
        {"address": "https://x.example.org/charts/women_by_role.pdf?lang=ur", "added": "1"},
        {"add": "gsp_conventions", "added": "1"},
        {"up": "3"},
        {"title": "For  Monday", "apply": "1"},
        {"remove": "1"},
        {"down": "1"},
    ):
        answer = client.get(sent(page(client, address), **change))
        assert answer.status_code == 302
        address = answer.headers["Location"]
    assert address.partition("#")[0] == (
        "/briefing?view=women_by_role&view=gsp_conventions&title=For%20Monday"
    )
    assert titles(page(client, address)) == ["Women by role", "The 27 conventions of GSP+"]


def test_a_moved_chart_keeps_the_keyboard_at_its_button(client: FlaskClient) -> None:
    three = asked(["exports_goods", "women_by_role", "gsp_conventions"])
    for change, target in (
        ({"up": "3"}, "up-2"),
        ({"up": "2"}, "down-1"),
        ({"down": "1"}, "down-2"),
        ({"down": "2"}, "up-3"),
        ({"remove": "3"}, "view-2"),
        ({"add": "enterprises_enrolled", "added": "1"}, "view-4"),
    ):
        answer = client.get(sent(page(client, three), **change))
        address, _, fragment = answer.headers["Location"].partition("#")
        assert fragment == target
        assert page(client, address).find(id=target) is not None


def test_a_wrong_address_is_said_at_its_field_and_the_pack_stays(client: FlaskClient) -> None:
    answer = client.get(sent(page(client, asked()), address="/exports", added="1"))
    assert answer.status_code == 400
    document = BeautifulSoup(answer.text, "lxml")
    assert len(titles(document)) == len(VIEWS)
    problem = document.select_one("#pack-problem")
    assert problem is not None and "give the address of a chart" in problem.get_text()
    assert document.select_one("#pack-address[value='/exports']") is not None
    nothing = client.get(sent(page(client, asked()), address="women_by_role?from=1990", added="1"))
    assert nothing.status_code == 400


def test_the_first_chart_gives_a_pack_its_release_and_others_follow_it(
    client: FlaskClient,
) -> None:
    printed = short.address_of(View("women_by_role", release="2026.1"))
    answer = client.get(sent(page(client, "/briefing"), address=printed, added="1"))
    assert answer.headers["Location"] == "/briefing?view=women_by_role&release=2026.1#view-1"
    live = client.get(sent(page(client, asked(["exports_goods"])), address=printed, added="1"))
    assert live.status_code == 400
    assert "one release counts for the whole pack" in live.text
    never = client.get("/briefing?address=exports_goods%3Frelease%3D1999.1&added=1")
    assert never.status_code == 400 and "1999.1" in never.text


def test_a_chart_that_is_gone_is_named_and_can_be_removed(client: FlaskClient) -> None:
    answer = client.get(asked(["exports_goods", "nosuch"]))
    assert answer.status_code == 404
    document = BeautifulSoup(answer.text, "lxml")
    assert "there is no indicator 'nosuch'" in document.get_text()
    assert not document.select("a[href^='/briefing.pptx']")
    mended = client.get(sent(document, remove="2"))
    assert mended.headers["Location"].startswith("/briefing?view=exports_goods#")


@pytest.mark.parametrize("query", ["", "lang=ur", "release=2026.1&theme=dark"])
def test_the_page_of_a_pack_leads_to_its_files_and_other_languages(
    client: FlaskClient, query: str
) -> None:
    more = dict(pair.split("=") for pair in query.split("&") if pair)
    document = page(client, asked(**more))
    links = [str(a["href"]) for a in document.select(".files a")]
    assert len(links) == len(FORMS)
    for link in links:
        assert "theme" not in link
        assert client.get(link).status_code == 200
    bengali = document.select_one("a[hreflang=bn]")
    assert bengali is not None
    other = Pack.from_query(urlsplit(str(bengali["href"])).query.replace("&theme=dark", ""))
    assert other.views == Pack.of(VIEWS).views and other.lang == "bn"
    assert document.select_one("meta[name=robots][content=noindex]") is not None


@pytest.mark.parametrize("path", ["/", "/exports?freq=FY&lang=ur", "/charts/women_by_role"])
def test_every_chart_leads_into_a_pack(client: FlaskClient, path: str) -> None:
    document = page(client, path)
    cards = document.select("figure.card")
    links = [card.select_one("a[data-briefing=add]") for card in cards]
    assert cards and all(links)
    first = client.get(str(links[0]["href"]) if links[0] else "")
    assert first.status_code == 200
    listed = titles(BeautifulSoup(first.text, "lxml"))
    heading = cards[0].select_one("h2")
    assert heading is not None and heading.get_text().startswith(listed[0])


# -- a list in a file ---------------------------------------------------------------------------


def known(view: View) -> None:
    """Refuse one indicator."""
    if view.indicator == "hidden":
        raise NotPublished("it is not published")


def test_a_list_has_one_view_a_line_and_comments() -> None:
    text = "# Monthly\n\nexports_goods?freq=FY   # by year\r\n/charts/women_by_role\n"
    assert read_list("list.txt", text, known) == ("exports_goods?freq=FY", "women_by_role")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("exports_goods\n\n/exports", "list.txt, line 3: view=/exports: not a chart"),
        ("# x\nhidden", "list.txt, line 2: it is not published"),
        ("exports_goods?release=2026.1", "list.txt, line 1: release=2026.1: one release"),
        ("# nothing", "list.txt: holds no view"),
    ],
)
def test_a_mistake_in_a_list_is_said_with_file_and_line(text: str, message: str) -> None:
    with pytest.raises((BadView, NotPublished), match=re.escape(message)):
        read_list("list.txt", text, known)
