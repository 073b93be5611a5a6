"""A small line of the past of one series, without axes: the figure beside it says the level."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dashboard.charts import moments
from dashboard.charts.marks import number
from dashboard.model import Point

WIDTH, HEIGHT, EDGE = 120, 32, 3


def spark(points: Sequence[Point], freq: str) -> str:
    """Return a small SVG of known values, gaps left open; "" for fewer than two of them."""
    values = [p.cell.value for p in points if p.cell.value is not None]
    if len(values) < 2:
        return ""
    path, end = _drawn(points, freq, (min(values), max(values)))
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'direction="ltr" aria-hidden="true" focusable="false"><path d="{path}" class="s-blue" '
        f'fill="none" stroke-width="1.75" stroke-linejoin="round"/>'
        f'<circle cx="{end[0]}" cy="{end[1]}" r="2.75" class="f-blue"/></svg>'
    )


def _drawn(
    points: Sequence[Point], freq: str, ends: tuple[float, float]
) -> tuple[str, tuple[str, str]]:
    """Return the path and where its last known point is."""
    known = [point for point in points if point.cell.value is not None]
    places = list(_places(known, points, ends))
    step = moments.cadence([point.time_period for point in points], freq)
    joined = [False] + [
        moments.follows(a.time_period, b.time_period, freq, step) for a, b in pairwise(known)
    ]
    path = "".join(
        f"{'L' if on else 'M'}{x} {y}" for on, (x, y) in zip(joined, places, strict=True)
    )
    return path, places[-1]


def _places(
    known: Sequence[Point], points: Sequence[Point], ends: tuple[float, float]
) -> Iterator[tuple[str, str]]:
    first, last = (moments.position(points[i].time_period) for i in (0, -1))
    low, high = ends
    for point in known:
        across = (moments.position(point.time_period) - first) / ((last - first) or 1)
        up = ((point.cell.value or 0.0) - low) / ((high - low) or 1)
        x = EDGE + across * (WIDTH - 2 * EDGE)
        yield number(x), number(HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE))
