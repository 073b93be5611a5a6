"""The primary rule: who stands behind a cell decides whether it may show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import Cell, Key
from data_loaders.protect import Primary, five_percent, hide, rounded, together


def primary(owners: dict[str, str] | None = None, **brands: str) -> Primary:
    """Make a rule: factories a–z, brands given as strings of factory letters."""
    return Primary(owners or {}, {b: frozenset(fs) for b, fs in brands.items()}, p_percent=10)


def amounts(letters: str, value: float = 100) -> dict[str, float]:
    return dict.fromkeys(letters, value)


def test_four_owner_groups_are_too_few() -> None:
    assert not primary().allows_amount(amounts("abcd"))
    assert primary().allows_amount(amounts("abcde"))


def test_groups_of_owners_are_counted_not_factories() -> None:
    assert not primary(dict.fromkeys("abcd", "group")).allows_amount(amounts("abcdefg"))


def test_one_dominant_factory_hides_the_cell() -> None:
    assert not primary().allows_amount({**amounts("bcdef", 1), "a": 1000})


def test_the_rule_holds_without_any_one_brands_suppliers() -> None:
    assert primary(brand="abc").allows_amount(amounts("abcdefgh"))
    assert not primary(brand="abcd").allows_amount(amounts("abcdefgh"))


def test_a_rate_needs_ten_factories_and_five_of_each_without_a_brand() -> None:
    assert not primary().allows_rate("abcdefghi")
    assert primary().allows_rate("abcdefghij")
    assert not primary(brand="abcdef").allows_rate("abcdefghij")


@given(st.floats(0, 100))
def test_a_rate_is_published_in_steps_of_five_or_as_a_bound(rate: float) -> None:
    value, qualifier = five_percent(rate)
    if qualifier == "lt":
        assert (value, rate < 10) == (10, True)
    elif qualifier == "gt":
        assert (value, rate > 90) == (90, True)
    else:
        assert value % 5 == 0
        assert abs(value - rate) <= 2.5


@pytest.mark.parametrize(("value", "shown"), [(4, 0), (5, 10), (14, 10), (15, 20), (1234, 1230)])
def test_persons_are_rounded_to_ten_the_same_way_every_time(value: int, shown: int) -> None:
    assert rounded(Cell(value), "ten").value == shown


def test_siblings_stand_or_fall_together() -> None:
    cells: dict[tuple[Key, str], Cell] = {
        ((("city", city),), period): Cell(None, "c") if hide_it else Cell(50)
        for city, period, hide_it in [
            ("karachi", "FY2024", False),
            ("lahore", "FY2024", True),
            ("karachi", "FY2025", False),
            ("lahore", "FY2025", False),
        ]
    }
    shown = together(cells, ("city",), expected=2)
    assert [cell.status for cell in shown.values()] == ["c", "c", "A", "A"]


def test_a_hidden_cell_holds_nothing() -> None:
    hidden = hide(Cell(42, n=3, flags=("p",), qualifier="lt", sources=("s",)))
    assert hidden == Cell(None, "c", None, (), "", ("s",))
