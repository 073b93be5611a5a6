"""True at the end: every form of every view opens in a reader that is not ours, with its numbers.

What is compared is always the slice of the view, so forms that agree with it agree with each other.
"""

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

import pytest
from allpairspy import AllPairs  # type: ignore[import-untyped]  # it has no types
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from flask.testing import FlaskClient
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from dashboard import catalogue, charts, i18n, slides
from dashboard.charts import cells
from dashboard.i18n import Locale
from dashboard.i18n.bidi import MARKS
from dashboard.model import PUBLIC, Point, Slice, View
from dashboard.prints import Press
from dashboard.prints.press import MOST_PIXELS
from dashboard.prints.texts import apart
from dashboard.service import Statistics

CONFIG = Path(__file__).parents[1] / "config"
INDICATORS = tuple(catalogue.load(CONFIG).indicators)
KINDS = tuple(charts.KINDS)
LANGUAGES = tuple(i18n.locales(CONFIG))
THEMES = ("light", "dark")
PRINTS_LAST = ("bars", "line", "milestones", "progress", "step", "timeline", "years")
"""Kinds that print the last number of every series beside it."""
FIGURE = re.compile(r"[\d০-৯]+(?:[.,][\d০-৯]+)*")
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Case:
    """A view in one language and theme, and the truth about it."""

    statistics: Statistics
    view: View

    @cached_property
    def slice(self) -> Slice:
        return self.statistics.slice(self.view, PUBLIC)

    @property
    def locale(self) -> Locale:
        return self.statistics.locale(self.view.lang)

    @cached_property
    def values(self) -> list[float | None]:
        return [point.cell.value for point in self.slice.points]

    @property
    def shown(self) -> list[str]:
        return [self.words(point) for point in self.slice.points]

    def words(self, point: Point) -> str:
        return MARKS.sub("", cells.shown(point.cell, self.slice, self.locale))

    @property
    def last(self) -> Iterator[str]:
        """Yield the last number of every series as the reader sees it."""
        for key in self.slice.keys:
            there = [p for p in self.slice.of(key) if p.cell.value is not None]
            if there:
                yield self.words(there[-1])

    def get(self, client: FlaskClient, form: str, mimetype: str) -> bytes:
        """Return the body of a form, whose type is as it must be."""
        ending = f".{form}" if form != "page" else ""
        address = f"/charts/{self.view.indicator}{ending}?{self.view.to_query()}"
        answer = client.get(address, follow_redirects=form == "page")
        assert (answer.status_code, answer.mimetype) == (200, mimetype)
        return bytes(answer.data)


def figures(text: str) -> set[str]:
    """Return the numbers in a text."""
    return set(FIGURE.findall(MARKS.sub("", text)))


def table(case: Case) -> list[list[str]]:
    """Return the rows that a page shows."""
    return [list(row) for row in charts.table(case.slice, case.locale).rows]


# -- readers: one for each form -------------------------------------------------------------------


def read_csv(case: Case, client: FlaskClient) -> None:
    text = case.get(client, "csv", "text/csv").decode("utf-8")
    assert text.isascii()
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert [float(row["value"]) if row["value"] else None for row in rows] == case.values
    said = [(p.time_period, p.cell.status, p.cell.n) for p in case.slice.points]
    assert [
        (row["time_period"], row["status"], int(row["n"]) if row["n"] else None) for row in rows
    ] == said
    assert {row["release"] for row in rows} == {case.slice.release}


def read_json(case: Case, client: FlaskClient) -> None:
    found = json.loads(case.get(client, "json", "application/json"))
    assert [row["value"] for row in found["rows"]] == case.values
    assert found["release"]["id"] == case.slice.release
    assert [source["id"] for source in found["sources"]] == [s.id for s in case.slice.sources]
    assert found["illustrative"] is case.slice.illustrative


def read_figure(case: Case, client: FlaskClient) -> None:
    found = json.loads(case.get(client, "figure.json", "application/json"))
    assert found["table"]["rows"] == table(case)
    said = [MARKS.sub("", field) for row in table(case) for field in row]
    assert all(any(words in field for field in said) for words in case.shown)
    assert found["illustrative"] is case.slice.illustrative


def read_page(case: Case, client: FlaskClient) -> None:
    tree = BeautifulSoup(case.get(client, "page", "text/html"), "lxml")
    assert tree.html is not None and tree.html["lang"] == case.locale.code
    rows = tree.select("figure details table tbody tr")
    assert [[field.get_text() for field in row.select("th, td")] for row in rows] == table(case)


def read_text(case: Case, client: FlaskClient) -> None:
    text = case.get(client, "txt", "text/plain").decode()
    for sentence in case.statistics.summary(case.slice):
        assert sentence in text


