"""Pictures as PNG and as PDF: of the right size, with their words, the same on any day."""

import io
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageChops
from playwright.sync_api import Browser
from pypdf import PdfReader

from dashboard.prints import LETTERS, Press, PressMissing, Sheet, open_press
from dashboard.prints.press import MOST_PIXELS
from dashboard.prints.texts import apart

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "ur", "ar", "bn")
PAGES = {"slide": (1280, 720), "square": (1080, 1080), "social": (1200, 630)}
VIEWS = ("exports_goods", "noncompliance_cluster", "women_by_role", "gsp_conventions")


def picture(client: FlaskClient, address: str) -> Image.Image:
    """Return the picture that an address answers with."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text)
    assert answer.mimetype == "image/png"
    found = Image.open(io.BytesIO(answer.data))
    found.load()
    return found.convert("RGB")


def paper(client: FlaskClient, address: str) -> PdfReader:
    """Return the PDF that an address answers with."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text)
    assert answer.mimetype == "application/pdf"
    return PdfReader(io.BytesIO(answer.data), strict=True)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", PAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_form_has_its_size_and_nothing_touches_its_edge(
    client: FlaskClient, view: str, form: str, lang: str
) -> None:
    found = picture(client, f"/charts/{view}.png?form={form}&lang={lang}")
    assert found.size == PAGES[form]
    ground = Image.new("RGB", found.size, "#FFFFFF")
    drawn = ImageChops.difference(found, ground).getbbox()
    assert drawn is not None
    left, top, right, bottom = drawn
    assert left >= 2 and top >= 2 and right <= found.width - 2 and bottom <= found.height - 2


def test_colours_follow_the_theme_and_scale_multiplies_the_size(client: FlaskClient) -> None:
    light = picture(client, "/charts/exports_goods.png")
    dark = picture(client, "/charts/exports_goods.png?theme=dark")
    assert light.getpixel((1, 1)) == (255, 255, 255)
    assert dark.getpixel((1, 1)) == (0x12, 0x16, 0x1C)
    twice = picture(client, "/charts/exports_goods.png?scale=2")
    assert abs(twice.width - 2 * light.width) <= 2 and abs(twice.height - 2 * light.height) <= 2


@pytest.mark.parametrize("view", [*VIEWS, "noncompliance_point", "exports_chapter"])
def test_no_query_buys_more_pixels_than_allowed(client: FlaskClient, view: str) -> None:
    for form in ("web", "phone", *PAGES):
        found = picture(client, f"/charts/{view}.png?form={form}&scale=3")
        assert found.width * found.height <= MOST_PIXELS * 1.01


@pytest.mark.parametrize(
    ("ending", "option", "possible"),
    [
        ("png", "form=huge", "web, phone, slide, square, social"),
        ("png", "scale=4", "1, 2, 3"),
        ("png", "scale=1.5", "1, 2, 3"),
        ("png", "scale=", "1, 2, 3"),
        ("png", "theme=sepia", "light, dark"),
        ("pdf", "form=huge", "web, phone, slide, square, social"),
        ("pdf", "scale=2", ""),
        ("png", "width=90000", ""),
    ],
)
def test_what_a_picture_cannot_be_is_refused(
    client: FlaskClient, ending: str, option: str, possible: str
) -> None:
    answer = client.get(f"/charts/exports_goods.{ending}?{option}")
    assert answer.status_code == 400
    assert possible in answer.text


@pytest.mark.parametrize("view", VIEWS)
def test_a_pdf_says_what_the_picture_says_as_text(client: FlaskClient, view: str) -> None:
    read = paper(client, f"/charts/{view}.pdf?form=slide")
    page = read.pages[0]
    assert len(read.pages) == 1
    assert (page.mediabox.width, page.mediabox.height) == (1280, 720)
    written = re.sub(r"\s+", "", page.extract_text())
    words = apart(client.get(f"/charts/{view}.svg?form=slide").text).words
    assert words
    for word in words:
        assert re.sub(r"\s+", "", word["text"]) in written, word["text"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pdf_names_its_language_and_brings_its_fonts(client: FlaskClient, lang: str) -> None:
    read = paper(client, f"/charts/exports_goods.pdf?lang={lang}")
    root: Any = read.trailer["/Root"]
    assert root["/Lang"] == lang
    assert bool(root["/MarkInfo"]["/Marked"])
    assert read.metadata is not None and read.metadata.title
    resources: Any = read.pages[0]["/Resources"]
    for font in resources["/Font"].values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"]
        assert "/ToUnicode" in font.get_object()


@pytest.mark.parametrize("ending", ["png", "pdf"])
def test_the_same_pinned_address_is_the_same_bytes_from_another_press(
    client: FlaskClient, built: Path, ending: str
) -> None:
    view = f"/charts/noncompliance_cluster.{ending}?lang=bn&release=2026.1"
    answer = client.get(view)
    assert answer.headers["Cache-Control"].endswith("immutable")
    svg = client.get(view.replace(f".{ending}", ".svg")).text
    summary = client.get(view.replace(f".{ending}", ".figure.json")).json
    assert summary is not None
    press = open_press(built / LETTERS)
    sheet = Sheet(svg, "bn", " ".join(summary["summary"]))
    assert answer.data == (press.png(sheet) if ending == "png" else press.pdf(sheet))


def test_a_made_up_picture_says_so_inside_and_is_not_indexed(client: FlaskClient) -> None:
    answer = client.get("/charts/women_by_role.pdf")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    read = PdfReader(io.BytesIO(answer.data))
    assert "Illustrative data, not real figures." in read.pages[0].extract_text()
    assert "X-Robots-Tag" not in client.get("/charts/exports_goods.pdf").headers


def test_markup_in_a_text_is_printed_and_not_read(built: Path) -> None:
    press: Press = open_press(built / LETTERS)
    hostile = '#panic("x") *b* $y$ &lt;a&gt; \\ "quoted" [c]'
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="60" '
        "font-family=\"'Source Sans 3'\">"
        f'<title>#t</title><text x="5" y="30" fill="#000000">{hostile}</text></svg>'
    )
    read = PdfReader(io.BytesIO(press.pdf(Sheet(svg))))
    assert '#panic("x") *b* $y$ <a> \\ "quoted" [c]' in read.pages[0].extract_text()
    assert read.metadata is not None and read.metadata.title == "#t"


