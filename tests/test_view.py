"""A view is a URL and a URL is a view."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import NAMED, BadView, View

code = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
codes = st.lists(code, min_size=1, max_size=3, unique=True).map(tuple)
dimension = code.filter(lambda name: name not in NAMED)

views = st.builds(
    View,
    indicator=st.just("exports_goods"),
    split=st.one_of(st.just(()), codes),
    filters=st.dictionaries(dimension, codes, max_size=3).map(lambda d: tuple(sorted(d.items()))),
    freq=st.sampled_from(["", "M", "Q", "A", "FY", "C"]),
    start=st.sampled_from(["", "2024-07", "2024-Q3", "FY2025", "C2"]),
    end=st.sampled_from(["", "2025-06", "2025", "FY2026"]),
    unit=st.sampled_from(["", "usd", "eur"]),
    panel=st.sampled_from(["", "all", "same"]),
    chart=st.sampled_from(["", "line", "bars"]),
    lang=st.sampled_from(["", "ur", "ar", "bn"]),
    release=st.sampled_from(["", "2026.2", "2026.2.1"]),
    theme=st.sampled_from(["", "dark"]),
)


@given(views)
def test_a_view_survives_the_way_through_its_address(view: View) -> None:
    assert View.from_query(view.indicator, view.to_query()) == view


@given(views)
def test_the_address_of_a_view_needs_no_escapes(view: View) -> None:
    assert "%" not in view.to_query()


def test_only_what_is_named_is_written() -> None:
    assert View("exports_goods").to_query() == ""
    view = View.from_query("x", "?city=karachi,lahore&split=city&lang=ur")
    assert view.to_query() == "split=city&city=karachi,lahore&lang=ur"


def test_a_name_given_twice_is_refused_and_named() -> None:
    with pytest.raises(BadView, match="city: named twice"):
        View.from_query("x", "city=karachi&city=lahore")


@given(st.text(max_size=60))
def test_no_address_breaks_the_reader(text: str) -> None:
    try:
        view = View.from_query("x", text)
    except BadView:
        return
    assert View.from_query("x", view.to_query()).filters == view.filters
