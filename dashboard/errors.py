"""What is said when something cannot be shown: a page for readers, JSON for programs."""

import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask, Request, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from dashboard.access import scope_of
from dashboard.components.embedded import refused
from dashboard.entrance import Entrance, signing
from dashboard.entrance.showing import wanted
from dashboard.model import BadView, NoRelease, NoSuchIndicator, NotPublished, Withdrawn
from dashboard.outlets import embed
from dashboard.pages import problems
from dashboard.pages.framing import Content, page
from dashboard.pages.reading import CARRIED, THEMES, Reading, merged
from dashboard.pages.serving import BLUEPRINT, Pages
from dashboard.people import Unavailable
from dashboard.service import Statistics
from dashboard.short import BadCode
from dashboard.web.delivery import answer, deliver
from dashboard.web.document import Framed

ALSO_PAGES = ("short.follow", "sharing.whole", embed.ENDPOINT)
"""Routes of readers that are no page modules."""

log = logging.getLogger(__name__)

Say = Callable[[Reading], Content]


@dataclass(frozen=True, slots=True)
class Errors:
    """Turns every refusal and failure into an answer for a person or a program."""

    statistics: Statistics
    pages: Pages
    entrance: Entrance | None = None
    """Where strangers sign in, on the site that has members."""

    def register(self, server: Flask) -> None:
        """Take over every kind of error of a site."""
        server.register_error_handler(BadView, self.bad_view)
        server.register_error_handler(NotPublished, self.not_published)
        server.register_error_handler(Withdrawn, self.withdrawn)
        server.register_error_handler(NoRelease, self.no_release)
        server.register_error_handler(Unavailable, self.unavailable)
        server.register_error_handler(HTTPException, self.refused)
        server.register_error_handler(Exception, self.failed)

    def bad_view(self, error: Exception) -> ResponseReturnValue:
        """Say which name of the address is unknown or malformed, and what is possible."""
        status = 404 if isinstance(error, NoSuchIndicator | BadCode) else 400
        return self._said(
            status, str(error), lambda r: problems.unknown(self.statistics, r, str(error), status)
        )

    def not_published(self, error: Exception) -> ResponseReturnValue:
        """Say that the programme of tables does not publish a combination."""
        return self._said(
            404, str(error), lambda r: problems.not_published(self.statistics, r, str(error))
        )

    def withdrawn(self, error: Exception) -> ResponseReturnValue:
        """Say that what was published here is taken out of sight, and why."""
        return self._said(
            410, str(error), lambda r: problems.withdrawn(self.statistics, r, str(error))
        )

    def no_release(self, error: Exception) -> ResponseReturnValue:
        """Say that there is no such release, or none at all."""
        if not self._has_release():
            return self._bare(503, "Nothing has been published yet. Please come back later.")
        return self._said(
            404, str(error), lambda r: problems.no_release(self.statistics, r, str(error))
        )

    def refused(self, error: HTTPException) -> ResponseReturnValue:
        """Say what HTTP refuses: no such page, not signed in, not as JSON."""
        status = error.code or 500
        if status == 404 and request.path.endswith("/") and request.path != "/":
            query = request.query_string.decode()
            shorter = quote(request.path.rstrip("/")) or "/"
            return redirect(shorter + (f"?{query}" if query else ""), 308)
        if status == 401:
            return self._sign_in(error.description or error.name)
        if status == 403:
            message = error.description or error.name
            return self._said(
                403, message, lambda r: problems.forbidden(self.statistics, r, message)
            )
        if status in (404, 405):
            return self._said(
                status, "There is nothing at this address", self._not_found, always=status == 404
            )
        return self._json(status, error.description or error.name)

    def unavailable(self, error: Exception) -> ResponseReturnValue:
        """Say that nobody can be let in while the store of accounts does not answer."""
        log.error("accounts: %s", error, exc_info=error.__cause__)
        found = self._said(503, str(error), problems.unavailable, always=True)
        found.headers["Retry-After"] = "30"
        return found

    def _sign_in(self, message: str) -> ResponseReturnValue:
        """Ask a stranger to sign in, and lead to this very address afterwards."""
        asks = request.method in ("GET", "HEAD") and not request.path.startswith("/_dash")
        if self.entrance is None or not asks:
            return self._json(401, message)
        home = wanted(request.full_path.removesuffix("?"))
        response = signing.asked(self.entrance, reading_of(request, self.statistics), home)
        response.status_code = 401
        return response

    def _not_found(self, reading: Reading) -> Content:
        return problems.not_found(self.statistics, reading)

    def failed(self, error: Exception) -> ResponseReturnValue:
        """Say that the fault is ours, with a number that the log holds too."""
        incident = secrets.token_hex(4)
        log.error("error %s at %s", incident, request.path, exc_info=error)
        if not self._has_release():
            return self._bare(503, "The figures cannot be read at the moment.")
        return self._said(
            500, f"error {incident}", lambda r: problems.failed(r, incident), always=True
        )

    def _has_release(self) -> bool:
        try:
            return bool(self.statistics.release().id)
        except NoRelease:
            return False

    def _said(self, status: int, message: str, say: Say, *, always: bool = False) -> Response:
        """Answer with a page where a page was asked for, else with the message as JSON."""
        if not (_is_page(request) or always) or not self._has_release():
            return self._json(status, message)
        reading = reading_of(request, self.statistics)
        text = self._document(reading, say(reading), message)
        return deliver(answer(text, "text/html", "never", status), request)

    def _document(self, reading: Reading, content: Content, message: str) -> str:
        """Return the page of an error; in a frame of another site only its words."""
        shell = self.pages.shell
        if request.endpoint != embed.ENDPOINT:
            return shell.document(page(self.statistics, reading, content))
        locale = reading.locale
        body = refused(content.title, content.description, message, locale)
        framed = Framed(content.title, body, locale.code, locale.direction, reading.theme)
        return shell.framed(framed)

    def _json(self, status: int, message: str) -> Response:
        text = json.dumps({"status": status, "message": message}, ensure_ascii=False) + "\n"
        return deliver(answer(text, "application/json", "never", status), request)

    def _bare(self, status: int, message: str) -> Response:
        found = deliver(answer(message + "\n", "text/plain", "never", status), request)
        found.headers["Retry-After"] = "60"
        return found


def _is_page(asked: Request) -> bool:
    endpoint = asked.endpoint or ""
    return endpoint.startswith(f"{BLUEPRINT}.") or endpoint in ALSO_PAGES


def reading_of(asked: Request, statistics: Statistics) -> Reading:
    """Return as much of a request as can be read, whatever is wrong with the rest of it."""
    pairs = merged(asked.query_string.decode(errors="replace"))
    carried = {name: pairs.pop(name) for name in CARRIED if pairs.get(name)}
    code = carried.get("lang", "en")
    known = code if code in statistics.locales else "en"
    kept = {
        name: value
        for name, value in (("lang", known), ("theme", carried.get("theme", "")))
        if value
    }
    if known == "en":
        kept.pop("lang")
    if kept.get("theme", "") not in THEMES:
        kept.pop("theme")
    return Reading(asked.path, {}, kept, statistics.locales[known], scope_of(asked))
