"""How a view is cited, as a file: text, BibTeX, RIS. What is made up has no citation."""

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dashboard.citation import Citation, cite
from dashboard.components.sharing import Offer
from dashboard.i18n import Locale
from dashboard.model import NotPublished, Scope, View
from dashboard.outlets.asking import Asking, keep_of
from dashboard.web.delivery import Answer, answer

FORMS: Mapping[str, tuple[str, Callable[[Citation, Locale], str]]] = {
    "cite.txt": ("text/plain", lambda said, locale: "\n".join(said.plain(locale)) + "\n"),
    "bib": ("application/x-bibtex", lambda said, locale: said.bibtex()),
    "ris": ("application/x-research-info-systems", lambda said, locale: said.ris()),
}
"""Ending, kind and text of each form."""
NONE = "illustrative data have no citation: they are made up to show how the page reads"


def blueprint(asking: Asking) -> Blueprint:
    """Return the routes of citations."""
    routes = Blueprint("citation", __name__)

    @routes.get("/charts/<name:indicator>.cite.txt")
    def as_text(indicator: str) -> ResponseReturnValue:
        return asking.respond(indicator, _make(asking, "cite.txt"))

    @routes.get("/charts/<name:indicator>.bib")
    def as_bibtex(indicator: str) -> ResponseReturnValue:
        return asking.respond(indicator, _make(asking, "bib"))

    @routes.get("/charts/<name:indicator>.ris")
    def as_ris(indicator: str) -> ResponseReturnValue:
        return asking.respond(indicator, _make(asking, "ris"))

    return routes


def offers(locale: Locale) -> Sequence[Offer]:
    """Return what the share dialog says of these forms."""
    return (
        Offer("cite", locale.text("BibTeX file"), "bib"),
        Offer("cite", locale.text("RIS file for reference managers"), "ris"),
    )


def _make(asking: Asking, ending: str) -> Callable[[View, Scope, Mapping[str, str]], Answer]:
    mimetype, written = FORMS[ending]

    def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
        answered = asking.statistics.slice(view, scope)
        found = cite(asking.statistics, answered, asking.public_url)
        if found is None:
            raise NotPublished(f"{answered.view.indicator}: {NONE}")
        text = written(found, asking.statistics.locale(view.lang))
        named = f'attachment; filename="{answered.view.indicator}.{ending}"'
        return answer(text, mimetype, keep_of(view), headers=(("Content-Disposition", named),))

    return make
