"""The one door: every indicator in every kind and language, only choices that have an answer."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from dashboard import catalogue, charts, i18n
from dashboard.catalogue import Indicator
from dashboard.model import PUBLIC, TOTAL, BadView, NoRelease, NotPublished, View
from dashboard.service import FORMS, Statistics, splits_of

CONFIG = Path(__file__).parents[1] / "config"
SHIPPED = catalogue.load(CONFIG)
LANGUAGES = tuple(i18n.locales(CONFIG))
EVERY = pytest.mark.parametrize("name", SHIPPED.indicators)


def views(indicator: Indicator) -> Iterator[View]:
    """Yield an indicator as it is shown by itself in every kind that it declares."""
    for kind in indicator.charts:
        yield View(indicator.id, chart=kind)


@pytest.mark.parametrize("language", LANGUAGES)
@EVERY
def test_every_indicator_is_drawn_in_every_kind_form_and_language(
    statistics: Statistics, name: str, language: str
) -> None:
    for view in views(SHIPPED.indicators[name]):
        asked = replace(view, lang=language)
        answer = statistics.slice(asked, PUBLIC)
        assert answer.kind == view.chart
        assert charts.kind_of(answer, "web") in charts.KINDS
        for form in FORMS:
            figure = statistics.figure(asked, PUBLIC, form)
            assert figure["data"] or figure["layout"]["annotations"] or not figure["live"]
            assert fromstring(charts.picture(figure)).tag.endswith("svg")
    card = statistics.card(View(name, lang=language), PUBLIC)
    assert card.title and card.subtitle and card.summary
    assert len(card.table.rows) == len(card.slice.points)
    assert all(field for row in card.table.rows for field in row)


@EVERY
def test_every_choice_that_is_offered_has_an_answer(statistics: Statistics, name: str) -> None:
    locale = statistics.locale()
    home = statistics.slice(View(name), PUBLIC)
    for control in statistics.controls(home, locale):
        assert len(control.options) > 1 or control.name in SHIPPED.codelists
        assert len({option.code for option in control.options}) == len(control.options)
        assert control.label and all(option.label for option in control.options)
        for option in control.options:
            chosen = View.from_pairs(name, {control.name: option.code})
            try:
                answer = statistics.slice(chosen, PUBLIC)
            except NotPublished:
                pytest.fail(f"{name}?{chosen.to_query()} is offered and not published")
            assert answer.points, chosen.to_query()


@EVERY
def test_controls_show_what_is_chosen(statistics: Statistics, name: str) -> None:
    locale = statistics.locale()
    for view in (View(name), View(name, lang="ur")):
        answer = statistics.slice(view, PUBLIC)
        for control in statistics.controls(answer, locale):
            chosen = [option.code for option in control.options if option.selected]
            assert control.multiple or len(chosen) <= 1, control
            if control.name in ("freq", "unit", "panel"):
                assert chosen == [getattr(answer, control.name)]
            if control.name == "split":
                assert chosen == [",".join(answer.split) or TOTAL]


def test_a_slice_carries_what_belongs_under_it(statistics: Statistics) -> None:
    answer = statistics.slice(View("exports_goods", freq="FY"), PUBLIC)
    release = statistics.release()
    assert (answer.release, answer.cut_off) == (release.id, release.cut_off)
    assert {source.id for source in answer.sources} <= set(release.sources)
    assert answer.sources and not answer.illustrative
    assert (answer.freq, answer.unit) == ("FY", "usd")
    used = {source for point in answer.points for source in point.cell.sources}
    assert {source.id for source in answer.sources} == used


def test_real_and_made_up_sources_never_share_a_slice(statistics: Statistics) -> None:
    for name in SHIPPED.indicators:
        answer = statistics.slice(View(name), PUBLIC)
        assert len({source.illustrative for source in answer.sources}) == 1, name


def test_a_comparison_of_one_moment_shows_the_last_period_unless_others_are_asked_for(
    statistics: Statistics,
) -> None:
    view = View("noncompliance_cluster", chart="bars")
    assert len(statistics.slice(view, PUBLIC).periods) == 1
    assert len(statistics.slice(replace(view, start="FY2024"), PUBLIC).periods) > 1


def test_what_is_unknown_is_refused_before_anything_is_drawn(statistics: Statistics) -> None:
    for wrong in (
        View("exports_goods", lang="xx"),
        View("exports_goods", theme="pink"),
        View("exports_goods", chart="pie"),
        View("weather"),
    ):
        for ask in (statistics.slice, statistics.figure, statistics.picture, statistics.card):
            with pytest.raises(BadView):
                ask(wrong, PUBLIC)
    with pytest.raises(NoRelease):
        statistics.slice(View("exports_goods", release="1999.1"), PUBLIC)


def test_a_pinned_view_of_the_current_release_shows_the_same_numbers(
    statistics: Statistics,
) -> None:
    name = statistics.release().id
    pinned = statistics.slice(View("exports_goods", release=name), PUBLIC)
    assert pinned.points == statistics.slice(View("exports_goods"), PUBLIC).points
    assert pinned.view.release == name


def test_tiles_leave_out_what_is_not_published(statistics: Statistics) -> None:
    there = View("exports_goods")
    absent = View("noncompliance_cluster", split=(TOTAL,))
    with pytest.raises(NotPublished):
        statistics.slice(absent, PUBLIC)
    tiles = statistics.tiles((there, absent, there), PUBLIC)
    assert len(tiles) == 2
    assert tiles[0] == tiles[1]


def test_splits_are_those_that_have_cells(statistics: Statistics) -> None:
    for indicator in SHIPPED.indicators.values():
        answer = statistics.slice(View(indicator.id), PUBLIC)
        found = splits_of(indicator, statistics.release(), answer)
        assert answer.split in found
        assert all(len(split) <= 2 and set(split) <= set(indicator.dimensions) for split in found)
        assert statistics.published(indicator)
    ghost = SHIPPED.indicators["exports_goods"].model_copy(update={"id": "weather"})
    assert not statistics.published(ghost)


def test_codes_that_a_fixed_choice_rules_out_are_offered_only_beside_another(
    statistics: Statistics,
) -> None:
    def countries(**said: str) -> set[str]:
        answer = statistics.slice(View.from_pairs("pay_gap", said), PUBLIC)
        controls = {c.name: c for c in statistics.controls(answer, statistics.locale())}
        return {option.code for option in controls["country"].options}

    assert "lower_middle_income" not in countries()
    assert countries(pay_measure="monthly") == {"pak", "lower_middle_income"}
