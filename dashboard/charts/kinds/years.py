"""Sums since July, a line a fiscal year over the same months: like stands above like."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.charts import cells, lettering, moments, paths, scales, style, timeframe
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.charts.scales import Scale
from dashboard.charts.spots import Across, Edges, Ink, Spot, Ticks
from dashboard.charts.timeframe import End
from dashboard.i18n import Locale
from dashboard.model import Point, Slice

MOMENT = False
MOST = 4
LAST = 11.0
"""Where June stands when July is 0."""
EDGE = 0.15


@dataclass(frozen=True, slots=True)
class Run:
    """One fiscal year: its short name, the place of its July, its months and its colour."""

    name: str
    july: float
    points: tuple[Point, ...]
    role: str

    @property
    def last(self) -> Point:
        """The last month with a number."""
        return [point for point in self.points if point.cell.value is not None][-1]

    @property
    def whole(self) -> bool:
        """Whether the year has reached its June."""
        return moments.position(self.last.time_period) - self.july == LAST


def suits(answer: Slice) -> bool:
    """Whether a slice is one series of sums since July, over more than one July."""
    return answer.to_date and answer.freq == "M" and len(answer.keys) == 1 and len(_by(answer)) > 1


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw the newest four fiscal years over one another, each named at its end."""
    canvas = Canvas(form, locale, theme, clock=True)
    runs = _runs(answer, locale)
    drawn = replace(answer, points=tuple(point for run in runs for point in run.points))
    scale = scales.scale(drawn)
    under_way = [run for run in runs[:1] if not run.whole]
    ends = [_end(canvas, answer, run) for run in runs if run not in under_way]
    left = lettering.widest(list(scale.texts(locale)), form.small) + 12
    right = max(timeframe.label_room(canvas, ends), 8)
    timeframe.grid(canvas, scale)
    for run in reversed(runs):
        look = paths.Look(run.role, right=-run.july, divisor=scale.divisor, marked=0)
        paths.series(canvas, replace(answer, points=run.points), answer.keys[0], look)
        if run in under_way:
            above = (_level(run) - scale.low) / (scale.high - scale.low)
            _under_way(canvas, answer, run, look, above * form.height)
    timeframe.write_ends(canvas, ends, scale, paths.Look(until=LAST, divisor=scale.divisor))
    edges = Edges(left, right, form.label, lettering.height(1, form.small) + 12)
    return _close(canvas, scale, edges)


def _by(answer: Slice) -> dict[str, list[Point]]:
    """Return the points of each July's year that has a number."""
    found: dict[str, list[Point]] = {}
    for point in answer.points:
        found.setdefault(moments.july(point.time_period), []).append(point)
    return {k: v for k, v in found.items() if any(p.cell.value is not None for p in v)}


def _runs(answer: Slice, locale: Locale) -> list[Run]:
    """Return the newest fiscal years, the newest first and always in the same colour."""
    newest = sorted(_by(answer).items(), reverse=True)[:MOST]
    return [
        Run(_name(july, locale), moments.position(july), tuple(points), role)
        for (july, points), role in zip(newest, style.SERIES, strict=False)
    ]


def _name(july: str, locale: Locale) -> str:
    return locale.period_short(f"FY{int(july[:4]) + 1}")


def _value(canvas: Canvas, answer: Slice, run: Run) -> str:
    return cells.shown(run.last.cell, answer, canvas.locale)


def _end(canvas: Canvas, answer: Slice, run: Run) -> End:
    gap = timeframe.GAP * canvas.form.unit
    return End(run.last, run.role, (run.name, _value(canvas, answer, run)), gap)


def _level(run: Run) -> float:
    return run.last.cell.value or 0.0


def _under_way(canvas: Canvas, answer: Slice, run: Run, look: paths.Look, room: float) -> None:
    """Name a year that has not reached June below its last mark, where no line runs.

    `room` are the px between the mark and the axis: the name does not stand on the axis.
    """
    x, y = paths.place(run.last, look)
    value = _value(canvas, answer, run)
    words = canvas.locale.text("{name}: {value}", name=run.name, value=value)
    gap = 8 * canvas.form.unit
    beyond = x > LAST / 2
    side: Across = "right" if beyond else "left"
    lowest = room - lettering.height(1, canvas.form.label)
    down = min(gap if beyond else gap / 4, lowest)
    spot = Spot(x, y, dx=0 if beyond else gap, dy=down, across=side, down="top")
    canvas.say([words], spot, Ink(style.text_role(run.role), bold=True))


def _close(canvas: Canvas, scale: Scale, edges: Edges) -> Figure:
    at = tuple(tick / scale.divisor for tick in scale.ticks)
    y = Ticks(scale.low / scale.divisor, scale.high / scale.divisor, at, scale.texts(canvas.locale))
    room = canvas.form.width - edges.left - edges.right
    height = edges.top + canvas.form.height + edges.bottom
    return canvas.figure(edges, _months(canvas, room), y, height)


def _months(canvas: Canvas, room: float) -> Ticks:
    """Return the axis of the months from July to June, as many named as there is room for."""
    names = [moments.month_name(i, canvas.locale) for i in range(12)]
    wide = lettering.widest(names, canvas.form.small) + 1.3 * canvas.form.small
    step = next(s for s in (1, 2, 3, 6) if s == 6 or wide * 12 / s <= room)
    at: Sequence[int] = range(0, 12, step)
    texts = tuple(names[i] for i in at)
    return Ticks(-EDGE, LAST + EDGE, tuple(map(float, at)), texts, line=True, marks=True)
