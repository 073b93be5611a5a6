"""All data at once: every published figure of a release, or of one indicator, as a ZIP."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from dashboard.access import scope_of
from dashboard.catalogue import Indicator
from dashboard.model import BadView, NoSuchIndicator, NotPublished
from dashboard.outlets.asking import Asking, indexing
from dashboard.outlets.bulk.package import made, wanted
from dashboard.web.delivery import Answer, Keep, deliver, file_answer
from dashboard.web.memory import key_of, vintage_of

MIMETYPE = "application/zip"
PINNED = "release"


def blueprint(asking: Asking) -> Blueprint:
    """Return the routes of all data at once."""
    routes = Blueprint("bulk", __name__)
    declared = asking.statistics.catalogue.indicators

    @routes.get("/data.zip")
    def everything() -> ResponseReturnValue:
        return _respond(asking, tuple(declared.values()), "")

    @routes.get("/charts/<name:indicator>.zip")
    def one(indicator: str) -> ResponseReturnValue:
        if indicator not in declared:
            raise NoSuchIndicator(f"{indicator}: not known here; possible: {', '.join(declared)}")
        return _respond(asking, (declared[indicator],), f"-{indicator}")

    return routes


def _respond(asking: Asking, indicators: Sequence[Indicator], ending: str) -> Response:
    """Answer with a package. The release alone decides its bytes, so each is made once."""
    pinned = pinned_by(request.query_string.decode())
    vintage = vintage_of(asking.statistics.release(pinned))
    key = key_of(asking.edition, *vintage, scope_of(request).programme, request.path, pinned)
    keep: Keep = "forever" if pinned else "minute"

    def make() -> Answer:
        return _answer(asking, indicators, vintage[0], (ending, keep))

    return deliver(asking.memory.remember(key, make), request)


def _answer(
    asking: Asking, indicators: Sequence[Indicator], release: str, named: tuple[str, Keep]
) -> Answer:
    ending, keep = named
    found = wanted(asking.statistics.release(release), indicators, ending)
    if not found.indicators:
        raise NotPublished(f"release {release} holds no figure of {ending[1:] or 'any indicator'}")
    said = ("Content-Disposition", f'attachment; filename="{found.folder}.zip"')
    headers = (*indexing(bool(found.made_up)), said)
    return file_answer(made(asking, found), MIMETYPE, keep, headers)


def pinned_by(query: str) -> str:
    """Return the release that a query string names, "" for the newest; raise BadView."""
    pairs = parse_qsl(query, keep_blank_values=True)
    for name, _ in pairs:
        if name != PINNED:
            why = "a ZIP holds all figures in every language"
            raise BadView(f"{name[:40]}: {why}; possible: {PINNED}")
    if len(pairs) > 1:
        raise BadView(f"{PINNED}: named twice")
    return dict(pairs).get(PINNED, "")
