"""The text of a package that is read first: what it is, how it may be used, how to quote it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.components.reuse import COLUMNS, REUSE
from dashboard.i18n import Locale
from dashboard.model import Release

MADE_UP = (
    "ILLUSTRATIVE: the figures in the folder data/illustrative are made-up sample data, not real "
    "figures. Do not quote them."
)
FOLDERS = (
    ("data", "One CSV for each indicator with all of its published figures."),
    ("data/illustrative", "The same for made-up sample data."),
    ("dictionary/indicators.csv", "Title, measure, definition, unit and notes of each indicator."),
    ("dictionary/codes.csv", "The codes of every dimension with their labels."),
    ("dictionary/words.csv", "Units, frequencies, status words and flags."),
    ("sources.csv", "Every source with its files, their checksums and the account of their rows."),
    ("facts.csv", "Figures as publications printed them, with publisher, address and date."),
    ("SHA256SUMS.txt", "Checksums of these files; sha256sum -c SHA256SUMS.txt compares them."),
)
LANGUAGES = "The files of the dictionary have a column for each language."


@dataclass(frozen=True, slots=True)
class About:
    """What a text has to say: the release, whether any of it is made up, how many indicators.

    `example` is one of them, to show an address.
    """

    release: Release
    made_up: bool
    indicators: int
    example: str
    public_url: str


def written(about: About, locale: Locale) -> str:
    """Return the text in a language, with line ends that every editor knows."""
    return "".join(f"{line}\r\n" for line in _lines(about, locale))


def _lines(about: About, locale: Locale) -> Iterator[str]:
    text, release = locale.text, about.release
    yield text("Better Work Pakistan: published figures")
    yield ""
    yield text("Release {release}", release=release.id)
    yield text("Cut-off date: {date}", date=locale.date(release.cut_off))
    yield text("Indicators: {n}", n=locale.number(about.indicators))
    yield text("Address: {address}", address=f"{about.public_url}/releases/{release.id}/sources")
    if about.made_up:
        yield from ("", text(MADE_UP))
    yield from ("", text("What is in it"), "")
    for path, words in FOLDERS:
        if about.made_up or path != "data/illustrative":
            yield f"{path}: {text(words)}"
    yield from ("", text(LANGUAGES), *(text(words) for words in COLUMNS))
    yield from ("", text("Reuse"), "", *(text(words) for words in REUSE[:2]))
    yield from ("", text("How to quote"), "")
    yield text(
        "{publisher}, {title}. Release {release}, {date}. {address}",
        publisher=text("The publisher of the figures as sources.csv names it"),
        title=text("title of the indicator"),
        release=release.id,
        date=locale.date(release.cut_off),
        address=f"{about.public_url}/charts/{about.example}?release={release.id}",
    )
