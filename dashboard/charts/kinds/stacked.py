"""Parts of a whole: one bar of 100 per cent a row, its parts named above and printed inside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts import barset, cells, legend, lettering, rows, style
from dashboard.charts.barset import BarMark
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.charts.rows import Entry
from dashboard.charts.spots import Edges, Ink, Spot, Ticks
from dashboard.i18n import Locale
from dashboard.model import TOTAL, Point, Slice

MOMENT = True
WHOLE = 100.0
SIGN = "–"
FILLS = {
    "overdue": "rust",
    "completed": "blue",
    "in_progress": "seq3",
    "pending": "paper",
}
BY_ORDER = ("blue", "seq3", "seq2", "paper", "rust", "teal")
LIGHT = ("paper", "seq1", "seq2", "seq3")


@dataclass(frozen=True, slots=True)
class Stack:
    """One row: its middle, its name, its parts in the order of the code list."""

    middle: float
    name: str
    parts: tuple[Point, ...]


def suits(answer: Slice) -> bool:
    """Whether a slice holds shares of a whole at one moment, or in a few cycles."""
    split = answer.unit == "percent" and bool(answer.split)
    few = len({key[-1][1] for key in answer.keys if key}) <= len(BY_ORDER)
    return split and few and (len(answer.periods) == 1 or len(answer.split) == 1)


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw one bar a row; what is not shown is the empty rest of its bar with a mark."""
    canvas = Canvas(form, locale, theme, mirrored=locale.direction == "rtl")
    entries = _entries(answer, locale)
    fills = _fills(answer)
    items = _key(answer, fills, locale)
    board = rows.lay(canvas, entries, rows.Space(legend.height(canvas, items)))
    stacks = [Stack(y, entry.name, _parts(answer, entry)) for entry, y in board.marked]
    right = _bases(canvas, stacks)
    edges = Edges(8, right, 4, _noted(canvas, stacks))
    wide = rows.plot_width(canvas, board, edges)
    barset.draw(canvas, list(_marks(canvas, answer, stacks, fills)), "h", board.thick, 1.5)
    for stack in stacks:
        for laid in _laid(stack):
            _inside(canvas, answer, laid, stack.middle, (fills[laid[0].key[-1][1]], wide))
        _gone(canvas, stack)
    legend.write(canvas, items, 0, WHOLE / wide)
    return rows.close(canvas, board, edges, Ticks(0, WHOLE))


def _entries(answer: Slice, locale: Locale) -> list[Entry]:
    """Return a row a code of the first dimension, or a row a period."""
    heads = list(dict.fromkeys(key[:-1] for key in answer.keys))
    if len(answer.periods) == 1:
        return [Entry(cells.name(head, answer, locale), head) for head in heads]
    return [Entry(locale.period(period), (), period) for period in answer.periods]


def _parts(answer: Slice, entry: Entry) -> tuple[Point, ...]:
    return tuple(
        point
        for point in answer.points
        if point.key[:-1] == entry.key
        and point.key[-1][1] != TOTAL
        and entry.period in ("", point.time_period)
    )


def _fills(answer: Slice) -> dict[str, str]:
    codes = list(dict.fromkeys(key[-1][1] for key in answer.keys if key[-1][1] != TOTAL))
    if all(code in FILLS for code in codes):
        return {code: FILLS[code] for code in codes}
    return dict(zip(codes, BY_ORDER, strict=False))


def _laid(stack: Stack) -> Iterator[tuple[Point, float, float]]:
    """Yield each shown part with its start and length."""
    start = 0.0
    for part in stack.parts:
        value = min(part.cell.value or 0.0, WHOLE - start)
        if value > 0:
            yield part, start, value
            start += value


def _marks(
    canvas: Canvas, answer: Slice, stacks: Sequence[Stack], fills: dict[str, str]
) -> Iterator[BarMark]:
    for stack in stacks:
        for part, start, value in _laid(stack):
            fill = fills[part.key[-1][1]]
            text = cells.hover(part.key, part.time_period, part.cell, answer, canvas.locale)
            empty = fill == "paper"
            yield BarMark(stack.middle, value, "axis" if empty else fill, text, start, empty)


def _gone(canvas: Canvas, stack: Stack) -> None:
    """Mark the rest of a bar whose parts are not all shown."""
    gone = [part for part in stack.parts if part.cell.value is None]
    if gone:
        end = sum(value for _, _, value in _laid(stack))
        middle = (end + WHOLE) / 2
        canvas.say([SIGN], Spot(middle, stack.middle, across="center"), Ink("muted"))


def _noted(canvas: Canvas, stacks: Sequence[Stack]) -> float:
    """Explain the marks below the bars; return the room that takes."""
    hidden = [part.cell for s in stacks for part in s.parts if part.cell.value is None]
    if not hidden:
        return 6
    words = canvas.locale.text("– {reason}", reason=cells.hidden(hidden[0], canvas.locale))
    canvas.say([words], Spot(0, 0, on="pp", dy=6, down="top"), Ink("muted", canvas.form.small))
    return lettering.height(1, canvas.form.small) + 10


def _inside(
    canvas: Canvas,
    answer: Slice,
    laid: tuple[Point, float, float],
    middle: float,
    look: tuple[str, float],
) -> None:
    """Print a share inside its part where there is room."""
    part, start, value = laid
    fill, wide = look
    words = cells.brief(part.cell, answer, canvas.locale)
    if lettering.width(words, canvas.form.label) * 1.5 > value / WHOLE * wide:
        return
    ink = Ink("ink" if fill in LIGHT else "paper", bold=fill == "rust")
    canvas.say([words], Spot(start + value / 2, middle, across="center"), ink)


def _bases(canvas: Canvas, stacks: Sequence[Stack]) -> float:
    """Write the base of each row beside it if every row has one; return the room that takes."""
    widest, gap = 0.0, 12 * canvas.form.unit
    bases = [{part.cell.n for part in stack.parts} - {None} for stack in stacks]
    if any(len(them) != 1 for them in bases):
        return 8
    for stack in stacks:
        words = next(w for part in stack.parts if (w := cells.base(part.cell, canvas.locale)))
        canvas.say([words], Spot(1, stack.middle, on="py", dx=gap), Ink("text2"))
        widest = max(widest, lettering.width(words, canvas.form.label))
    return widest + gap


def _key(answer: Slice, fills: dict[str, str], locale: Locale) -> list[legend.Item]:
    """Name the parts above the bars, each with its colour."""
    dimension = answer.keys[0][-1][0]
    return [
        legend.Item(cells.code_name(dimension, code, answer, locale), "text2", "square", fill)
        for code, fill in fills.items()
    ]
