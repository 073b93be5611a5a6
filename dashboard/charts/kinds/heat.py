"""A heat table: every number printed in its cell, five classes, hidden cells hollow with a mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import cells, heatscale, lettering, style
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.charts.spots import Edges, Ink, Spot, Ticks
from dashboard.i18n import Locale
from dashboard.model import Cell, Key, Slice

MOMENT = False
MOST = 14
ROW = 40
NAMES = 0.36
PHONE_NAMES = 0.42
WIDEST = 96
GAP = 26
BLANK = Cell(None, "x")


@dataclass(frozen=True, slots=True)
class Block:
    """A table: its heading, where it begins, its columns. On a phone blocks stand in a column."""

    head: str
    left: float
    top: float
    columns: tuple[tuple[Key, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Sizes of the table in px, and its rows with their lines of words."""

    names: float
    cell: float
    row: float
    rows: tuple[tuple[Key, tuple[str, ...]], ...]
    blocks: tuple[Block, ...]


def suits(answer: Slice) -> bool:
    """Whether a slice fits a table of a few columns."""
    columns = len({(key[1:], p.time_period) for p in answer.points for key in [p.key]})
    return bool(answer.split) and 0 < columns <= MOST and answer.unit != "year"


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw rows by the first dimension, columns by the second and by period."""
    canvas = Canvas(form, locale, theme, mirrored=locale.direction == "rtl")
    heat = heatscale.of(answer)
    start = form.width * NAMES if form.name != "phone" else 0
    top = heatscale.legend(canvas, heat, answer, start)
    grid = _arranged(canvas, answer, top)
    found = {(point.key, point.time_period): point.cell for point in answer.points}
    for block in grid.blocks:
        _heads(canvas, answer, block, grid)
        for i, (head, _) in enumerate(grid.rows):
            for j, (rest, period) in enumerate(block.columns):
                cell = found.get((head + rest, period), BLANK)
                at = (block.left + j * grid.cell, block.top + i * grid.row)
                _cell(canvas, answer, cell, at, (grid, heat))
    height = grid.blocks[-1].top + len(grid.rows) * grid.row + 2
    height += heatscale.marks(canvas, answer, height)
    x, y = Ticks(0, form.width), Ticks(height, 0)
    return canvas.figure(Edges(0, 0, 2, 2), x, y, height + 4, live=False)


def _arranged(canvas: Canvas, answer: Slice, top: float) -> Grid:
    form = canvas.form
    heads = list(dict.fromkeys(key[:1] for key in answer.keys))
    names = form.width * (NAMES if form.name != "phone" else PHONE_NAMES)
    lines = [(h, tuple(_wrapped(canvas, answer, h, names - 18))) for h in heads]
    most = max(len(words) for _, words in lines)
    row = max(min(ROW * form.unit, form.row), lettering.height(most, form.label) + 6)
    groups = _groups(answer)
    cell, blocks = _blocks(canvas, answer, groups, (names, top, row * len(heads)))
    return Grid(names, cell, row, tuple(lines), blocks)


def _wrapped(canvas: Canvas, answer: Slice, key: Key, room: float) -> list[str]:
    return lettering.wrap(cells.name(key, answer, canvas.locale), room, canvas.form.label)


def _groups(answer: Slice) -> list[Key]:
    return list(dict.fromkeys(key[1:] for key in answer.keys))


def _blocks(
    canvas: Canvas, answer: Slice, groups: Sequence[Key], room: tuple[float, float, float]
) -> tuple[float, tuple[Block, ...]]:
    """Return the width of a cell and the blocks: beside one another, on a phone below."""
    names, top, tall = room
    periods = answer.periods
    below = canvas.form.name == "phone"
    across = 1 if below else len(groups)
    gap = GAP * canvas.form.unit
    wide = (canvas.form.width - names - gap * (across - 1)) / (across * len(periods))
    cell = min(wide, WIDEST * canvas.form.unit)
    lines = max(len(_column(canvas, period, cell)) for period in periods)
    head = (3.6 if groups != [()] and not below else 2.2) * canvas.form.label
    head += lettering.height(lines - 1, canvas.form.small)
    blocks = []
    for i, group in enumerate(groups):
        left = names + (0 if below else i * (cell * len(periods) + gap))
        start = top + head + (i * (tall + head + 14) if below else 0)
        title = cells.name(group, answer, canvas.locale) if group else ""
        columns = tuple((group, period) for period in periods)
        blocks.append(Block(title, left, start, columns))
    return cell, tuple(blocks)


def _heads(canvas: Canvas, answer: Slice, block: Block, grid: Grid) -> None:
    """Write heading, periods and names of a block."""
    form, phone = canvas.form, canvas.form.name == "phone"
    for j, (_, period) in enumerate(block.columns):
        x = block.left + (j + 0.5) * grid.cell
        spot = Spot(x, block.top, dy=-7, across="center", down="bottom")
        canvas.say(_column(canvas, period, grid.cell), spot, Ink("text2", form.small))
    if block.head and phone:
        canvas.say([block.head], Spot(0, block.top, dy=-7, down="bottom"), Ink(bold=True))
    elif block.head:
        middle = block.left + len(block.columns) * grid.cell / 2
        lines = max(len(_column(canvas, period, grid.cell)) for _, period in block.columns)
        up = -7 - 0.2 * form.small - lettering.height(lines, form.small)
        spot = Spot(middle, block.top, dy=up, across="center", down="bottom")
        canvas.say([block.head], spot, Ink(bold=True))
    if phone or block.left == grid.names:
        _names(canvas, block, grid)


def _column(canvas: Canvas, period: str, room: float) -> list[str]:
    """Return the heading of a column; a year like 2024/25 may break at its stroke."""
    words, size = canvas.locale.period_short(period), canvas.form.small
    if lettering.width(words, size) + 6 <= room:
        return [words]
    first, stroke, rest = words.partition("/")
    return [first + stroke, rest] if stroke else lettering.wrap(words, room - 6, size)


def _names(canvas: Canvas, block: Block, grid: Grid) -> None:
    phone = canvas.form.name == "phone"
    for i, (_, lines) in enumerate(grid.rows):
        y = block.top + (i + 0.5) * grid.row
        spot = Spot(0, y) if phone else Spot(grid.names - 16, y, across="right")
        canvas.say(lines, spot)


def _cell(
    canvas: Canvas,
    answer: Slice,
    cell: Cell,
    at: tuple[float, float],
    look: tuple[Grid, heatscale.Heat],
) -> None:
    grid, heat = look
    x, y = (round(value, 1) for value in at)
    box = (x + 1, y + 1.5, round(x + grid.cell - 1, 1), round(y + grid.row - 1.5, 1))
    spot = Spot(round(x + grid.cell / 2, 1), round(y + grid.row / 2, 1), across="center")
    if cell.value is None:
        canvas.box(box, "xy", "paper", "band2")
        canvas.say([heatscale.sign(cell)], spot, Ink("muted"))
        return
    place = heat.place(cell)
    canvas.box(box, "xy", f"seq{place + 1}")
    words = cells.brief(cell, answer, canvas.locale, heat.divisor)
    canvas.say([words], spot, Ink("paper" if place > 2 else "ink"))
