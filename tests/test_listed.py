"""Lists that are shown whole: every code that belongs has a row, found or not."""

from dashboard.catalogue import CodeList, Indicator
from dashboard.model import Cell, Key
from data_loaders import listed

INDICATOR = Indicator.model_validate(
    {
        "id": "conventions",
        "title": "Conventions",
        "measure": "Year",
        "definition": "Year.",
        "theme": "gsp",
        "formula": {"kind": "level", "numerator": {"measure": "year"}},
        "unit": "year",
        "freq": ["A"],
        "dimensions": ["instrument"],
        "whole": {"instrument": "listed"},
    }
)
LIST = CodeList.model_validate(
    {
        "id": "instrument",
        "label": "Instrument",
        "codes": {
            "a": {"label": "A", "listed": True, "confirmed": True},
            "b": {"label": "B", "listed": True, "confirmed": False},
            "c": {"label": "C", "listed": True, "confirmed": True},
            "d": {"label": "D", "listed": False, "confirmed": True},
        },
    }
)


def at(code: str) -> Key:
    return (("instrument", code),)


def whole() -> dict[Key, dict[str, Cell]]:
    found = {
        at("a"): {"1957": Cell(1957), "1958": Cell(None, "x"), "1966": Cell(None, "x")},
        at("b"): {"1966": Cell(1966)},
        at("d"): {"2011": Cell(2011)},
    }
    return listed.whole(INDICATOR, found, {"instrument": LIST})


def test_every_listed_code_has_a_row_and_no_other() -> None:
    assert list(whole()) == [at("a"), at("b"), at("c")]


def test_a_code_without_a_figure_is_not_available() -> None:
    assert [cell.status for cell in whole()[at("c")].values()] == ["x"]


def test_years_without_the_code_are_no_gaps() -> None:
    assert whole()[at("a")] == {"1957": Cell(1957)}


def test_what_the_list_does_not_confirm_is_of_low_reliability() -> None:
    assert whole()[at("b")]["1966"] == Cell(1966, "u")
