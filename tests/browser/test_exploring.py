"""A reader explores: Dash takes the page over, filters redraw, the address follows, focus stays."""

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser

NOT_OURS = ("Cannot addRelatedStyleRule", "was preloaded using link preload")
MAIN = "#main-chart"


class Reader:
    """A page in Chromium with everything that it said and asked for."""

    def __init__(self, browser: Browser, address: str, width: int = 1280) -> None:
        self.page: Page = browser.new_page(viewport={"width": width, "height": 900})
        self.address = address
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: str) -> "Reader":
        """Open a page of the site."""
        self.page.goto(self.address + path)
        return self

    def explore(self) -> "Reader":
        """Do what a reader does first: press a key on a control."""
        self.page.locator(f"{MAIN}-filters select, select").first.focus()
        self.page.wait_for_selector("html[data-live]")
        return self

    def choose(self, name: str, value: str) -> "Reader":
        """Choose a value in the control of that name and wait for the address to follow."""
        self.page.focus(f"select[name='{name}']")
        with self.page.expect_response(lambda r: ".figure.json" in r.url):
            self.page.select_option(f"select[name='{name}']", value)
        self.page.wait_for_timeout(50)
        return self

    @property
    def query(self) -> dict[str, list[str]]:
        """The names of the address."""
        return parse_qs(urlsplit(self.page.url).query)


