"""July to June, quarters, months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_loaders.periods import before, last_day, months, months_of, period_of, span

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(days)
def test_a_day_lies_in_the_months_of_its_own_period(day: date) -> None:
    for freq in ("Q", "A", "FY"):
        assert period_of(day, "M") in months_of(period_of(day, freq))


@given(days)
def test_the_last_day_of_a_period_is_in_it_and_the_next_day_is_not(day: date) -> None:
    for freq in ("M", "Q", "A", "FY"):
        period = period_of(day, freq)
        end = last_day(period)
        assert period_of(end, freq) == period
        assert period_of(date.fromordinal(end.toordinal() + 1), freq) != period


def test_a_fiscal_year_runs_from_july_to_june() -> None:
    assert months_of("FY2025")[0] == "2024-07"
    assert months_of("FY2025")[-1] == "2025-06"


@pytest.mark.parametrize(
    ("period", "year", "previous"),
    [
        ("2025-01", "2024-01", "2024-12"),
        ("2025-Q1", "2024-Q1", "2024-Q4"),
        ("FY2025", "FY2024", "FY2024"),
        ("2025", "2024", "2024"),
    ],
)
def test_a_period_is_compared_with_the_same_one_a_year_before_or_the_one_before(
    period: str, year: str, previous: str
) -> None:
    assert before(period, "year") == year
    assert before(period, "previous") == previous


def test_a_span_holds_every_period_between() -> None:
    assert span("2024-11", "2025-02", "M") == ["2024-11", "2024-12", "2025-01", "2025-02"]
    assert span("FY2023", "FY2025", "FY") == ["FY2023", "FY2024", "FY2025"]
    assert span("2024-Q3", "2025-Q1", "Q") == ["2024-Q3", "2024-Q4", "2025-Q1"]
    assert list(months("2024-12", "2025-01")) == ["2024-12", "2025-01"]
