"""A page of another site frames a chart: as high as it must be, and nothing is left behind."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
from accessibility import broken
from conftest import served
from flask import Flask, request
from playwright.sync_api import Browser, Frame, Page
from revising import revised

from dashboard.app import create_app
from dashboard.settings import Settings

pytestmark = pytest.mark.browser

LOADED = (
    '<div data-bwp-embed="{src}"><a href="{home}/charts/exports_goods">Exports</a></div>'
    '<script src="{home}/embed.js" async></script>'
)
PLAIN = '<iframe src="{src}" title="Exports" width="100%" height="300" style="border:0"></iframe>'
WAYS = {"loaded": LOADED, "plain": PLAIN, "both": PLAIN + '<script src="{home}/embed.js"></script>'}
HEARD = """addEventListener('message', e => {
  (window.heard = window.heard || []).push([e.origin, JSON.stringify(e.data)]);
});"""


@pytest.fixture(scope="module")
def home(database: str, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site where two months of exports were revised after release 2026.1."""
    store, before, _ = revised(database, tmp_path_factory.mktemp("revised"))
    assert before == "2026.1"
    found = Settings(database_url=f"sqlite:///{store.engine.url.database}")
    with served(create_app(found, built=built)) as address:
        yield address


@pytest.fixture(scope="module")
def foreign(home: str) -> Iterator[str]:
    """The address of another site; its page frames what its query says, in one of the ways."""
    server = Flask("foreign", static_folder=None)

    @server.get("/")
    def page() -> str:
        src = escape(home + request.args["view"])
        body = WAYS[request.args["way"]].format(src=src, home=home)
        start = (
            '<!DOCTYPE html><html lang="en"><title>Elsewhere</title><link rel="icon" href="data:,">'
        )
        viewport = '<meta name="viewport" content="width=device-width">'
        return f"{start}{viewport}<body><script>{HEARD}</script><h1>Elsewhere</h1>{body}"

    with served(server) as address:
        yield address


