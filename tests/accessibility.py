"""The rules of accessibility that a program can check, on any page."""

from pathlib import Path

from playwright.sync_api import BrowserContext

AXE = Path(__file__).parents[1] / "build/vendor/axe.min.js"
RUN = "axe.run(document, {resultTypes: ['violations']})"


def broken(reader: BrowserContext, address: str) -> list[str]:
    """Return the rules that a page breaks, each with the first element that does."""
    page = reader.new_page()
    page.goto(address)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)["violations"]
    page.close()
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]
