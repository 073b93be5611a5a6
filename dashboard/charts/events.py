"""Lines for what happened on a date: at most three, their words above the plot."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import lettering, moments
from dashboard.charts.canvas import Canvas
from dashboard.charts.spots import Across, Ink, Spot
from dashboard.model import Event, Slice

MOST = 3
ROOM = 118
"""How wide the words of an event may run, in px of the web form."""
SLACK = 1.2
"""A live chart may be narrower than the form it was made for."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event that is drawn: its place on the time axis and its lines of words."""

    x: float
    lines: tuple[str, ...]
    across: Across


def pick(
    canvas: Canvas, answer: Slice, ends: tuple[float, float], room: float, keep: float = 0
) -> list[Told]:
    """Choose the events between two ends whose words stand apart in `room` px.

    Confirmed events come before others, late before early; the last `keep` px are taken.
    """
    dated = [(e, x) for e in answer.events if (x := _x(e, answer, ends)) is not None]
    dated.sort(key=lambda pair: (pair[0].confirmed, pair[0].date), reverse=True)
    chosen: list[tuple[Told, float]] = []
    near = SLACK * ROOM * canvas.form.unit
    for event, x in dated:
        px = (x - ends[0]) / (ends[1] - ends[0]) * room
        if px < room - keep and all(abs(px - other) >= near for _, other in chosen):
            chosen.append((_told(canvas, event, x, px, room - keep), px))
    return [told for told, _ in chosen[:MOST]]


def _x(event: Event, answer: Slice, ends: tuple[float, float]) -> float | None:
    x = moments.position_of(event.date, answer.freq)
    return x if x is not None and ends[0] <= x <= ends[1] else None


def _told(canvas: Canvas, event: Event, x: float, px: float, room: float) -> Told:
    title = canvas.locale.text(event.title)
    if not event.confirmed:
        title = canvas.locale.text("{event} (not confirmed)", event=title)
    lines = lettering.wrap(title, ROOM * canvas.form.unit, canvas.form.small)
    half = lettering.widest(lines, canvas.form.small) / 2
    side: Across = "left" if px < half else "right" if room - px < half else "center"
    return Told(round(x, 3), tuple(lines), side)


def height(told: Sequence[Told], canvas: Canvas) -> float:
    """Return the room above the plot that the words need."""
    return max((lettering.height(len(e.lines), canvas.form.small) + 8 for e in told), default=0)


def draw(canvas: Canvas, told: Sequence[Told]) -> None:
    """Draw the lines and write the words."""
    for event in told:
        canvas.rule((event.x, 0, event.x, 1), "xp", canvas.stroke("axis", 1.25, "2px,3px"))
        spot = Spot(event.x, 1, on="xp", dy=-6, across=event.across, down="bottom")
        canvas.say(event.lines, spot, Ink("text2", canvas.form.small))
