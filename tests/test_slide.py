"""The slide of a view: a chart that can be edited, with the numbers of the file in it."""

import csv
import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pptx import Presentation

from dashboard import catalogue, short, slides
from dashboard.i18n.bidi import MARKS
from dashboard.model import PUBLIC, View
from dashboard.service import Statistics
from dashboard.slides.settled import settled

CATALOGUE = catalogue.load(Path(__file__).parents[1] / "config")
CHARTS = (
    *("exports_goods", "exports_goods?freq=FY&unit=eur", "exports_market_share"),
    *("women_by_role", "noncompliance_cycle", "improvement_items", "dialogue_progress"),
    *("training_participants", "noncompliance_point", "enterprises_enrolled"),
)


def address(view: str, form: str) -> str:
    """Return the address of a form of a view."""
    name, mark, query = view.partition("?")
    return f"/charts/{name}.{form}{mark}{query}"


def slide(client: FlaskClient, view: str) -> Any:
    """Return the one slide of a view."""
    answer = client.get(address(view, "pptx"))
    assert answer.status_code == 200, (view, answer.text)
    deck = Presentation(io.BytesIO(answer.data))
    (found,) = deck.slides
    return found


def rows(client: FlaskClient, view: str) -> list[dict[str, str]]:
    """Return the rows of the CSV of a view."""
    return list(csv.DictReader(io.StringIO(client.get(address(view, "csv")).text, newline="")))


def frame(found: Any) -> Any:
    """Return what shows the data: a chart, a table or a picture, in this order."""
    for kind in ("has_chart", "has_table"):
        for shape in found.shapes:
            if getattr(shape, kind, False):
                return shape
    return next(shape for shape in found.shapes if shape.shape_type == 13)


def words(found: Any) -> str:
    """Return every text on a slide outside its chart, without marks of direction."""
    texts = [shape.text_frame.text for shape in found.shapes if shape.has_text_frame]
    return MARKS.sub("", "\n".join(texts))


def descriptions(found: Any) -> list[str]:
    """Return the alternative text of everything that is not text."""
    return [
        shape._element.xpath(".//p:cNvPr")[0].get("descr")
        for shape in found.shapes
        if not shape.has_text_frame
    ]


@pytest.mark.parametrize("view", CHARTS)
def test_a_native_chart_holds_the_values_of_the_csv(client: FlaskClient, view: str) -> None:
    chart = frame(slide(client, view)).chart
    drawn = sorted(value for s in chart.plots[0].series for value in s.values if value is not None)
    assert drawn == sorted(float(row["value"]) for row in rows(client, view) if row["value"])
    assert chart.part.chart_workbook.xlsx_part is not None
    (sheet,) = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).worksheets
    cells = [cell.value for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row]
    kept: list[Any] = [value for value in cells if value is not None]
    assert sorted(kept) == drawn


@pytest.mark.parametrize("lang", ["en", "ur", "bn"])
def test_a_heat_table_is_a_native_table_with_the_numbers_of_the_page(
    client: FlaskClient, lang: str
) -> None:
    view = f"noncompliance_cluster?lang={lang}"
    table = frame(slide(client, view)).table
    shown = [
        MARKS.sub("", table.cell(r, c).text)
        for r in range(1, len(table.rows))
        for c in range(1, len(table.columns))
    ]
    page = client.get(address(view, "figure.json")).json
    assert page is not None
    place = page["table"]["columns"].index(value_heading(lang))
    said = [MARKS.sub("", row[place]).removesuffix("%") for row in page["table"]["rows"]]
    assert sorted(shown) == sorted(said)
    assert (table._tbl.tblPr.get("rtl") == "1") is (lang == "ur")


def value_heading(lang: str) -> str:
    """Return the heading of the values in a table of the page."""
    return {"en": "Value", "ur": "قدر", "bn": "মান"}[lang]


@pytest.mark.parametrize("lang", ["en", "ur", "ar", "bn"])
@pytest.mark.parametrize("view", ["exports_goods", "noncompliance_cycle", "gsp_conventions"])
def test_a_slide_says_what_it_shows_from_where_and_how_to_get_back(
    client: FlaskClient, view: str, lang: str
) -> None:
    asked = f"{view}?lang={lang}"
    found, page = slide(client, asked), client.get(address(asked, "figure.json")).json
    assert page is not None
    said, plain = words(found), {n: MARKS.sub("", page[n]) for n in ("title", "subtitle")}
    assert found.shapes.title.text_frame.text == page["title"]
    assert plain["subtitle"] in said
    assert page["release"] in said
    shown = View(view, lang="" if lang == "en" else lang, release=page["release"])
    link, long = short.address_of(shown), f"/charts/{view}?{shown.to_query()}"
    assert link in said
    assert "/charts/" not in said
    summary = " ".join(page["summary"])
    notes = found.notes_slide.notes_text_frame.text
    assert summary in notes and link in notes and long in notes and page["release"] in notes
    chart, code = descriptions(found)
    assert chart == summary
    assert link in code
    turned = {p._p.get_or_add_pPr().get("rtl") for p in found.shapes.title.text_frame.paragraphs}
    assert turned == ({"1"} if lang in ("ur", "ar") else {None})


