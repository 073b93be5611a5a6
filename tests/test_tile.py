"""A tile is never a bare number: unit, period, named comparison, way on, and marks where due."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from chart_slices import CASES, SAMPLE

from dashboard import charts
from dashboard.components.tile import tiles
from dashboard.i18n import Locale, locales
from dashboard.model import Slice, View
from dashboard.web.render import kept, to_html

LOCALES = locales(Path(__file__).parent.parent / "config")


def link(path: str, query: str) -> str:
    """Return an address as a page in Urdu makes it."""
    return f"{path}?{query}&lang=ur" if query else f"{path}?lang=ur"


def shown(answer: Slice, locale: Locale = LOCALES["en"]) -> str:
    """Return the HTML of the tile of a slice."""
    tile = charts.tile(answer, locale)
    assert tile is not None
    return to_html(kept("tiles", tiles([tile], locale, link)))


def part(html: str, name: str) -> str:
    """Return the words of a part of a tile."""
    found = re.search(rf'<p class="{name}">(.*?)</p>', html)
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""


def test_a_tile_says_label_value_with_unit_and_period() -> None:
    html = shown(CASES["exports"])
    assert part(html, "tile-label") == "Exports of all goods"
    assert part(html, "tile-value").startswith("US$ ") and "billion" in part(html, "tile-value")
    assert part(html, "tile-period") == "July 2026 provisional"


def test_a_change_is_against_a_named_period_and_judged_in_a_word() -> None:
    said = part(shown(CASES["exports"]), "tile-change")
    assert re.fullmatch(r"↑ \+[\d.]+% compared with July 2025 better", said)
    html = shown(CASES["exports"])
    assert '<span class="arrow" aria-hidden="true">↑</span>' in html
    assert '<span class="verdict better">better</span>' in html


def test_an_indicator_without_direction_gets_no_judgement() -> None:
    html = shown(replace(CASES["exports"], direction="neutral"))
    assert "compared with July 2025" in html
    assert "verdict" not in html


def test_the_small_line_ends_at_the_period_that_the_tile_tells_of() -> None:
    answer = CASES["by_city"]
    tile = charts.tile(answer, LOCALES["en"])
    complete = [p for p in answer.points if "incomplete" not in p.cell.flags]
    assert len(complete) < len(answer.points)
    alone = charts.tile(replace(answer, points=tuple(complete)), LOCALES["en"])
    assert tile and alone and tile.spark and tile.spark == alone.spark


def test_what_may_not_be_compared_has_no_change() -> None:
    assert "tile-change" not in shown(CASES["one"])


def test_a_tile_of_made_up_data_is_marked_once() -> None:
    html = shown(CASES["enrolled"])
    assert html.lower().count(">illustrative<") == 1
    assert "tile-status" not in html or "illustrative" not in part(html, "tile-period")


def test_the_plain_status_is_not_said() -> None:
    answer = replace(CASES["exports"], points=CASES["exports"].points[:50])
    assert part(shown(answer), "tile-period") == "February 2025"


@pytest.mark.parametrize("name", ["lang", "release", "theme"])
def test_the_way_on_names_its_view_once_and_leaves_the_page_its_names(name: str) -> None:
    view = View.from_query("exports_goods", "market=deu,gbr&freq=FY&lang=ur&release=1&theme=dark")
    html = shown(replace(CASES["exports"], view=view), LOCALES["ur"])
    address = urlsplit(unescape(re.findall(r'href="([^"]+)"', html)[0]))
    assert address.path == "/charts/exports_goods"
    names = parse_qs(address.query)
    assert names["market"] == ["deu,gbr"] and names["freq"] == ["FY"]
    assert len(names.get(name, [])) == (name == "lang")


def test_tiles_are_one_list_with_a_link_each_and_pictures_that_say_nothing() -> None:
    found = [charts.tile(CASES[name], LOCALES["en"]) for name in ("exports", "enrolled", "growth")]
    html = to_html(kept("t", tiles([t for t in found if t], LOCALES["en"], link)))
    assert html.count("<ul") == 1 and html.count("<li") == html.count("<a ") == 3
    assert html.count("<svg") == html.count('<svg class="spark"') == 3
    assert len(re.findall(r"<svg[^>]* aria-hidden=\"true\"", html)) == 3


def test_names_from_data_are_escaped() -> None:
    html = shown(replace(CASES["exports"], title="<b>R&D</b>"))
    assert "<b>" not in html and "R&amp;D" in html


def test_the_words_are_those_of_the_language() -> None:
    html = shown(replace(CASES["enrolled"], sources=(SAMPLE,)), LOCALES["ur"])
    assert "compared with" not in html and "better" not in part(html, "tile-change")
