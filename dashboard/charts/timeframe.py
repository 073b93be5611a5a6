"""The frame of charts over time: axes, grid, the shade of an incomplete period, end labels."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import cells, events, labels, lettering, moments, paths, periods
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.charts.scales import Scale
from dashboard.charts.spots import Edges, Ink, Spot, Ticks
from dashboard.charts.style import text_role
from dashboard.i18n import Locale
from dashboard.model import Key, Point, Slice

GAP = 10
"""Between a line's end and its label, in px of the web form."""


@dataclass(frozen=True, slots=True)
class End:
    """What stands at the end of a series."""

    point: Point
    role: str
    lines: tuple[str, ...]
    gap: float


def ends(canvas: Canvas, answer: Slice, roles: dict[Key, str]) -> list[End]:
    """Return the labels at the ends: name and last value, or value and period of an only series."""
    lasts = {key: paths.last_of(answer.of(key)) for key in answer.keys}
    unsure = any(point and cells.interval(point.cell, answer) for point in lasts.values())
    gap = GAP * canvas.form.unit * (1.7 if unsure and len(lasts) > 1 else 1)
    return [
        End(point, roles[key], tuple(_words(canvas, answer, point)), gap)
        for key, point in lasts.items()
        if point is not None
    ]


def _words(canvas: Canvas, answer: Slice, point: Point) -> list[str]:
    value = cells.shown(point.cell, answer, canvas.locale)
    if len(answer.keys) == 1:
        return [value, periods.short(point.time_period, answer, canvas.locale)]
    name = cells.name(point.key, answer, canvas.locale)
    return [*lettering.wrap(name, 150 * canvas.form.unit, canvas.form.label, bold=True), value]


def label_room(canvas: Canvas, found: Sequence[End]) -> float:
    """Return the room that end labels need on the right, in px."""
    size = canvas.form.label
    widths = [lettering.widest(list(end.lines), size, bold=True) for end in found]
    gap = max((end.gap for end in found), default=0)
    return max(widths, default=0) + gap + 6 * canvas.form.unit


def write_ends(canvas: Canvas, found: Sequence[End], scale: Scale, look: paths.Look) -> None:
    """Write the end labels at the heights of their lines, moved apart where they would touch."""
    size, tall = canvas.form.label, canvas.form.height
    span = scale.high - scale.low
    wanted = [(scale.high - (end.point.cell.value or 0)) / span * tall for end in found]
    heights = [lettering.height(len(end.lines), size) + 2 for end in found]
    middles = labels.apart(wanted, heights, (0, tall + size))
    for end, want, middle in zip(found, wanted, middles, strict=True):
        x, y = paths.place(end.point, look)
        _label(canvas, end, Spot(look.until or x, y, dx=end.gap, dy=middle - want))


def _label(canvas: Canvas, end: End, spot: Spot) -> None:
    """Write all but the last line bold in the colour of the series, the last one plain."""
    half = lettering.height(1, canvas.form.label) / 2
    rest = len(end.lines) - 1
    upper = Spot(spot.x, spot.y, dx=spot.dx, dy=spot.dy - half)
    lower = Spot(spot.x, spot.y, dx=spot.dx, dy=spot.dy + half * rest)
    canvas.say(end.lines[:-1], upper, Ink(text_role(end.role), bold=True))
    canvas.say(end.lines[-1:], lower, Ink("text2"))


def grid(canvas: Canvas, scale: Scale) -> None:
    """Draw the light lines of a number axis; zero is as strong as an axis."""
    for tick in scale.ticks:
        strong = tick == 0
        stroke = canvas.stroke("axis" if strong else "grid", 1.25 if strong else 1)
        at = tick / scale.divisor
        canvas.rule((0, at, 1, at), "py", stroke)


@dataclass(frozen=True, slots=True)
class Span:
    """The time axis: from, to, width of the plot in px."""

    first: float
    last: float
    room: float


