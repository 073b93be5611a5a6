"""Harvest hashes of the style sheets that plotly and Dash insert into assets/style_hashes.json.

Serves the site with its own policy as report-only, so that nothing is blocked, explores pages in
Chromium and keeps the hash that the browser names for each sheet it would have blocked.
"""

import json
import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, Response
from playwright.sync_api import ConsoleMessage, Page, sync_playwright
from werkzeug.serving import make_server

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from dashboard.app import create_app  # noqa: E402  (the repository is found by now)
from dashboard.settings import read  # noqa: E402
from scripts.system_parts import part  # noqa: E402

TARGET = ROOT / "assets" / "style_hashes.json"
NAMED = re.compile(r"a hash \('(sha256-[^']+)'\)")
POLICY = "Content-Security-Policy"
PATHS = ("/exports", "/compliance", "/gender", "/charts/exports_goods?lang=ur&theme=dark")


def main() -> None:
    """Write the hashes that the pages need, in order."""
    TARGET.write_text("[]\n", encoding="utf-8")
    server = create_app(read(os.environ))
    server.after_request_funcs.setdefault(None, []).insert(0, report_only)
    found = sorted({f"'{name}'" for text in heard(server) for name in NAMED.findall(text)})
    TARGET.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"{len(found)} style sheets")


def report_only(response: Response) -> Response:
    """Let the browser say what the policy would block, and block nothing."""
    response.headers[f"{POLICY}-Report-Only"] = response.headers.pop(POLICY)
    return response


def heard(server: Flask) -> list[str]:
    """Return what the browser says while pages are explored."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        said.append(message.text)

    with served(server) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(part("browser").find()), args=["--no-sandbox"]
        )
        for path in PATHS:
            page = browser.new_page()
            page.on("console", listen)
            explore(page, address + path)
        browser.close()
    return said


def explore(page: Page, address: str) -> None:
    """Open a page, let Dash take over, hover over a chart."""
    page.goto(address)
    page.evaluate("window.bwpBoot.start()")
    page.wait_for_selector("html[data-live]")
    page.wait_for_timeout(1500)
    plot = page.query_selector(".js-plotly-plot")
    if plot is not None:
        plot.hover(force=True)
        page.wait_for_timeout(300)


@contextmanager
def served(server: Flask) -> Iterator[str]:
    """Serve a site on a free port of this machine."""
    listening = make_server("127.0.0.1", 0, server, threaded=True)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}"
    finally:
        listening.shutdown()
        thread.join()


if __name__ == "__main__":
    main()
