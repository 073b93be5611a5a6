"""Plotly's drawing and our own stand on the same spots, letter by letter, in a real browser."""

import io
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chart_slices import CASES
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from dashboard import charts
from dashboard.i18n import Locale, locales

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "build" / "vendor"
PLOTLY = VENDOR / "plotly-basic.min.js"
LOCALES = locales(ROOT / "config")
NEAR = 3.0
"""How many px apart the middles of a text may be."""

SQUARE, PAPER, UNLIKE = 4, 250, 60
"""Drawings are compared by squares of so many px; below `PAPER` of 255 there is some ink."""
SOME, FEW = 0.01, 0.02
"""So much of a drawing has ink at least, so much of it may be elsewhere at most."""

pytestmark = pytest.mark.browser

FONTS = (
    ("Source Sans 3", "source-sans-3-latin"),
    ("Noto Naskh Arabic", "noto-naskh-arabic-arabic"),
)
MIDDLES = """selector => {
  const at = {}, root = document.querySelector(selector).getBoundingClientRect();
  for (const text of document.querySelectorAll(selector + ' text')) {
    const words = text.textContent.replace(/\\s+/g, ''), box = text.getBoundingClientRect();
    if (!words || !box.width) continue;
    (at[words] = at[words] || []).push(
      [box.x + box.width / 2 - root.x, box.y + box.height / 2 - root.y]);
  }
  return at;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    found = browser.new_page(viewport={"width": 1000, "height": 1400})
    yield found
    found.close()


def document(locale: Locale, ours: str, figure: dict[str, Any]) -> str:
    faces = "".join(
        f"@font-face{{font-family:'{name}';font-weight:{weight};"
        f"src:url({(VENDOR / 'fonts' / f'{file}-{weight}-normal.woff2').as_uri()})}}"
        for name, file in FONTS
        for weight in (400, 600)
    )
    first = "Noto Naskh Arabic" if locale.direction == "rtl" else "Source Sans 3"
    drawn = json.dumps([figure["data"], figure["layout"]])
    return (
        f"<!doctype html><html dir={locale.direction}><meta charset=utf-8>"
        f"<style>{faces}{charts.css()}"
        f"body{{margin:0;font-family:'{first}','Source Sans 3'}}#ours{{width:860px}}</style>"
        f"<div id=ours>{ours}</div><div id=live></div><script src='{PLOTLY.as_uri()}'></script>"
        f"<script>document.fonts.load('600 13px \"{first}\"', 'ا').then(() => document.fonts.ready)"
        f".then(() => Plotly.newPlot('live', ...{drawn}, {{displayModeBar: false}}))"
        f".then(() => document.body.dataset.ready = 'yes')</script>"
    )


@pytest.mark.parametrize("language", ["en", "ur"])
def test_both_drawings_put_their_words_in_the_same_places(
    page: Page, language: str, tmp_path: Path
) -> None:
    for name, case in CASES.items():
        figure = charts.draw(case, LOCALES[language])
        if not figure["live"]:
            continue
        file = tmp_path / f"{name}.html"
        file.write_text(document(LOCALES[language], charts.picture(figure), dict(figure)), "utf-8")
        page.goto(file.as_uri())
        page.wait_for_selector("body[data-ready]")
        ours, live = page.evaluate(MIDDLES, "#ours"), page.evaluate(MIDDLES, "#live")
        assert set(ours) == set(live), name
        for words, places in ours.items():
            compare(f"{name}: {words}", places, live[words])


def compare(what: str, ours: list[list[float]], live: list[list[float]]) -> None:
    assert len(ours) == len(live), what
    for one in ours:
        other = min(live, key=lambda spot: math.dist(one, spot))
        assert math.dist(one, other) <= NEAR, (what, one, other)


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize(
    "name", ["exports", "by_city", "by_cluster", "cycles", "items", "enrolled"]
)
def test_both_drawings_put_the_same_ink_in_the_same_places(
    page: Page, name: str, language: str, tmp_path: Path
) -> None:
    """Lines, bars and marks of the live chart, without its words, stand where our picture's do."""
    figure = charts.draw(CASES[name], LOCALES[language])
    file = tmp_path / f"{name}.html"
    file.write_text(document(LOCALES[language], charts.picture(figure), dict(figure)), "utf-8")
    page.goto(file.as_uri())
    page.wait_for_selector("body[data-ready]")
    page.add_style_tag(content="text { visibility: hidden !important }")
    ours, live = (ink(page, selector) for selector in ("#ours svg", "#live .main-svg"))
    assert ours.size == live.size
    there = sum(count for level, count in enumerate(ours.histogram()) if level < PAPER)
    assert there > SOME * ours.width * ours.height
    levels = enumerate(ImageChops.difference(ours, live).histogram())
    far = sum(count for level, count in levels if level > UNLIKE)
    assert far <= FEW * there, (far, there)


def ink(page: Page, selector: str) -> Image.Image:
    """Return a drawing in grey, each pixel the mean of a square of the screen."""
    shot = Image.open(io.BytesIO(page.locator(selector).first.screenshot())).convert("L")
    return shot.resize((shot.width // SQUARE, shot.height // SQUARE), Image.Resampling.BOX)


def test_a_browser_says_nothing_about_our_pictures_under_a_strict_policy(
    page: Page, tmp_path: Path
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    policy = "default-src 'none'"
    body = "".join(charts.picture(charts.draw(case, LOCALES["en"])) for case in CASES.values())
    file = tmp_path / "strict.html"
    head = f'<meta charset=utf-8><meta http-equiv="Content-Security-Policy" content="{policy}">'
    file.write_text(f"<!doctype html>{head}{body}", "utf-8")
    page.goto(file.as_uri())
    assert page.locator("svg.chart").count() == len(CASES)
    assert said == []
