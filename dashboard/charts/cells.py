"""One cell in words: its value as it is to be read, its status, how sure it is."""

import math
from collections.abc import Iterator

from dashboard.charts import periods
from dashboard.i18n import Locale
from dashboard.model import OFFICIAL_USE, Cell, Key, Slice

SURE = 40
"""From this many factories on a rate needs no interval."""

Z = 1.959964
"""Two-sided 95 % of the normal distribution."""


def shown(cell: Cell, answer: Slice, locale: Locale) -> str:
    """Return the value with its unit and qualifier, or the words for a value that is not shown."""
    if cell.value is None:
        return hidden(cell, locale)
    if answer.unit == "year":
        return qualified(cell, locale.period_short(f"{cell.value:.0f}"), locale)
    return qualified(cell, locale.value(cell.value, answer.unit, answer.decimals), locale)


def brief(cell: Cell, answer: Slice, locale: Locale, divisor: float = 1) -> str:
    """Return the value without its unit where the axis says it; hidden values as a mark."""
    if cell.value is None:
        return "–"
    decimals = answer.decimals if divisor == 1 else 1
    return qualified(cell, locale.number(cell.value / divisor, decimals), locale)


def in_axis_unit(cell: Cell, answer: Slice, divisor: float, locale: Locale) -> str:
    """Return a known value in the unit that the axis counts in."""
    if cell.value is None or divisor == 1:
        return shown(cell, answer, locale)
    return qualified(cell, locale.number(cell.value / divisor, 1), locale)


def qualified(cell: Cell, value: str, locale: Locale) -> str:
    """Put a printed value as its publisher did: under 10, over 90, over 30, about 500."""
    words = {
        "lt": locale.isolate(locale.text("<{value}", value=value)),
        "gt": locale.isolate(locale.text(">{value}", value=value)),
        "over": locale.text("over {value}", value=value),
        "about": locale.text("about {value}", value=value),
        "at_least": locale.text("at least {value}", value=value),
    }
    return words.get(cell.qualifier, value)


def hidden(cell: Cell, locale: Locale) -> str:
    """Return why a cell shows no number."""
    words = {
        "c": locale.text("not shown to protect confidentiality"),
        "z": locale.text("not applicable"),
    }
    return words.get(cell.status, locale.text("not available"))


def status(cell: Cell, answer: Slice, locale: Locale) -> str:
    """Return every status word of a cell; never empty."""
    return "; ".join(_status(cell, answer, locale))


def _status(cell: Cell, answer: Slice, locale: Locale) -> Iterator[str]:
    if cell.value is None:
        yield hidden(cell, locale)
    elif cell.status == "u":
        yield unsure(answer, locale)
    else:
        yield locale.text("as measured")
    yield from flags(cell, locale)
    if answer.illustrative:
        yield locale.text("illustrative")


def unsure(answer: Slice, locale: Locale) -> str:
    """Return the word for a value of low reliability; of a stated year that is an open question."""
    if answer.unit == "year":
        return locale.text("not confirmed")
    return locale.text("low reliability")


def flags(cell: Cell, locale: Locale) -> list[str]:
    """Return the words of the flags of a cell."""
    words = {
        "incomplete": locale.text("incomplete period"),
        "p": locale.text("provisional"),
        "r": locale.text("revised"),
        "e": locale.text("estimated"),
        "b": locale.text("break in series"),
        OFFICIAL_USE: locale.text("for official use"),
    }
    return [words[flag] for flag in words if flag in cell.flags]


def wilson(rate: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a rate in per cent of n (Wilson 1927), from published figures."""
    p, z2 = rate / 100, Z * Z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, 100 * (centre - half)), min(100.0, 100 * (centre + half))


def interval(cell: Cell, answer: Slice) -> tuple[float, float] | None:
    """Return the interval of a published rate of fewer than 40; None where none is needed."""
    if cell.value is None or cell.qualifier or not cell.n or cell.n >= SURE:
        return None
    if answer.unit != "percent" or not 0 <= cell.value <= 100:
        return None
    return wilson(cell.value, cell.n)


def interval_text(cell: Cell, answer: Slice, locale: Locale) -> str:
    """Return the interval in words, "" where there is none."""
    bounds = interval(cell, answer)
    if bounds is None:
        return ""
    low, high = (locale.number(bound, 0) for bound in bounds)
    return locale.text("{low} to {high}%", low=low, high=high)


def base(cell: Cell, locale: Locale) -> str:
    """Return the denominator of a cell in words, "" where none applies."""
    if cell.n is None:
        return ""
    return locale.isolate(locale.text("n = {n}", n=locale.number(cell.n, 0)))


def name(key: Key, answer: Slice, locale: Locale) -> str:
    """Return the name of a series in the reader's language; the empty key is the whole."""
    if not key:
        return locale.text(answer.title)
    return locale.join([code_name(d, code, answer, locale) for d, code in key])


def code_name(dimension: str, code: str, answer: Slice, locale: Locale) -> str:
    """Return the name of a code in the reader's language."""
    return locale.text(answer.labels[dimension].get(code, code))


def hover(key: Key, period: str, cell: Cell, answer: Slice, locale: Locale) -> str:
    """Return what hovering says: series, period, value, base, flags."""
    series = name(key, answer, locale) if key else ""
    value = shown(cell, answer, locale)
    bounds = interval_text(cell, answer, locale)
    sure = locale.text("95% interval {interval}", interval=bounds) if bounds else ""
    when = "" if answer.unit == "year" else periods.words(period, answer, locale)
    parts = [series, when, value, base(cell, locale), sure, *flags(cell, locale)]
    return ", ".join(part for part in parts if part)
