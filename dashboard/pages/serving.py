"""From a request to a page: its address matched, its content laid out, its bytes remembered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Request, current_app, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from dashboard.access import READERS, Policy, Site, scope_of
from dashboard.pages.cards import Moved
from dashboard.pages.framing import page
from dashboard.pages.reading import Reading, Window, read
from dashboard.service import Statistics
from dashboard.web.delivery import Answer, Keep, answer, deliver
from dashboard.web.document import Page, Shell
from dashboard.web.memory import Memory, key_of, vintage_of

BLUEPRINT = "pages"


@dataclass(frozen=True, slots=True)
class Pages:
    """Every page of a site."""

    statistics: Statistics
    shell: Shell
    memory: Memory
    site: Site
    edition: str
    modules: Mapping[str, ModuleType]

    def blueprint(self) -> Blueprint:
        """Return one route per page module."""
        routes = Blueprint(BLUEPRINT, __name__)
        for name, module in self.modules.items():
            routes.add_url_rule(module.PATH, endpoint=name, view_func=self._view(name))
        return routes

    def policies(self) -> Mapping[str, Policy]:
        """Return the policies of pages that are not for every reader, by their endpoints."""
        found = {f"{BLUEPRINT}.{name}": _policy(module) for name, module in self.modules.items()}
        return {endpoint: policy for endpoint, policy in found.items() if policy is not READERS}

    def _view(self, name: str) -> Callable[..., ResponseReturnValue]:
        def view(**names: str) -> ResponseReturnValue:
            try:
                return deliver(self._answer(name, names, request), request)
            except Moved as moved:
                return redirect(moved.to, 302)

        return view

    def _answer(self, name: str, names: Mapping[str, str], asked: Request) -> Answer:
        query = asked.query_string.decode()
        if _policy(self.modules[name]) is not READERS:
            private = read(asked.path, query, self.statistics.locales, scope_of(asked))
            return self.sent(self.laid_out(name, names, private))
        reading = read(asked.path, query, self.statistics.locales, scope_of(asked))
        vintage = vintage_of(self.statistics.release(reading.release))
        board, scope = self.statistics.board().marks, reading.scope.key
        key = key_of(self.edition, *vintage, *board, scope, self.site, asked.path, query)
        return self.memory.remember(key, lambda: self.sent(self.laid_out(name, names, reading)))

    def laid_out(self, name: str, names: Mapping[str, str], reading: Reading) -> Page:
        """Return the page of a module."""
        content = self.modules[name].lay_out(self.statistics, reading, **names)
        return page(self.statistics, reading, content)

    def sent(self, shown: Page) -> Answer:
        """Return the answer of a page; on the partners' site it may not be kept."""
        keep: Keep = "minute" if self.site == "public" and shown.status == 200 else "never"
        return answer(self.shell.document(shown), "text/html", keep, shown.status)

    def at(self, address: str, window: Window, asked: Request) -> Page:
        """Return the page at an address of this site for a window.

        The policy of that page decides, as if it had been asked for itself. Raise NotFound.
        """
        parts = urlsplit(address)
        name, names = matched(current_app, parts.path)
        _policy(self.modules[name]).admit(asked, self.site, scope_of(asked).audience)
        found = read(parts.path, parts.query, self.statistics.locales, scope_of(asked))
        return self.laid_out(name, names, replace(found, window=window))


def _policy(module: ModuleType) -> Policy:
    """Return who may read a page: every reader, unless its module has a POLICY."""
    found: Policy = getattr(module, "POLICY", READERS)
    return found


def matched(server: Flask, path: str) -> tuple[str, Mapping[str, Any]]:
    """Return (name of a page module, names of the path); raise NotFound for any other address."""
    try:
        endpoint, names = server.url_map.bind("").match(path)
    except RequestRedirect as elsewhere:
        raise NotFound from elsewhere
    blueprint, _, name = str(endpoint).partition(".")
    if blueprint != BLUEPRINT:
        raise NotFound
    return name, names
