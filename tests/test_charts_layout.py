"""Words on a chart neither touch one another nor leave the picture, in any form and language."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from chart_slices import CASES, as_kind
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from dashboard import charts
from dashboard.charts import labels, lettering
from dashboard.i18n import Locale, locales
from dashboard.model import Slice

LOCALES = locales(Path(__file__).parent.parent / "config")


@dataclass(frozen=True)
class Box:
    """Where a text is."""

    words: str
    left: float
    right: float
    top: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > 2


def boxes(picture: str) -> Iterator[Box]:
    root = fromstring(picture)
    usual = float(root.attrib["font-size"])
    for group in root.iter():
        for text in group:
            if text.tag == "text":
                anchor = text.get("text-anchor") or group.get("text-anchor") or "start"
                yield from _lines(text, float(text.get("font-size", usual)), anchor)


def _lines(text: ET.Element, size: float, anchor: str) -> Iterator[Box]:
    x, y = float(text.attrib["x"]), float(text.attrib["y"])
    spans = [span for span in text if span.get("x")] or [text]
    for span in spans:
        y += float(span.get("dy", 0))
        words = "".join(span.itertext())
        bold = "600" in (span.get("font-weight"), text.get("font-weight"))
        wide = lettering.width(words, size, bold=bold) / lettering.SLACK
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        yield Box(words, left, left + wide, y - 0.72 * size, y + 0.2 * size)


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("form", ["web", "phone", "slide"])
def test_no_words_touch_or_are_cut_off(form: str, language: str) -> None:
    for case in CASES.values():
        check(case, LOCALES[language], form)


@pytest.mark.parametrize("kind", sorted(charts.KINDS))
def test_no_words_touch_on_a_phone_whatever_kind_is_asked_for(kind: str) -> None:
    for case in CASES.values():
        check(as_kind(case, kind), LOCALES["en"], "phone")


def check(answer: Slice, locale: Locale, form: str) -> None:
    figure = charts.draw(answer, locale, form)
    found = list(boxes(charts.picture(figure)))
    width, height = figure["layout"]["width"], figure["layout"]["height"]
    for box in found:
        assert box.left >= -2, box
        assert box.right <= width + 2, box
        assert box.top >= -1, box
        assert box.bottom <= height + 2, box
    for one, other in combinations(found, 2):
        assert not one.touches(other), (one, other)


@pytest.mark.parametrize("form", ["web", "phone", "slide"])
@pytest.mark.parametrize("case", sorted(CASES))
def test_no_letters_are_smaller_than_twelve(case: str, form: str) -> None:
    layout = charts.draw(CASES[case], LOCALES["en"], form)["layout"]
    written = [layout["font"] | text.get("font", {}) for text in layout["annotations"]]
    sizes = [font["size"] for font in written]
    sizes += [layout[axis]["tickfont"]["size"] for axis in ("xaxis", "yaxis")]
    assert min(sizes) >= 12


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(10, 40)), min_size=1, max_size=6),
)
def test_labels_at_the_ends_of_lines_stand_apart(wanted: list[tuple[float, float]]) -> None:
    heights = [height for _, height in wanted]
    middles = labels.apart([want for want, _ in wanted], heights, (0, 300))
    order = sorted(range(len(wanted)), key=lambda i: middles[i])
    for upper, lower in pairwise(order):
        gap = middles[lower] - middles[upper] - (heights[upper] + heights[lower]) / 2
        assert gap >= -1e-6
    if sum(heights) <= 300:
        assert all(
            m - h / 2 >= -1e-6 and m + h / 2 <= 300 + 1e-6
            for m, h in zip(middles, heights, strict=True)
        )


@given(st.text("abcdefgh ijkl", min_size=1, max_size=60), st.floats(30, 300))
def test_wrapping_keeps_every_word(text: str, room: float) -> None:
    words = text.strip()
    lines = lettering.wrap(words, room, 13.5)
    assert " ".join(lines) == words
    for line in lines:
        assert " " not in line.strip() or lettering.width(line, 13.5) <= room


def test_an_address_goes_on_in_the_next_line_after_one_of_its_marks() -> None:
    address = "https://dashboard.example/charts/noncompliance_cluster?city=karachi,lahore&lang=ur"
    lines = lettering.broken(address, 200, 12)
    assert "".join(lines) == address and len(lines) > 2
    assert all(lettering.width(line, 12) <= 200 for line in lines)
    assert lettering.broken("", 200, 12) == []
