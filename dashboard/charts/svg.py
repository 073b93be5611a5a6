"""Our own drawing of a figure: SVG without styles, so that a strict CSP lets it be."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from dashboard.charts import lettering, style
from dashboard.charts.dialect import Annotation, Axis, Figure, Font, Shape
from dashboard.charts.marks import Paint, Place, attribute, number, rectangle, stroked, traces
from dashboard.i18n import Locale

ANCHOR = {"left": "", "center": ' text-anchor="middle"', "right": ' text-anchor="end"'}
ASCENT = 0.97
"""How far below the top of its line the letters stand, in em."""
TICK_GAP, BARE_GAP = 3.9, 1.4
"""Between ticks, or an axis without them, and their texts, as plotly leaves it in px."""
EDGE = 20
"""Room around a picture that stands alone, in px of the web form."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The words around the plot of a picture that stands alone, in a language."""

    title: str
    subtitle: str
    locale: Locale
    foot: tuple[str, ...] = ()


def picture(figure: Figure) -> str:
    """Return the picture for a page: colours are classes, letters are the page's."""
    layout = figure["layout"]
    size = f'viewBox="0 0 {number(layout["width"])} {number(layout["height"])}"'
    body = "".join(drawn(figure, by_class(figure["theme"])))
    return (
        f'<svg class="chart" {size} font-size="{number(layout["font"]["size"])}" direction="ltr" '
        f'aria-hidden="true" focusable="false">{body}</svg>'
    )


def by_class(theme: style.Theme) -> Paint:
    """Return the paint of a page: the hex of a role becomes its class."""
    roles = {colour: role for role, colour in style.PALETTES[theme].items()}

    def paint(fill: str = "", stroke: str = "") -> str:
        names = [f"f-{roles[fill]}"] if fill else []
        names += [f"s-{roles[stroke]}"] if stroke else []
        return f' class="{" ".join(names)}"' + ("" if fill else ' fill="none"')

    return paint


def by_colour(fill: str = "", stroke: str = "") -> str:
    """Paint with the colours themselves."""
    edge = f' stroke="{stroke}"' if stroke else ""
    return f' fill="{fill or "none"}"{edge}'


def drawn(figure: Figure, paint: Paint) -> Iterator[str]:
    """Yield the elements of a figure in painting order."""
    layout = figure["layout"]
    place = Place.of(layout)
    shapes = layout["shapes"]
    yield from _shapes([s for s in shapes if s["layer"] == "below"], place, paint)
    yield from _ticks_below(layout["xaxis"], place, paint)
    yield from _ticks_beside(layout["yaxis"], place, paint)
    yield from traces(figure["data"], place, paint)
    yield from _shapes([s for s in shapes if s["layer"] == "above"], place, paint)
    font = layout["font"]
    yield from (_annotation(text, place, paint, font) for text in layout["annotations"])


def _shapes(shapes: Sequence[Shape], place: Place, paint: Paint) -> Iterator[str]:
    """Yield shapes; neighbours that are lines of one look become one path."""
    for look, same in groupby(shapes, key=lambda shape: _look(shape, paint)):
        boxes = [(shape, _box(shape, place)) for shape in same]
        lines = "".join(_line_to(box) for shape, box in boxes if shape["type"] == "line")
        if lines:
            yield f'<path d="{lines}"{look}/>'
        yield from (rectangle(box, look) for shape, box in boxes if shape["type"] == "rect")


def _box(shape: Shape, place: Place) -> tuple[float, float, float, float]:
    across, up = (shape.get(ref) == "paper" for ref in ("xref", "yref"))
    x0, x1 = (place.x(shape[end], paper=across) for end in ("x0", "x1"))
    y0, y1 = (place.y(shape[end], paper=up) for end in ("y0", "y1"))
    return x0, y0, x1, y1


def _look(shape: Shape, paint: Paint) -> str:
    line = shape["line"]
    if shape["type"] == "rect":
        return paint(shape["fillcolor"], line["color"] if line["width"] else "")
    return paint("", line["color"]) + stroked(line)


