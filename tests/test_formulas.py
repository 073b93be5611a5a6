"""Growth, sums to date, shares and changes, from published cells only."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import Cell
from data_loaders import formulas
from data_loaders.periods import months

values = st.one_of(st.none(), st.integers(0, 10**9))


def series(numbers: Sequence[int | None], first: str = "2022-07") -> dict[str, Cell]:
    """Make monthly cells from July 2022 on; None is a month that is not available."""
    periods = months(first, "2090-01")
    return {
        period: Cell(number, "A" if number is not None else "x", sources=("s",))
        for period, number in zip(periods, numbers, strict=False)
    }


def test_growth_compares_with_the_same_month_a_year_before() -> None:
    grown = formulas.growth(series([100] * 12 + [110]), "year")
    assert grown["2023-07"].value == 10
    assert list(grown) == ["2023-07"]


def test_no_growth_from_an_incomplete_or_missing_period() -> None:
    cells = series([100] * 12 + [110, 120])
    cells["2023-07"] = Cell(110, flags=("incomplete",))
    cells["2022-08"] = Cell(None, "x")
    grown = formulas.growth(cells, "year")
    assert (grown["2023-07"].value, grown["2023-07"].status) == (None, "x")
    assert (grown["2023-08"].value, grown["2023-08"].status) == (None, "x")


def test_growth_from_a_hidden_cell_is_hidden() -> None:
    cells = series([100] * 12 + [110])
    cells["2022-07"] = Cell(None, "c")
    assert formulas.growth(cells, "year")["2023-07"].status == "c"


def test_july_to_date_starts_again_each_july() -> None:
    sums = formulas.to_date(series([1] * 14))
    assert sums["2023-06"].value == 12
    assert sums["2023-07"].value == 1
    assert sums["2023-08"].value == 2


@given(st.lists(values, min_size=1, max_size=30))
def test_a_sum_to_date_is_the_sum_of_its_parts_or_not_available(numbers: list[int | None]) -> None:
    cells = series(numbers)
    for month, cell in formulas.to_date(cells).items():
        start = f"{int(month[:4]) - (month[5:] < '07')}-07"
        parts = [cells[m].value for m in months(start, month)]
        assert cell.value == (None if None in parts else sum(p for p in parts if p is not None))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30))
def test_a_cumulative_sum_ends_with_the_total(numbers: list[int]) -> None:
    cells = formulas.cumulative(series(list(numbers)))
    assert cells[max(cells)].value == sum(numbers)


def test_a_change_between_cycles_is_refused_where_a_rate_is_only_bounded() -> None:
    first, second = Cell(60, n=50), Cell(45, n=50)
    assert formulas.change({"C1": first, "C2": second})["C2"].value == -15
    bounded = formulas.change({"C1": first, "C2": Cell(10, qualifier="lt")})["C2"]
    assert (bounded.value, bounded.status) == (None, "x")
    assert formulas.change({"C1": Cell(None, "c"), "C2": second})["C2"].status == "c"


def test_euros_are_dollars_divided_by_dollars_per_euro_and_missing_rates_are_gaps() -> None:
    cells = {"2022": Cell(1053.4, sources=("a",)), "2023": Cell(10, sources=("a",))}
    euros = formulas.converted(cells, {"2022": Cell(1.0534, sources=("fx",))})
    assert round(euros["2022"].value or 0, 6) == 1000
    assert euros["2022"].sources == ("a", "fx")
    assert (euros["2023"].value, euros["2023"].status) == (None, "x")


def test_a_sum_with_a_hidden_part_is_hidden() -> None:
    cells = series([1, 2, 3])
    cells["2022-08"] = Cell(None, "c")
    for found in (formulas.to_date(cells), formulas.cumulative(cells)):
        assert [cell.status for cell in found.values()] == ["A", "c", "c"]
    assert formulas.added([cells, series([5, 5, 5])])["2022-08"].status == "c"


def test_shares_of_parts_add_up_to_a_hundred_however_they_were_rounded() -> None:
    parts = [series([240]), series([10]), series([50]), series([20])]
    whole = formulas.added(parts)
    shares = [formulas.share(part, whole)["2022-07"].value or 0 for part in parts]
    assert whole["2022-07"].value == 320
    assert round(sum(shares), 9) == 100


@given(
    st.dictionaries(st.sampled_from(["C1", "C2", "C3"]), st.integers(-90, 90)),
    st.dictionaries(st.sampled_from(["C1", "C2", "C3"]), st.integers(-90, 90)),
)
def test_change_within_and_through_composition_add_up_to_the_change_of_all(
    everybody: dict[str, int], same: dict[str, int]
) -> None:
    among_all = {cycle: Cell(value, n=9) for cycle, value in everybody.items()}
    among_same = {cycle: Cell(value, n=5) for cycle, value in same.items()}
    found = formulas.composition(among_all, among_same)
    assert set(found) == set(everybody) & set(same)
    for cycle, cell in found.items():
        assert same[cycle] + (cell.value or 0) == everybody[cycle]
        assert cell.n == 9


def test_composition_is_hidden_where_either_change_is() -> None:
    told, hidden = {"C2": Cell(-5, n=9)}, {"C2": Cell(None, "c")}
    for pair in ((told, hidden), (hidden, told)):
        assert formulas.composition(*pair)["C2"] == Cell(None, "c")
