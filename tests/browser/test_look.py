"""The look in a real browser: nothing sticks out, nothing moves, every target can be hit."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = (
    *("/", "/exports", "/compliance", "/charts/exports_goods", "/explore", "/briefing", "/facts"),
    "/data",
)
LANGUAGES = pytest.mark.parametrize("language", ["en", "ur"])
Open = Callable[..., Page]

BOXES = """() => [...document.querySelectorAll('#page *')]
  .filter(e => !e.closest('svg'))
  .map(e => {
    const box = e.getBoundingClientRect(), look = getComputedStyle(e);
    const words = ['color', 'backgroundColor', 'borderTopColor', 'fontSize', 'fontFamily',
      'fontWeight', 'boxShadow', 'textAlign', 'appearance'].map(name => look[name]);
    return [e.tagName + '.' + e.className + '#' + e.id, box.x, box.y, box.width, box.height,
      ...words].join(' ');
  })"""

BOOTSTRAP = """async () => {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = JSON.parse(document.getElementById('boot').textContent).bootstrap;
  const there = new Promise(done => { link.onload = done; });
  document.head.insertBefore(link, document.head.firstChild);
  await there;
}"""

SMALL = """least => [...document.querySelectorAll(
    '.menu a, .languages a, select, .apply, .card .files a, footer a')]
  .filter(e => e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }))
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([, box]) => box.height < least || box.width < 24)
  .map(([words]) => words)"""


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page in a window of some width."""
    pages: list[Page] = []

    def open_it(path: str, width: int, language: str = "en", **more: Any) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900}, **more)
        pages.append(page)
        page.goto(f"{address}{path}" + ("" if language == "en" else f"?lang={language}"))
        page.evaluate("document.fonts.ready")
        return page

    yield open_it
    for page in pages:
        page.close()


def sticking_out(page: Page) -> float:
    """Return by how many px the page is wider than its window."""
    root = "document.documentElement"
    return float(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


@LANGUAGES
@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_in_a_narrow_window(
    opened: Open, path: str, language: str
) -> None:
    page = opened(path, 320, language)
    assert sticking_out(page) == 0
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert sticking_out(page) == 0


@LANGUAGES
@pytest.mark.parametrize("path", PAGES)
def test_letters_of_twice_the_size_lose_nothing(opened: Open, path: str, language: str) -> None:
    page = opened(path, 640, language)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32
    assert sticking_out(page) == 0


@LANGUAGES
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/compliance", "/explore", "/charts/exports_goods"])
def test_nothing_moves_or_changes_when_bootstrap_comes(
    opened: Open, path: str, width: int, language: str
) -> None:
    page = opened(path, width, language, color_scheme="dark" if width == 360 else "light")
    page.evaluate("document.querySelectorAll('.filters').forEach(d => { d.open = true; })")
    before = page.evaluate(BOXES)
    page.evaluate(BOOTSTRAP)
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--bs-blue')")
    after = page.evaluate(BOXES)
    moved = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert not moved, json.dumps(moved[:5], indent=1)


@pytest.mark.parametrize(("width", "wide"), [(360, False), (919, False), (920, True), (1280, True)])
def test_one_picture_is_shown_and_never_smaller_than_drawn(
    opened: Open, width: int, wide: bool
) -> None:
    page = opened("/exports", width)
    shown = page.evaluate(
        """() => [...document.querySelectorAll('#main-chart-picture svg')]
          .map(svg => [svg.getBoundingClientRect().width, svg.viewBox.baseVal.width])
          .filter(([width]) => width > 0)"""
    )
    assert len(shown) == 1
    across, drawn = shown[0]
    assert (drawn > 500) is wide
    assert across >= drawn * 0.985


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_live_chart_takes_the_box_of_the_picture(opened: Open, width: int) -> None:
    page = opened("/exports", width)
    box = "document.getElementById('main-chart-plot').getBoundingClientRect().height"
    before = page.evaluate(box)
    page.locator("#main-chart-filters").evaluate("e => { e.open = true; }")
    page.locator("#main-chart-filters select").first.focus()
    page.wait_for_selector("#main-chart-plot[data-live]")
    assert page.evaluate(box) == pytest.approx(before, abs=1)
    seen = "s => getComputedStyle(document.querySelector(s)).visibility"
    assert page.evaluate(seen, "#main-chart-plot .live") == "visible"
    assert page.evaluate(seen, "#main-chart-picture") == "hidden"


def test_menu_and_filters_are_rows_in_a_wide_window_and_panels_in_a_narrow_one(
    opened: Open,
) -> None:
    wide, narrow = opened("/exports", 1280), opened("/exports", 360)
    for part in (".menu a", "#main-chart-filters select"):
        assert wide.locator(part).first.is_visible()
        assert not narrow.locator(part).first.is_visible()
    for part in (".menu > summary", "#main-chart-filters > summary"):
        assert not wide.locator(part).is_visible()
        assert narrow.locator(part).is_visible()
        narrow.locator(part).click()
    assert narrow.locator(".menu a").first.is_visible()
    assert narrow.locator("#main-chart-filters select").first.is_visible()


@LANGUAGES
def test_main_targets_are_44_px_high(opened: Open, language: str) -> None:
    for width in (360, 1280):
        page = opened("/exports", width, language)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert page.evaluate(SMALL, 44) == []


def test_what_has_the_focus_is_ringed(opened: Open) -> None:
    page = opened("/facts", 1280)
    for _ in range(12):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            "() => { const look = getComputedStyle(document.activeElement);"
            " return [look.outlineStyle, parseFloat(look.outlineWidth)]; }"
        )
        assert ring[0] == "solid" and ring[1] >= 2


def test_print_shows_the_picture_and_leaves_the_controls_out(opened: Open) -> None:
    page = opened("/exports", 1280)
    page.emulate_media(media="print", color_scheme="dark")
    assert (
        page.locator("#main-chart-picture svg").first.is_visible()
        or page.locator("#main-chart-picture svg").nth(1).is_visible()
    )
    for part in (".sections", ".filter-form", ".skip"):
        assert not page.locator(part).first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("path", ["/", "/exports"])
def test_urdu_prose_is_nastaliq_and_its_numbers_controls_and_tables_are_not(
    opened: Open, path: str
) -> None:
    page = opened(path, 1280, "ur")
    first = "s => getComputedStyle(document.querySelector(s)).fontFamily.split(',')[0]"
    for part in ("h1", ".intro", ".summary", ".card h2"):
        assert "Nastaliq" in page.evaluate(first, part), part
        line = page.evaluate(
            "s => { const l = getComputedStyle(document.querySelector(s));"
            " return [parseFloat(l.fontSize), parseFloat(l.lineHeight)]; }",
            part,
        )
        assert line[0] >= 16 and line[1] / line[0] >= 2.29, part
    for part in (".tile-value", ".subtitle", ".menu a", "svg.chart", "select", "table"):
        if page.locator(part).count():
            assert "Nastaliq" not in page.evaluate(first, part), part
