"""Periods of a slice in words: what counts from July on says from when to when."""

from dashboard.charts import moments
from dashboard.i18n import Locale
from dashboard.model import Slice


def words(period: str, answer: Slice, locale: Locale) -> str:
    """Return a period in full; of sums since July the first and the last month."""
    first = _start(period, answer)
    if first == period:
        return locale.period(period)
    return locale.text("{first} to {last}", first=locale.period(first), last=locale.period(period))


def ranged(period: str, answer: Slice) -> bool:
    """Whether a period reaches back to an earlier month."""
    return _start(period, answer) != period


def short(period: str, answer: Slice, locale: Locale) -> str:
    """Return a period as short as a label needs it."""
    first = _start(period, answer)
    if first == period:
        return locale.period_short(period)
    ends = (locale.period_short(month) for month in (first, period))
    return locale.text("{first} – {last}", **dict(zip(("first", "last"), ends, strict=True)))


def _start(period: str, answer: Slice) -> str:
    """Return the July from which a month counts, or the period itself."""
    return moments.july(period) if answer.to_date and answer.freq == "M" else period


def span(answer: Slice, locale: Locale) -> str:
    """Return the period of a slice, or its first and last."""
    periods = answer.periods
    if len(periods) < 2:
        return words(periods[0], answer, locale) if periods else ""
    if answer.freq == "FY":
        ends = (locale.period_short(period) for period in (periods[0], periods[-1]))
        named = dict(zip(("first", "last"), ends, strict=True))
        return locale.text("FY {first} to {last} (July–June)", **named)
    first, last = locale.period(periods[0]), locale.period(periods[-1])
    return locale.text("{first} to {last}", first=first, last=last)
