"""What tests share: one real release of what ships, the sites that read it, a real browser."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from dashboard import catalogue, i18n
from dashboard.app import create_app
from dashboard.service import Statistics
from dashboard.settings import Settings
from dashboard.store import Held, Published, Records
from data_loaders import releases
from data_loaders.drafts import Desk
from scripts.system_parts import part

ROOT = Path(__file__).parents[1]
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--allow-file-access-from-files",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out tests whose program is not here, and say so; never where nothing may be."""
    for item in items:
        for marker in ("browser", "postgres", "redis"):
            if item.get_closest_marker(marker) and part(marker).find() is None:
                if os.environ.get("BWP_LEAVE_OUT") == "nothing":
                    pytest.exit(f"{part(marker).name} is not here and no test may be left out", 1)
                item.add_marker(pytest.mark.skip(reason=f"{part(marker).name} is not here"))


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """The address of a store that holds one release of what ships; made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = base if worker_id == "master" else base.parent
    path = folder / "published.db"
    with (folder / "published.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "published.done").exists():
            release_what_ships(path, folder / "records.db")
            (folder / "published.done").touch()
    return f"sqlite:///{path}"


def release_what_ships(published: Path, records: Path) -> None:
    """Publish the files of the repository and the made-up programme, as `bwp release` does."""
    desk = Desk(
        records=Records.at(f"sqlite:///{records}"),
        published=Published.at(f"sqlite:///{published}", create=True),
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
def site(database: str) -> Flask:
    """The public site."""
    return create_app(Settings(database_url=database))


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    """A reader of the public site without a browser."""
    return site.test_client()


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
