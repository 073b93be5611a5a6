"""A reader shares a chart: by keyboard, from the clipboard, after a filter, without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from dashboard import short
from dashboard.model import View

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "build/vendor/axe.min.js"
SITE = "http://127.0.0.1:8050"
COPIED = "navigator.clipboard.readText()"
PICTURE = """
navigator.clipboard.read().then(items => items[0].getType('image/png')).then(createImageBitmap)
  .then(picture => [picture.width, picture.height])
"""
FOCUSED = "document.activeElement.outerHTML.slice(0, 200)"
SMALL = """
[...document.querySelectorAll('dialog :is(a, button, select)')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.height > 0 && (box.height < 43.9 || box.width < 24);
}).map(one => one.textContent)
"""
WIDER = "(d => d.scrollWidth > d.clientWidth)(document.querySelector('dialog'))"
NOT_OURS = ("Cannot addRelatedStyleRule", "was preloaded using link preload")


def context(browser: Browser, address: str, width: int = 1280, **more: str) -> BrowserContext:
    """Return a reader who lets the site write to the clipboard."""
    found = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if more.get("scheme") == "dark" else "light",
        bypass_csp="checked" in more,
    )
    found.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    return found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page in Chromium that may not complain."""
    reader, said = context(browser, address), list[str]()
    found = reader.new_page()
    found.on("console", lambda message: said.append(message.text))
    found.on("pageerror", lambda error: said.append(str(error)))
    yield found
    reader.close()
    assert [text for text in said if not any(known in text for known in NOT_OURS)] == []


