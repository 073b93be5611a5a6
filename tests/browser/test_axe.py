"""No page breaks a rule of accessibility that a program can check."""

import pytest
from accessibility import broken
from playwright.sync_api import Browser

PAGES = (
    *("/", "/enrolment", "/exports", "/compliance", "/gender", "/dialogue", "/results", "/gsp"),
    *("/charts/exports_goods", "/explore", "/data", "/facts", "/about", "/method", "/glossary"),
    *("/accessibility", "/privacy", "/nothing"),
    "/briefing?view=exports_goods&view=women_by_role",
)

pytestmark = pytest.mark.browser


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
        if (rules := broken(reader, f"{address}{path}{'&' if '?' in path else '?'}lang={language}"))
    } == {}
    reader.close()
