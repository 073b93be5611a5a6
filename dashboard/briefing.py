"""A briefing pack: views in an order, under one title, in one language, from one release.

A pack is a URL and a URL is a pack: `/briefing?view=…&view=…&title=…&lang=…&release=…`.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import parse_qsl, quote

from dashboard import short
from dashboard.model import BadView, NotPublished, View, Withdrawn

PATH = "/briefing"
CHARTS = "/charts/"
MOST_VIEWS = 20
MOST_LETTERS = 120
"""Of a title."""
LONGEST_VIEW = 500
"""Letters of one view."""
LONGEST = 3_500
"""Letters of a whole address: servers and proxies refuse lines of more than 4,000."""
WHOLE = ("lang", "release", "theme")
"""Names of a view that a pack decides for all of its views."""
ONCE = ("title", "lang", "release")
UNPRINTABLE = ("Cc", "Cs", "Co", "Cn")
"""Categories of letters that no file can hold (Unicode)."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Which views stand in a pack and in which order, none of them twice.

    The views name no language, release or theme: `lang` and `release` of the pack count for all;
    "" is English and the newest release.
    """

    views: tuple[View, ...] = ()
    title: str = ""
    lang: str = ""
    release: str = ""

    def __post_init__(self) -> None:
        if len(self.views) > MOST_VIEWS:
            raise BadView(
                f"a briefing pack holds at most {MOST_VIEWS} views, not {len(self.views)}: "
                "take some out, or make a second pack"
            )
        if len(self.title) > MOST_LETTERS:
            raise BadView(f"title: at most {MOST_LETTERS} letters, not {len(self.title)}")
        if len(self.address) > LONGEST:
            raise BadView(
                f"the address of this briefing pack has more than {LONGEST} letters: "
                "take some views out, or make a second pack"
            )

    def to_query(self) -> str:
        """Return the query string that names this pack, without '?'."""
        pairs = [("view", written(view)) for view in self.views]
        pairs += [("title", self.title), ("lang", self.lang), ("release", self.release)]
        return "&".join(f"{name}={quote(value, safe=',._-')}" for name, value in pairs if value)

    @property
    def address(self) -> str:
        """The path and query of the page of this pack."""
        query = self.to_query()
        return f"{PATH}?{query}" if query else PATH

    def asked(self) -> tuple[View, ...]:
        """Return the views in the language and from the release of the pack."""
        return tuple(replace(v, lang=self.lang, release=self.release) for v in self.views)

    @classmethod
    def of(cls, views: Iterable[str], title: str = "", lang: str = "", release: str = "") -> Self:
        """Return the pack of some views, each an address or `indicator?query`; raise BadView."""
        read = dict.fromkeys(read_view(said, release) for said in views)
        return cls(tuple(read), plain(title), "" if lang == "en" else lang, release)

    @classmethod
    def from_query(cls, query: str) -> Self:
        """Read a pack back from a query string; raise BadView if it is malformed."""
        pairs = parse_qsl(query.lstrip("?"), keep_blank_values=True)
        names = [name for name, _ in pairs]
        if unknown := sorted(set(names) - {"view", *ONCE}):
            possible = ", ".join(("view", *ONCE))
            raise BadView(f"{', '.join(unknown)}: not known here; possible: {possible}")
        if twice := [name for name in ONCE if names.count(name) > 1]:
            raise BadView(f"{', '.join(twice)}: named twice")
        views = [value for name, value in pairs if name == "view"]
        if len(views) > MOST_VIEWS:
            raise BadView(f"a briefing pack holds at most {MOST_VIEWS} views, not {len(views)}")
        return cls.of((view for view in views if view), **{n: v for n, v in pairs if n != "view"})


def written(view: View) -> str:
    """Return a view as a pack writes it: `indicator?query`."""
    query = view.to_query()
    return f"{view.indicator}?{query}" if query else view.indicator


def alone(view: View) -> Pack:
    """Return the pack of one view, in its language and from its release."""
    return Pack((replace(view, lang="", release="", theme=""),), "", view.lang, view.release)


def read_view(said: str, release: str = "") -> View:
    """Return the view that an address of a chart, a short link or `indicator?query` names.

    Language and colours are left to the pack; raise BadView, also for a release other than the
    pack's.
    """
    view = as_written(said)
    if view.release not in ("", release):
        raise BadView(
            f"release={view.release}: one release counts for the whole pack; "
            "choose it there, not at one of its views"
        )
    return replace(view, lang="", release="", theme="")


def as_written(said: str) -> View:
    """Return the view that an address names with all that it says; raise BadView."""
    if len(said) > LONGEST_VIEW:
        raise BadView(f"view: longer than {LONGEST_VIEW} letters: {said[:40]}…")
    path, _, query = said.strip().partition("#")[0].partition("?")
    if short.PATH in path:
        return short.view_of(path.partition(short.PATH)[2])
    name = path.partition(CHARTS)[2] if CHARTS in path else path
    name = name.partition(".")[0]
    if not name or "/" in name:
        raise BadView(
            f"view={said[:80]}: not a chart; give the address of a chart's own page "
            "(/charts/…) or `indicator?query`"
        )
    return View.from_query(name, query)


def plain(title: str) -> str:
    """Return a title as one line; raise BadView for letters that cannot be printed."""
    line = " ".join(title.split())
    if any(unicodedata.category(letter) in UNPRINTABLE for letter in line):
        raise BadView("title: holds letters that cannot be printed")
    return line


def read_list(
    name: str, text: str, check: Callable[[View], object], release: str = ""
) -> tuple[str, ...]:
    """Return the views of a file: one a line, `#` begins a comment.

    `name` is what messages call the file; `check` raises BadView or NotPublished for a view that
    cannot be shown. Either is raised again with file and line.
    """
    found: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        try:
            view = read_view(said, release)
            check(replace(view, release=release))
            found.append(written(view))
        except (BadView, NotPublished) as error:
            raise placed(error, f"{name}, line {number}") from error
    if not found:
        raise BadView(f"{name}: holds no view; write one a line, such as exports_goods?freq=FY")
    return tuple(found)


def placed(error: BadView | NotPublished, where: str) -> BadView | NotPublished:
    """Return an error of the same kind that says where it was found."""
    if isinstance(error, Withdrawn):
        return Withdrawn(where, error.why)
    return type(error)(f"{where}: {error}")
