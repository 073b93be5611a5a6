"""The entrance in a real browser: forms that work with and without scripts, nothing sticks out."""

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from conftest import served
from partner_site import KEY, PASSWORD, Partners, partners
from playwright.sync_api import Browser, Page

AXE = Path(__file__).parents[2] / "build/vendor/axe.min.js"
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = pytest.mark.browser


@pytest.fixture
def house(tmp_path: Path, database: str, built: Path) -> Iterator[Partners]:
    """A partners' site with an account of each role."""
    made = partners(tmp_path, database, built)
    yield made
    made.accounts.engine.dispose()


def faults(page: Page) -> list[str]:
    """Return the rules of accessibility that a page breaks, and whether it scrolls sideways."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    wide = ["sticks out"] if page.evaluate(STICKS_OUT) else []
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found] + wide


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [(1280, "en", "light"), (360, "ur", "dark"), (320, "en", "light"), (320, "ur", "light")],
)
def test_every_step_can_be_used_by_everybody(
    browser: Browser, house: Partners, width: int, language: str, scheme: str
) -> None:
    house.accounts.people.change(house.of("admin").id, totp="")
    link = house.register.link(house.of("brand"), "invitation")
    with served(house.site) as address:
        reader = browser.new_context(
            bypass_csp=True,  # only so that the checking program may come in
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page, found = reader.new_page(), {}
        page.goto(f"{address}/welcome/{link}?lang={language}")
        found["welcome"] = faults(page)
        page.goto(f"{address}/exports?lang={language}")
        found["sign in"] = faults(page)
        page.fill("[name=email]", "admin@example.org")
        page.fill("[name=password]", PASSWORD + "?")
        page.click("main button")
        found["refused"] = faults(page)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        found["second step"] = faults(page)
        page.fill("[name=code]", pyotp.TOTP(page.inner_text("main code").replace(" ", "")).now())
        page.click("main button")
        found["recovery codes"] = faults(page)
        page.click("main .files a")
        assert "/exports" in page.url
        for path in ("/", "/account"):
            page.goto(f"{address}{path}?lang={language}")
            found[path] = faults(page)
        reader.close()
    assert {step: rules for step, rules in found.items() if rules} == {}


def test_staff_sign_in_and_out_without_any_script(browser: Browser, house: Partners) -> None:
    with served(house.site) as address:
        reader = browser.new_context(java_script_enabled=False)
        page = reader.new_page()
        page.goto(f"{address}/exports")
        page.fill("[name=email]", "staff@example.org")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.fill("[name=code]", pyotp.TOTP(KEY).now())
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/exports")
        assert page.locator("figure").count() > 0
        page.goto(f"{address}/account")
        page.click("text=Sign out")
        assert page.url == f"{address}/sign-in"
        assert reader.cookies() == []
        answer = page.goto(f"{address}/account")
        assert answer is not None
        assert answer.status == 401
        reader.close()


def test_charts_of_the_partners_site_are_live_for_who_is_signed_in(
    browser: Browser, house: Partners
) -> None:
    with served(house.site) as address:
        reader = browser.new_context()
        page = reader.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{address}/sign-in")
        page.fill("[name=email]", "ministry@example.org")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/")
        page.goto(f"{address}/charts/exports_goods")
        page.locator("select").first.focus()
        page.wait_for_selector("html[data-live]")
        assert wrong == []
        reader.close()
