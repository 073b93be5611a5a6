"""An official makes a pack for a meeting, from the first chart to the file, by keyboard alone."""

import io
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
FOCUSED = "document.activeElement"


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page for a new reader."""
    contexts = []

    def open_it(path: str, width: int = 1280, *, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address + path)
        return page

    yield open_it
    for context in contexts:
        context.close()


def reach(page: Page, selector: str) -> None:
    """Go to an element with the tabulator, from wherever the keyboard is."""
    for _ in range(120):
        if page.evaluate(f"s => {FOCUSED}.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached: {page.url}")


def press(page: Page, selector: str) -> None:
    """Press a button or follow a link with the keyboard and wait for the page that comes."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def views(page: Page) -> list[str]:
    """Return the views that the address names."""
    return parse_qs(urlsplit(page.url).query)["view"]


def move(page: Page) -> None:
    """Bring the last of three charts to the front; the keyboard stays at its button."""
    press(page, "#up-3")
    assert page.evaluate(f"{FOCUSED}.id") == "up-2"
    press(page, "#up-2")
    assert page.evaluate(f"{FOCUSED}.id") == "down-1"


def entitle(page: Page, title: str) -> None:
    """Give a pack its title: the key Enter applies it."""
    page.reload()
    reach(page, "#pack-title")
    page.keyboard.type(title)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert parse_qs(urlsplit(page.url).query)["title"] == [title]


@pytest.mark.parametrize(("lang", "title"), [("en", "Meeting of the fund"), ("ur", "فنڈ کا اجلاس")])
def test_a_pack_is_made_by_keyboard_from_two_pages(
    opened: Open, address: str, lang: str, title: str
) -> None:
    page = opened(f"/charts/exports_goods?freq=FY&lang={lang}")
    press(page, "a[data-briefing=add]")
    assert views(page) == ["exports_goods?freq=FY"]
    page.goto(f"{address}/charts/women_by_role?lang={lang}")
    press(page, "a[data-briefing=add]")
    assert views(page) == ["exports_goods?freq=FY", "women_by_role"]
    reach(page, "#pick-add")
    page.select_option("#pick-add", "gsp_conventions")
    press(page, "button[name=added]")
    move(page)
    assert views(page) == ["gsp_conventions", "exports_goods?freq=FY", "women_by_role"]
    entitle(page, title)
    expect(page.locator(".pack > li")).to_have_count(3)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if lang == "ur" else "ltr")
    reach(page, "a[href^='/briefing.pptx']")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    (cover, *others) = Presentation(io.BytesIO(waiting.value.path().read_bytes())).slides
    assert title in cover.shapes.title.text_frame.text
    assert len(others) >= 4


def test_the_pack_under_way_waits_in_the_tab_and_a_new_one_is_empty(
    opened: Open, address: str
) -> None:
    page = opened("/briefing?view=exports_goods&title=Kept")
    page.goto(f"{address}/briefing")
    offer = page.locator("#pack-kept a")
    expect(offer).to_be_visible()
    offer.click()
    expect(page.locator("#pack-title")).to_have_value("Kept")
    page.locator("a[data-briefing=new]").click()
    expect(page.locator(".pack-form .nothing")).to_be_visible()
    expect(page.locator("#pack-kept")).to_be_hidden()
    page.goto(f"{address}/charts/women_by_role")
    page.locator("a[data-briefing=add]").click()
    expect(page.locator(".pack > li")).to_have_count(1)
    page.locator("#remove-1").click()
    expect(page.locator("#pack-kept")).to_be_hidden()
    assert page.context.cookies() == []
    elsewhere = opened("/briefing")
    expect(elsewhere.locator("#pack-kept")).to_be_hidden()


def test_without_scripts_the_page_does_all_of_it(opened: Open) -> None:
    page = opened("/charts/exports_goods", scripts=False)
    page.locator("a[data-briefing=add]").click()
    page.fill("#pack-address", "/charts/enterprises_enrolled?split=city")
    page.locator("button[name=added]").click()
    assert views(page) == ["exports_goods", "enterprises_enrolled?split=city"]
    page.locator("#down-1").click()
    assert views(page) == ["enterprises_enrolled?split=city", "exports_goods"]
    page.locator("#remove-1").click()
    assert views(page) == ["exports_goods"]


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("query", ["", "&lang=ur", "&lang=bn&theme=dark"])
def test_a_full_page_is_no_wider_than_its_window_and_its_buttons_can_be_hit(
    opened: Open, width: int, query: str
) -> None:
    pack = "view=exports_goods_to_date&view=women_by_role%3Fsplit%3Drole,city&view=nosuch"
    page = opened(f"/briefing?{pack}&title={'Long-' * 20}{query}", width)
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth") <= width
    small = page.evaluate(
        "() => [...document.querySelectorAll('.pack-form button, .pack-form input, select')]"
        ".filter(e => e.type !== 'hidden' && e.getBoundingClientRect().height < 44)"
        ".map(e => e.outerHTML)"
    )
    assert small == []