class Elsewhere:
    """A page of the other site with everything that it said and asked for."""

    def __init__(self, browser: Browser, foreign: str, home: str) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page: Page = self.context.new_page()
        self.foreign, self.home = foreign, home
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def frames(self, view: str, way: str = "loaded", width: int = 1280) -> Frame:
        """Open the page with a view in a frame; return the frame when it has come."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(f"{self.foreign}/?way={way}&view={quote(view, safe='')}")
        self.page.wait_for_function("() => window.heard")
        found = next(f for f in self.page.frames if f.url.startswith(f"{self.home}/embed/"))
        found.evaluate("document.fonts.ready")
        return found

    def spare(self) -> float:
        """Return by how many px the frame is higher than its content."""
        self.page.wait_for_timeout(150)
        inside = self.page.frames[-1].evaluate("document.body.getBoundingClientRect().height")
        high = self.page.evaluate("document.querySelector('iframe').clientHeight")
        return float(high - inside)


@pytest.fixture
def elsewhere(browser: Browser, foreign: str, home: str) -> Iterator[Elsewhere]:
    """A page of the other site, looked at when it is left."""
    found = Elsewhere(browser, foreign, home)
    yield found
    cookies = found.context.cookies()
    stored = found.page.frames[-1].evaluate("[localStorage.length, sessionStorage.length]")
    found.context.close()
    assert cookies == []
    assert stored == [0, 0]
    outside = [u for u in found.asked if not u.startswith((foreign, home, "data:"))]
    assert outside == [], "a request left both sites"
    assert found.said == [], "the browser complained"


@pytest.mark.parametrize("width", [320, 360, 760, 1280])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_frame_is_as_high_as_its_chart_at_every_width(
    elsewhere: Elsewhere, width: int, language: str
) -> None:
    frame = elsewhere.frames(f"/embed/exports_goods?lang={language}", width=width)
    assert 0 <= elsewhere.spare() < 1.5
    root = "document.documentElement"
    assert frame.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
    shown = "[...document.querySelectorAll('svg.chart')].filter(s => s.checkVisibility()).length"
    assert frame.evaluate(shown) == 1


def test_the_frame_grows_with_its_table_and_shrinks_again(elsewhere: Elsewhere) -> None:
    frame = elsewhere.frames("/embed/exports_goods")
    high = "document.querySelector('iframe').clientHeight"
    before = elsewhere.page.evaluate(high)
    frame.locator("figcaption summary").press("Enter")
    assert frame.locator("figcaption table").is_visible()
    assert 0 <= elsewhere.spare() < 1.5
    assert elsewhere.page.evaluate(high) > before + 200
    frame.locator("figcaption summary").press("Enter")
    assert 0 <= elsewhere.spare() < 1.5
    assert elsewhere.page.evaluate(high) == before


def test_the_message_says_the_height_and_nothing_else(elsewhere: Elsewhere) -> None:
    elsewhere.frames("/embed/exports_goods", "plain")
    [origin, data] = elsewhere.page.evaluate("window.heard[window.heard.length - 1]")
    high = elsewhere.page.frames[-1].evaluate(
        "Math.ceil(document.body.getBoundingClientRect().height)"
    )
    assert (origin, data) == (elsewhere.home, f'{{"type":"bwp:height","height":{high}}}')


def test_a_plain_frame_beside_the_script_is_sized_too(elsewhere: Elsewhere) -> None:
    elsewhere.frames("/embed/exports_goods", "both")
    assert 0 <= elsewhere.spare() < 1.5


def test_a_message_of_anyone_else_sizes_nothing(elsewhere: Elsewhere) -> None:
    elsewhere.frames("/embed/exports_goods")
    before = elsewhere.page.evaluate("document.querySelector('iframe').height")
    elsewhere.page.evaluate("postMessage({type: 'bwp:height', height: 9}, '*')")
    elsewhere.page.wait_for_timeout(100)
    assert elsewhere.page.evaluate("document.querySelector('iframe').height") == before


def test_the_script_frames_nothing_but_its_own_charts(elsewhere: Elsewhere) -> None:
    elsewhere.frames("/embed/exports_goods")
    elsewhere.page.evaluate(
        """home => {
          const others = ['https://evil.example/embed/x', home + '/data', 'javascript:alert(1)'];
          for (const url of others) {
            const place = document.createElement('div');
            place.setAttribute('data-bwp-embed', url);
            document.body.append(place);
          }
          const again = document.createElement('script');
          again.src = home + '/embed.js';
          return new Promise(done => { again.onload = done; document.body.append(again); });
        }""",
        elsewhere.home,
    )
    assert elsewhere.page.locator("iframe").count() == 1


def test_the_rest_of_the_site_refuses_to_be_framed(
    browser: Browser, foreign: str, home: str
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{foreign}/?way=plain&view=/charts/exports_goods")
    page.wait_for_timeout(300)
    assert any("frame" in text for text in said)
    assert "Exports" not in page.frames[-1].locator("body").inner_text()
    page.close()


def test_a_frozen_frame_that_was_revised_says_so_and_leads_there(elsewhere: Elsewhere) -> None:
    frame = elsewhere.frames("/embed/exports_goods?release=2026.1")
    link = frame.locator(".pinned a").nth(1)
    link.wait_for()
    assert link.inner_text() == "2 values shown here have been revised: release 2026.2"
    assert 0 <= elsewhere.spare() < 1.5
    with elsewhere.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{elsewhere.home}/releases/2026.2?indicator=exports_goods"


def test_a_pinned_page_says_so_too_and_goes_on_saying_it_when_a_filter_changes(
    browser: Browser, home: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{home}/charts/exports_goods?release=2026.1")
    link = page.locator(".pinned a").nth(1)
    link.wait_for()
    assert "2 values" in link.inner_text()
    page.locator("select[name=unit]").focus()
    page.wait_for_selector("html[data-live]")
    assert "2 values" in link.inner_text()
    with page.expect_response(lambda r: ".notice.json?unit=eur" in r.url):
        page.select_option("select[name=unit]", "eur")
    page.wait_for_timeout(200)
    assert page.locator(".pinned a").count() == 1
    page.close()


def test_a_reader_of_the_frame_chooses_and_the_frame_follows(elsewhere: Elsewhere) -> None:
    frame = elsewhere.frames("/embed/exports_goods?filters=show", width=1280)
    frame.locator("select[name=freq]").select_option("FY")
    with elsewhere.page.expect_response(lambda r: r.status == 200 and "freq=FY" in r.url):
        frame.locator("button.apply").click()
    elsewhere.page.wait_for_timeout(300)
    assert frame.url == f"{elsewhere.home}/embed/exports_goods?freq=FY&filters=show"
    assert 0 <= elsewhere.spare() < 1.5


def test_without_scripts_the_frame_is_a_picture_with_its_table(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{home}/embed/exports_goods?release=2026.1")
    assert page.locator("svg.chart").nth(1).is_visible()
    assert "Pinned to release 2026.1" in page.locator(".pinned").inner_text()
    page.locator("figcaption summary").click()
    assert page.locator("figcaption table").is_visible()
    context.close()


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [(1280, "en", "light"), (360, "ur", "dark"), (320, "bn", "light")],
)
def test_no_frame_breaks_a_rule_of_accessibility(
    browser: Browser, home: str, width: int, language: str, scheme: str
) -> None:
    reader = browser.new_context(
        bypass_csp=True,  # only so that the checking program may come in
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    frames = (
        "exports_goods?filters=show",
        "exports_goods?filters=lock&release=2026.1",
        "noncompliance_cluster",
        "enterprises_enrolled?filters=show&split=city",
        "exports_goods?release=2031.1",
    )
    found = {
        frame: rules
        for frame in frames
        if (
            rules := broken(
                reader, f"{home}/embed/{frame}{'&' if '?' in frame else '?'}lang={language}"
            )
        )
    }
    assert found == {}
    reader.close()
