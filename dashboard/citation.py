"""How a view is cited: as a sentence, for BibTeX, for reference managers (RIS)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from dashboard import short
from dashboard.i18n import Locale, bidi
from dashboard.model import Slice
from dashboard.service import Statistics

AUTHOR = "Better Work Pakistan"
PUBLISHER = "International Labour Organization and International Finance Corporation"

TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "&%$#_"},
    }
)
"""What TeX would read as commands, as TeX prints it."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One view of one release, to be cited.

    `day` is that of the release's publication, `link` the long address with the release, `short`
    its short link, `sources` whoever published the figures first, `language` a code of two letters.
    """

    indicator: str
    title: str
    subtitle: str
    release: str
    day: date
    link: str
    short: str
    sources: tuple[str, ...]
    language: str

    @property
    def key(self) -> str:
        """The name of the entry in a list of literature."""
        return f"bwp_{self.indicator}_{self.release.replace('.', '_')}"

    @property
    def whole_title(self) -> str:
        """Title and subtitle of the view, without saying the same twice."""
        if self.subtitle.startswith(self.title):
            return self.subtitle
        return f"{self.title}. {self.subtitle}" if self.subtitle else self.title

    def plain(self, locale: Locale) -> tuple[str, ...]:
        """Return the citation in a language: a sentence, the long link, the short one."""
        sentence = locale.text(
            "{author} ({year}). {title}. {publisher}. Release {release}, published on {date}.",
            author=locale.text(AUTHOR),
            year=locale.period(str(self.day.year)),
            title=self.whole_title,
            publisher=locale.text(PUBLISHER),
            release=self.release,
            date=locale.date(self.day),
        )
        return bidi.MARKS.sub("", sentence), self.link, self.short

    def bibtex(self) -> str:
        """Return an entry for BibTeX and BibLaTeX."""
        fields = {
            "author": f"{{{_tex(AUTHOR)}}}",
            "title": f"{{{_tex(self.whole_title)}}}",
            "year": str(self.day.year),
            "date": self.day.isoformat(),
            "publisher": _tex(PUBLISHER),
            "version": _tex(self.release),
            "url": self.link,
            "howpublished": rf"\url{{{self.short}}}",
            "note": _tex(self._note()),
            "langid": LANGUAGES.get(self.language, self.language),
        }
        lines = (f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@misc{{{self.key},\n" + ",\n".join(lines) + "\n}\n"

    def ris(self) -> str:
        """Return a record of the RIS format, as reference managers import it."""
        return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in self._ris())

    def _ris(self) -> Iterator[tuple[str, str]]:
        yield "TY", "DATA"
        yield "ID", self.key
        yield "AU", AUTHOR
        yield "TI", self.whole_title
        yield "PY", str(self.day.year)
        yield "DA", self.day.strftime("%Y/%m/%d")
        yield "PB", PUBLISHER
        yield "ET", self.release
        yield "LA", self.language
        yield "UR", self.link
        yield "L2", self.short
        yield "N1", self._note()
        yield "ER", ""

    def _note(self) -> str:
        """Return release and sources in the language of the formats, English."""
        sources = "; ".join(dict.fromkeys(self.sources))
        return f"Release {self.release}. Sources of the figures: {sources}"


LANGUAGES = {"en": "english", "ur": "urdu", "ar": "arabic", "bn": "bengali"}
"""Names of languages as BibLaTeX knows them."""


def _tex(text: str) -> str:
    return _line(text).translate(TEX)


def _line(text: str) -> str:
    """Return a text as one line: a break would begin another field."""
    return re.sub(r"\s+", " ", bidi.MARKS.sub("", text)).strip()


def cite(statistics: Statistics, answered: Slice, site: str) -> Citation | None:
    """Return the citation of a slice on a site, None for made-up data; raise NoRelease."""
    if answered.illustrative:
        return None
    view = replace(answered.view, release=answered.release, theme="")
    title, subtitle = statistics.named(answered)
    stored = {release.id: release for release in statistics.board().releases}
    return Citation(
        indicator=view.indicator,
        title=title,
        subtitle=subtitle,
        release=answered.release,
        day=stored[answered.release].published_on,
        link=site + view.to_path(),
        short=short.address_of(view, site),
        sources=tuple(f"{source.publisher}, {source.title}" for source in answered.sources),
        language=view.lang or "en",
    )