def opened(page: Page, address: str) -> Page:
    """Open the dialog of the first chart of a page by keyboard."""
    page.goto(address)
    page.locator("a[data-share]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    return page


def test_by_keyboard_alone_a_link_is_copied_and_focus_comes_back(page: Page, address: str) -> None:
    opened(page, f"{address}/charts/exports_goods?freq=FY&lang=ur")
    expect(page.locator("#sharing-title")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("dialog .close")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert 'class="copy"' in page.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    expect(page.locator("#sharing-said")).not_to_be_empty()
    wanted = short.address_of(View("exports_goods", freq="FY", lang="ur"), SITE)
    assert page.evaluate(COPIED) == wanted
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("a[data-share]").first).to_be_focused()


def test_focus_stays_in_the_dialog_until_it_is_closed(page: Page, address: str) -> None:
    opened(page, f"{address}/charts/exports_goods")
    stops = page.locator("dialog :is(a[href], button, select, [tabindex='0'])").count()
    for _ in range(stops + 3):
        page.keyboard.press("Tab")
        inside = "!document.activeElement.closest('main, header:not(dialog *)')"
        assert page.evaluate(inside), page.evaluate(FOCUSED)
    page.locator("dialog .close").click()
    expect(page.locator("a[data-share]").first).to_be_focused()


def test_the_picture_is_copied_as_pixels(page: Page, address: str) -> None:
    opened(page, f"{address}/charts/exports_goods")
    page.locator("[data-copy-picture] .copy").click()
    expect(page.locator("#sharing-said")).to_have_text("Copied", timeout=20_000)
    width, height = page.evaluate(PICTURE)
    assert (width, height > 800) == (1720, True)


def test_after_a_filter_the_dialog_shares_what_is_shown_then(page: Page, address: str) -> None:
    page.goto(f"{address}/exports")
    page.locator("#main-chart-filters select").first.focus()
    page.wait_for_selector("html[data-live]")
    with page.expect_response(lambda answer: ".figure.json" in answer.url and "FY" in answer.url):
        page.select_option("select[name='freq']", "FY")
    expect(page.locator("#main-chart a[data-share]")).to_have_attribute(
        "href", "/charts/exports_goods/share?freq=FY"
    )
    page.locator("#main-chart a[data-share]").click()
    page.locator("dialog .copy").first.click()
    expect(page.locator("#sharing-said")).not_to_be_empty()
    assert page.evaluate(COPIED) == short.address_of(View("exports_goods", freq="FY"), SITE)


def test_the_code_of_an_embed_follows_what_is_chosen(page: Page, address: str) -> None:
    opened(page, f"{address}/charts/exports_goods?freq=FY")
    page.select_option("#choose-embed", "frozen")
    page.select_option("#choose-embed-filters", "lock")
    page.select_option("#choose-embed-lang", "bn")
    code = page.locator("#share-embed-code code").first
    expect(code).to_contain_text("filters=lock")
    expect(code).to_contain_text("lang=bn")
    page.locator("#share-embed-code .copy").first.click()
    expect(page.locator("#sharing-said")).not_to_be_empty()
    copied = page.evaluate(COPIED)
    assert copied.startswith("<iframe src=") and "release=2026." in copied
    assert copied == code.inner_text()


def test_the_citation_that_is_copied_knows_the_day_of_reading(page: Page, address: str) -> None:
    page.clock.set_fixed_time("2026-11-28T10:00:00")
    opened(page, f"{address}/charts/exports_goods")
    page.locator(".share-cite .copy").first.click()
    expect(page.locator("#sharing-said")).not_to_be_empty()
    lines = page.evaluate(COPIED).splitlines()
    assert len(lines) == 4
    assert lines[-1] == "Accessed on 28 November 2026."


def test_the_embed_is_looked_at_in_the_dialog_itself(page: Page, address: str) -> None:
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    opened(page, f"{address}/charts/exports_goods?freq=FY&lang=ur")
    page.locator("#share-embed-code summary").click()
    inside = page.frame_locator("#share-embed-code iframe")
    expect(inside.locator("html")).to_have_attribute("lang", "ur")
    expect(inside.locator("h1, h2").first).to_be_visible()
    assert refused == []


def test_a_dialog_costs_no_more_than_its_script_its_style_and_its_words(
    page: Page, address: str
) -> None:
    asked: list[str] = []
    page.goto(f"{address}/charts/exports_goods", wait_until="networkidle")
    page.on("request", lambda request: asked.append(request.url))
    page.locator("a[data-share]").click()
    page.wait_for_selector("dialog[open]")
    named = [url for url in asked if ".png" not in url and ".woff2" not in url]
    assert len(named) == 3, named
    assert not page.evaluate("document.documentElement.hasAttribute('data-live')")


def test_where_the_piece_does_not_come_the_page_does(page: Page, address: str) -> None:
    page.goto(f"{address}/charts/exports_goods")

    def lost(route: Route) -> None:
        route.fulfill(status=200, body="", content_type="text/javascript")

    page.route("**/static/share.*.js", lost)
    page.locator("a[data-share]").click(no_wait_after=True)
    page.wait_for_url("**/charts/exports_goods/share")
    page.unroute("**/static/share.*.js")
    page.reload()
    expect(page.locator("main .copy").first).to_be_visible()


@pytest.mark.parametrize(
    "look",
    [
        (1280, "en", "light", "/charts/exports_goods"),
        (320, "en", "dark", "/charts/women_by_role"),
        (360, "ur", "light", "/charts/exports_goods"),
        (360, "bn", "dark", "/compliance"),
    ],
)
def test_the_dialog_fits_and_breaks_no_rule(
    browser: Browser, address: str, look: tuple[int, str, str, str]
) -> None:
    width, lang, scheme, path = look
    reader = context(browser, address, width, scheme=scheme, checked="yes")
    found = opened(reader.new_page(), f"{address}{path}?lang={lang}")
    assert not found.evaluate(WIDER)
    assert found.evaluate(SMALL) == []
    found.evaluate(AXE.read_text(encoding="utf-8"))
    broken = found.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in broken] == []
    reader.close()


def test_without_scripts_the_page_has_every_text(browser: Browser, address: str) -> None:
    reader = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    found = reader.new_page()
    found.goto(f"{address}/charts/exports_goods?freq=FY")
    found.locator("a[data-share]").click()
    expect(found.locator("h1")).to_contain_text("Share: Exports of all goods")
    expect(found.locator(".share-link a").first).to_be_visible()
    found.select_option("#choose-embed-filters", "show")
    found.get_by_text("Change the embed").click()
    expect(found.locator(".share-embed code").first).to_contain_text("freq=FY&amp;filters=show")
    assert not found.evaluate("document.documentElement.scrollWidth > innerWidth")
    reader.close()