def read_xlsx(case: Case, client: FlaskClient) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    book = load_workbook(io.BytesIO(case.get(client, "xlsx", kind)))
    heads, *rows = book.worksheets[0].iter_rows(values_only=True)
    place = heads.index("value")
    assert [row[place] for row in rows] == case.values
    assert len(book.worksheets) == 3


def read_svg(case: Case, client: FlaskClient) -> None:
    root = fromstring(case.get(client, "svg", "image/svg+xml"), forbid_dtd=True)
    assert root.tag == f"{SVG}svg" and float(root.attrib["width"]) > 0
    assert {element.tag for element in root.iter()}.isdisjoint({f"{SVG}script", f"{SVG}image"})
    printed = figures(" ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")))
    if charts.kind_of(case.slice, "web") in PRINTS_LAST:
        for words in case.last:
            assert figures(words) <= printed, words


def read_png(case: Case, client: FlaskClient) -> None:
    found = Image.open(io.BytesIO(case.get(client, "png", "image/png")))
    found.load()
    assert 0 < found.width * found.height <= MOST_PIXELS * 1.01
    assert len(found.convert("RGB").getcolors(1 << 22) or ()) > 2


def read_pdf(case: Case, client: FlaskClient) -> None:
    read = PdfReader(io.BytesIO(case.get(client, "pdf", "application/pdf")), strict=True)
    (page,) = read.pages
    picture = case.get(client, "svg", "image/svg+xml").decode()
    words = re.sub(r"\s+", "", MARKS.sub("", page.extract_text()))
    for line in apart(picture).words:
        for number in figures(line["text"]):
            assert number in words, line["text"]


def read_pptx(case: Case, client: FlaskClient) -> None:
    kind = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    (slide,) = Presentation(io.BytesIO(case.get(client, "pptx", kind))).slides
    assert slide.shapes.title.text and slide.notes_slide.notes_text_frame.text
    drawn = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
    assert bool(drawn) is slides.native(case.slice, case.locale)
    for shape in drawn:
        if shape.has_chart:
            there = [v for s in shape.chart.plots[0].series for v in s.values if v is not None]
            assert sorted(there) == sorted(v for v in case.values if v is not None)
        else:
            said = figures(" ".join(c.text for row in shape.table.rows for c in row.cells))
            picture = case.get(client, "svg", "image/svg+xml").decode()
            assert said <= figures(" ".join(line["text"] for line in apart(picture).words))
    if not drawn:
        spoken = MARKS.sub("", slide.notes_slide.notes_text_frame.text)
        assert all(words in spoken for words in case.shown)


READERS: dict[str, Callable[[Case, FlaskClient], None]] = {
    "page": read_page,
    "csv": read_csv,
    "json": read_json,
    "figure.json": read_figure,
    "txt": read_text,
    "xlsx": read_xlsx,
    "svg": read_svg,
    "png": read_png,
    "pdf": read_pdf,
    "pptx": read_pptx,
}


def pairs() -> list[tuple[str, ...]]:
    """Return combinations in which any two choices meet: of indicator, kind, language …"""
    choices = [list(INDICATORS), list(KINDS), list(READERS), list(LANGUAGES), list(THEMES)]
    return [tuple(found) for found in AllPairs(choices)]


def view_of(name: str, kind: str, lang: str, theme: str) -> View:
    """Return a view as its address says it."""
    return View(name, chart=kind, lang="" if lang == "en" else lang, theme=theme)


def wrong(
    client: FlaskClient, statistics: Statistics, form: str, views: Sequence[View]
) -> dict[str, str]:
    """Return what does not hold, by address."""
    found = {}
    for view in views:
        try:
            READERS[form](Case(statistics, view), client)
        except AssertionError as error:
            found[f"{view.indicator}.{form}?{view.to_query()}"] = str(error)[:300]
    return found


def test_any_two_choices_meet_in_some_case() -> None:
    met = {pair for case in pairs() for pair in product(case, case)}
    for one, other in ((INDICATORS, KINDS), (INDICATORS, READERS), (KINDS, READERS)):
        assert set(product(one, other)) <= met
    assert set(product(LANGUAGES, (*READERS, *THEMES, *INDICATORS, *KINDS))) <= met


@pytest.mark.parametrize("form", READERS)
def test_a_form_opens_in_a_reader_of_its_kind_and_has_the_numbers_of_the_view(
    client: FlaskClient, statistics: Statistics, form: str
) -> None:
    cases = [case for case in pairs() if case[2] == form]
    assert len(cases) >= len(INDICATORS)
    views = [view_of(name, kind, lang, theme) for name, kind, _, lang, theme in cases]
    assert wrong(client, statistics, form, views) == {}