def _line_to(ends: tuple[float, float, float, float]) -> str:
    x0, y0, x1, y1 = map(number, ends)
    across = f"H{x1}" if y0 == y1 else f"V{y1}" if x0 == x1 else f"L{x1} {y1}"
    return f"M{x0} {y0}{across}"


def _ticks_below(axis: Axis, place: Place, paint: Paint) -> Iterator[str]:
    """Yield the line of the axis with its marks as one path, then the texts as one group."""
    floor, size, right = (
        place.top + place.height,
        axis["tickfont"]["size"],
        place.left + place.width,
    )
    down = axis["ticklen"] if axis["ticks"] else 0
    below = down + (TICK_GAP if down else BARE_GAP)
    path = _line_to((place.left, floor, right, floor)) if axis["showline"] else ""
    xs = [place.x(at) for at in axis["tickvals"]]
    path += "".join(_line_to((x, floor, x, floor + down)) for x in xs if down)
    if path:
        yield f'<path d="{path}"{paint("", axis["linecolor"])}/>'
    top = floor + below + ASCENT * size
    texts = zip(xs, axis["ticktext"], strict=True)
    yield from _group([((x, top), text) for x, text in texts], "center", axis, paint)


def _ticks_beside(axis: Axis, place: Place, paint: Paint) -> Iterator[str]:
    size, x = axis["tickfont"]["size"], place.left - axis["ticklabelstandoff"] - 1
    texts = zip(axis["tickvals"], axis["ticktext"], strict=True)
    spots = [((x, place.y(at) + 0.35 * size), text) for at, text in texts]
    yield from _group(spots, "right", axis, paint)


def _group(
    spots: Sequence[tuple[tuple[float, float], str]], side: str, axis: Axis, paint: Paint
) -> Iterator[str]:
    font = axis["tickfont"]
    if spots:
        words = "".join(_text(spot, text, "", font["size"]) for spot, text in spots)
        yield f"<g{ANCHOR[side]}{paint(font['color'])}>{words}</g>"


def _annotation(text: Annotation, place: Place, paint: Paint, font: Font) -> str:
    """Write a text so that the box of its lines stands where plotly puts it."""
    own = font | text.get("font", {})
    size, (above, below) = own["size"], style.reach(font["family"])
    x = place.x(text["x"], paper=text.get("xref") == "paper") + text.get("xshift", 0)
    y = place.y(text["y"], paper=text.get("yref") == "paper") - text.get("yshift", 0)
    tall = (text["text"].count("<br>") * lettering.LINE + above + below) * size
    top = y + {"top": 1, "middle": -tall / 2, "bottom": -tall - 1}[text.get("yanchor", "middle")]
    look = ANCHOR[text.get("xanchor", "center")] + paint(own["color"])
    look += attribute("font-size", size, font["size"])
    if "weight" in own:
        look += f' font-weight="{own["weight"]}"'
    return _text((x, top + above * size), text["text"], look, size)


def _text(spot: tuple[float, float], markup: str, look: str, size: float) -> str:
    """Return a text of one or some lines."""
    x, y = number(spot[0]), number(spot[1])
    lines = [escape(line, quote=False) for line in markup.split("<br>")]
    if len(lines) == 1:
        return f'<text x="{x}" y="{y}"{look}>{lines[0]}</text>'
    step = number(lettering.LINE * size)
    steps = ["", *[f' dy="{step}"'] * (len(lines) - 1)]
    spans = "".join(
        f'<tspan x="{x}"{down}>{words}</tspan>' for down, words in zip(steps, lines, strict=True)
    )
    return f'<text x="{x}" y="{y}"{look}>{spans}</text>'