def words(page: Page) -> list[str]:
    """Return the lines of a page; the button that sends a form is needed without scripts only."""
    lines = page.locator("main").inner_text().splitlines()
    return [line for line in lines if line.strip() and line != "Apply"]


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader at a desk."""
    found = Reader(browser, address)
    yield found
    found.page.close()
    outside = [url for url in found.asked if not url.startswith((address, "data:"))]
    assert outside == [], "a request left the machine"
    said = [text for text in found.said if not any(known in text for known in NOT_OURS)]
    assert said == [], "the browser complained"


def test_the_first_view_needs_five_requests_and_no_dash(reader: Reader) -> None:
    reader.open("/exports")
    reader.page.wait_for_load_state("networkidle")
    assert len(reader.asked) <= 10
    assert not [url for url in reader.asked if "takeover" in url or "plotly" in url]
    expect(reader.page.locator(f"{MAIN} svg.chart").first).to_be_visible()


def test_dash_takes_over_on_the_first_intent_and_keeps_focus_and_words(reader: Reader) -> None:
    reader.open("/exports")
    before = words(reader.page)
    height = reader.page.evaluate("document.documentElement.scrollHeight")
    control = reader.page.locator("select[name=freq]")
    control.focus()
    reader.page.wait_for_selector("html[data-live]")
    reader.page.wait_for_selector(f"{MAIN}-plot[data-live]")
    assert reader.page.evaluate("document.activeElement.name") == "freq"
    assert words(reader.page) == before
    assert abs(reader.page.evaluate("document.documentElement.scrollHeight") - height) <= 2
    expect(reader.page.locator(f"{MAIN} .js-plotly-plot")).to_be_visible()


def test_a_filter_redraws_the_card_and_the_address_back_and_reload_follow(reader: Reader) -> None:
    page = reader.open("/exports").explore().page
    first = page.locator(f"{MAIN}-summary").inner_text()
    reader.choose("freq", "FY")
    assert reader.query == {"freq": ["FY"]}
    expect(page.locator("select[name=freq]")).to_be_focused()
    yearly = page.locator(f"{MAIN}-summary").inner_text()
    assert yearly != first
    expect(page.locator("#live")).to_contain_text(yearly[:40])
    reader.choose("unit", "eur")
    assert reader.query == {"freq": ["FY"], "unit": ["eur"]}
    assert "€" in page.locator(f"{MAIN}-summary").inner_text()
    page.go_back()
    expect(page.locator(f"{MAIN}-summary")).to_have_text(yearly)
    assert page.locator("select[name=unit]").input_value() == "usd"
    assert page.locator("select[name=freq]").input_value() == "FY"
    page.go_back()
    expect(page.locator(f"{MAIN}-summary")).to_have_text(first)
    page.go_forward()
    expect(page.locator(f"{MAIN}-summary")).to_have_text(yearly)
    page.reload()
    expect(page.locator(f"{MAIN}-summary")).to_have_text(yearly)
    assert page.locator("select[name=freq]").input_value() == "FY"


def test_a_choice_made_while_dash_is_on_its_way_is_not_lost(reader: Reader) -> None:
    page = reader.open("/exports").page

    def late(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/takeover*", late)
    page.locator("select[name=freq]").focus()
    page.select_option("select[name=freq]", "FY")
    page.wait_for_url("**/exports?freq=FY")
    expect(page.locator(f"{MAIN}-summary")).to_contain_text("FY 20")


def test_a_deep_link_opens_as_it_was_shared(reader: Reader) -> None:
    page = reader.open("/exports?freq=FY&unit=eur").page
    assert page.locator("select[name=unit]").input_value() == "eur"
    reader.explore()
    assert reader.query == {"freq": ["FY"], "unit": ["eur"]}
    assert "€" in page.locator(f"{MAIN}-summary").inner_text()


def test_the_live_chart_offers_nothing_that_sends_data_away(reader: Reader) -> None:
    page = reader.open("/exports").explore().page
    page.wait_for_selector(f"{MAIN}-plot[data-live]")
    assert page.locator(".modebar-btn").count() == 0
    shown = page.evaluate("document.querySelector('.js-plotly-plot')._context")
    assert (shown["displayModeBar"], shown["showSendToCloud"]) == (False, False)
    assert shown["plotlyServerURL"] == ""


def test_charts_further_down_come_to_life_when_they_come_near(reader: Reader) -> None:
    page = reader.open("/exports").explore().page
    card = page.locator("#chart-4")
    card.scroll_into_view_if_needed()
    page.wait_for_selector("#chart-4 .js-plotly-plot .main-svg")
    expect(page.locator("#chart-4 .pictures")).to_be_hidden()


def test_two_indicators_stand_side_by_side_each_with_its_own_controls(reader: Reader) -> None:
    page = reader.open("/explore?left=exports_goods&right=enterprises_enrolled").page
    page.locator("select[name='left.freq']").focus()
    page.wait_for_selector("html[data-live]")
    reader.choose("left.freq", "FY")
    assert reader.query["left"] == ["exports_goods?freq=FY"]
    page.reload()
    assert page.locator("select[name='left.freq']").input_value() == "FY"
    assert page.locator("figure.card").count() == 2


@pytest.mark.parametrize("width", [1280, 360, 320])
@pytest.mark.parametrize("query", ["", "?lang=ur", "?theme=dark", "?lang=bn&theme=dark"])
@pytest.mark.parametrize("path", ["/", "/exports", "/compliance", "/gsp", "/facts"])
def test_nothing_is_wider_than_the_window(
    browser: Browser, address: str, path: str, query: str, width: int
) -> None:
    reader = Reader(browser, address, width).open(path + query)
    try:
        wide = reader.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (path, query, wide)
        assert reader.page.evaluate("getComputedStyle(document.documentElement).direction") == (
            "rtl" if "ur" in query else "ltr"
        )
    finally:
        reader.page.close()


def test_on_a_phone_filters_and_menu_stand_in_panels_that_open(
    browser: Browser, address: str
) -> None:
    reader = Reader(browser, address, 360).open("/exports?freq=FY")
    page = reader.page
    control = page.locator("select[name=unit]")
    expect(control).to_be_hidden()
    panel = page.locator(f"{MAIN}-filters > summary")
    assert "1" in panel.inner_text()
    panel.click()
    expect(control).to_be_visible()
    control.focus()
    page.wait_for_selector("html[data-live]")
    expect(control).to_be_visible()
    reader.choose("unit", "eur")
    assert reader.query == {"freq": ["FY"], "unit": ["eur"]}
    figure = [url for url in reader.asked if ".figure.json" in url]
    assert all("form=phone" in url for url in figure)
    page.close()


def test_every_number_of_the_live_chart_stands_in_the_table(reader: Reader) -> None:
    page = reader.open("/exports?freq=FY").explore().page
    page.wait_for_selector(f"{MAIN}-plot[data-live]")
    drawn = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')][0].data"
        ".flatMap(t => [...(t.y || [])]).filter(v => v !== null)"
    )
    page.locator(f"{MAIN}-data summary").click()
    table = page.locator(f"{MAIN}-data table").inner_text()
    shown = {round(float(n), 1) for n in re.findall(r"US\$ (\d+\.\d) billion", table)}
    assert shown
    assert {round(v / 1e9, 1) for v in drawn if v > 1e9} <= shown, json.dumps(drawn)
