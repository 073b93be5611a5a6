"""Bars from zero with printed values: rows for one period, columns for one series over time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts import barset, cells, columns, hollow, lettering, rows, scales, style
from dashboard.charts.barset import BarMark
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.charts.rows import Board, Entry
from dashboard.charts.spots import Edges, Ink, Spot, Ticks
from dashboard.i18n import Locale
from dashboard.model import TOTAL, Cell, Key, Slice, Target

MOMENT = True
MOST = 24
"""Up to this many bars several periods stand under the name of their series."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its row, its cell, its colour, and what is printed at its end."""

    middle: float
    entry: Entry
    cell: Cell
    role: str
    words: str


def suits(answer: Slice) -> bool:
    """Whether a slice can be read as bars."""
    if len(answer.periods) < 2 or len(answer.keys) == 1:
        return True
    return len(answer.points) <= MOST


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw one bar a cell; a hidden one is a hollow mark with its reason in words."""
    if len(answer.periods) > 1 and len(answer.keys) == 1 and answer.freq != "C":
        return columns.draw(answer, Canvas(form, locale, theme, clock=True))
    canvas = Canvas(form, locale, theme, mirrored=locale.direction == "rtl")
    several = len(answer.periods) > 1
    keys = answer.keys if several else ordered(answer)
    entries = (rows.by_period if several else rows.by_key)(answer, keys, locale)
    target = answer.target if scales.whole(answer) else None
    space = rows.Space(1.9 * form.label if target else 0, before=_before(canvas, answer))
    board = rows.lay(canvas, entries, space)
    bars = list(_bars(answer, board, locale))
    barset.draw(canvas, list(_marks(canvas, answer, bars)), "h", board.thick)
    for bar in bars:
        _ending(canvas, answer, bar)
    if target is not None:
        _target(canvas, answer, board, target)
    return _close(canvas, answer, board, bars)


def ordered(answer: Slice) -> list[Key]:
    """Return the keys in the order of bars: of the code list, or by value with hidden ones last."""
    if answer.order == "code" or len(answer.split) > 1:
        return list(answer.keys)
    found = {point.key: point.cell for point in answer.points}
    known = [key for key in answer.keys if found[key].value is not None]
    hidden = [key for key in answer.keys if found[key].value is None]
    return [*sorted(known, key=lambda key: _rank(found[key])), *hidden]


def _rank(cell: Cell) -> tuple[float, bool]:
    """Return what bars are sorted by: "under 10" comes after 10."""
    return -(cell.value or 0.0), cell.qualifier == "lt"


def _bars(answer: Slice, board: Board, locale: Locale) -> Sequence[Bar]:
    found = {(point.key, point.time_period): point.cell for point in answer.points}
    only = answer.periods[0] if answer.periods else ""
    roles = style.colours(answer.keys, answer.labels) if _coloured(answer) else {}
    bars = []
    for entry, middle in board.marked:
        key = entry.key or ()
        cell = found.get((key, entry.period or only), Cell(None, "x"))
        role = "ink" if key and key[-1][1] == TOTAL else roles.get(key, "blue")
        bars.append(Bar(middle, entry, cell, role, cells.shown(cell, answer, locale)))
    return bars


def _coloured(answer: Slice) -> bool:
    """Whether the codes have colours of their own on this site, as cities do."""
    return bool(answer.keys) and all(key and key[-1][1] in style.MEANING for key in answer.keys)


def _marks(canvas: Canvas, answer: Slice, bars: Sequence[Bar]) -> Iterator[BarMark]:
    divisor = scales.divisor_of(scales.known(answer), answer.unit)
    all_open = all("incomplete" in bar.cell.flags for bar in bars)
    for bar in bars:
        if bar.cell.value is not None:
            key, period = bar.entry.key or (), bar.entry.period or answer.periods[0]
            yield BarMark(
                at=bar.middle,
                value=bar.cell.value / divisor,
                role=bar.role,
                hover=cells.hover(key, period, bar.cell, answer, canvas.locale),
                hollow=bar.cell.qualifier == "lt" or _unfinished(bar.cell, all_open),
            )


def _unfinished(cell: Cell, all_open: bool) -> bool:
    """Whether a bar stands out as incomplete; where all are, a note says so."""
    return "incomplete" in cell.flags and not all_open


def _ending(canvas: Canvas, answer: Slice, bar: Bar) -> None:
    """Print the value at the end of its bar, beyond its interval, or why there is none."""
    divisor = scales.divisor_of(scales.known(answer), answer.unit)
    value = bar.cell.value
    if value is None:
        hollow.explained(canvas, 0, bar.middle, bar.entry.name, bar.cell)
        return
    ends = [value]
    if (bounds := cells.interval(bar.cell, answer)) is not None:
        low, end, high = (bound / divisor for bound in (bounds[0], value, bounds[1]))
        canvas.mark((low, bar.middle, end, bar.middle), "xy", canvas.stroke("paper", 1.25))
        canvas.mark((end, bar.middle, high, bar.middle), "xy", canvas.stroke("ink", 1.25))
        ends.append(bounds[1])
    if scales.whole(answer) and answer.target is not None:
        ends.append(answer.target.value)
    gap = 8 * canvas.form.unit
    if value < 0:
        spot = Spot(value / divisor, bar.middle, dx=-gap, across="right")
    else:
        spot = Spot(max(ends) / divisor, bar.middle, dx=gap)
    canvas.say([bar.words], spot, Ink(bold=True))


def _target(canvas: Canvas, answer: Slice, board: Board, target: Target) -> None:
    """Set a mark at the target across every bar, its words above the first."""
    divisor = scales.divisor_of(scales.known(answer), answer.unit)
    at, half = target.value / divisor, board.thick * 0.7
    for _, middle in board.marked:
        canvas.mark((at, middle - half, at, middle + half), "xy", canvas.stroke("ink", 2.5))
    words = canvas.locale.text(
        "{label}: {target}",
        label=canvas.locale.text(target.label),
        target=canvas.locale.value(target.value, answer.unit, answer.decimals),
    )
    canvas.say([words], Spot(at, 0, across="right", down="top"), Ink("text2", canvas.form.small))


def _close(canvas: Canvas, answer: Slice, board: Board, bars: Sequence[Bar]) -> Figure:
    values = scales.known(answer)
    if answer.target is not None and scales.whole(answer):
        values = [*values, answer.target.value]
    bounds = [b[1] for bar in bars if (b := cells.interval(bar.cell, answer)) is not None]
    divisor = scales.divisor_of(values, answer.unit)
    low = min([0.0, *values]) / divisor
    high = max([0.0, *values, *bounds]) / divisor or 1.0
    shown = [bar for bar in bars if (bar.cell.value or low) >= 0 and bar.cell.value is not None]
    room = max(_room(canvas, [bar.words for bar in shown]), _explained(canvas, bars))
    if low < 0 or canvas.form.name != "phone":
        canvas.mark((0, 0, 0, board.height), "xy", canvas.stroke("axis", 1.25))
    edges = Edges(8, room, 4, _noted(canvas, answer))
    return rows.close(canvas, board, edges, Ticks(low, high if high > low else low + 1))


def _noted(canvas: Canvas, answer: Slice) -> float:
    """Name incomplete periods below the bars; return the room that takes."""
    periods = {p.time_period for p in answer.points if "incomplete" in p.cell.flags}
    if not periods:
        return 6
    last = canvas.locale.period_short(max(periods))
    words = canvas.locale.text("{period}: incomplete", period=last)
    canvas.say([words], Spot(0, 0, on="pp", dy=6, down="top"), Ink("muted", canvas.form.small))
    return lettering.height(1, canvas.form.small) + 10


def _before(canvas: Canvas, answer: Slice) -> float:
    """Return the room left of the plot that values below zero are printed in."""
    negative = [p.cell for p in answer.points if (p.cell.value or 0) < 0]
    return _room(canvas, [cells.shown(cell, answer, canvas.locale) for cell in negative])


def _explained(canvas: Canvas, bars: Sequence[Bar]) -> float:
    """Return the room that a reason takes where it stands right of a zero at the end."""
    if any((bar.cell.value or 0) > 0 for bar in bars):
        return 0
    words = [bar.words for bar in bars if bar.cell.value is None]
    return lettering.widest(words, canvas.form.small) + 14 * canvas.form.unit


def _room(canvas: Canvas, words: Sequence[str]) -> float:
    if not words:
        return 0
    return lettering.widest(list(words), canvas.form.label, bold=True) + 14 * canvas.form.unit