def standalone(figure: Figure, heading: Heading, form: style.Form) -> tuple[str, float]:
    """Return a picture that stands alone, and its height in px.

    Heading above, foot below, explicit colours and fonts; lines of text wrap within the form.
    """
    palette, layout = style.PALETTES[figure["theme"]], figure["layout"]
    edge = EDGE * form.unit
    above, down = _block(heading, form, palette)
    foot, tall = _foot(heading, form, palette, down + layout["height"])
    wide, high = number(layout["width"] + 2 * edge), number(tall + edge)
    plot = "".join(drawn(figure, by_colour))
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" '
        f'height="{high}" font-family="{escape(layout["font"]["family"])}" '
        f'font-size="{number(form.small)}" direction="ltr"><title>{escape(heading.title)}</title>'
        f'<rect width="100%" height="100%" fill="{palette["paper"]}"/>{above}'
        f'<g transform="translate({number(edge)} {number(down)})">{plot}</g>{foot}</svg>'
    )
    return drawing, tall + edge


def alone(figure: Figure, form: style.Form) -> tuple[str, float]:
    """Return the plot of a figure by itself on its ground, and its height in px."""
    layout, paper = figure["layout"], style.PALETTES[figure["theme"]]["paper"]
    marks = "".join(drawn(figure, by_colour))
    wide, high = number(layout["width"]), number(layout["height"])
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" '
        f'height="{high}" font-family="{escape(layout["font"]["family"])}" '
        f'font-size="{number(form.small)}" direction="ltr"><title></title>'
        f'<rect width="100%" height="100%" fill="{paper}"/>{marks}</svg>'
    )
    return drawing, layout["height"]


def on_page(drawing: str, page: tuple[float, float], tall: float, paper: str) -> str:
    """Return a picture on a page of (width, height) px; one that is too high is made smaller."""
    if abs(tall - page[1]) < 0.05:
        return drawing
    wide, high = map(number, page)
    head, _, rest = drawing.partition(">")
    scale = min(1.0, page[1] / tall)
    head = re.sub(r'viewBox="[^"]*" width="[^"]*" height="[^"]*"', "", head, count=1)
    across = number((page[0] - page[0] * scale) / 2)
    body = rest.removesuffix("</svg>").replace(
        f'<rect width="100%" height="100%" fill="{paper}"/>', "", 1
    )
    title, _, marks = body.partition("</title>")
    return (
        f'{head} viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">{title}</title>'
        f'<rect width="100%" height="100%" fill="{paper}"/>'
        f'<g transform="translate({across} 0) scale({scale:.4f})">{marks}</g></svg>'
    )


def _block(heading: Heading, form: style.Form, palette: style.Palette) -> tuple[str, float]:
    """Return title and subtitle, and where the plot begins below them."""
    room = form.width
    titles = lettering.wrap(heading.title, room, form.title, bold=True)
    subtitles = lettering.wrap(heading.subtitle, room, form.subtitle)
    first = EDGE * form.unit + form.title
    second = first + lettering.height(len(titles) - 1, form.title) + 1.75 * form.subtitle
    look = f'{by_colour(palette["ink"])} font-weight="600" font-size="{number(form.title)}"'
    faint = f'{by_colour(palette["text2"])} font-size="{number(form.subtitle)}"'
    words = _beginning(heading.locale, form, first, titles, (look, form.title))
    words += _beginning(heading.locale, form, second, subtitles, (faint, form.subtitle))
    return words, second + lettering.height(len(subtitles), form.subtitle)


def _beginning(
    locale: Locale, form: style.Form, down: float, lines: Sequence[str], letters: tuple[str, float]
) -> str:
    """Return lines that begin where the language begins: at the left edge or at the right."""
    look, size = letters
    mirrored = locale.direction == "rtl"
    x = EDGE * form.unit + (form.width if mirrored else 0)
    words = "<br>".join(map(locale.line, lines))
    return _text((x, down), words, (ANCHOR["right"] if mirrored else "") + look, size)


def _foot(
    heading: Heading, form: style.Form, palette: style.Palette, top: float
) -> tuple[str, float]:
    """Return the foot and where it ends."""
    parts = (lettering.wrap(line, form.width, form.small) for line in heading.foot)
    wrapped = [line for part in parts for line in part]
    if not wrapped:
        return "", top
    first, letters = top + 1.8 * form.small, (by_colour(palette["muted"]), form.small)
    words = _beginning(heading.locale, form, first, wrapped, letters)
    return words, first + lettering.height(len(wrapped) - 1, form.small)
