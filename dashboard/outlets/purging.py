"""What a person wants out of sight, as a withdrawal, and the addresses at which it stands."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.routing import UnicodeConverter

from dashboard import query
from dashboard.model import PUBLIC, View, Withdrawn
from dashboard.outlets import discover
from dashboard.outlets.asking import Asking
from dashboard.prints import bare_press
from dashboard.service import Statistics
from dashboard.web.memory import open_memory
from dashboard.withdrawals import Withdrawal

RELEASE = re.compile(r"\d{4}\.\d+(\.\d+)?")
CHART = "/charts/<name:indicator>"
SHARING = (".share", "/share")
"""What there is to share of a view, as a page and as a part of one."""
WHOLE = ".zip"
"""All figures of an indicator, whatever the view."""


@dataclass(frozen=True, slots=True)
class Purging:
    """Finds what is meant and where it stands. `public_url` is where the addresses begin."""

    statistics: Statistics
    public_url: str
    endings: tuple[str, ...]

    @classmethod
    def of(cls, statistics: Statistics, public_url: str) -> Self:
        """Return it for every form of a view that there is."""
        return cls(statistics, public_url, suffixes(statistics))

    def withdrawal(self, said: str, why: str) -> Withdrawal:
        """Return the withdrawal of a release's name, of a view or of any address of a view.

        Language, colours, kind of chart and periods of the view do not count. Raise BadView,
        NotPublished or NoRelease where there is nothing of that name.
        """
        if RELEASE.fullmatch(said):
            return Withdrawal(said, why, said)
        view = _view(said)
        with suppress(Withdrawn):
            self.statistics.slice(view, PUBLIC)
        indicator = query.find(self.statistics.catalogue, view.indicator).id
        kept = replace(view, indicator=indicator, chart="", lang="", theme="", start="", end="")
        asked = kept.to_query()
        what = indicator + (f"?{asked}" if asked else "")
        return Withdrawal(what, why, view.release, replace(kept, release=""))

    def addresses(self, withdrawal: Withdrawal) -> tuple[str, ...]:
        """Return the addresses at which a release or a view stands, in every form and language."""
        if withdrawal.view is None:
            found = self._of_release(withdrawal.release)
        else:
            found = self._of_view(withdrawal.view, withdrawal.release)
        return tuple(dict.fromkeys(self.public_url + address for address in found))

    def _of_view(self, view: View, release: str) -> Iterator[str]:
        names = [stored.id for stored in self.statistics.board().releases]
        for at in [release] if release else ["", *names]:
            for lang in self.statistics.locales:
                asked = replace(view, release=at, lang="" if lang == "en" else lang)
                yield from self._forms(asked)
            yield from _packages(view.indicator, at)

    def _of_release(self, name: str) -> Iterator[str]:
        pages = [f"/{theme}" for theme in self.statistics.catalogue.themes]
        for path in ("/", *pages, "/data", "/facts"):
            yield f"{path}?release={name}"
        yield from (f"/releases/{name}{suffix}" for suffix in ("", ".csv", ".json"))
        for indicator in self.statistics.catalogue.indicators:
            yield from self._forms(View(indicator, release=name))
            yield from _packages(indicator, name)

    def _forms(self, view: View) -> Iterator[str]:
        asked = view.to_query()
        for suffix in ("", *self.endings, *SHARING):
            yield f"/charts/{view.indicator}{suffix}" + (f"?{asked}" if asked else "")
        yield f"/embed/{view.indicator}" + (f"?{asked}" if asked else "")


def suffixes(statistics: Statistics) -> tuple[str, ...]:
    """Return the endings of every form of a view, ".csv" and the like, as the outlets have them."""
    server = Flask(__name__, static_folder=None)
    server.url_map.converters |= dict.fromkeys(("name", "release"), UnicodeConverter)
    asking = Asking(statistics, open_memory(server, ""), "", bare_press())
    for form in discover():
        server.register_blueprint(form.blueprint(asking))
    rules = (rule.rule for rule in server.url_map.iter_rules())
    found = {rule.removeprefix(CHART) for rule in rules if rule.startswith(f"{CHART}.")}
    return tuple(sorted(found - {WHOLE}))


def _packages(indicator: str, release: str) -> Iterator[str]:
    """Yield the addresses of the packages that hold figures of an indicator."""
    pinned = f"?release={release}" if release else ""
    yield from (f"/data.zip{pinned}", f"/charts/{indicator}{WHOLE}{pinned}")


def _view(said: str) -> View:
    parts = urlsplit(said)
    name = parts.path.rpartition("/")[2].partition(".")[0]
    return View.from_query(name, parts.query)
