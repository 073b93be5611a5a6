"""The addresses of packs as files."""

import threading
from dataclasses import dataclass, field

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from dashboard.access import scope_of
from dashboard.briefing import PATH, Pack
from dashboard.outlets.asking import Asking, indexing
from dashboard.outlets.briefing.making import FORMS, Form, made
from dashboard.web.delivery import Answer, deliver, file_answer
from dashboard.web.memory import key_of, vintage_of

AT_ONCE = 2
"""So many packs a process has in hand, one of them being made: its other threads serve readers."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where packs are made, one at a time; with no place left a reader is asked to come again."""

    places: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(AT_ONCE)
    )
    turn: threading.Lock = field(default_factory=threading.Lock)

    def make(self, asking: Asking, pack: Pack, form: Form) -> Answer:
        """Return the file of a pack; raise ServiceUnavailable where too many are asked for.

        It may be kept for a minute also where it is pinned: when a view is withdrawn, nobody can
        name the packs that hold it.
        """
        if not self.places.acquire(blocking=False):
            raise ServiceUnavailable("other briefing packs are being made; try again in a moment")
        try:
            with self.turn:
                done = made(asking, pack, form, scope_of(request))
        finally:
            self.places.release()
        named = ("Content-Disposition", f'attachment; filename="{done.name}"')
        headers = (*indexing(done.illustrative), named)
        return file_answer(done.body, done.mimetype, "minute", headers)


def blueprint(asking: Asking) -> Blueprint:
    """Return the routes of packs as files."""
    routes, bench = Blueprint("briefing_files", __name__), Bench()

    def answered(form: Form) -> ResponseReturnValue:
        pack = Pack.from_query(request.query_string.decode(errors="replace"))
        vintage = vintage_of(asking.statistics.release(pack.release))
        scope = scope_of(request).key
        key = key_of(asking.edition, *vintage, scope, request.path, pack.to_query())
        return deliver(asking.memory.remember(key, lambda: bench.make(asking, pack, form)), request)

    for form in FORMS:
        routes.add_url_rule(
            f"{PATH}.{form}", endpoint=form, view_func=answered, defaults={"form": form}
        )
    return routes
