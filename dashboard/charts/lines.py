"""Lines over time, plain or in steps: what the kinds of both names have in common."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts import lettering, moments, paths, printed, scales, style, timeframe
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.charts.scales import Scale
from dashboard.charts.spots import Edges, Ink, Spot
from dashboard.model import Slice

MOST = 4
PRINTED = {"web": 8, "phone": 5, "slide": 8, "square": 5, "social": 5}
"""Up to this many points of an only line have their value printed."""


def suits(answer: Slice) -> bool:
    """Whether a slice can be read as lines."""
    return len(answer.periods) > 1 and len(answer.keys) <= MOST and answer.unit != "year"


def draw(answer: Slice, canvas: Canvas, *, steps: bool = False) -> Figure:
    """Draw one line a series, each named at its end; a hidden or missing value is a gap."""
    scale = scales.scale(answer, zero=steps or answer.base == "zero")
    if _printed(canvas, answer):
        scale = scales.roomy(scale, answer)
    found = timeframe.ends(canvas, answer, style.colours(answer.keys, answer.labels))
    right = max(timeframe.label_room(canvas, found), 8)
    told = replace(answer, events=()) if _printed(canvas, answer) else answer
    edges, time = timeframe.open_frame(canvas, told, scale, right, tight=True)
    edges = _noted(canvas, found, _look(answer, scale, 0, steps=steps), edges)
    _target(canvas, answer, scale)
    for key in answer.keys:
        paths.breaks(canvas, answer, key)
    for i, end in enumerate(found):
        look = replace(_look(answer, scale, i, steps=steps), role=end.role)
        paths.series(canvas, answer, end.point.key, look)
    timeframe.write_ends(canvas, found, scale, _look(answer, scale, 0, steps=steps))
    if not steps and _printed(canvas, answer):
        printed.values(canvas, answer, scale, time)
    return timeframe.finish(canvas, answer, scale, edges, time)


def _look(answer: Slice, scale: Scale, place: int, *, steps: bool) -> paths.Look:
    """Return how the series of a place among all is drawn, but for its colour."""
    aside = place - (len(answer.keys) - 1) / 2
    step = (moments.position(answer.periods[-1]) - moments.position(answer.periods[0])) / 100
    return paths.Look(
        steps=steps,
        wash=steps and len(answer.keys) == 1,
        floor=scale.low / scale.divisor,
        divisor=scale.divisor,
        nudge=round(aside * step, 3),
        until=answer.cut_off.toordinal() if answer.freq == "D" and steps else 0,
    )


def _noted(canvas: Canvas, found: Sequence[timeframe.End], look: paths.Look, edges: Edges) -> Edges:
    """Explain the dashed end of a level that was set long ago below the axis."""
    if not any(paths.stale(end.point, look) for end in found):
        return edges
    words = canvas.locale.text("Dashed: no later figure found")
    spot = Spot(0, 0, on="pp", dy=edges.bottom, down="top")
    canvas.say([words], spot, Ink("muted", canvas.form.small))
    return replace(edges, bottom=edges.bottom + lettering.height(1, canvas.form.small) + 6)


def _target(canvas: Canvas, answer: Slice, scale: Scale) -> None:
    """Draw the target of the whole as a dashed line with its words above."""
    if answer.target is None or not scales.whole(answer):
        return
    at = answer.target.value / scale.divisor
    canvas.mark((0, at, 1, at), "py", canvas.stroke("ink", 1.75, "7px,5px"))
    words = canvas.locale.text(
        "{label}: {target}",
        label=canvas.locale.text(answer.target.label),
        target=canvas.locale.value(answer.target.value, answer.unit, answer.decimals),
    )
    room = canvas.form.width * 0.6
    lines = lettering.wrap(words, room, canvas.form.label, bold=True)
    spot = Spot(0, at, on="py", dx=8, dy=-5, down="bottom")
    canvas.say(lines, spot, Ink(bold=True))


def _printed(canvas: Canvas, answer: Slice) -> bool:
    return len(answer.keys) == 1 and len(answer.periods) <= PRINTED[canvas.form.name]
