"""Two periods joined by a line: before hollow, after full, the change in words."""

from dataclasses import dataclass

from dashboard.charts import cells, changes, hollow, legend, lettering, rows, scales, style
from dashboard.charts.canvas import Canvas
from dashboard.charts.changes import Change
from dashboard.charts.dialect import Figure
from dashboard.charts.scales import Scale
from dashboard.charts.spots import Across, Edges, Ink, Spot
from dashboard.i18n import Locale
from dashboard.model import Key, Point, Slice

MOMENT = False
SIZE = 11
LOOKS = {"better": ("blue", "circle"), "worse": ("rust", "diamond"), "": ("muted", "circle")}


@dataclass(frozen=True, slots=True)
class Pair:
    """A row: its middle, both points as far as they are there, and the change between them."""

    middle: float
    name: str
    before: Point | None
    after: Point | None
    change: Change | None

    @property
    def look(self) -> tuple[str, str]:
        """The colour of the pair and the symbol of its second mark."""
        return LOOKS[self.change.judgement if self.change else ""]

    @property
    def known(self) -> list[Point]:
        """The points with a number."""
        both = (self.before, self.after)
        return [p for p in both if p is not None and p.cell.value is not None]


def suits(answer: Slice) -> bool:
    """Whether a slice has a first and a second period to compare, on a number axis."""
    return len(_ends(answer)) == 2 and answer.unit not in changes.UNMEASURED