def span(answer: Slice, room: float, *, tight: bool = False) -> Span:
    """Return the time axis of a slice: every period of it, hidden or not, and an edge.

    A tight axis ends with its last period: labels of lines stand right behind it.
    """
    places = [moments.position(period) for period in answer.periods]
    first, last = min(places), max(places)
    if answer.freq == "D":
        last = max(last, answer.cut_off.toordinal())
    edge = 0.35 if last - first <= 12 else 0.5
    pad = (last - first) * 0.01 if answer.freq == "D" else edge
    after = min(pad, (last - first) * 0.012) if tight else pad
    return Span(first - pad, last + after, room)


def time_ticks(canvas: Canvas, answer: Slice, time: Span) -> Ticks:
    """Return the time axis with its ticks."""
    found = moments.ticks(answer.periods, answer.freq, time.room, canvas.locale, canvas.form.small)
    inside = [(x, text) for x, text in found if time.first <= x <= time.last]
    at, texts = tuple(x for x, _ in inside), tuple(text for _, text in inside)
    return Ticks(time.first, time.last, at, texts, line=True, marks=True)


def shade_incomplete(canvas: Canvas, answer: Slice, time: Span) -> float:
    """Shade and name an incomplete last period; return the px above that its name takes."""
    last = answer.periods[-1]
    if not any("incomplete" in p.cell.flags for p in answer.points if p.time_period == last):
        return 0
    canvas.box((moments.position(last) - 0.5, 0, time.last, 1), "xp", "shade")
    words = canvas.locale.text("{period}: incomplete", period=canvas.locale.period_short(last))
    spot = Spot(1, 1, on="pp", dy=-6, across="right", down="bottom")
    canvas.say([words], spot, Ink("text2", canvas.form.small))
    return lettering.width(words, canvas.form.small)


def notes(answer: Slice, locale: Locale) -> list[str]:
    """Return what hollow and open marks mean, as far as there are any."""
    said = []
    if any(point.cell.status == "c" for point in answer.points):
        said.append(locale.text("Hollow mark: not shown to protect confidentiality"))
    if any("p" in point.cell.flags for point in answer.points):
        said.append(locale.text("Open mark: provisional"))
    return said


def explain(canvas: Canvas, answer: Slice, down: float) -> float:
    """Explain hollow and open marks below the axis; return the room that takes."""
    said = notes(answer, canvas.locale)
    if not said:
        return 0
    spot = Spot(0, 0, on="pp", dy=down, down="top")
    canvas.say(said, spot, Ink("muted", canvas.form.small))
    return lettering.height(len(said), canvas.form.small) + 6


def open_frame(
    canvas: Canvas, answer: Slice, scale: Scale, right: float, *, tight: bool = False
) -> tuple[Edges, Span]:
    """Draw everything below the lines; return the room around the plot and the time axis."""
    small = canvas.form.small
    percent = answer.unit == "percent"
    left = lettering.widest(list(scale.texts(canvas.locale, percent=percent)), small) + 12
    time = span(answer, canvas.form.width - left - right, tight=tight)
    taken = shade_incomplete(canvas, answer, time)
    grid(canvas, scale)
    told = events.pick(canvas, answer, (time.first, time.last), time.room, taken)
    events.draw(canvas, told)
    ticks = time_ticks(canvas, answer, time)
    rows = max((text.count("\n") + 1 for text in ticks.texts), default=1)
    below = lettering.height(rows, small) + 12
    above = max(events.height(told, canvas), lettering.height(1, small) + 8, canvas.form.label)
    return Edges(left, right, above, below + explain(canvas, answer, below)), time


def finish(canvas: Canvas, answer: Slice, scale: Scale, edges: Edges, time: Span) -> Figure:
    """Return the figure of a chart over time; its height grows with what stands around the plot."""
    at = tuple(tick / scale.divisor for tick in scale.ticks)
    texts = scale.texts(canvas.locale, percent=answer.unit == "percent")
    y = Ticks(scale.low / scale.divisor, scale.high / scale.divisor, at, texts)
    height = edges.top + canvas.form.height + edges.bottom
    return canvas.figure(edges, time_ticks(canvas, answer, time), y, height)
