"""The dictionary of a package: indicators, codes and words, with a column for each language."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

from dashboard.catalogue import Indicator
from dashboard.i18n import Locale
from dashboard.i18n.locale import STATUS
from dashboard.i18n.names import FREQUENCIES, PANELS
from dashboard.model import Status
from dashboard.outlets.releases import csv_text
from dashboard.service import Statistics

OF_AN_INDICATOR = ("title", "measure", "definition", "denominator", "notes")
FIXED = ("indicator", "theme", "unit", "frequencies", "dimensions", "direction", "illustrative")

STATUSES = get_args(Status)

Row = Mapping[str, Any]
Word = Callable[[Locale, str], str]
"""word(language, code) -> label."""


def files(
    statistics: Statistics, indicators: Sequence[Indicator], made_up: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of the files of the dictionary of some indicators."""
    locales = tuple(statistics.locales.values())
    told = tuple(f"{name}_{locale.code}" for name in OF_AN_INDICATOR for locale in locales)
    rows = (_indicator(indicator, made_up, locales) for indicator in indicators)
    yield "dictionary/indicators.csv", csv_text((*FIXED, *told), rows)
    labels = tuple(f"label_{locale.code}" for locale in locales)
    codes = _codes(statistics, indicators, locales)
    yield "dictionary/codes.csv", csv_text(("dimension", "code", *labels), codes)
    words = _words(indicators, locales)
    yield "dictionary/words.csv", csv_text(("column", "code", *labels), words)


def _indicator(indicator: Indicator, made_up: Collection[str], locales: Sequence[Locale]) -> Row:
    said = {
        "title": [indicator.title],
        "measure": [indicator.measure],
        "definition": [indicator.definition],
        "denominator": [indicator.denominator],
        "notes": indicator.notes,
    }
    return {
        "indicator": indicator.id,
        "theme": indicator.theme,
        "unit": "; ".join(indicator.units or (indicator.unit,)),
        "frequencies": "; ".join(indicator.freq),
        "dimensions": "; ".join(indicator.dimensions),
        "direction": indicator.direction,
        "illustrative": "illustrative" if indicator.id in made_up else "",
        **{
            f"{name}_{locale.code}": " ".join(locale.text(t) for t in texts if t)
            for name, texts in said.items()
            for locale in locales
        },
    }


def _codes(
    statistics: Statistics, indicators: Sequence[Indicator], locales: Sequence[Locale]
) -> Iterator[Row]:
    used = {name for indicator in indicators for name in indicator.dimensions}
    for name in sorted(used):
        for code, label in statistics.catalogue.codelists[name].labels().items():
            labels = {f"label_{locale.code}": locale.text(label) for locale in locales}
            yield {"dimension": name, "code": code, **labels}


def _words(indicators: Iterable[Indicator], locales: Sequence[Locale]) -> Iterator[Row]:
    """Yield every code of the columns unit, status, flags and panel, and of the frequencies."""
    units = sorted({unit for i in indicators for unit in (i.units or (i.unit,))})
    named: tuple[tuple[str, Iterable[str], Word], ...] = (
        ("unit", units, Locale.unit_label),
        ("frequency", FREQUENCIES, Locale.frequency),
        ("panel", PANELS, Locale.panel),
        ("status", [code for code in STATUS if code in STATUSES], Locale.status),
        ("flags", [code for code in STATUS if code not in STATUSES], Locale.status),
    )
    for column, codes, word in named:
        for code in codes:
            labels = {f"label_{locale.code}": word(locale, code) for locale in locales}
            yield {"column": column, "code": code, **labels}
