"""What tests share: one real release of what ships, the sites that read it, a real browser."""

import fcntl
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from dashboard import catalogue, i18n
from dashboard.app import create_app
from dashboard.prints import LETTERS, fonts
from dashboard.service import Statistics
from dashboard.settings import Settings
from dashboard.store import Held, Published, Records
from dashboard.web import static
from data_loaders import releases
from data_loaders.drafts import Desk
from scripts.system_parts import PARTS, part

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROOT = Path(__file__).parents[1]
NEEDED = {found.marker for found in PARTS}
"""Programs without which a run that may leave nothing out does not begin."""
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--allow-file-access-from-files",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests whose program is not here, and say so; never where nothing may be.

    Drills run only where the command asks for them.
    """
    if "drill" not in config.option.markexpr:
        items[:] = [item for item in items if not item.get_closest_marker("drill")]
    for item in items:
        for marker in ("browser", "libreoffice", "postgres", "redis"):
            if item.get_closest_marker(marker) and part(marker).find() is None:
                if marker in NEEDED and os.environ.get("BWP_LEAVE_OUT") == "nothing":
                    pytest.exit(f"{part(marker).name} is not here and no test may be left out", 1)
                item.add_marker(pytest.mark.skip(reason=f"{part(marker).name} is not here"))


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """The address of a store that holds one release of what ships; made once for all workers."""
    folder = shared(tmp_path_factory, worker_id)
    once(folder, "release", lambda: release_what_ships(folder))
    return f"sqlite:///{folder / 'published.db'}"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The files for the browser; made once for all workers."""
    folder = shared(tmp_path_factory, worker_id)
    vendor, assets = ROOT / "build" / "vendor", ROOT / "assets"

    def make() -> None:
        static.build(vendor, assets, folder / "static")
        fonts.build(vendor / "fonts", folder / "static" / LETTERS)

    once(folder, "static", make)
    return folder / "static"


def shared(factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder that all workers of this run see."""
    base = factory.getbasetemp()
    return base if worker_id == "master" else base.parent


def once(folder: Path, name: str, make: Callable[[], object]) -> None:
    """Make something that all workers need; the first does it, the others wait."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / f"{name}.done").exists():
            make()
            (folder / f"{name}.done").touch()


def release_what_ships(folder: Path) -> None:
    """Publish the files of the repository and the made-up programme, as `bwp release` does."""
    desk = Desk(
        records=Records.at(f"sqlite:///{folder / 'records.db'}"),
        published=Published.at(f"sqlite:///{folder / 'published.db'}", create=True),
        catalogue=catalogue.load(ROOT / "config"),
        facts=ROOT / "config" / "facts",
        illustrative=True,
        p_percent=10,
    )
    releases.release(desk)
    desk.records.engine.dispose()
    desk.published.engine.dispose()


@pytest.fixture(scope="session")
def statistics(database: str) -> Statistics:
    """The service over the release of what ships."""
    config = ROOT / "config"
    held = Held(Published.at(database))
    return Statistics(catalogue.load(config), i18n.locales(config), held)


@pytest.fixture(scope="session")
def site(database: str, built: Path) -> Flask:
    """The public site."""
    return create_app(Settings(database_url=database), built=built)


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    """A reader of the public site without a browser."""
    return site.test_client()


def _whole(server: Flask) -> "WSGIApplication":
    """Close each answer before it is sent: werkzeug leaves its file open if the reader goes."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        found = server(environ, start_response)
        try:
            return list(found)
        finally:
            getattr(found, "close", lambda: None)()

    return answer


@contextmanager
def served(server: Flask, port: int = 0) -> Iterator[str]:
    """Serve a site on a port of this machine, without one on any that is free."""
    listening = make_server("127.0.0.1", port, _whole(server), threaded=True)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}"
    finally:
        listening.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(site: Flask) -> Iterator[str]:
    """The address at which the public site answers."""
    with served(site) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=str(part("browser").find()), args=BROWSER_ARGUMENTS
        )
        yield found
        found.close()
