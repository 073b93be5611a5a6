"""A picture as paper and as pixels: typst draws the marks of our SVG and sets its texts."""

from dashboard.prints.booklet import Booklet, Chapter, Grid, bound
from dashboard.prints.press import LETTERS, Press, PressMissing, Sheet, bare_press, open_press

__all__ = [
    "LETTERS",
    "Booklet",
    "Chapter",
    "Grid",
    "Press",
    "PressMissing",
    "Sheet",
    "bare_press",
    "bound",
    "open_press",
]
