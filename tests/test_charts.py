"""Every kind draws everything; nothing hidden shows; pictures hold what they should."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]  # it has no types
import pytest
from chart_slices import CASES, as_kind, at, by_city, by_cluster, enrolled, exports, shown, sliced
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import charts
from dashboard.charts import scales, style
from dashboard.i18n import locales
from dashboard.model import Cell, Point, Source

LOCALES = locales(Path(__file__).parent.parent / "config")
EN = LOCALES["en"]
SNAPSHOTS = Path(__file__).parent / "snapshots" / "charts"
FORMS = ("web", "phone", "slide")


def test_a_kind_is_found_by_its_file_name() -> None:
    assert {"line", "step", "bars", "heat", "dumbbell", "dots", "stacked", "timeline"} <= set(
        charts.KINDS
    )
    assert {"multiples", "progress", "milestones"} <= set(charts.KINDS)
    for name, kind in charts.KINDS.items():
        assert isinstance(kind.MOMENT, bool), name


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", sorted(charts.KINDS))
def test_every_kind_draws_every_slice(kind: str, form: str) -> None:
    for case in CASES.values():
        figure = charts.draw(as_kind(case, kind), EN, form)
        assert figure["layout"]["width"] == style.FORMS[form].width
        assert charts.picture(figure).startswith("<svg")


@pytest.mark.parametrize("theme", ["", "dark"])
@pytest.mark.parametrize("case", sorted(CASES))
def test_plotly_accepts_every_word_of_the_dialect(case: str, theme: str) -> None:
    figure = charts.draw(CASES[case], EN, "web", theme)
    go.Figure(data=figure["data"], layout=figure["layout"])
    assert all(trace["type"] in ("scatter", "bar") for trace in figure["data"])


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_figure_is_what_it_was(case: str) -> None:
    """A picture is reviewed as data: UPDATE_SNAPSHOTS=1 writes it anew."""
    figure = charts.draw(CASES[case], EN)
    drawn = json.dumps(figure, ensure_ascii=False, indent=1, sort_keys=True)
    compact = re.sub(r"\n\s+(?=[^\s\"{\[])", " ", drawn) + "\n"
    path = SNAPSHOTS / f"{case}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(compact, "utf-8")
    assert path.read_text("utf-8") == compact


def test_plotly_is_left_no_tick_and_no_number_to_format() -> None:
    for case in CASES.values():
        figure = charts.draw(case, EN)
        for axis in (figure["layout"]["xaxis"], figure["layout"]["yaxis"]):
            assert axis["tickmode"] == "array"
            assert len(axis["tickvals"]) == len(axis["ticktext"])
            assert len(axis["range"]) == 2
        for trace in figure["data"]:
            silent = trace.get("hoverinfo") == "skip"
            assert silent or trace["hovertemplate"] == "%{text}<extra></extra>"


def test_a_hidden_value_is_a_gap_never_a_zero() -> None:
    figure = charts.draw(by_city(), EN)
    colour = style.LIGHT["teal"]
    line = next(t for t in figure["data"] if t["mode"] == "lines" and t["line"]["color"] == colour)
    assert line["y"][1] is None
    assert 0 not in line["y"]


def test_a_hidden_bar_is_a_hollow_mark_with_its_reason_in_words() -> None:
    picture = charts.picture(charts.draw(by_cluster(), EN))
    assert picture.count("not shown to protect confidentiality") == 2
    assert picture.count("not available") == 1


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 66), max_size=60))
def test_a_hidden_value_moves_no_axis(hidden: set[int]) -> None:
    whole = exports()
    known = [point for i, point in enumerate(whole.points) if i not in hidden]
    masked = [
        replace(p, cell=Cell(None, "c")) if i in hidden else p for i, p in enumerate(whole.points)
    ]
    assert scales.scale(replace(whole, points=tuple(masked))) == scales.scale(
        replace(whole, points=tuple(known))
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.floats(1, 99)), min_size=2, max_size=8))
def test_hidden_bars_come_last_in_the_order_of_the_code_list(values: list[float | None]) -> None:
    codes = [f"c{i}" for i in range(len(values))]
    labels = {"thing": {"": "Thing", **{code: code for code in codes}}}
    points = [
        Point("2026", at(thing=code), shown(value))
        for code, value in zip(codes, values, strict=True)
    ]
    answer = sliced(
        *points, labels=labels, split=("thing",), order="value", kind="bars", unit="percent"
    )
    keys = charts.KINDS["bars"].ordered(answer)  # type: ignore[attr-defined]  # of this kind only
    found = [values[codes.index(key[0][1])] for key in keys]
    known = [value for value in found if value is not None]
    assert found[: len(known)] == sorted(known, reverse=True)
    hidden = [key[0][1] for key in keys[len(known) :]]
    assert hidden == [c for c, v in zip(codes, values, strict=True) if v is None]


def test_a_qualified_value_is_printed_as_its_publisher_did() -> None:
    picture = charts.picture(charts.draw(by_cluster(), EN))
    assert "&lt;10%" in picture
    assert "&gt;90%" in picture
    milestones = charts.picture(charts.draw(CASES["milestones"], EN))
    assert "over 30" in milestones
    assert "about 500" in milestones


def test_bars_begin_at_zero() -> None:
    for name in ("by_cluster", "columns", "growth", "women"):
        figure = charts.draw(as_kind(CASES[name], "bars"), EN)
        bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
        assert bars
        assert not any("base" in trace for trace in bars)
        axis = "yaxis" if bars[0]["orientation"] == "v" else "xaxis"
        low, high = figure["layout"][axis]["range"]  # type: ignore[literal-required]  # either axis
        assert low <= 0 <= high


def test_more_than_four_lines_become_small_multiples_on_one_scale() -> None:
    assert charts.kind_of(CASES["chapters"], "web") == "multiples"
    assert charts.kind_of(by_city(), "web") == "line"
    assert charts.kind_of(by_city(), "phone") == "multiples"


def test_an_incomplete_period_is_named_and_its_line_dashed() -> None:
    figure = charts.draw(by_city(), EN)
    assert any("incomplete" in text["text"] for text in figure["layout"]["annotations"])
    dashed = [t for t in figure["data"] if t.get("line", {}).get("dash")]
    assert len(dashed) == 3


def test_the_target_belongs_to_the_whole_only() -> None:
    assert "Target for the pilot phase" in charts.picture(charts.draw(enrolled(), EN))
    part = replace(enrolled(), chosen=(("city", "karachi"),))
    assert "Target for the pilot phase" not in charts.picture(charts.draw(part, EN))


def test_at_most_three_events_are_drawn() -> None:
    figure = charts.draw(exports(), EN)
    dotted = [s for s in figure["layout"]["shapes"] if s["line"].get("dash")]
    assert 1 <= len(dotted) <= 3
    words = " ".join(text["text"].replace("<br>", " ") for text in figure["layout"]["annotations"])
    assert "European Parliament votes to prolong the GSP rules" in words


def test_live_charts_are_those_that_plotly_can_draw() -> None:
    assert not charts.draw(CASES["heat"], EN)["live"]
    assert not charts.draw(CASES["timeline"], EN)["live"]
    assert charts.draw(exports(), EN)["live"]


def test_a_mirrored_chart_turns_bars_and_leaves_time_alone() -> None:
    urdu = LOCALES["ur"]
    low, high = charts.draw(by_cluster(), urdu)["layout"]["xaxis"]["range"]
    assert low > high
    first, last = charts.draw(exports(), urdu)["layout"]["xaxis"]["range"]
    assert first < last
    assert charts.picture(charts.draw(by_cluster(), urdu)).count('direction="ltr"') == 1


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("case", sorted(CASES))
def test_a_picture_needs_no_style_and_only_known_classes(case: str, language: str) -> None:
    picture = charts.picture(charts.draw(CASES[case], LOCALES[language]))
    fromstring(picture)
    assert "style" not in picture
    assert "url(" not in picture
    known = set(re.findall(r"\.([fs]-\w+)", charts.css())) | {"chart"}
    used = {name for names in re.findall(r'class="([^"]*)"', picture) for name in names.split()}
    assert used <= known


def test_a_line_of_sixty_seven_months_is_small() -> None:
    figure = charts.draw(exports(), EN)
    assert len(charts.picture(figure).encode()) <= 5_000
    assert len(json.dumps(figure, separators=(",", ":")).encode()) <= 12_000


def test_a_picture_file_carries_title_source_date_and_mark() -> None:
    for form in FORMS:
        drawing = charts.picture_file(by_city(), EN, form, link="dashboard.example/v/1")
        root = fromstring(drawing)
        words = " ".join(root.itertext())
        for part in ("Non-compliance rate", "Illustrative data", "2026.1", "/v/1"):
            assert part in words, (form, part)
        assert "class=" not in drawing
    assert float(root.attrib["width"]) == 1280
    assert abs(float(root.attrib["height"]) - 720) < 2


def test_words_around_a_picture_begin_where_the_language_begins() -> None:
    for language, x, anchor in (("en", 20, None), ("ur", 840, "end")):
        root = fromstring(charts.picture_file(exports(), LOCALES[language]))
        heading = next(text for text in root if text.tag.endswith("text"))
        assert (float(heading.attrib["x"]), heading.get("text-anchor")) == (x, anchor)


def test_a_picture_file_names_many_sources_by_their_publishers() -> None:
    def foot(*sources: Source) -> str:
        drawing = charts.picture_file(replace(exports(), sources=sources), EN)
        return " ".join(fromstring(drawing).itertext())

    bank = Source("a", "State Bank", "Exports", vintage="2026-08-20")
    undated = Source("b", "Gazette", "Notice", vintage="undated; about 2022")
    assert "State Bank, Exports, as of 20 August 2026" in foot(bank)
    assert "Gazette, Notice" in foot(bank, undated)
    assert "undated" not in foot(bank, undated)
    many = [replace(bank, id=str(i), publisher=f"Publisher {i % 3}") for i in range(5)]
    assert "Sources: Publisher 0, Publisher 1, Publisher 2" in foot(*many)


def test_a_figure_full_of_printed_words_is_not_live() -> None:
    codes = [f"c{i}" for i in range(40)]
    labels = {"thing": {"": "Thing", **{code: code for code in codes}}}
    points = [
        Point(period, at(thing=code), shown(50.0, n=90))
        for code in codes
        for period in ("C1", "C2")
    ]
    answer = sliced(
        *points, labels=labels, split=("thing",), kind="dumbbell", unit="percent", freq="C"
    )
    assert not charts.draw(answer, EN)["live"]
    assert charts.draw(replace(answer, points=tuple(points[:20])), EN)["live"]


def test_amounts_beside_marks_count_in_the_unit_of_the_axis() -> None:
    points = [
        Point(year, at(product=code), Cell(value))
        for code, value in (("hs61", 5.59e9), ("hs62", 2.41e9))
        for year in ("FY2025", "FY2026")
    ]
    for kind, printed in (("dumbbell", "5.6"), ("heat", "2.4")):
        answer = sliced(*points, freq="FY", kind=kind, split=("product",))
        assert printed in charts.picture(charts.draw(answer, EN))
        assert "US$ billion" in charts.subtitle(answer, EN)


def test_a_dark_picture_file_is_dark() -> None:
    drawing = charts.picture_file(exports(), EN, theme="dark")
    assert style.DARK["paper"] in drawing
    assert style.LIGHT["blue"] not in drawing


def test_a_small_line_leaves_gaps_open() -> None:
    points = [Point(f"202{i}", (), shown(None if i == 3 else float(i))) for i in range(6)]
    small = charts.spark(points, "A")
    assert len(re.findall(r"M", small)) == 2
    assert charts.spark(points[:1], "A") == ""


def test_one_moment_is_chosen_for_comparisons_only() -> None:
    assert charts.moment("bars", ("city",), "FY")
    assert not charts.moment("bars", (), "Q")
    assert not charts.moment("stacked", ("answer",), "C")
    assert not charts.moment("line", ("city",), "FY")


def test_a_colour_means_one_city_wherever_it_stands() -> None:
    keys = (at(city="faisalabad"), at(city="karachi"))
    found: dict[Any, str] = style.colours(keys, by_city().labels)
    assert found == {keys[0]: "teal", keys[1]: "blue"}
