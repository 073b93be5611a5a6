"""What became of a pinned view: the one short-lived answer beside those that never change."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dashboard.access import scope_of
from dashboard.i18n import Locale
from dashboard.model import View
from dashboard.outlets.asking import Asking, asked, indexing
from dashboard.vintages import Later, Superseded
from dashboard.web.delivery import Answer, answer, deliver
from dashboard.web.memory import key_of, vintage_of


def blueprint(asking: Asking) -> Blueprint:
    """Return the route of notices."""
    routes = Blueprint("notice", __name__)
    statistics = asking.statistics

    @routes.get("/charts/<name:indicator>.notice.json")
    def notice(indicator: str) -> ResponseReturnValue:
        view, _ = asked(indicator, request.query_string.decode(), ())
        scope = scope_of(request)

        def make() -> Answer:
            answered = statistics.slice(view, scope)
            found = statistics.superseded(view, scope)
            said = described(answered.view, found, statistics.locale(view.lang))
            text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
            return answer(text, "application/json", headers=indexing(answered.illustrative))

        vintage = vintage_of(statistics.release(view.release))
        now = (*vintage_of(statistics.release()), *statistics.board().marks)
        said = (scope.programme, request.path, view.to_query())
        key = key_of(asking.edition, *vintage, *now, *said)
        return deliver(asking.memory.remember(key, make), request)

    return routes


def described(view: View, found: Superseded, locale: Locale) -> dict[str, Any]:
    """Return a notice: whether figures of a view were revised, by which releases, and the words.

    It names places and reasons and repeats no figure; "text" and "href" are "" where there is
    nothing to say.
    """
    first = found.later[0] if found.revised else None
    return {
        "indicator": view.indicator,
        "query": view.to_query(),
        "release": found.release,
        "newest": found.newest,
        "revised": found.revised,
        "text": words(found, locale) if first else "",
        "href": _report(view, first) if first else "",
        "revisions": [_later(view, one) for one in found.later],
    }


def words(found: Superseded, locale: Locale) -> str:
    """Return the sentence of a notice."""
    return locale.plural(
        "{n} value shown here has been revised: release {name}",
        "{n} values shown here have been revised: release {name}",
        found.revised,
        name=found.later[0].release,
    )


def _later(view: View, later: Later) -> dict[str, Any]:
    return {
        "release": later.release,
        "href": _report(view, later),
        "cells": list(_cells(later)),
    }


def _cells(later: Later) -> Iterator[Mapping[str, str]]:
    for change in later.changes:
        yield {"time_period": change.time_period, **dict(change.key), "why": change.why}


def _report(view: View, later: Later) -> str:
    """Return the address of the report of a release: of this indicator, where it has any."""
    pairs = [f"indicator={view.indicator}"] if later.listed else []
    pairs += [f"lang={view.lang}"] if view.lang else []
    return f"/releases/{later.release}" + (f"?{'&'.join(pairs)}" if pairs else "")