def _ends(answer: Slice) -> tuple[str, ...]:
    """Return the periods that were measured, whether or not their figures may be shown."""
    return tuple(sorted({p.time_period for p in answer.points if p.cell.status not in "xz"}))


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw one pair a series: blue circle better, rust diamond worse, grey not clear."""
    canvas = Canvas(form, locale, theme, mirrored=locale.direction == "rtl")
    items = _key(answer, locale)
    top = legend.height(canvas, items)
    more = 12 if form.name == "phone" else 0
    space = rows.Space(top, more, names=0.66, before=26 * form.unit)
    board = rows.lay(canvas, rows.by_key(answer, answer.keys, locale), space)
    scale = scales.scale_of(scales.known(answer), answer.unit)
    rows.grid(canvas, scale, board, top)
    pairs = [_pair(answer, entry.key or (), entry.name, y) for entry, y in board.marked]
    for pair in pairs:
        _draw(canvas, answer, pair, scale)
    _marks(canvas, answer, pairs, scale)
    right = _column(canvas, answer, pairs, _beyond(answer, scale) * form.unit)
    edges = Edges(8, right, 4, lettering.height(1, form.small) + 8)
    x = rows.number_axis(canvas, scale, answer.unit)
    per_px = (x.high - x.low) / rows.plot_width(canvas, board, edges)
    legend.write(canvas, items, x.low, per_px)
    return rows.close(canvas, board, edges, x)


def _beyond(answer: Slice, scale: Scale) -> float:
    """Return the room that a value printed beyond the last mark needs, if that is near the end."""
    near = scale.high - 0.1 * (scale.high - scale.low)
    return 30 if max(scales.known(answer), default=scale.low) > near else 0


def _key(answer: Slice, locale: Locale) -> list[legend.Item]:
    """Say which mark is which period."""
    first, last = (locale.period_short(period) for period in _ends(answer))
    return [legend.Item(first, "text2", fill="paper"), legend.Item(last, "text2")]


def _pair(answer: Slice, key: Key, name: str, middle: float) -> Pair:
    found = {point.time_period: point for point in answer.of(key)}
    before, after = (found.get(period) for period in _ends(answer))
    change = changes.between(before, after, answer) if before and after else None
    return Pair(middle, name, before, after, change)


def _draw(canvas: Canvas, answer: Slice, pair: Pair, scale: Scale) -> None:
    role, _ = pair.look
    xs = [(p.cell.value or 0) / scale.divisor for p in pair.known]
    if len(xs) == 2 and xs[0] != xs[1]:
        stroke = canvas.stroke(role, canvas.form.line * 1.4)
        canvas.rule((xs[0], pair.middle, xs[1], pair.middle), "xy", stroke)
    for point, x, side in _sides(pair, xs):
        gap = 12 * canvas.form.unit * (1 if side == "left" else -1)
        words = cells.brief(point.cell, answer, canvas.locale, scale.divisor)
        canvas.say([words], Spot(x, pair.middle, dx=gap, across=side), Ink("text2"))
    if len(pair.known) == 1 and canvas.form.name != "phone":
        _missing(canvas, pair, xs[0])
    gone = pair.after or pair.before
    if not pair.known and gone is not None:
        hollow.explained(canvas, scale.low / scale.divisor, pair.middle, pair.name, gone.cell)


def _missing(canvas: Canvas, pair: Pair, x: float) -> None:
    """Say beside the only mark which period is not there and why."""
    point = pair.before if pair.before not in pair.known else pair.after
    if point is None:
        return
    locale = canvas.locale
    words = locale.text(
        "{name}: {reason}",
        name=locale.period_short(point.time_period),
        reason=cells.hidden(point.cell, locale),
    )
    spot = Spot(x, pair.middle, dx=40 * canvas.form.unit)
    canvas.say([words], spot, Ink("muted", canvas.form.small))


def _marks(canvas: Canvas, answer: Slice, pairs: list[Pair], scale: Scale) -> None:
    """Set the marks of all pairs, one trace a look: before hollow, after full with its symbol."""
    looks: dict[tuple[str, str], list[tuple[Point, float]]] = {}
    for pair in pairs:
        role, symbol = pair.look
        for point in pair.known:
            own = symbol if point is pair.after else ""
            looks.setdefault((role, own), []).append((point, pair.middle))
    for (role, symbol), found in sorted(looks.items(), key=lambda item: bool(item[0][1])):
        xs = [(point.cell.value or 0) / scale.divisor for point, _ in found]
        trace = canvas.scatter([*xs], [middle for _, middle in found]) | {
            "mode": "markers",
            "marker": {
                "color": canvas.colour(role if symbol else "paper"),
                "size": round(SIZE * canvas.form.unit * (1.1 if symbol == "diamond" else 1), 1),
                "symbol": symbol or "circle",
                "line": canvas.stroke(role, 2 * canvas.form.unit),
            },
        }
        said = [cells.hover(p.key, p.time_period, p.cell, answer, canvas.locale) for p, _ in found]
        canvas.trace(trace, said)


def _sides(pair: Pair, xs: list[float]) -> list[tuple[Point, float, Across]]:
    """Return on which side of its mark each value is printed; equal values are printed once."""
    if not xs:
        return []
    if len(xs) == 1 or xs[0] == xs[1]:
        return [(pair.known[-1], xs[-1], "left")]
    lower, upper = (0, 1) if xs[0] < xs[1] else (1, 0)
    return [(pair.known[lower], xs[lower], "right"), (pair.known[upper], xs[upper], "left")]


def _column(canvas: Canvas, answer: Slice, pairs: list[Pair], beyond: float) -> float:
    """Write the changes `beyond` px beside the plot; return the room that they take."""
    locale, gap = canvas.locale, 14 * canvas.form.unit + beyond
    points = answer.unit in changes.DIFFERENCES
    head = locale.text("Change in points") if points else locale.text("Change")
    heads = lettering.wrap(head, 100 * canvas.form.unit, canvas.form.small)
    told = [(pair, _told(canvas, answer, pair)) for pair in pairs]
    for pair, words in told:
        role = LOOKS[pair.change.judgement if pair.change else ""][0]
        ink = Ink(role, bold=pair.change is not None)
        canvas.say(words, Spot(1, pair.middle, on="py", dx=gap), ink)
    canvas.say(heads, Spot(1, 0, on="py", dx=gap, down="top"), Ink("text2", canvas.form.small))
    lines = [line for _, words in told for line in words] + heads
    return lettering.widest(lines, canvas.form.label, bold=True) + gap + 4


def _told(canvas: Canvas, answer: Slice, pair: Pair) -> list[str]:
    """Return the change and its verdict, in two lines on a phone, or that there is none."""
    locale = canvas.locale
    if pair.change is None:
        return lettering.wrap(_untold(canvas, pair), 100 * canvas.form.unit, canvas.form.label)
    change = changes.signed(pair.change, answer, locale)
    verdict = changes.verdict(pair.change, locale)
    if not verdict:
        return [change]
    if canvas.form.name == "phone":
        return [change, *lettering.wrap(verdict, 80, canvas.form.label, bold=True)]
    return [locale.text("{change}, {verdict}", change=change, verdict=verdict)]


def _untold(canvas: Canvas, pair: Pair) -> str:
    gone = [p for p in (pair.before, pair.after) if p is not None and p.cell.value is None]
    if canvas.form.name == "phone" and len(gone) == 1:
        return cells.hidden(gone[0].cell, canvas.locale)
    return canvas.locale.text("not comparable") if pair.known else ""
