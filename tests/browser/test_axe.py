"""No page breaks a rule of accessibility that a program can check."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

AXE = Path(__file__).parents[2] / "build/vendor/axe.min.js"
RUN = "axe.run(document, {resultTypes: ['violations']})"
PAGES = (
    *("/", "/enrolment", "/exports", "/compliance", "/gender", "/dialogue", "/results", "/gsp"),
    *("/charts/exports_goods", "/explore", "/data", "/facts", "/about", "/method", "/glossary"),
    *("/accessibility", "/privacy", "/nothing"),
)

pytestmark = pytest.mark.browser


def broken(reader: BrowserContext, address: str) -> list[str]:
    """Return the rules that a page breaks, each with the first element that does."""
    page = reader.new_page()
    page.goto(address)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)["violations"]
    page.close()
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]


@pytest.mark.parametrize(
    ("width", "language", "scheme"), [(1280, "en", "light"), (360, "ur", "dark")]
)
def test_no_page_breaks_a_rule(
    browser: Browser, address: str, width: int, language: str, scheme: str
) -> None:
    reader = browser.new_context(
        bypass_csp=True,  # only so that the checking program may come in
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    assert {
        path: rules
        for path in PAGES
        if (rules := broken(reader, f"{address}{path}?lang={language}"))
    } == {}
    reader.close()
