"""How the workspace reads a request and shows a page; every page of it goes into the audit log."""

from dataclasses import dataclass

from flask import Response, request

from dashboard.access import Keeper, member_of, scope_of
from dashboard.catalogue import Catalogue
from dashboard.components.notes import illustrative_banner
from dashboard.components.shell import heading
from dashboard.i18n import Locale
from dashboard.pages.framing import Content, page
from dashboard.pages.reading import Reading, read
from dashboard.pages.serving import Pages
from dashboard.pages.words import as_of
from dashboard.suppliers.shelf import Shelf
from dashboard.web.delivery import answer, deliver
from dashboard.web.render import Node, kept


@dataclass(frozen=True, slots=True)
class Workspace:
    """What every page of the workspace needs."""

    pages: Pages
    shelf: Shelf
    keeper: Keeper

    @property
    def catalogue(self) -> Catalogue:
        """What config/ declares."""
        return self.pages.statistics.catalogue

    def reading(self) -> Reading:
        """Return the request; raise BadView for a language that does not exist."""
        query = request.query_string.decode(errors="replace")
        return read(request.path, query, self.pages.statistics.locales, scope_of(request))

    def log(self, action: str, subject: str = "") -> None:
        """Note in the audit log what the sender of the request saw or took."""
        self.keeper.note(member_of(request), request, action, subject)

    def show(self, reading: Reading, title: str, intro: str, main: list[Node]) -> Response:
        """Return a page of the workspace; it is never kept anywhere."""
        statistics = self.pages.statistics
        made_up = statistics.release(reading.release).illustrative
        top: list[Node] = [
            heading(title, intro, as_of(statistics, reading)),
            kept("banner", illustrative_banner(reading.locale)) if made_up else None,
        ]
        shown = page(statistics, reading, Content(title, title, [*top, *main], indexed=False))
        text = self.pages.shell.document(shown)
        return deliver(answer(text, "text/html", "never"), request)


def label(catalogue: Catalogue, dimension: str, code: str, locale: Locale) -> str:
    """Return a code in words; one that no list has stays as it is."""
    known = catalogue.codelists[dimension].codes.get(code)
    return locale.text(str(known["label"])) if known else code
