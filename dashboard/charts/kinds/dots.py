"""A strip of dots a row: one dot a place, a tick for all of them together."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import cells, changes, labels, legend, lettering, rows, scales, style
from dashboard.charts.canvas import Canvas
from dashboard.charts.dialect import Figure
from dashboard.charts.rows import Entry
from dashboard.charts.scales import Scale
from dashboard.charts.spots import Edges, Ink, Spot
from dashboard.i18n import Locale
from dashboard.model import TOTAL, Key, Point, Slice

MOMENT = True
MOST = 4
SIZE = 12
FEW = 2
"""Up to this many rows every dot has its value printed, else the total alone."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One row: its middle, its points, and the colour of each."""

    middle: float
    name: str
    points: tuple[Point, ...]


def suits(answer: Slice) -> bool:
    """Whether a slice is one moment with up to four places a row, measured alike."""
    places = {key[-1][1] for key in answer.keys if key} - {TOTAL}
    alike = answer.unit not in changes.UNMEASURED
    return alike and len(answer.periods) == 1 and 0 < len(places) <= MOST


def draw(answer: Slice, locale: Locale, form: style.Form, theme: style.Theme) -> Figure:
    """Draw a strip for each code of the first of two dimensions, or one strip for all."""
    canvas = Canvas(form, locale, theme, mirrored=locale.direction == "rtl")
    heads = list(dict.fromkeys(key[:-1] for key in answer.keys))
    entries = [Entry(_name(answer, head, locale), head) for head in heads]
    roles = style.colours(tuple(dict.fromkeys(key[-1:] for key in answer.keys)), answer.labels)
    items = _key(answer, roles, locale)
    top = legend.height(canvas, items)
    board = rows.lay(canvas, entries, rows.Space(top, 16 * form.unit, 0.42))
    scale = scales.scale_of(scales.known(answer), answer.unit)
    rows.grid(canvas, scale, board, top)
    strips = [
        Strip(y, e.name, tuple(p for p in answer.points if p.key[:-1] == e.key))
        for e, y in board.marked
    ]
    right = max(_hidden(canvas, answer, strips), 18)
    edges = Edges(10, right, 4, lettering.height(1, form.small) + 8)
    wide = rows.plot_width(canvas, board, edges)
    for strip in strips:
        _draw(canvas, answer, strip, roles, scale)
        if len(strips) <= FEW:
            _print(canvas, answer, strip, scale, wide)
    x = rows.number_axis(canvas, scale, answer.unit)
    legend.write(canvas, items, x.low, (x.high - x.low) / wide)
    return rows.close(canvas, board, edges, x)


def _name(answer: Slice, head: Key, locale: Locale) -> str:
    return cells.name(head, answer, locale)


def _known(strip: Strip) -> list[Point]:
    return [point for point in strip.points if point.cell.value is not None]


def _x(point: Point, scale: Scale) -> float:
    return (point.cell.value or 0.0) / scale.divisor


def _draw(canvas: Canvas, answer: Slice, strip: Strip, roles: dict[Key, str], scale: Scale) -> None:
    known = _known(strip)
    xs = [_x(point, scale) for point in known]
    if len(xs) > 1:
        ends = (min(xs), strip.middle, max(xs), strip.middle)
        canvas.rule(ends, "xy", canvas.stroke("band2", 2.5))
    for point, x in zip(known, xs, strict=True):
        text = cells.hover(point.key, point.time_period, point.cell, answer, canvas.locale)
        if point.key[-1][1] == TOTAL:
            words = cells.brief(point.cell, answer, canvas.locale, scale.divisor)
            _tick(canvas, words, (x, strip.middle))
        else:
            _dot(canvas, roles[point.key[-1:]], (x, strip.middle), text)


def _tick(canvas: Canvas, words: str, at: tuple[float, float]) -> None:
    """Set the tick of the total with its value below."""
    x, y = at
    half = (12 if canvas.form.name == "phone" else 16) * canvas.form.unit
    canvas.rule((x, y - half, x, y + half), "xy", canvas.stroke("ink", 2.75))
    spot = Spot(x, y + half, across="center", down="top")
    canvas.say([words], spot, Ink(size=canvas.form.small, bold=True))


def _dot(canvas: Canvas, role: str, at: tuple[float, float], hover: str) -> None:
    trace = canvas.scatter([at[0]], [at[1]]) | {
        "mode": "markers",
        "marker": {
            "color": canvas.colour(role),
            "size": round(SIZE * canvas.form.unit, 1),
            "symbol": style.SYMBOLS.get(role, "circle"),
            "line": canvas.stroke("paper", 1.5),
        },
    }
    canvas.trace(trace, [hover])


def _print(canvas: Canvas, answer: Slice, strip: Strip, scale: Scale, wide: float) -> None:
    """Print the values above the dots, moved apart where they would touch."""
    dots = sorted(
        (point for point in _known(strip) if point.key[-1][1] != TOTAL),
        key=lambda point: _x(point, scale),
    )
    words = [cells.brief(point.cell, answer, canvas.locale, scale.divisor) for point in dots]
    per_px = (scale.high - scale.low) / scale.divisor / wide
    wanted = [(_x(point, scale) - scale.low / scale.divisor) / per_px for point in dots]
    widths = [lettering.width(text, canvas.form.small) + 8 for text in words]
    places = labels.apart(wanted, widths, (0, wide))
    for point, text, want, place in zip(dots, words, wanted, places, strict=True):
        up = -10 * canvas.form.unit
        spot = Spot(
            _x(point, scale), strip.middle, dx=place - want, dy=up, across="center", down="bottom"
        )
        canvas.say([text], spot, Ink("text2", canvas.form.small))


def _hidden(canvas: Canvas, answer: Slice, strips: Sequence[Strip]) -> float:
    """Name beside the plot what is not shown in a row and why; return the room that takes."""
    locale, widest = canvas.locale, 0.0
    for strip in strips:
        gone = [point for point in strip.points if point.cell.value is None]
        lines: list[str] = []
        for point in gone:
            words = locale.text(
                "{name}: {reason}",
                name=cells.name(point.key[-1:], answer, locale),
                reason=cells.hidden(point.cell, locale),
            )
            lines += lettering.wrap(words, 120 * canvas.form.unit, canvas.form.small)
        if lines:
            spot = Spot(1, strip.middle, on="py", dx=16)
            canvas.say(lines, spot, Ink("muted", canvas.form.small))
            widest = max(widest, lettering.widest(lines, canvas.form.small) + 20)
    return widest


def _key(answer: Slice, roles: dict[Key, str], locale: Locale) -> list[legend.Item]:
    """Name the dots in the order of the code list."""
    return [
        legend.Item(cells.name(key, answer, locale), role, _symbol(key, role))
        for key, role in roles.items()
    ]


def _symbol(key: Key, role: str) -> str:
    return "tick" if key[-1][1] == TOTAL else style.SYMBOLS.get(role, "circle")
