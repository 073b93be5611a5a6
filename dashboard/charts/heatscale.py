"""Five classes of a heat table with their legend; hidden cells take no part in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.charts import cells, lettering, scales
from dashboard.charts.canvas import Canvas
from dashboard.charts.spots import Ink, Spot
from dashboard.i18n import Locale
from dashboard.model import Cell, Slice

SHARES = (10.0, 25.0, 45.0, 70.0)
"""Where classes of percentages begin, whatever the data: pictures stay comparable."""
CLASSES = 5


@dataclass(frozen=True, slots=True)
class Heat:
    """Where the second to the fifth class begin, and what a printed 1 stands for."""

    bounds: tuple[float, ...]
    divisor: float = 1

    def place(self, cell: Cell) -> int:
        """Return the class of a known cell, 0 to 4; "under 10" is below its bound."""
        value = cell.value or 0.0
        below = cell.qualifier == "lt"
        return sum(value > bound or (value == bound and not below) for bound in self.bounds)


def of(answer: Slice) -> Heat:
    """Return the classes of a slice: fixed for percentages, else equal steps of known values."""
    if answer.unit == "percent":
        return Heat(SHARES)
    scale = scales.scale_of(scales.known(answer), answer.unit, most=CLASSES)
    step = (scale.high - scale.low) / CLASSES
    bounds = tuple(round(scale.low + step * i, 6) for i in range(1, CLASSES))
    return Heat(bounds, scale.divisor)


def legend(canvas: Canvas, heat: Heat, answer: Slice, start: float) -> float:
    """Write the classes above the table from `start` px on; return the px that they take."""
    texts = _texts(heat, answer, canvas.locale)
    form, y = canvas.form, 0.0
    side = form.small
    widths = [lettering.width(text, form.small) + side + 24 * form.unit for text in texts]
    x = min(start, max(form.width - sum(widths), 0))
    for i, (text, wide) in enumerate(zip(texts, widths, strict=True)):
        if x + wide > form.width + 20:
            x, y = 0.0, y + 1.7 * form.small
        box = (round(x, 1), round(y + 1, 1), round(x + side * 1.3, 1), round(y + 1 + side, 1))
        canvas.box(box, "xy", f"seq{i + 1}", "axis")
        spot = Spot(round(x + side * 1.3 + 6, 1), round(y + 1 + side / 2, 1))
        canvas.say([text], spot, Ink("text2", form.small))
        x += wide
    return y + 2.2 * form.small


def _texts(heat: Heat, answer: Slice, locale: Locale) -> list[str]:
    bounds = [bound / heat.divisor for bound in heat.bounds]
    whole = all(float(bound).is_integer() for bound in bounds)
    numbers = [locale.number(bound, 0 if whole else 1) for bound in bounds]
    middle = [_range(low, high, locale) for low, high in pairwise(bounds)]
    first = locale.text("under {number}", number=numbers[0])
    return [first, *middle, locale.text("{number} or more", number=numbers[-1])]


def _range(low: float, high: float, locale: Locale) -> str:
    if low.is_integer() and high.is_integer() and high - low > 1:
        return locale.text(
            "{low}–{high}", low=locale.number(low, 0), high=locale.number(high - 1, 0)
        )
    return locale.text("from {low}", low=locale.number(low, 1))


def sign(cell: Cell) -> str:
    """Return the mark in a cell without a number: a dash for hidden, dots for not available."""
    return "–" if cell.status == "c" else "…"


def marks(canvas: Canvas, answer: Slice, top: float) -> float:
    """Explain the marks that occur below the table; return the px that takes."""
    lines = _explained(answer, canvas.locale)
    if lines:
        ink = Ink("muted", canvas.form.small)
        canvas.say(lines, Spot(0, round(top + 6, 1), down="top"), ink)
    return lettering.height(len(lines), canvas.form.small) + 8 if lines else 0


def _explained(answer: Slice, locale: Locale) -> Sequence[str]:
    statuses = {point.cell.status for point in answer.points if point.cell.value is None}
    lines = []
    if "c" in statuses:
        lines.append(locale.text("– {reason}", reason=cells.hidden(Cell(None, "c"), locale)))
    if statuses - {"c"}:
        lines.append(locale.text("… {reason}", reason=cells.hidden(Cell(None, "x"), locale)))
    return lines
