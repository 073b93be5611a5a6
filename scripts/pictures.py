"""Take the pictures of README.md: what ships, published into a temporary folder, in Chromium."""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.serving import served  # noqa: E402  (the repository is found by now)
from scripts.system_parts import part  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
LARGEST = 150_000
QUALITY = 82


@dataclass(frozen=True, slots=True)
class Shot:
    """A page as one reader sees it, from the top of `at` on; `scale` dots of the screen a pixel."""

    path: str
    size: tuple[int, int]
    at: str = "body"
    scale: float = 1


SHOTS: Mapping[str, Shot] = {
    "home": Shot("/", (1280, 900)),
    "exports": Shot("/exports", (1280, 1480)),
    "compliance-dark": Shot("/compliance?theme=dark", (1280, 1060), ".filters"),
    "exports-urdu-phone": Shot("/exports?lang=ur", (390, 844), ".card", 1.5),
}


def main() -> None:
    """Take every picture; end with an error where one is larger than a document may carry."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="pictures") as folder, site(Path(folder)) as address:
        for name, content in taken(address):
            path = FOLDER / f"{name}.webp"
            path.write_bytes(content)
            print(f"{path.relative_to(ROOT)}: {len(content) / 1000:.0f} kB")
            if len(content) > LARGEST:
                sys.exit(f"{path.name} is larger than {LARGEST / 1000:.0f} kB")


@contextmanager
def site(folder: Path) -> Iterator[str]:
    """Publish what ships into `folder` and serve it; give the address."""
    own = {
        "DATABASE_URL": f"sqlite:///{folder / 'published.db'}",
        "RECORDS_URL": f"sqlite:///{folder / 'records.db'}",
        "CACHE_URL": "",
        "BWP_SITE": "public",
        "BWP_ENVIRONMENT": "development",
        "BWP_ILLUSTRATIVE": "on",
    }
    release = [sys.executable, str(ROOT / "bwp.py"), "release"]
    subprocess.run(release, env={**os.environ, **own}, check=True)  # noqa: S603  (our own program)
    with served("dashboard.wsgi:application", "/readyz", own) as (port, _):
        yield f"http://127.0.0.1:{port}"


def taken(address: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(part("browser").find()), args=["--no-sandbox"]
        )
        for name, shot in SHOTS.items():
            yield name, picture(browser, address, shot)
        browser.close()


def picture(browser: Browser, address: str, shot: Shot) -> bytes:
    """Return one screen of a page as WebP."""
    width, height = shot.size
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address + shot.path)
    page.evaluate("document.fonts.ready")
    page.locator(shot.at).first.evaluate("element => element.scrollIntoView()")
    page.wait_for_timeout(500)
    content = webp(page, shot)
    page.close()
    return content


def webp(page: Page, shot: Shot) -> bytes:
    """Return the window of a page as Chromium itself writes WebP: half of what PNG takes."""
    width, height = shot.size
    corner = {"x": 0, "y": page.evaluate("scrollY"), "scale": shot.scale}
    wanted = {
        "format": "webp",
        "quality": QUALITY,
        "clip": corner | {"width": width, "height": height},
    }
    protocol = page.context.new_cdp_session(page)
    return base64.b64decode(protocol.send("Page.captureScreenshot", wanted)["data"])


if __name__ == "__main__":
    main()
