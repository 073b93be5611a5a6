"""Steps over time: a level holds until the next one; with the target if there is one."""

from dashboard.charts import lines, style
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.i18n import Locale
from dashboard.model import Slice

MOMENT = False


def suits(answer: Slice) -> bool:
    """Whether a slice can be read as steps."""
    return lines.suits(answer)


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw one stair a series from zero, the area below an only one washed."""
    return lines.draw(answer, Canvas(form, locale, theme, clock=True), steps=True)