def test_what_no_native_chart_shows_is_a_picture_with_its_numbers_in_the_notes(
    client: FlaskClient,
) -> None:
    found = slide(client, "gsp_conventions")
    picture = frame(found)
    assert picture.image.content_type == "image/png"
    page = client.get("/charts/gsp_conventions.figure.json").json
    assert page is not None
    notes = found.notes_slide.notes_text_frame.text
    for row in page["table"]["rows"]:
        assert " | ".join(row) in notes


def test_every_indicator_has_a_slide_and_most_have_a_native_chart(
    client: FlaskClient, statistics: Statistics
) -> None:
    native = 0
    for name in CATALOGUE.indicators:
        shape = frame(slide(client, name))
        editable = slides.native(statistics.slice(View(name), PUBLIC), statistics.locale())
        assert (shape.shape_type != 13) is editable, name
        native += editable
    assert native > 0.7 * len(CATALOGUE.indicators)


def test_hidden_categories_are_named_with_the_reason(client: FlaskClient) -> None:
    said = words(slide(client, "improvement_items"))
    hidden = {row["cluster"] for row in rows(client, "improvement_items") if row["status"] == "c"}
    assert hidden
    for code in hidden:
        assert CATALOGUE.codelists["cluster"].codes[code]["label"] in said
    assert "not shown to protect confidentiality" in said


def test_a_made_up_slide_is_marked_and_a_real_one_is_not(client: FlaskClient) -> None:
    assert "Illustrative" in words(slide(client, "women_by_role"))
    assert "Illustrative" not in words(slide(client, "exports_goods"))
    assert client.get("/charts/women_by_role.pptx").headers["X-Robots-Tag"] == "noindex"


def test_a_pinned_slide_is_the_same_bytes_and_names_nobody(client: FlaskClient) -> None:
    answer = client.get("/charts/exports_goods.pptx?release=2026.1")
    assert answer.headers["Cache-Control"].endswith("immutable")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as deck:
        assert {info.date_time for info in deck.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = deck.read("docProps/core.xml").decode()
        (inner,) = (name for name in deck.namelist() if name.endswith(".xlsx"))
        with zipfile.ZipFile(io.BytesIO(deck.read(inner))) as book:
            inside = book.read("docProps/core.xml").decode()
    dates = set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core + inside))
    assert dates == {"2026-09-30T00:00:00Z"}
    assert not re.search(r"<dc:creator>[^<]|<cp:lastModifiedBy>[^<]", core)


def test_settling_forgets_when_a_package_was_written() -> None:
    def packed(day: tuple[int, int, int]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            entry = zipfile.ZipInfo("docProps/core.xml", (*day, 1, 2, 4))
            year = f"{day[0]}-01-01T00:00:00Z"
            made.writestr(entry, f"<dcterms:created a='b'>{year}</dcterms:created>")
        return out.getvalue()

    release = date(2026, 9, 30)
    assert settled(packed((2025, 1, 1)), release) == settled(packed((2026, 5, 6)), release)


def test_dark_slides_have_dark_ground(client: FlaskClient) -> None:
    found = slide(client, "exports_goods?theme=dark")
    assert str(found.background.fill.fore_color.rgb) == "12161C"


@pytest.mark.parametrize("query", ["freq=FY", "freq=FY&chart=bars"])
def test_an_incomplete_period_is_named_so_and_looks_unlike_the_others(
    client: FlaskClient, query: str
) -> None:
    chart = frame(slide(client, f"exports_goods?{query}")).chart
    names = list(chart.plots[0].categories)
    assert names[-1] == "2026/27: incomplete"
    assert not [name for name in names[:-1] if "incomplete" in name]
    own = chart.plots[0].series[0]._element.xpath("c:dPt")
    assert [point.xpath("c:idx/@val") for point in own] == [[str(len(names) - 1)]]
    drawn = own[0].xpath(".//a:prstDash/@val" if "bars" not in query else ".//a:solidFill//@val")
    assert drawn[:1] == (["FFFFFF"] if "bars" in query else ["sysDash"])
