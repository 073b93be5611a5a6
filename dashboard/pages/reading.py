"""What a request for a page asks: an address read once, with the language it carries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

from dashboard.i18n import Locale
from dashboard.model import BadView, Scope

CARRIED = ("lang", "release", "theme")
"""Names that every link of a page takes along."""

THEMES = ("", "light", "dark")

REPEATED = ("view",)
"""Names that an address writes once for each value: whole views, which have commas themselves."""
NEXT = "\n"
"""Between the values of such a name."""


@dataclass(frozen=True, slots=True)
class Window:
    """What only the browser knows: how wide it is and which colours its reader prefers."""

    form: str = "web"
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's request for one page. `pairs` are the names of the address not carried on."""

    path: str
    pairs: Mapping[str, str]
    carried: Mapping[str, str]
    locale: Locale
    scope: Scope
    window: Window = Window()

    @property
    def release(self) -> str:
        """The pinned release, or "" for the newest."""
        return self.carried.get("release", "")

    @property
    def theme(self) -> str:
        """The asked colour scheme, or "" for the reader's own."""
        return self.carried.get("theme", "")

    def link(self, path: str, query: str = "") -> str:
        """Return the address of another page of the site in the same language and release."""
        return address(path, join(query, written(self.carried)))

    def here(self, **changed: str) -> str:
        """Return the address of this page with some names changed; an empty value removes one."""
        pairs = {**self.pairs, **self.carried, **changed}
        return address(self.path, written({name: value for name, value in pairs.items() if value}))


def written(pairs: Mapping[str, str]) -> str:
    """Return pairs as a query string; commas between codes stay as they are."""
    single = [
        (n, v) for n, vs in pairs.items() for v in (vs.split(NEXT) if n in REPEATED else [vs])
    ]
    return "&".join(f"{name}={quote(value, safe=',._-')}" for name, value in single)


def join(*queries: str) -> str:
    """Return several query strings as one."""
    return "&".join(query for query in queries if query)


def address(path: str, query: str) -> str:
    """Return path and query as one address."""
    return f"{path}?{query}" if query else path


def merged(query: str) -> dict[str, str]:
    """Return the names of a query string; a form repeats a name for each code that is ticked.

    A form also sends its empty controls: they say nothing and are left out.
    """
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    joined = {name: _between(name).join(v for v in vs if v) for name, vs in found.items()}
    return {name: value for name, value in joined.items() if value}


def _between(name: str) -> str:
    return NEXT if name in REPEATED else ","


def read(path: str, query: str, locales: Mapping[str, Locale], scope: Scope) -> Reading:
    """Read a request; raise BadView for a language or theme that does not exist."""
    pairs = merged(query)
    carried = {name: pairs.pop(name) for name in CARRIED if pairs.get(name)}
    code = carried.get("lang", "en")
    if code not in locales:
        raise BadView(f"lang={code}: not known here; possible: {', '.join(locales)}")
    if carried.get("theme", "") not in THEMES:
        raise BadView(f"theme={carried['theme']}: not known here; possible: light, dark")
    if code == "en":
        carried.pop("lang", None)
    return Reading(path, pairs, carried, locales[code], scope)


def only(reading: Reading, names: Iterable[str]) -> Mapping[str, str]:
    """Return the pairs of a page that knows just some names; raise BadView for any other."""
    known = tuple(names)
    if unknown := sorted(set(reading.pairs) - set(known)):
        possible = ", ".join((*known, *CARRIED))
        raise BadView(f"{', '.join(unknown)}: not known on this page; possible: {possible}")
    return reading.pairs
