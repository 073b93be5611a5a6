"""A native chart on a slide: numbers in a workbook of its own, the colours of the site."""

import re
from typing import Any

from lxml import etree
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.util import Pt

from dashboard.charts import cells, scales, style
from dashboard.i18n import Locale
from dashboard.model import Cell, Slice
from dashboard.slides.look import PLOT, POINT, Box, Letters, Look
from dashboard.slides.series import Data, Series, digits, number_format, plain, unfinished

MARKS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "square": XL_MARKER_STYLE.SQUARE,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
}
MARKED = ("dots", "dumbbell")
"""Kinds of marks without a line between them; a line joins the marks of one category."""
ROOMY, CROWDED = 12, 30
"""With more categories than this letters get smaller."""
CLOSE = 0.08
"""Ends of lines nearer than this part of the largest have their names above and below."""
PRINTED = 40
"""With more bars than this no value is printed at them."""


def add(shapes: Any, answer: Slice, data: Data, look: Look, box: Box = PLOT) -> GraphicFrame:
    """Put a native chart on a slide and return its frame."""
    divisor = scales.divisor_of(scales.known(answer), answer.unit)
    numbers = number_format(answer, look.locale, divisor)
    filled = CategoryChartData(number_format=numbers)
    filled.categories = list(data.days or data.categories)
    for series in data.series:
        filled.add_series(series.name, list(series.values))
    frame: GraphicFrame = shapes.add_chart(_type(data), *box.emu, filled)
    chart = frame.chart
    chart.font.size = Pt(_size(data) * POINT)
    chart.font.color.rgb = look.colour("text2")
    _axes(chart, data, numbers, look)
    _legend(chart, data, look)
    _colours(chart, answer, data, look)
    _labels(chart, answer, data, look)
    return frame


def _size(data: Data) -> float:
    """Return the size of letters in px."""
    if data.time or len(data.categories) <= ROOMY:
        return 16
    return 12 if len(data.categories) <= CROWDED else 10


def _type(data: Data) -> XL_CHART_TYPE:
    if data.kind == "stacked":
        return XL_CHART_TYPE.COLUMN_STACKED if data.time else XL_CHART_TYPE.BAR_STACKED
    if data.kind == "bars":
        return XL_CHART_TYPE.COLUMN_CLUSTERED if data.time else XL_CHART_TYPE.BAR_CLUSTERED
    return XL_CHART_TYPE.LINE_MARKERS if data.kind in MARKED else XL_CHART_TYPE.LINE


def _axes(chart: Chart, data: Data, numbers: str, look: Look) -> None:
    across, up = chart.category_axis, chart.value_axis
    across.has_major_gridlines = False
    across.major_tick_mark = XL_TICK_MARK.NONE
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.format.line.color.rgb = look.colour("axis")
    up.has_major_gridlines = True
    up.major_gridlines.format.line.color.rgb = look.colour("grid")
    up.major_gridlines.format.line.width = Pt(0.75)
    up.format.line.fill.background()
    up.major_tick_mark = XL_TICK_MARK.NONE
    up.tick_labels.number_format = _coarse(numbers, data)
    up.tick_labels.number_format_is_linked = False
    if all(value is None or value >= 0 for series in data.series for value in series.values):
        up.minimum_scale = 0
    if data.kind == "stacked" and numbers.endswith('"%"'):
        up.maximum_scale = 100
    _level(chart, data, look.locale)
    if data.kind in ("bars", "stacked") and not data.time:
        across.reverse_order = True
        _numbers_below(chart)
        up.reverse_order = look.mirrored


def _coarse(numbers: str, data: Data) -> str:
    """Return the format of ticks: no decimals on an axis that reaches ten."""
    largest = max((abs(v) for series in data.series for v in series.values if v), default=0)
    return numbers if ",," in numbers or largest < 10 else re.sub(r"\.0+", "", numbers)


