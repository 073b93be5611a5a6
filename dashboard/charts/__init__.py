"""Draw a slice and say what it shows. One module a chart kind in `kinds/`, found by its file name."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from dashboard.charts import kinds, style
from dashboard.charts.dialect import Figure
from dashboard.charts.sparkline import spark
from dashboard.charts.style import css
from dashboard.charts.summaries import summary
from dashboard.charts.svg import Heading, picture
from dashboard.charts.tables import Table, table
from dashboard.charts.tiles import Tile, tile
from dashboard.charts.titles import subtitle, title
from dashboard.i18n import Locale
from dashboard.model import Slice

__all__ = [
    "KINDS",
    "Figure",
    "Heading",
    "Table",
    "Tile",
    "css",
    "draw",
    "picture",
    "picture_file",
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

    def draw(
        self, answer: Slice, locale: Locale, form: style.Form, theme: style.Theme
    ) -> Figure:
        """Draw the slice."""


def discover() -> dict[str, Kind]:
    """Return every module in `kinds/` by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(kinds.__path__))
    return {name: importlib.import_module(f"{kinds.__name__}.{name}") for name in names}  # type: ignore[misc]  # each is a Kind: tested


KINDS: Mapping[str, Kind] = MappingProxyType(discover())
FALLBACKS = ("line", "multiples", "bars")
"""What draws a slice that the kind asked for cannot show, in this order."""


def draw(answer: Slice, locale: Locale, form: str = "web", theme: str = "") -> Figure:
    """Draw a slice as its kind, or as the next best that can show it.

    `form` is web, phone or slide; `theme` light or dark, "" is light. A figure is a plain dict in
    px with explicit colours, ticks and texts; KeyError for an unknown form.
    """
    kind = next(k for k in (answer.kind, *FALLBACKS, "") if k == "" or _suits(k, answer))
    drawer = KINDS[kind or "bars"]
    return drawer.draw(answer, locale, style.FORMS[form], style.theme_of(theme))


def _suits(kind: str, answer: Slice) -> bool:
    return kind in KINDS and KINDS[kind].suits(answer)
