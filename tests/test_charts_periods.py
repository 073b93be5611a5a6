"""Time as charts read it: what stands apart, what may be joined, what counts from July on."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from chart_slices import CASES, EVENTS, LABELS, at, enrolled, sliced, to_date

from dashboard import charts
from dashboard.charts import moments, periods, style
from dashboard.charts.dialect import Figure, Trace
from dashboard.i18n import locales
from dashboard.model import Cell, Point, Slice

LOCALES = locales(Path(__file__).parent.parent / "config")
EN = LOCALES["en"]


def reported(months: tuple[str, ...]) -> Slice:
    points = (Point(month, (), Cell(10.0 + i)) for i, month in enumerate(months))
    return sliced(*points, unit="factories", kind="line")


def lines(figure: Figure) -> list[Trace]:
    return [trace for trace in figure["data"] if trace.get("mode") == "lines"]


def words(figure: Figure) -> list[str]:
    return [text["text"] for text in figure["layout"]["annotations"]]


def test_months_that_are_reported_once_a_quarter_are_joined() -> None:
    figure = charts.draw(reported(("2024-03", "2024-06", "2024-09", "2024-12")), EN)
    assert None not in lines(figure)[0]["y"]


def test_a_missing_month_among_months_stays_a_gap() -> None:
    figure = charts.draw(reported(("2024-03", "2024-04", "2024-05", "2024-08", "2024-09")), EN)
    assert lines(figure)[0]["y"].count(None) == 1


@pytest.mark.parametrize(
    ("freq", "found", "step"),
    [
        ("M", ("2024-03", "2024-06", "2024-09"), 3),
        ("M", ("2024-03", "2024-06"), 1),
        ("M", ("2024-01", "2024-02", "2024-05"), 1),
        ("FY", ("FY2021", "FY2024", "FY2027"), 1),
    ],
)
def test_a_cadence_is_told_by_months_alone(freq: str, found: tuple[str, ...], step: int) -> None:
    assert moments.cadence(found, freq) == step


@pytest.mark.parametrize(
    ("month", "july"), [("2026-07", "2026-07"), ("2026-12", "2026-07"), ("2027-06", "2026-07")]
)
def test_a_fiscal_year_begins_in_july(month: str, july: str) -> None:
    assert moments.july(month) == july


def test_a_sum_since_july_says_from_when_to_when() -> None:
    answer = to_date()
    assert periods.words("2025-03", answer, EN) == "July 2024 to March 2025"
    assert periods.words("2025-07", answer, EN) == "July 2025"
    assert periods.words("2025-03", replace(answer, to_date=False), EN) == "March 2025"


def test_a_summary_of_a_sum_since_july_reads_from_when_to_when() -> None:
    said = charts.summary(to_date(), EN)
    assert "from July 2026 to September 2026" in said[0]
    assert "July 2025 to September 2025" in said[1]
    assert "Highest" not in " ".join(said)


def test_a_sum_since_july_gets_no_finding() -> None:
    final = [replace(p, cell=replace(p.cell, flags=())) for p in to_date(24).points]
    settled = replace(to_date(), points=tuple(final))
    assert charts.title(settled, EN) == "Exports since July"
    assert charts.title(replace(settled, to_date=False), EN) != "Exports since July"


def test_fiscal_years_stand_above_one_another_on_the_same_months() -> None:
    figure = charts.draw(to_date(), EN)
    drawn = lines(figure)
    assert len(drawn) == 3
    assert all(trace["x"][0] == 0 for trace in drawn)
    assert max(x for trace in drawn for x in trace["x"] if x is not None) == 11
    assert figure["layout"]["xaxis"]["ticktext"][0] == "Jul"
    assert {"2024/25", "2025/26"} <= set(words(figure))
    assert any(text.startswith("2026/27: US$") for text in words(figure))


def test_the_newest_fiscal_year_always_has_the_first_colour() -> None:
    for months in (24, 27):
        newest = lines(charts.draw(to_date(months), EN))[-1]
        assert newest["line"]["color"] == style.LIGHT["blue"]


def test_sums_since_july_are_never_joined_over_the_end_of_a_year() -> None:
    figure = charts.draw(replace(to_date(), kind="line"), EN)
    assert lines(figure)[0]["y"].count(None) == 2


def test_several_fiscal_years_are_named_once() -> None:
    points = [Point(f"FY{year}", (), Cell(float(year))) for year in (2023, 2024, 2025)]
    assert periods.span(sliced(*points, freq="FY"), EN) == "FY 2022/23 to 2024/25 (July–June)"


def test_a_level_that_was_set_long_ago_ends_dashed_and_says_so() -> None:
    old = [Point("2022-07-01", at(jurisdiction="sindh"), Cell(25000.0))]
    new = [Point("2025-07-01", at(jurisdiction="punjab"), Cell(40000.0))]
    given = {"unit": "pkr_month", "freq": "D", "kind": "step", "split": ("jurisdiction",)}
    figure = charts.draw(sliced(*new, *old, cut_off=date(2026, 9, 30), **given), EN)
    dashed = [trace for trace in lines(figure) if trace["line"].get("dash")]
    assert len(dashed) == 1
    assert dashed[0]["line"]["color"] == style.LIGHT["blue"]
    assert "Dashed: no later figure found" in words(figure)
    recent = charts.draw(sliced(*new, cut_off=date(2026, 9, 30), **given), EN)
    assert "Dashed: no later figure found" not in words(recent)


def test_no_two_lines_of_a_chart_share_a_colour() -> None:
    codes = {"": "Jurisdiction", "punjab": "P", "sindh": "S", "kp": "K", "federal": "F"}
    keys = tuple(at(jurisdiction=code) for code in codes if code)
    found = style.colours(keys, {"jurisdiction": codes})
    assert len(set(found.values())) == 4
    assert found[at(jurisdiction="sindh")] == "blue"


def test_a_colour_means_one_place_whatever_else_a_line_is_split_by() -> None:
    keys = tuple(at(jurisdiction=code, skill="unskilled") for code in ("kp", "punjab", "sindh"))
    found = style.colours(keys, {"jurisdiction": {}, "skill": {"": "Skill", "unskilled": "U"}})
    assert [found[key] for key in keys[1:]] == ["plum", "blue"]
    assert found[keys[0]] not in ("plum", "blue")


def test_columns_have_no_lines_of_events_and_no_boundless_width() -> None:
    points = [Point(f"FY{year}", (), Cell(3e10)) for year in (2022, 2023)]
    answer = sliced(*points, freq="FY", kind="bars", events=EVENTS)
    figure = charts.draw(answer, EN)
    assert not [shape for shape in figure["layout"]["shapes"] if shape["line"].get("dash")]
    assert figure["data"][0]["width"] < 0.4


def test_an_open_mark_is_explained() -> None:
    assert "Open mark: provisional" in words(
        charts.draw(replace(to_date(), kind="line", to_date=False), EN)
    )
    assert "Open mark: provisional" not in words(charts.draw(enrolled(), EN))


def test_figures_of_unlike_things_are_listed_without_an_axis() -> None:
    figure = charts.draw(CASES["reached"], EN)
    assert not figure["data"]
    assert not figure["layout"]["xaxis"]["tickvals"]
    assert {"133", "8,097"} <= set(words(figure))
    assert charts.summary(CASES["reached"], EN) == [
        "September 2026: Factories enrolled 133, Supervisors trained 8,097."
    ]


def test_a_bound_of_a_value_has_an_open_mark() -> None:
    points = [
        Point(f"FY{2023 + i}", (), Cell(10.0, n=90, qualifier="lt" if i == 1 else ""))
        for i in range(3)
    ]
    figure = charts.draw(sliced(*points, unit="percent", freq="FY", direction="lower"), EN)
    marks = next(t for t in figure["data"] if t.get("mode") == "markers")
    assert [colour == style.LIGHT["paper"] for colour in marks["marker"]["color"]] == [
        False,
        True,
        False,
    ]


def test_a_stated_year_that_no_source_confirms_says_so() -> None:
    labels = {**LABELS, "instrument.group": {"c087": "Labour", "cat": "Rights", "x": "Rights"}}
    points = [
        Point("1951", at(instrument="c087"), Cell(1951.0)),
        Point("2010", at(instrument="cat"), Cell(2010.0, "u")),
        Point("2010", at(instrument="x"), Cell(None, "x")),
    ]
    answer = sliced(
        *points, title="Conventions", unit="year", freq="A", kind="timeline",
        split=("instrument",), labels=labels,
    )  # fmt: skip
    said = words(charts.draw(answer, EN))
    assert {"1951", "2010, not confirmed", "year not found", "Labour", "Rights"} <= set(said)
    table = charts.table(answer, EN)
    assert "Period" not in table.columns
    assert [row[-1] for row in table.rows] == ["as measured", "not confirmed", "not available"]
    assert "2 of 3" in charts.summary(answer, EN)[0]
