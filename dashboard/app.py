"""Put the house together. The only place that knows every part."""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter
from whitenoise import WhiteNoise

from dashboard import callbacks, catalogue, charts, i18n, outlets, pages, workspace
from dashboard.access import CALLBACKS, READERS, Gate, Keeper, Policy, Site
from dashboard.accounts.oidc import Provider
from dashboard.entrance import Entrance, blueprints
from dashboard.errors import Errors
from dashboard.model import MINISTRY
from dashboard.outlets.asking import Asking
from dashboard.pages import exploring, sharing
from dashboard.pages.framing import NAME
from dashboard.pages.serving import Pages
from dashboard.prints import LETTERS, open_press
from dashboard.service import Statistics, check_views
from dashboard.settings import ROOT, Settings
from dashboard.store import Dossiers, Held, Official, Published
from dashboard.suppliers.shelf import Shelf
from dashboard.vintages import Releases
from dashboard.web import headers, seams, static
from dashboard.web.document import Shell
from dashboard.web.memory import open_memory
from dashboard.workspace import Workspace

EDITION = (".py", ".yaml", ".po", ".json", ".typ")
"""The files that decide what an answer says."""
CONFIG, BUILT = ROOT / "config", ROOT / "build" / "static"


class Name(BaseConverter):
    """The name of an indicator in an address: its suffix is not part of it."""

    regex = r"[^/.]+"


class ReleaseName(BaseConverter):
    """The name of a release in an address: YYYY.N, of a correction YYYY.N.C."""

    regex = r"\d{4}\.\d+(?:\.\d+)?"


def create_app(settings: Settings, config: Path = CONFIG, built: Path = BUILT) -> Flask:
    """Build one site from its settings; raise if any part of it is not as it must be."""
    statistics = _statistics(settings, config)
    files = static.read(built)
    css = files.text("style.css") + charts.css()
    site_headers = headers.of(css, headers.harvested(ROOT / "assets" / "style_hashes.json"))
    server = _server(settings)
    dash = seams.application(server)
    callbacks.register(dash)
    keeper = Keeper.of(settings) if settings.site == "partners" else None
    gate = Gate(settings.site, keeper)
    memory, edition = (
        open_memory(server, shared_cache(settings)),
        edition_of(settings, built, config),
    )
    shell = Shell(files, css, seams.front_end_config(dash), settings.public_url, NAME)
    shown = Pages(statistics, shell, memory, settings.site, edition, pages.discover())
    press = open_press(built / LETTERS)
    for form in outlets.discover():
        policy = getattr(form, "POLICY", READERS)
        asking = Asking(statistics, memory, edition, press, settings.public_url, shell)
        gate.guard(server, policy, form.blueprint(asking))
    gate.guard(server, READERS, shown.blueprint(), exploring.blueprint(shown, dash))
    gate.guard(server, READERS, sharing.blueprint(shown, outlets.offers))
    gate.narrow(shown.policies())
    gate.guard(server, CALLBACKS, exploring.server_callbacks(dash), *seams.callbacks(dash))
    entrance = Entrance(shown, keeper, settings, Provider.of(settings)) if keeper else None
    for policy, doors in _private(entrance, settings) if entrance else ():
        gate.guard(server, policy, doors)
    gate.check(server, seams.callbacks(dash))
    server.before_request(gate.admit)
    Errors(statistics, shown, entrance).register(server)
    server.after_request(_with(site_headers, gate))
    _serve_files(server, built, site_headers)
    return server


def _statistics(settings: Settings, config: Path) -> Statistics:
    published = Published.at(settings.database_url)
    made_up = settings.shows_illustrative
    found = Statistics(
        catalogue.load(config),
        i18n.locales(config),
        Held(published, illustrative=made_up),
        settings.contact,
        _programmes(settings.site, published, made_up),
    )
    check_views(found.catalogue)
    return found


def shared_cache(settings: Settings) -> str:
    """Return the address of the cache that processes share; private answers are in none."""
    return settings.cache_url if settings.site == "public" else ""


def _programmes(site: Site, published: Published, made_up: bool) -> dict[str, Releases]:
    """Return the releases of programmes that are not for everyone: never on the public site."""
    if site == "public":
        return {}
    return {MINISTRY.programme: Held(Official(published), illustrative=made_up)}


def _private(entrance: Entrance, settings: Settings) -> Iterator[tuple[Policy, Blueprint]]:
    """Yield the routes of the partners' site alone, each with its policy."""
    yield from blueprints(entrance)
    shelf = Shelf(entrance.pages.statistics, Dossiers.at(settings.records_url))
    yield from workspace.blueprints(Workspace(entrance.pages, shelf, entrance.keeper))


def edition_of(settings: Settings, *folders: Path) -> str:
    """Return a hash of code, configuration, made files and of the settings that answers show.

    Another edition, other answers: also where both share one Redis.
    """
    shown = (settings.public_url, settings.contact, str(settings.shows_illustrative))
    digest = hashlib.sha256("\n".join(shown).encode())
    for folder in (Path(__file__).parent, *folders):
        for path in sorted(folder.rglob("*")):
            if path.suffix in EDITION:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _server(settings: Settings) -> Flask:
    server = Flask("dashboard", static_folder=None)
    server.url_map.converters["name"] = Name
    server.url_map.converters["release"] = ReleaseName
    if settings.proxies:
        behind = ProxyFix(server.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0)
        server.wsgi_app = behind  # type: ignore[method-assign]  # as Flask documents
    server.config.update(
        SECRET_KEY=settings.secret_key or secrets.token_hex(32),
        SESSION_COOKIE_NAME=f"bwp_{settings.site}",
        MAX_CONTENT_LENGTH=1_000_000,
    )
    return server


def _with(found: headers.Headers, gate: Gate) -> Callable[[Response], Response]:
    private = gate.site == "partners"

    def finish(response: Response) -> Response:
        response.headers.update(found.items(framed=gate.framed()))
        if private:
            response.headers["Cache-Control"] = "no-store"
        return response

    return finish


def _serve_files(server: Flask, built: Path, found: headers.Headers) -> None:
    """Serve what set-up made, compressed ahead of time and for ever; names hold the content."""

    def add(them: Any, _path: str, _url: str) -> None:
        for name, value in found.items().items():
            them[name] = value

    files = WhiteNoise(
        server.wsgi_app,
        root=str(built),
        prefix=static.PREFIX,
        immutable_file_test=lambda _path, _url: True,
        allow_all_origins=False,
        add_headers_function=add,
    )
    server.wsgi_app = files  # type: ignore[method-assign]  # as Flask documents for middleware
