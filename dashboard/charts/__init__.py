"""Draw a slice and say what it shows. A module a chart kind in `kinds/`, found by its name."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from dashboard.charts import files, kinds, style
from dashboard.charts.dialect import Figure
from dashboard.charts.files import foot
from dashboard.charts.sparkline import spark
from dashboard.charts.style import css
from dashboard.charts.summaries import summary
from dashboard.charts.svg import picture
from dashboard.charts.tables import Table, table
from dashboard.charts.tiles import Tile, tile
from dashboard.charts.titles import descriptive, subtitle, title
from dashboard.i18n import Locale
from dashboard.model import Slice

__all__ = [
    "KINDS",
    "Figure",
    "Table",
    "Tile",
    "css",
    "descriptive",
    "draw",
    "foot",
    "kind_of",
    "moment",
    "picture",
    "picture_file",
    "plot_file",
    "spark",
    "subtitle",
    "summary",
    "table",
    "tile",
    "title",
]


class Kind(Protocol):
    """What a module in `kinds/` offers. `MOMENT`: it shows one period only."""

    MOMENT: bool

    def suits(self, answer: Slice) -> bool:
        """Whether the kind can show this slice."""

    def draw(self, answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
        """Draw the slice."""


def discover() -> dict[str, Kind]:
    """Return every module in `kinds/` by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(kinds.__path__))
    return {name: importlib.import_module(f"{kinds.__name__}.{name}") for name in names}


KINDS: Mapping[str, Kind] = MappingProxyType(discover())
FALLBACKS = ("line", "multiples", "bars")
"""What draws a slice that the kind asked for cannot show, in this order."""

NARROW = 2
"""More lines than this do not stand in one plot on a phone."""


COLUMNS = 4
"""More periods than this do not stand in a table on a phone."""


def moment(kind: str, split: tuple[str, ...], freq: str) -> bool:
    """Whether a kind shows the last complete period only: unsplit series and cycles keep theirs."""
    return KINDS[kind].MOMENT and bool(split) and freq != "C"


def draw(answer: Slice, locale: Locale, form: str = "web", theme: str = "") -> Figure:
    """Draw a slice as its kind, or as the next best that can show it.

    `form` is web, phone or slide; `theme` light or dark, "" is light. A figure is a plain dict in
    px with explicit colours, ticks and texts; KeyError for an unknown form.
    """
    return _draw(answer, locale, style.FORMS[form], theme)


def _draw(answer: Slice, locale: Locale, form: style.Form, theme: str) -> Figure:
    return KINDS[kind_of(answer, form.name)].draw(answer, locale, form, style.theme_of(theme))


def kind_of(answer: Slice, form: str) -> str:
    """Return the kind that draws a slice: the one asked for if it can show it."""
    asked = "multiples" if form == "phone" and _crowded(answer) else answer.kind
    suiting = (kind for kind in (asked, *FALLBACKS) if kind in KINDS and KINDS[kind].suits(answer))
    return next(suiting, "bars")


def _crowded(answer: Slice) -> bool:
    """Whether a phone is too narrow for the kind: lines that need names, tables of many columns."""
    if answer.kind == "heat":
        return len(answer.periods) > COLUMNS
    return answer.kind == "line" and len(answer.keys) > NARROW


def picture_file(
    answer: Slice, locale: Locale, form: str = "web", theme: str = "", link: str = ""
) -> str:
    """Return a view as an SVG file: title, subtitle, plot, source, date, status, link."""
    order = files.Order(form, theme, link)
    return files.picture_file(
        answer, locale, order, lambda inner: _draw(answer, locale, inner, theme)
    )


def plot_file(answer: Slice, locale: Locale, page: tuple[float, float], theme: str = "") -> str:
    """Return the plot of a view by itself as SVG, on a page of (width, height) px."""
    return files.plot_file(lambda inner: _draw(answer, locale, inner, theme), page)
