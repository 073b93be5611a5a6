"""Words, numbers, dates and direction: the one formatter, and the languages there are."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import babel

from dashboard.i18n.digits import SYSTEMS, digits_of
from dashboard.i18n.locale import Locale
from dashboard.i18n.times import MONTHS
from dashboard.i18n.units import BadWords, Unit, read_units
from dashboard.i18n.words import Words, english, read_words

__all__ = ["BadWords", "Locale", "Unit", "locales"]


def locales(config: Path) -> Mapping[str, Locale]:
    """Return the languages by code: English, then one for every file in config/locales.

    Raises BadWords for a file that cannot be used.
    """
    units = read_units(config / "units.yaml")
    read = [english(), *_catalogues(config / "locales")]
    found = [_locale(words, units) for words in read]
    return {locale.code: locale for locale in found}


def _catalogues(folder: Path) -> Iterator[Words]:
    found = [(path, read_words(path)) for path in folder.glob("*.po") if path.stem != "en"]
    for path, words in sorted(found, key=lambda pair: (_order(pair[1]), pair[0].stem)):
        _check(path, words.headers)
        yield words


def _order(words: Words) -> int:
    order = words.headers.get("X-Order", "")
    return int(order) if order.isdecimal() else 99


def _check(path: Path, headers: Mapping[str, str]) -> None:
    """Say what a catalogue must say about its language."""
    if headers.get("Language") != path.stem:
        raise BadWords(f"{path}: the header Language must be {path.stem}, the name of the file")
    if not headers.get("X-Name"):
        raise BadWords(f"{path}: the header X-Name must give the language's own name")
    if headers.get("X-Direction") not in ("ltr", "rtl"):
        raise BadWords(f"{path}: the header X-Direction must be ltr or rtl")
    if headers.get("X-Digits") not in SYSTEMS:
        raise BadWords(f"{path}: the header X-Digits must be one of {', '.join(SYSTEMS)}")


def _locale(words: Words, units: Mapping[str, Unit]) -> Locale:
    code = words.headers["Language"]
    return Locale(
        code=code,
        name=words.headers["X-Name"],
        direction=words.headers.get("X-Direction", "ltr"),
        digits=digits_of(code, words.headers.get("X-Digits", "latn")),
        words=words,
        units=units,
        months=_months(code, words),
    )


def _months(code: str, words: Words) -> dict[int, tuple[str, str]]:
    """Return full and short names of the months: the file's own full ones, else CLDR's."""
    names = babel.Locale.parse(code).months
    own = {n: words.find(name) for n, name in enumerate(MONTHS, 1) if name in words.translated}
    long, short = names["stand-alone"]["wide"], names["format"]["abbreviated"]
    return {n: (own.get(n) or long[n], short[n]) for n in range(1, 13)}
