"""The frame of charts in rows: names beside the marks, on a phone above. The y axis counts px."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import cells, lettering
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure, Values
from dashboard.charts.scales import Scale
from dashboard.charts.spots import Edges, Ink, Spot, Ticks
from dashboard.i18n import Locale
from dashboard.model import Key, Slice

NAMES = 0.34
"""The part of the width that names may take."""
FEW = 5
MANY = 8
CROWD = 16
GAP = 16
REACH = 13
"""How far a line of the grid reaches above and below a mark where names stand above, in px."""
THICK = 0.54
"""How thick a bar is in its row."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: a key and, where rows are periods, its period; or a heading, which has no key."""

    name: str
    key: Key | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """Free px above the first row, px more in every row, and how low marks stand in it (0 to 1).

    `names` is the part of a phone's width that a name may take, `before` are px between the names
    beside the plot and the plot, for what is printed left of it.
    """

    top: float = 0
    more: float = 0
    lean: float = 0.45
    names: float = 0.9
    before: float = 0


@dataclass(frozen=True, slots=True)
class Board:
    """Where rows are: middles of their marks and the thickness of a bar, in px from the top."""

    entries: tuple[Entry, ...]
    middles: tuple[float, ...]
    thick: float
    left: float
    height: float

    @property
    def marked(self) -> list[tuple[Entry, float]]:
        """The rows that have marks, with their middles."""
        pairs = zip(self.entries, self.middles, strict=True)
        return [(entry, middle) for entry, middle in pairs if entry.key is not None]


def by_key(answer: Slice, keys: Sequence[Key], locale: Locale) -> list[Entry]:
    """Return a row a key; keys of two dimensions or of a group stand under a heading."""
    entries: list[Entry] = []
    above = ""
    for key in keys:
        head = _heading(answer, key, locale)
        if head and head != above:
            entries.append(Entry(head))
        above = head
        own = key[1:] if len(key) > 1 else key
        entries.append(Entry(cells.name(own, answer, locale), key))
    return entries


def _heading(answer: Slice, key: Key, locale: Locale) -> str:
    """Return what a row stands under: its first code, or the group that its code list declares."""
    if len(key) > 1:
        return cells.code_name(*key[0], answer, locale)
    if not key or answer.order == "value":
        return ""
    dimension, code = key[0]
    return locale.text(answer.labels.get(f"{dimension}.group", {}).get(code, ""))


def by_period(answer: Slice, keys: Sequence[Key], locale: Locale) -> list[Entry]:
    """Return a row a key and period, the periods under a heading for their key."""
    entries: list[Entry] = []
    for key in keys:
        entries.append(Entry(cells.name(key, answer, locale)))
        names = [(period, locale.period_short(period)) for period in answer.periods]
        entries += [Entry(name, key, period) for period, name in names]
    return entries


def lay(canvas: Canvas, entries: Sequence[Entry], space: Space = Space()) -> Board:
    """Give every row its place and write the names."""
    beside = canvas.form.name != "phone"
    room = canvas.form.width * (NAMES if beside else space.names)
    lines = [_wrapped(canvas, entry, room) for entry in entries]
    pitch, strong = _pitch(canvas, entries), _strong(entries)
    middles, y = [], space.top
    for entry, names in zip(entries, lines, strict=True):
        tall = lettering.height(len(names), canvas.form.label)
        high = _height(entry, tall, pitch, beside) + (space.more if entry.key is not None else 0)
        above = 0 if beside or entry.key is None else tall
        lean = 0.5 if beside or entry.key is None else space.lean
        middles.append(round(y + above + (high - above) * lean, 1))
        spot = _spot(canvas, middles[-1] if beside else y + tall / 2, space.before)
        _name(canvas, entry, names, spot, strong=strong)
        y += high
    left = (_left(canvas, entries, lines) if beside else 0) + space.before
    thick = min(pitch * THICK, 30 * canvas.form.unit) if beside else 16
    return Board(tuple(entries), tuple(middles), round(thick, 1), left, y)