def test_sheets_print_alike_from_many_threads(built: Path, client: FlaskClient) -> None:
    press = open_press(built / LETTERS)
    sheet = Sheet(client.get("/charts/exports_goods.svg").text)
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(press.png(sheet))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1


def test_a_press_without_fonts_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(PressMissing, match="make setup"):
        open_press(tmp_path)


GROWING = """
import re, sys
from pathlib import Path
from dashboard.prints import Sheet, open_press
press, sizes = open_press(Path(sys.argv[1])), []
for number in range(16):
    mark = f'<rect x="{number}" width="9" height="9"/>'
    svg = Path(sys.argv[2]).read_text().replace("</svg>", mark + "</svg>")
    press.png(Sheet(svg), 3)
    sizes.append(int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]))
print((max(sizes) - sizes[4]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_large_pictures_leave_nothing_in_the_memory_of_a_worker(
    client: FlaskClient, built: Path, tmp_path: Path
) -> None:
    """Twelve more pictures of 8 MB of pixels each add less than two of them."""
    file = tmp_path / "picture.svg"
    file.write_text(client.get("/charts/exports_goods.svg?form=slide").text, "utf-8")
    program = [sys.executable, "-c", GROWING, str(built / LETTERS), str(file)]
    done = subprocess.run(program, check=True, capture_output=True, cwd=ROOT, timeout=120)  # noqa: S603
    assert int(done.stdout) < 16


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", ["exports_goods", "noncompliance_cluster"])
def test_a_picture_looks_as_a_browser_draws_it(
    client: FlaskClient, browser: Browser, built: Path, view: str, lang: str
) -> None:
    """Ink stands where the browser has it: letters of each script shaped, lines in their place."""
    query = f"form=slide&lang={lang}"
    svg = client.get(f"/charts/{view}.svg?{query}").text
    faces = "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};src:url({path.as_uri()})}}"
        for path in sorted((built / LETTERS).glob("*.ttf"))
        for family, weight in [FACES[path.stem]]
    )
    document = built / f"{view}-{lang}.html"
    document.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><style>{faces}body{{margin:0}}svg{{display:block}}"
        f"</style>{svg}",
        encoding="utf-8",
    )
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(document.as_uri())
    page.evaluate("document.fonts.ready")
    shown = Image.open(io.BytesIO(page.screenshot())).convert("L")
    page.close()
    document.unlink()
    printed = picture(client, f"/charts/{view}.png?{query}").convert("L")
    assert printed.size == shown.size
    small = (160, 90)
    pair = [image.resize(small, Image.Resampling.BOX) for image in (printed, shown)]
    apart_by = ImageChops.difference(*pair)
    far = sum(count for level, count in enumerate(apart_by.histogram()) if level > 40)
    assert far <= 0.004 * small[0] * small[1], far


FACES = {
    "SourceSans3-400": ("Source Sans 3", 400),
    "SourceSans3-600": ("Source Sans 3", 600),
    "SourceSans3Extended-400": ("Source Sans 3 Extended", 400),
    "SourceSans3Extended-600": ("Source Sans 3 Extended", 600),
    "NotoNaskhArabic-400": ("Noto Naskh Arabic", 400),
    "NotoNaskhArabic-600": ("Noto Naskh Arabic", 600),
    "NotoSansBengali-400": ("Noto Sans Bengali", 400),
    "NotoSansBengali-600": ("Noto Sans Bengali", 600),
}