def _level(chart: Chart, data: Data, locale: Locale) -> None:
    """Write the names of categories level; of many months only the years."""
    axis = chart.category_axis
    axis.tick_labels.font.size = Pt(_size(data) * POINT)
    text = axis._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}")
    text.set("rot", "0")
    text.set("vert", "horz")
    if data.days:
        shown = "yyyy" if data.days[0].month == 1 else "yyyy-mm"
        axis.tick_labels.number_format = digits(locale) + shown
        axis.tick_labels.number_format_is_linked = False
        _yearly(axis._element)


def _yearly(axis: Any) -> None:
    """Count an axis of dates in months and name every twelfth."""
    for name in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for old in axis.findall(qn(name)):
            axis.remove(old)
    said = {"c:baseTimeUnit": "months", "c:majorUnit": "12", "c:majorTimeUnit": "months"}
    for name, value in said.items():
        etree.SubElement(axis, qn(name)).set("val", value)


def _numbers_below(chart: Chart) -> None:
    """Keep the numbers at the foot of bars whose first category stands on top."""
    crosses = chart.category_axis._element.find(qn("c:crosses"))
    own = chart.value_axis._element.find(qn("c:crosses"))
    for element in (crosses, own):
        if element is not None:
            element.set("val", "autoZero")
    if own is not None:
        own.set("val", "max")


def _legend(chart: Chart, data: Data, look: Look) -> None:
    """A key of the series, where they are not named at their end."""
    chart.has_title = False
    chart.has_legend = len(data.series) > 1 and not _named_at_end(data)
    if chart.has_legend and chart.legend is not None:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.color.rgb = look.colour("ink")


def _named_at_end(data: Data) -> bool:
    return data.time and data.kind not in ("bars", "stacked") and len(data.series) <= 4


def _colours(chart: Chart, answer: Slice, data: Data, look: Look) -> None:
    roles = _roles(answer, data)
    plot = chart.plots[0]
    if data.kind in ("bars", "stacked"):
        plot.gap_width = 45
    if data.kind == "stacked":
        plot.overlap = 100
    for drawn, series, role in zip(plot.series, data.series, roles, strict=True):
        if data.kind in ("bars", "stacked"):
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = look.colour(role)
            drawn.invert_if_negative = False
        else:
            _line(drawn, data, role, look.colour(role))
        _unfinished(drawn, series, data, (look.colour(role), look.colour("paper")))
    if data.kind in MARKED:
        _joined(chart, look)


def _roles(answer: Slice, data: Data) -> list[str]:
    if data.kind == "stacked" and len(data.series) > 1:
        steps = ("seq5", "seq4", "seq3", "seq2", "seq1", "band2")
        return [steps[place % len(steps)] for place in range(len(data.series))]
    keys = tuple(series.key for series in data.series)
    if len(set(keys)) < len(keys):
        return [style.SERIES[place % len(style.SERIES)] for place in range(len(keys))]
    found = style.colours(keys, answer.labels)
    return [found[key] for key in keys]


def _line(drawn: Any, data: Data, role: str, colour: RGBColor) -> None:
    drawn.smooth = False
    if data.kind not in MARKED:
        drawn.format.line.color.rgb = colour
        drawn.format.line.width = Pt(3.5 * POINT)
        drawn.marker.style = XL_MARKER_STYLE.NONE
        return
    drawn.format.line.fill.background()
    drawn.marker.style = MARKS[style.SYMBOLS.get(role, "circle")]
    drawn.marker.size = 11
    drawn.marker.format.fill.solid()
    drawn.marker.format.fill.fore_color.rgb = colour
    drawn.marker.format.line.color.rgb = colour


def _unfinished(drawn: Any, series: Series, data: Data, colours: tuple[RGBColor, RGBColor]) -> None:
    """Dash the way to a period that is not over and leave its bar hollow, as on the site."""
    colour, paper = colours
    for place, cell in enumerate(series.cells):
        if not data.time or not unfinished(cell):
            continue
        point = drawn.points[place].format
        point.line.color.rgb = colour
        if data.kind in ("bars", "stacked"):
            point.fill.solid()
            point.fill.fore_color.rgb = paper
        else:
            point.line.width = Pt(3.5 * POINT)
            point.line.dash_style = MSO_LINE.SQUARE_DOT


