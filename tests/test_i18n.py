"""Numbers, dates, directions and plural forms of the four languages."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.i18n import Locale, bidi, locales
from dashboard.i18n.digits import MINUS

ROOT = Path(__file__).parent.parent
LOCALES = locales(ROOT / "config")
EN, UR, AR, BN = (LOCALES[code] for code in ("en", "ur", "ar", "bn"))
ALL = pytest.mark.parametrize("locale", LOCALES.values(), ids=lambda locale: locale.code)

SAMPLE = (
    ("en", "integer", "-2209541", "-2,209,541"),
    ("en", "percent1", "53.3", "53.3%"),
    ("ur", "integer", "-12345", "\u200e-12,345"),
    ("ur", "month-year", "2024-07", "جولائی 2024"),
    ("ar", "percent1", "-12.5", "\u200e-12.5\u200e%\u200e"),
    ("ar", "month-year", "2024-06", "يونيو 2024"),
    ("bn", "integer", "-2853192568", "-২,৮৫,৩১,৯২,৫৬৮"),
    ("bn", "decimal1", "14076.3", "১৪,০৭৬.৩"),
    ("bn", "month-year", "2024-02", "ফেব্রুয়ারি ২০২৪"),
)
"""What ICU writes: language, kind, value, text."""
WHOLE = ROOT.parent / "shared/i18n/icu_vectors.csv"
MARKS = re.compile("[\u200e\u200f\u061c\u2066-\u2069]")


def vectors() -> list[tuple[str, ...]]:
    if not WHOLE.exists():
        return list(SAMPLE)
    with WHOLE.open(encoding="utf-8", newline="") as file:
        return [*SAMPLE, *(tuple(row) for row in csv.reader(file) if row[0] != "lang")]


def seen(text: str) -> str:
    """What remains of a text without marks of direction; our minus is the true one."""
    return MARKS.sub("", text).replace("-", MINUS)


def written(locale: Locale, kind: str, value: str) -> str:
    if kind == "month-year":
        return locale.period(value)
    if kind == "percent1":
        return locale.value(float(value), "percent", 1)
    return locale.number(float(value), 1 if kind == "decimal1" else 0)


@pytest.mark.parametrize("vector", vectors(), ids=" ".join)
def test_numbers_and_months_read_as_icu_writes_them(vector: tuple[str, ...]) -> None:
    code, kind, value, icu = vector
    expected = seen(icu)
    if expected in (f"{MINUS}0", f"{MINUS}০"):
        expected = expected[1:]
    assert seen(written(LOCALES[code], kind, value)) == expected


def test_bengali_has_its_own_digits_in_lakhs_and_crores() -> None:
    assert BN.number(1234567) == "১২,৩৪,৫৬৭"
    assert BN.number(12345678.9, 1) == "১,২৩,৪৫,৬৭৮.৯"
    assert BN.period("FY2025") == BN.text("FY {years} (July–June)", years="২০২৪/২৫")


@ALL
def test_a_minus_is_a_true_one_and_never_stands_before_zero(locale: Locale) -> None:
    assert seen(locale.number(-4))[0] == MINUS
    assert "-" not in locale.number(-12345.6, 1)
    assert MINUS not in locale.number(-0.2)
    assert MINUS not in locale.change(-0.001, "points", 1)


@ALL
@given(value=st.floats(-1e12, 1e12), decimals=st.integers(0, 2))
def test_a_number_can_be_read_back(locale: Locale, value: float, decimals: int) -> None:
    plain = seen(locale.number(value, decimals)).translate(
        str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
    )
    read = float(plain.replace(",", "").replace(MINUS, "-"))
    assert abs(read - value) <= 0.5 * 10**-decimals + 1e-4


@pytest.mark.parametrize("locale", [UR, AR], ids=lambda locale: locale.code)
@pytest.mark.parametrize(
    "text",
    [
        LOCALES["ur"].value(-2.5e9, "usd"),
        LOCALES["ur"].change(3.2, "percent", 1),
        LOCALES["ar"].change(-5, "points"),
        LOCALES["ar"].period("FY2025"),
        LOCALES["ur"].text("Source: {publisher}, {title}", publisher="UN Comtrade", title="HS 61"),
    ],
)
def test_in_right_to_left_text_every_number_and_latin_word_is_isolated(
    locale: Locale, text: str
) -> None:
    outside = re.sub("\u2066[^\u2066\u2069]*\u2069", "", text)
    assert not re.search(r"[A-Za-z0-9]", outside), text
    assert text.count("\u2069") == sum(text.count(mark) for mark in bidi.OPENING)
    assert locale.text("{title}: {places}", title=text, places="x").count(text) == 1


def test_left_to_right_text_carries_no_marks() -> None:
    for locale in (EN, BN):
        said = locale.value(-2.5e9, "usd") + locale.date(date(2024, 7, 1)) + locale.period("C2")
        assert not MARKS.search(said)


@pytest.mark.parametrize("locale", [UR, AR, BN], ids=lambda locale: locale.code)
def test_a_sign_stands_at_the_number_where_the_currency_follows(locale: Locale) -> None:
    assert re.match(f"[{MINUS}]", seen(locale.value(-3.1e8, "usd")))
    assert seen(locale.change(3.1e8, "usd")).startswith("+")
    assert locale.value(-3.1e8, "usd").count(MINUS) == 1


def test_in_english_a_sign_stands_before_the_currency() -> None:
    assert EN.value(-2.5e9, "usd") == f"{MINUS}US$ 2.5 billion"
    assert EN.change(3.1e8, "usd") == "+US$ 310 million"
    assert EN.change(-4, "pkr") == f"{MINUS}PKR 4"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0 مصنع"),
        (1, "مصنع واحد"),
        (2, "مصنعان"),
        (3, "3 مصانع"),
        (11, "11 مصنعًا"),
        (100, "100 مصنع"),
        (103, "103 مصانع"),
    ],
)
def test_arabic_counts_in_six_forms(value: float, said: str) -> None:
    assert seen(AR.quantity(value, "factories")) == said


def test_a_part_of_one_thing_takes_the_general_form() -> None:
    assert seen(AR.quantity(1.5, "visits", 1)) == "1.5 زيارة"
    assert EN.change(0.5, "points", 1) == "+0.5 percentage points"
    assert EN.change(-1, "points") == f"{MINUS}1 percentage point"


def test_urdu_and_bengali_count_in_two_forms() -> None:
    assert seen(UR.quantity(1, "factories")) == "1 فیکٹری"
    assert seen(UR.quantity(2, "factories")) == "2 فیکٹریاں"
    assert BN.quantity(2, "factories") == "২টি কারখানা"


@ALL
def test_a_list_has_the_commas_of_its_language(locale: Locale) -> None:
    comma = "،" if locale.direction == "rtl" else ","
    assert seen(locale.join(["x", "", "y"])) == f"x{comma} y"


@ALL
def test_a_range_of_periods_is_in_words(locale: Locale) -> None:
    said = locale.range("2021-07", "2024-06")
    assert locale.period("2021-07") in said
    assert locale.period("2024-06") in said
    assert "-" not in said
    assert locale.range("2024", "2024") == locale.period("2024")
