"""What every outlet does with a request for a view: read it, answer it, say how long it holds."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from flask import Response, request

from dashboard import short
from dashboard.access import scope_of
from dashboard.components.origins import way_back
from dashboard.model import NAMED, BadView, Scope, Slice, View
from dashboard.prints import Press
from dashboard.service import Statistics
from dashboard.web.delivery import Answer, Keep, deliver
from dashboard.web.document import BARE, Shell
from dashboard.web.memory import Memory, key_of, vintage_of

Make = Callable[[View, Scope, Mapping[str, str]], Answer]
"""make(view, scope, options of the outlet) -> answer."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What an outlet needs to answer requests. `public_url` is where links in files lead.

    `shell` is what the documents of all pages and frames have in common.
    """

    statistics: Statistics
    memory: Memory
    edition: str
    press: Press
    public_url: str = ""
    shell: Shell = BARE

    def respond(self, indicator: str, make: Make, options: tuple[str, ...] = ()) -> Response:
        """Answer the current request for a form of a view, from memory where it is known.

        `options` are the names that only this outlet knows.
        """
        query = request.query_string.decode()
        view, chosen = asked(indicator, query, options)
        self._refuse_unknown(query, options)
        scope = scope_of(request)
        said = json.dumps(chosen, sort_keys=True)
        vintage = vintage_of(self.statistics.release(view.release))
        key = key_of(self.edition, *vintage, scope.key, request.path, view.to_query(), said)
        return deliver(self.memory.remember(key, lambda: make(view, scope, chosen)), request)

    def _refuse_unknown(self, query: str, options: tuple[str, ...]) -> None:
        """Raise BadView for a name without a value that nothing has: a view forgets such names."""
        known = {*NAMED, *options, *self.statistics.catalogue.codelists}
        for name, value in parse_qsl(query, keep_blank_values=True):
            if not value and name not in known:
                raise BadView(f"{name[:40]}: not known here; possible: {', '.join(sorted(known))}")

    def link(self, answered: Slice) -> str:
        """Return the short public link to exactly what is shown: this view, this release."""
        return short.address_of(replace(answered.view, release=answered.release), self.public_url)

    def address(self, answered: Slice) -> str:
        """Return the long public address of exactly what is shown, which says it in words."""
        return self.public_url + replace(answered.view, release=answered.release).to_path()

    def files_link(self, answered: Slice) -> str:
        """Return the public address of the source files of a slice."""
        return self.public_url + way_back(answered, self.statistics.locale(answered.view.lang))


def asked(indicator: str, query: str, options: tuple[str, ...]) -> tuple[View, Mapping[str, str]]:
    """Return the view of a query string and the outlet's own options; raise BadView."""
    pairs = parse_qsl(query, keep_blank_values=True)
    own = {name: value for name, value in pairs if name in options}
    rest = [(name, value) for name, value in pairs if name not in options]
    if len({name for name, _ in rest}) < len(rest):
        raise BadView("a name is written twice; write the codes with commas between")
    return View.from_pairs(indicator, dict(rest)), own


def keep_of(view: View) -> Keep:
    """Return how long a form of a view may be kept: a pinned one never changes."""
    return "forever" if view.release else "minute"


def indexing(illustrative: bool) -> tuple[tuple[str, str], ...]:
    """Return the header that keeps made-up data out of search engines."""
    return (("X-Robots-Tag", "noindex"),) if illustrative else ()
