"""Lines over time, at most four, each named at its end."""

from dashboard.charts import lines, style
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.i18n import Locale
from dashboard.model import Slice

MOMENT = False


def suits(answer: Slice) -> bool:
    """Whether a slice can be read as lines."""
    return lines.suits(answer)


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw one line a series; a hidden or missing value is a gap, never a zero."""
    return lines.draw(answer, Canvas(form, locale, theme, clock=True))