def _joined(chart: Chart, look: Look) -> None:
    """Join the lowest and the highest mark of each category."""
    plot = chart._chartSpace.find(f".//{qn('c:lineChart')}")
    lines = etree.SubElement(plot, qn("c:hiLowLines"))
    line = etree.SubElement(etree.SubElement(lines, qn("c:spPr")), qn("a:ln"), w="19050")
    fill = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"))
    fill.set("val", str(look.colour("band2")))
    marker = plot.find(qn("c:marker"))
    if marker is not None:
        marker.addprevious(lines)


def _labels(chart: Chart, answer: Slice, data: Data, look: Look) -> None:
    """Print the last value of a line, and each value at its bar as the table words it."""
    if data.kind not in ("bars", "stacked", *MARKED):
        _at_ends(chart, answer, data, look)
        return
    for drawn, series in zip(chart.plots[0].series, data.series, strict=True):
        if data.kind not in MARKED:
            _at_bars(drawn, series, answer, data, look)


def _at_ends(chart: Chart, answer: Slice, data: Data, look: Look) -> None:
    """Name each line and its last value beside its end; neighbours stand apart."""
    roles = _roles(answer, data)
    ends = [(last, n) for n, series in enumerate(data.series) if (last := _last(series))]
    ends.sort(key=lambda end: -(end[0][1].value or 0))
    room = max(abs(cell.value or 0) for (_, cell), _ in ends) * CLOSE if ends else 0
    for rank, ((place, cell), n) in enumerate(ends):
        words = cells.shown(cell, answer, look.locale)
        if len(data.series) > 1 and _named_at_end(data):
            words = f"{data.series[n].name}  {words}"
        near = [other.value or 0 for (_, other), m in ends if m != n]
        close = [value for value in near if abs(value - (cell.value or 0)) < room]
        position = XL_LABEL_POSITION.RIGHT
        if close:
            above = rank % 2 == 0
            position = XL_LABEL_POSITION.ABOVE if above else XL_LABEL_POSITION.BELOW
        drawn = chart.plots[0].series[n]
        _label(drawn, place, plain(words), (look, style.text_role(roles[n]), 16))
        drawn.points[place].data_label.position = position
    _room_for_names(chart)


def _last(series: Series) -> tuple[int, Cell] | None:
    known = [(n, cell) for n, cell in enumerate(series.cells) if cell and cell.value is not None]
    return known[-1] if known else None


def _room_for_names(chart: Chart) -> None:
    """Leave a fifth of the width free on the right of the plot."""
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")
    layout = area.find(qn("c:layout"))
    if layout is None:
        layout = etree.Element(qn("c:layout"))
        area.insert(0, layout)
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    said = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge"}
    said |= {"x": "0.06", "y": "0.05", "w": "0.74", "h": "0.82"}
    for name, value in said.items():
        etree.SubElement(manual, qn(f"c:{name}")).set("val", value)


def _at_bars(drawn: Any, series: Series, answer: Slice, data: Data, look: Look) -> None:
    bars = len(data.categories) * len(data.series)
    divisor = scales.divisor_of(scales.known(answer), answer.unit)
    for place, cell in enumerate(series.cells):
        if cell is None:
            continue
        if cell.value is None or cell.qualifier or bars <= PRINTED:
            words = plain(cells.in_axis_unit(cell, answer, divisor, look.locale))
            role = "ink" if data.kind == "bars" else _on(drawn, look)
            _label(drawn, place, words, (look, role, _size(data)))


def _on(drawn: Any, look: Look) -> str:
    """Return the role in which letters can be read on a bar."""
    dark = {look.colour(role) for role in ("seq5", "seq4")}
    return "paper" if drawn.format.fill.fore_color.rgb in dark else "ink"


def _label(drawn: Any, place: int, words: str, ink: tuple[Look, str, float]) -> None:
    look, role, size = ink
    paragraph = drawn.points[place].data_label.text_frame.paragraphs[0]
    look.say(paragraph, words, Letters(role, size, bold=True))
    paragraph.alignment = None