def _strong(entries: Sequence[Entry]) -> bool:
    """Whether names are bold: a few of them, none of them a heading."""
    return len(entries) <= FEW and all(entry.key is not None for entry in entries)


def _wrapped(canvas: Canvas, entry: Entry, room: float) -> list[str]:
    return lettering.wrap(entry.name, room, canvas.form.label, bold=True)


def _pitch(canvas: Canvas, entries: Sequence[Entry]) -> float:
    """Return the height of a row: many rows stand closer."""
    factor = 0.66 if len(entries) > CROWD else 0.82 if len(entries) > MANY else 1
    return canvas.form.row * factor


def _height(entry: Entry, tall: float, pitch: float, beside: bool) -> float:
    if entry.key is None:
        return tall + (14 if beside else 10)
    return max(pitch, tall + 6) if beside else tall + 30


def _left(canvas: Canvas, entries: Sequence[Entry], lines: Sequence[list[str]]) -> float:
    pairs = zip(entries, lines, strict=True)
    widths = [
        lettering.widest(names, canvas.form.label, bold=entry.key is None or _strong(entries))
        for entry, names in pairs
    ]
    return max(widths, default=0) + GAP * canvas.form.unit


def _spot(canvas: Canvas, middle: float, before: float) -> Spot:
    """Return where a name stands: left of the plot, on a phone above the mark."""
    if canvas.form.name == "phone":
        return Spot(0, round(middle, 1), on="py", dx=-before)
    dx = -GAP * canvas.form.unit - before
    return Spot(0, round(middle, 1), on="py", dx=dx, across="right")


def _name(canvas: Canvas, entry: Entry, lines: list[str], spot: Spot, *, strong: bool) -> None:
    heading = entry.key is None
    if canvas.form.name == "phone":
        canvas.say(lines, spot, Ink("ink" if heading else "text2", bold=heading))
    else:
        canvas.say(lines, spot, Ink(bold=heading or strong))


def grid(canvas: Canvas, scale: Scale, board: Board, top: float = 0) -> None:
    """Draw the upright lines of a number axis, zero stronger; none runs through a name."""
    for tick in scale.ticks:
        at = tick / scale.divisor
        if canvas.form.name == "phone":
            _beside_marks(canvas, board, at)
        else:
            stroke = canvas.stroke("axis" if tick == 0 else "grid", 1)
            canvas.rule((at, top, at, board.height), "xy", stroke)


def _beside_marks(canvas: Canvas, board: Board, at: float) -> None:
    """Draw a line of the grid beside the marks only, as one trace below them."""
    half = round(REACH * canvas.form.unit, 1)
    ys: Values = []
    for _, middle in board.marked:
        ys += [middle - half, middle + half, None]
    xs: Values = [None if y is None else at for y in ys]
    stroke = canvas.stroke("grid", 1)
    canvas.trace(canvas.scatter(xs, ys) | {"mode": "lines", "line": stroke})


def plot_width(canvas: Canvas, board: Board, edges: Edges) -> float:
    """Return the width of the plot in px, in the form's own width."""
    return canvas.form.width - board.left - edges.left - edges.right


def close(canvas: Canvas, board: Board, edges: Edges, x: Ticks, *, live: bool = True) -> Figure:
    """Return the figure of a board; the names stand left of the plot, inside `edges.left`."""
    room = Edges(board.left + edges.left, edges.right, edges.top, edges.bottom)
    height = board.height + edges.top + edges.bottom
    return canvas.figure(room, x, Ticks(board.height, 0), height, live=live)


def number_axis(canvas: Canvas, scale: Scale, unit: str) -> Ticks:
    """Return the number axis of a board with its ticks."""
    texts = scale.texts(canvas.locale, percent=unit == "percent")
    at = tuple(tick / scale.divisor for tick in scale.ticks)
    return Ticks(scale.low / scale.divisor, scale.high / scale.divisor, at, texts)
