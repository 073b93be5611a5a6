"""Small multiples: one panel a series, all on one scale."""

from dataclasses import dataclass

from dashboard.charts import cells, lettering, moments, paths, scales, style, timeframe
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.charts.scales import Scale
from dashboard.charts.spots import Edges, Ink, Spot, Ticks
from dashboard.i18n import Locale
from dashboard.model import Key, Slice

MOMENT = False
COLUMNS = {"web": 3, "phone": 1, "slide": 4, "square": 2, "social": 3}
TALL = {"web": 120.0, "phone": 105.0, "slide": 150.0, "square": 180.0, "social": 110.0}


@dataclass(frozen=True, slots=True)
class Panels:
    """The arrangement of panels: px sizes, and the axes that all of them share."""

    columns: int
    wide: float
    tall: float
    gap: float
    name: float
    first: float
    last: float
    scale: Scale

    @property
    def per_px(self) -> tuple[float, float]:
        """Units of the axes in one px."""
        scale = self.scale
        span = (scale.high - scale.low) / scale.divisor
        return (self.last - self.first) / self.wide, span / self.tall

    def shift(self, i: int) -> tuple[float, float]:
        """Return how far panel i is moved right and up, in units of the axes."""
        x, y = self.per_px
        right = (i % self.columns) * (self.wide + self.gap) * x
        return round(right, 4), -round((i // self.columns) * (self.tall + self.name) * y, 6)


def suits(answer: Slice) -> bool:
    """Whether a slice can be read as small multiples."""
    return len(answer.periods) > 1 and bool(answer.keys) and answer.unit != "year"


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw one small line a series with its last value; hidden values are gaps."""
    canvas = Canvas(form, locale, theme, clock=True)
    scale = scales.scale(answer, most=3, zero=answer.base == "zero")
    left = _tick_room(canvas, answer, scale)
    panels = _arranged(canvas, answer, scale, form.width - left)
    roles = _roles(answer)
    for i, key in enumerate(answer.keys):
        _panel(canvas, answer, panels, i, roles[key])
    return _close(canvas, answer, panels, left)


def _roles(answer: Slice) -> dict[Key, str]:
    """Return colours only where they mean something; else every panel is blue."""
    fixed = all(key and key[-1][1] in style.MEANING for key in answer.keys)
    few = len(answer.keys) <= len(style.SERIES)
    coloured = style.colours(answer.keys, answer.labels)
    return coloured if fixed or few else dict.fromkeys(answer.keys, "blue")


def _tick_room(canvas: Canvas, answer: Slice, scale: Scale) -> float:
    texts = scale.texts(canvas.locale, percent=answer.unit == "percent")
    return lettering.widest(list(texts), canvas.form.small) + 12


def _arranged(canvas: Canvas, answer: Slice, scale: Scale, room: float) -> Panels:
    columns = min(COLUMNS[canvas.form.name], len(answer.keys))
    words = [_last_words(canvas, answer, key, scale) for key in answer.keys]
    gap = lettering.widest(words, canvas.form.label, bold=True) + 22 * canvas.form.unit
    places = [moments.position(period) for period in answer.periods]
    edge = (max(places) - min(places)) * 0.02 or 0.5
    wide = room / columns - gap
    names = [_name(canvas, answer, key, wide + gap) for key in answer.keys]
    lines = max(len(name) for name in names)
    return Panels(
        columns=columns,
        wide=wide,
        tall=TALL[canvas.form.name],
        gap=gap,
        name=lettering.height(lines, canvas.form.label) + 32 * canvas.form.unit,
        first=min(places) - edge,
        last=max(places) + edge,
        scale=scale,
    )


def _name(canvas: Canvas, answer: Slice, key: Key, room: float) -> list[str]:
    words = cells.name(key, answer, canvas.locale)
    return lettering.wrap(words, room - 14, canvas.form.label, bold=True)


def _last_words(canvas: Canvas, answer: Slice, key: Key, scale: Scale) -> str:
    point = paths.last_of(answer.of(key))
    if point is None:
        return ""
    return cells.in_axis_unit(point.cell, answer, scale.divisor, canvas.locale)


def _panel(canvas: Canvas, answer: Slice, panels: Panels, i: int, role: str) -> None:
    key, scale, (right, up) = answer.keys[i], panels.scale, panels.shift(i)
    first, last = round(panels.first + right, 4), round(panels.last + right, 4)
    for tick in scale.ticks:
        at = round(tick / scale.divisor + up, 6)
        base = tick == scale.ticks[0]
        canvas.rule((first, at, last, at), "xy", canvas.stroke("axis" if base else "grid", 1))
    floor, top = (value / scale.divisor + up for value in (scale.low, scale.high))
    name = _name(canvas, answer, key, panels.wide + panels.gap)
    spot = Spot(first, top, dy=-9 * canvas.form.unit, down="bottom")
    canvas.say(name, spot, Ink(style.text_role(role), bold=True))
    look = paths.Look(role, floor=floor, right=right, up=up, divisor=scale.divisor)
    paths.series(canvas, answer, key, look)
    _ending(canvas, answer, key, look)


def _ending(canvas: Canvas, answer: Slice, key: Key, look: paths.Look) -> None:
    """Print the last value, or why there is none."""
    point = paths.last_of(answer.of(key))
    gap = 8 * canvas.form.unit
    if point is None:
        words = cells.hidden(answer.of(key)[-1].cell, canvas.locale)
        x = moments.position(answer.periods[0]) + look.right
        canvas.say([words], Spot(x, look.floor, dy=-16), Ink("muted", canvas.form.small))
        return
    x, y = paths.place(point, look)
    words = cells.in_axis_unit(point.cell, answer, look.divisor, canvas.locale)
    canvas.say([words], Spot(x, y, dx=gap), Ink(bold=True))


def _close(canvas: Canvas, answer: Slice, panels: Panels, left: float) -> Figure:
    """Write the years under each column and the numbers beside each row; return the figure."""
    small, count = canvas.form.small, len(answer.keys)
    for column in range(panels.columns):
        _periods(canvas, answer, panels, count - 1 - (count - 1 - column) % panels.columns)
    rows = -(-count // panels.columns)
    per_x, per_y = panels.per_px
    scale = panels.scale
    starts = [panels.shift(row * panels.columns)[1] for row in range(rows)]
    at = tuple(round(t / scale.divisor + up, 6) for up in starts for t in scale.ticks)
    texts = scale.texts(canvas.locale, percent=answer.unit == "percent") * rows
    wide = panels.columns * (panels.wide + panels.gap) - panels.gap
    tall = rows * (panels.tall + panels.name) - panels.name
    top = scale.high / scale.divisor
    edges = Edges(left, panels.gap, panels.name - 8, lettering.height(1, small) + 12)
    edges = _noted(canvas, answer, edges)
    x = Ticks(panels.first, panels.first + (wide + 1) * per_x)
    y = Ticks(top - (tall + 1) * per_y, top + per_y, at, texts)
    return canvas.figure(edges, x, y, tall + edges.top + edges.bottom)


def _periods(canvas: Canvas, answer: Slice, panels: Panels, i: int) -> None:
    """Write the first and the last period under a panel, as far as both have room."""
    right, up = panels.shift(i)
    floor = panels.scale.low / panels.scale.divisor + up
    ink = Ink("text2", canvas.form.small)
    first, last = (canvas.locale.period_short(answer.periods[end]) for end in (0, -1))
    canvas.say([first], Spot(panels.first + right, floor, dy=5, down="top"), ink)
    if lettering.widest([first + last + "  "], canvas.form.small) < panels.wide:
        spot = Spot(panels.last + right, floor, dy=5, across="right", down="top")
        canvas.say([last], spot, ink)


def _noted(canvas: Canvas, answer: Slice, edges: Edges) -> Edges:
    """Explain hollow and open marks and a dashed end below the panels."""
    notes = timeframe.notes(answer, canvas.locale)
    if any("incomplete" in p.cell.flags for p in answer.points):
        last = canvas.locale.period_short(answer.periods[-1])
        notes.append(canvas.locale.text("{period}: incomplete", period=last))
    if not notes:
        return edges
    ink = Ink("muted", canvas.form.small)
    canvas.say(notes, Spot(0, 0, on="pp", dy=edges.bottom, down="top"), ink)
    more = lettering.height(len(notes), canvas.form.small) + 4
    return Edges(edges.left, edges.right, edges.top, edges.bottom + more)
