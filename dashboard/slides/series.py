"""The data of a native chart: categories, series, and the values of the cells as they are."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.charts import cells, moments, periods
from dashboard.i18n import Locale
from dashboard.i18n.bidi import MARKS
from dashboard.model import Cell, Key, Slice

LINES = ("line", "step", "multiples")
ROWS = ("bars", "stacked", "dots", "dumbbell")
MOST_LINES, MOST_ROWS, MOST_MONTHS = 4, 40, 12
COUNTED = ("M", "Q", "A", "FY", "C")
"""Frequencies whose periods follow one another without a hole."""


@dataclass(frozen=True, slots=True)
class Series:
    """One series: its name, the key whose colour it has, and a cell a category."""

    name: str
    key: Key
    cells: tuple[Cell | None, ...]

    @property
    def values(self) -> tuple[float | None, ...]:
        """The values as published; a cell that is not shown is a gap."""
        return tuple(cell.value if cell else None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Data:
    """What a native chart draws. `time` says that the categories are periods.

    Months that are too many to be named stand on an axis of dates, by the first of each: `days`.
    """

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    time: bool
    days: tuple[date, ...] = ()


def data_of(answer: Slice, kind: str, locale: Locale) -> Data | None:
    """Return the data of a native chart of a kind, None where only a picture can show it."""
    if kind in LINES and answer.freq in COUNTED and len(answer.keys) <= MOST_LINES:
        return _over_time(answer, kind, locale)
    if kind not in ROWS or answer.unit == "year" or len(answer.keys) > MOST_ROWS:
        return None
    if len(answer.periods) == 1:
        return _at_once(answer, kind, locale)
    if kind == "bars" and not answer.split and answer.freq in COUNTED:
        return _over_time(answer, kind, locale)
    return _by_period(answer, kind, locale)


def plain(text: str) -> str:
    """Return a text without marks of direction: a chart has one direction for each of its texts."""
    return MARKS.sub("", text)


def _over_time(answer: Slice, kind: str, locale: Locale) -> Data:
    """Periods are categories, those without a cell too; each key is a series."""
    shown = _without_holes(answer.periods, answer.freq)
    series = [
        _series(answer, key, [(key, period) for period in shown], locale) for key in answer.keys
    ]
    names = tuple(plain(_named(period, answer, locale)) for period in shown)
    months = shown if answer.freq == "M" and len(shown) > MOST_MONTHS else []
    days = tuple(date.fromisoformat(f"{month}-01") for month in months)
    return Data(kind, names, tuple(series), time=True, days=days)


def _named(period: str, answer: Slice, locale: Locale) -> str:
    """Return the short name of a period and whether it is incomplete: no fall of the figures."""
    name = periods.short(period, answer, locale)
    if any(unfinished(p.cell) for p in answer.points if p.time_period == period):
        return locale.text("{period}: incomplete", period=name)
    return name


def unfinished(cell: Cell | None) -> bool:
    """Whether a cell tells of a period that is not over."""
    return cell is not None and "incomplete" in cell.flags


def _by_period(answer: Slice, kind: str, locale: Locale) -> Data:
    """Keys are categories and each period is a series; stacked shares stand the other way."""
    if kind == "stacked":
        return _over_time(answer, kind, locale)
    keys = answer.keys
    series = [
        Series(
            plain(periods.short(period, answer, locale)),
            (),
            _found(answer, [(key, period) for key in keys]),
        )
        for period in answer.periods
    ]
    names = tuple(plain(cells.name(key, answer, locale)) for key in keys)
    return Data(kind, names, tuple(series), time=False)


def _at_once(answer: Slice, kind: str, locale: Locale) -> Data:
    """One period: the first dimension gives categories, a second one gives series."""
    (period,) = answer.periods
    heads = tuple(dict.fromkeys(key[:1] for key in answer.keys))
    if answer.order == "value" and len(answer.split) == 1:
        size = {p.key: -math.inf if p.cell.value is None else p.cell.value for p in answer.points}
        heads = tuple(sorted(heads, key=lambda head: -size[head]))
    rests = tuple(dict.fromkeys(key[1:] for key in answer.keys))
    series = [
        _series(answer, rest, [(head + rest, period) for head in heads], locale) for rest in rests
    ]
    names = tuple(plain(cells.name(head, answer, locale)) for head in heads)
    return Data(kind, names, tuple(series), time=False)


def _series(answer: Slice, key: Key, places: Sequence[tuple[Key, str]], locale: Locale) -> Series:
    name = cells.name(key, answer, locale) if key else locale.text(answer.title)
    return Series(plain(name), key, _found(answer, places))


def _found(answer: Slice, places: Sequence[tuple[Key, str]]) -> tuple[Cell | None, ...]:
    known = {(point.key, point.time_period): point.cell for point in answer.points}
    return tuple(known.get(place) for place in places)


def _without_holes(shown: Sequence[str], freq: str) -> list[str]:
    first, last = (round(moments.position(period)) for period in (shown[0], shown[-1]))
    return [_period(freq, place) for place in range(first, last + 1)]


def _period(freq: str, place: int) -> str:
    written = {
        "M": f"{place // 12}-{place % 12 + 1:02d}",
        "Q": f"{place // 4}-Q{place % 4 + 1}",
        "A": f"{place}",
        "FY": f"FY{place}",
        "C": f"C{place}",
    }
    return written[freq]


def without_value(data: Data) -> tuple[str, ...]:
    """Return the names of the categories that have nothing to draw."""
    return tuple(
        name
        for place, name in enumerate(data.categories)
        if all(series.values[place] is None for series in data.series)
    )


def number_format(answer: Slice, locale: Locale, divisor: float) -> str:
    """Return the number format of axis and labels: digits of the language, counted in `divisor`."""
    thousands = {1e9: ",,,", 1e6: ",,"}.get(divisor, "")
    decimals = 1 if thousands else answer.decimals
    point = "." + "0" * decimals if decimals else ""
    sign = '"%"' if answer.unit == "percent" else ""
    return f"{digits(locale)}#,##0{point}{thousands}{sign}"


def digits(locale: Locale) -> str:
    """Return the start of a number format whose digits are those of the language."""
    return "[$-5000445]" if re.search("[০-৯]", locale.number(1234567890)) else ""