@pytest.mark.drill
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", READERS)
def test_every_form_of_every_view_opens_and_has_its_numbers(
    client: FlaskClient, statistics: Statistics, form: str, lang: str
) -> None:
    views = [view_of(n, k, lang, theme) for n, k, theme in product(INDICATORS, KINDS, THEMES)]
    assert wrong(client, statistics, form, views) == {}


# -- programs that are not of Python ---------------------------------------------------------------

OPENED = ("pptx", "xlsx", "csv")


def without(program: str) -> pytest.MarkDecorator:
    """Leave a test out, and say so, where a program is missing."""
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not here")


@without("soffice")
@without("pdftotext")
def test_libreoffice_opens_slides_workbooks_and_tables(
    client: FlaskClient, statistics: Statistics, tmp_path: Path
) -> None:
    views = ("exports_goods_to_date?lang=ur", "noncompliance_cluster", "women_by_role?lang=bn")
    given = {}
    for view, form in zip(views, OPENED, strict=True):
        name, _, query = view.partition("?")
        file = tmp_path / f"{name}.{form}"
        file.write_bytes(client.get(f"/charts/{name}.{form}?{query}").data)
        given[file] = Case(statistics, View.from_query(name, query))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, given)], check=True, capture_output=True, timeout=170)  # noqa: S603
    for file, case in given.items():
        said = read_by_poppler(file.with_suffix(".pdf"))
        assert case.slice.release in said, file.name
        if file.suffix != ".pptx":
            whole = re.sub(r"[,.]", "", said)
            for value in case.values[:5]:
                assert value is None or re.sub(r"\.0$|\.", "", str(value)) in whole, file.name


def read_by_poppler(file: Path) -> str:
    """Return the text of a PDF."""
    command = ["pdftotext", "-layout", str(file), "-"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: S603
    return MARKS.sub("", done.stdout.decode())


@without("pdftotext")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_poppler_reads_the_words_of_a_picture(
    client: FlaskClient, lang: str, tmp_path: Path
) -> None:
    file = tmp_path / "picture.pdf"
    file.write_bytes(client.get(f"/charts/exports_goods.pdf?lang={lang}").data)
    said = read_by_poppler(file)
    for number in ("2026.1", "2021", "2022"):
        assert number in said or lang == "bn"
    words = apart(client.get(f"/charts/exports_goods.svg?lang={lang}").text).words
    assert all(n in said for word in words for n in figures(word["text"]))


# -- what nobody can buy ---------------------------------------------------------------------------

HOSTILE = (
    *("scale=99", "scale=-1", "scale=1e9", "form=" + "x" * 3000, "form=..%2F..%2Fetc", "theme=%00"),
    *("from=" + "9" * 4000, "to=99999-01", "from=-2024", "freq=MMMM", "width=100000&height=100000"),
    "&".join(f"d{n}=x" for n in range(500)),
    "market=" + ",".join(f"m{n}" for n in range(2000)),
    *("split=" + ",".join(["market"] * 900) + ",x", "lang=" + "u" * 5000, "chart=__class__"),
    *("release=" + "9" * 2000, "unit=%F0%9F%92%A3" * 1, "panel=all&panel=same", "a" * 9000),
)


@pytest.mark.parametrize("form", [form for form in READERS if form != "page"])
def test_a_hostile_query_buys_no_rendering(
    client: FlaskClient, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*given: object) -> bytes:
        raise RuntimeError("something was rendered")

    for at in ("dashboard.charts._draw", "dashboard.slides.written", "dashboard.workbook.written"):
        monkeypatch.setattr(at, never)
    monkeypatch.setattr(Press, "_printed", never)
    for query in HOSTILE:
        answer = client.get(f"/charts/exports_goods.{form}?{query}")
        assert answer.status_code in (400, 404), (query[:60], answer.status_code)
        assert len(answer.data) < 12_000, query[:60]


@pytest.mark.parametrize("name", ["noncompliance_point", "exports_chapter", "exports_goods"])
def test_the_widest_view_stays_within_the_pixels_allowed(client: FlaskClient, name: str) -> None:
    for form, kind in product(("slide", "square"), ("multiples", "heat", "bars")):
        asked = f"form={form}&scale=3&chart={kind}&from=1900&to=2999"
        answer = client.get(f"/charts/{name}.png?{asked}")
        if answer.status_code != 200:
            assert answer.status_code in (400, 404)
            continue
        found = Image.open(io.BytesIO(answer.data))
        assert found.width * found.height <= MOST_PIXELS * 1.01
