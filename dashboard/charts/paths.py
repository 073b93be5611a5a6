"""One series over time: a line with gaps, open marks for what is not final or hidden."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts import cells, moments
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Stroke, Trace
from dashboard.charts.spots import Ink, Spot
from dashboard.model import Key, Point, Slice

FEW = 12
"""Up to this many points each gets a mark."""

UNFINISHED = ("p", "incomplete")

HOLDS = 550.0
"""For so many days a level that was set on a date is taken to hold, if no later one is found."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a series is drawn, and how far its panel is moved along both axes.

    `nudge` sets intervals beside those of other series, `until` is how long a last step holds,
    `marked` up to how many points each has a mark.
    """

    role: str = "blue"
    steps: bool = False
    wash: bool = False
    floor: float = 0
    right: float = 0
    up: float = 0
    divisor: float = 1
    nudge: float = 0
    until: float = 0
    marked: int = FEW


def series(canvas: Canvas, answer: Slice, key: Key, look: Look) -> None:
    """Draw one series: intervals below, the line, then its marks."""
    points = answer.of(key)
    for point in points:
        _interval(canvas, answer, point, look)
    _line(canvas, answer, points, look)
    _unfinished(canvas, points, look)
    _marks(canvas, answer, points, look)
    _hidden(canvas, answer, points, look)


def place(point: Point, look: Look) -> tuple[float, float]:
    """Return where a known point stands."""
    value = (point.cell.value or 0.0) / look.divisor
    return moments.position(point.time_period) + look.right, round(value + look.up, 6)


def _line(canvas: Canvas, answer: Slice, points: Sequence[Point], look: Look) -> None:
    shown = list(_with_gaps(points[:-1] if _trails_off(points, look) else points, answer))
    spots = [(None, None) if point is None else place(point, look) for point in shown]
    hover = [_hover(canvas, answer, point) if point else "" for point in shown]
    if look.until and spots and spots[-1][0] is not None:
        spots.append((min(look.until, spots[-1][0] + HOLDS), spots[-1][1]))
        hover.append(hover[-1])
    trace = canvas.scatter([x for x, _ in spots], [y for _, y in spots])
    trace |= {"mode": "lines", "line": _stroke(canvas, look)}
    if look.wash:
        trace |= {"fill": "tozeroy", "fillcolor": canvas.colour("wash")}
    canvas.trace(trace, hover)


def _trails_off(points: Sequence[Point], look: Look) -> bool:
    """Whether the way to the last point is drawn apart, because its period is incomplete."""
    if len(points) < 2 or look.steps or "incomplete" not in points[-1].cell.flags:
        return False
    return all(point.cell.value is not None for point in points[-2:])


def _hover(canvas: Canvas, answer: Slice, point: Point) -> str:
    return cells.hover(point.key, point.time_period, point.cell, answer, canvas.locale)


def _stroke(canvas: Canvas, look: Look) -> Stroke:
    stroke = canvas.stroke(look.role, canvas.form.line)
    stroke["shape"] = "hv" if look.steps else "linear"
    return stroke


def _with_gaps(points: Sequence[Point], answer: Slice) -> Iterator[Point | None]:
    """Yield the known points, None where the line must not go on."""
    earlier: Point | None = None
    for point in points:
        if point.cell.value is None:
            earlier = None
            yield None
            continue
        if earlier is not None and not joined(earlier, point, answer):
            yield None
        yield point
        earlier = point


def joined(earlier: Point, later: Point, answer: Slice) -> bool:
    """Whether a line may run from one known point to the next: sums since July begin anew."""
    if "b" in later.cell.flags or (answer.to_date and later.time_period.endswith("-07")):
        return False
    ends = (earlier.time_period, later.time_period, answer.freq)
    return moments.follows(*ends) or moments.follows(
        *ends, moments.cadence(answer.periods, answer.freq)
    )


def stale(point: Point, look: Look) -> bool:
    """Whether a level that holds until the next one is too old to be sure of at the end."""
    return bool(look.until) and look.until - moments.position(point.time_period) > HOLDS


def _unfinished(canvas: Canvas, points: Sequence[Point], look: Look) -> None:
    """Draw dashed the way to an incomplete period, and a level that was set long ago."""
    last = last_of(points)
    if last is not None and stale(last, look):
        x, y = place(last, look)
        spots = [(x + HOLDS, y), (look.until, y)]
    elif _trails_off(points, look):
        spots = [place(point, look) for point in points[-2:]]
    else:
        return
    trace = canvas.scatter([x for x, _ in spots], [y for _, y in spots])
    dashed = canvas.stroke(look.role, canvas.form.line, "4px,4px")
    canvas.trace(trace | {"mode": "lines", "line": dashed})


def _marks(canvas: Canvas, answer: Slice, points: Sequence[Point], look: Look) -> None:
    """Mark the last point, lonely points, all of a few; what is not final is an open mark."""
    marked = list(_marked(points, answer, look.marked))
    if not marked:
        return
    open_, full = canvas.colour("paper"), canvas.colour(look.role)
    spots = [place(point, look) for point in marked]
    size = canvas.form.line * (3.2 if len(marked) <= FEW else 2.4)
    hover = [_hover(canvas, answer, point) for point in marked]
    trace: Trace = canvas.scatter([x for x, _ in spots], [y for _, y in spots]) | {
        "mode": "markers",
        "marker": {
            "color": [open_ if _not_final(point) else full for point in marked],
            "size": round(size, 1),
            "line": canvas.stroke(look.role, round(canvas.form.line * 0.7, 1)),
        },
    }
    canvas.trace(trace, hover)


def last_of(points: Sequence[Point]) -> Point | None:
    """Return the last point with a number, complete or not."""
    known = [point for point in points if point.cell.value is not None]
    return known[-1] if known else None


def _marked(points: Sequence[Point], answer: Slice, most: int) -> Iterator[Point]:
    known = [point for point in points if point.cell.value is not None]
    few = len(answer.periods) <= most
    for i, point in enumerate(known):
        if few or i == len(known) - 1 or _not_final(point) or _lonely(known, i, answer):
            yield point


def _lonely(known: Sequence[Point], i: int, answer: Slice) -> bool:
    """Whether the line runs to neither neighbour."""
    left = i > 0 and joined(known[i - 1], known[i], answer)
    right = i + 1 < len(known) and joined(known[i], known[i + 1], answer)
    return not (left or right)


def _not_final(point: Point) -> bool:
    """Whether a mark stays open: more is to come, or only a bound of the value is known."""
    unfinished = any(flag in point.cell.flags for flag in UNFINISHED)
    return unfinished or point.cell.qualifier in ("lt", "gt")


def _hidden(canvas: Canvas, answer: Slice, points: Sequence[Point], look: Look) -> None:
    """Set a small hollow mark on the floor where a value is hidden."""
    kept = [point for point in points if point.cell.status == "c" and point.cell.value is None]
    if not kept:
        return
    xs = [moments.position(point.time_period) + look.right for point in kept]
    trace: Trace = canvas.scatter([*xs], [look.floor] * len(xs)) | {
        "mode": "markers",
        "marker": {
            "color": canvas.colour("paper"),
            "size": round(canvas.form.line * 2.4, 1),
            "line": canvas.stroke("muted", 1.25),
        },
    }
    canvas.trace(trace, [_hover(canvas, answer, point) for point in kept])


def _interval(canvas: Canvas, answer: Slice, point: Point, look: Look) -> None:
    bounds = cells.interval(point.cell, answer)
    if bounds is not None:
        x = place(point, look)[0] + look.nudge
        low, high = (round(bound / look.divisor + look.up, 2) for bound in bounds)
        canvas.rule((x, low, x, high), "xy", canvas.stroke(look.role, 1.25))


def breaks(canvas: Canvas, answer: Slice, key: Key) -> None:
    """Name the breaks of a series above it."""
    for point in answer.of(key):
        if "b" in point.cell.flags and point.cell.value is not None:
            x = moments.position(point.time_period) - 0.5
            canvas.rule((x, 0, x, 1), "xp", canvas.stroke("muted", 1, "2px,3px"))
            spot = Spot(x, 0, on="xp", dx=4, dy=-3, down="bottom")
            words = canvas.locale.text("break in series")
            canvas.say([words], spot, Ink("muted", canvas.form.small))
