"""Title and subtitle: a finding only where a rule derives it, else what is shown."""

from collections.abc import Iterator

from dashboard.charts import cells, changes, scales
from dashboard.charts.changes import Change
from dashboard.i18n import Locale
from dashboard.model import TOTAL, Slice

BASE = 10
"""A finding about a rate needs this many behind it in both periods."""

WORDS = 15


def title(answer: Slice, locale: Locale) -> str:
    """Return the title of a view: a derived finding, else its descriptive title with its places."""
    return finding(answer, locale) or descriptive(answer, locale)


def descriptive(answer: Slice, locale: Locale) -> str:
    """Return what is shown, with the codes that were chosen."""
    name = locale.text(answer.title)
    places = chosen(answer, locale)
    return locale.text("{title}: {places}", title=name, places=places) if places else name


def chosen(answer: Slice, locale: Locale) -> str:
    """Return the names of the codes that the view is filtered to, "" for none."""
    names = [cells.code_name(d, c, answer, locale) for d, c in answer.chosen if c != TOTAL]
    return locale.join(names) if names else ""


def finding(answer: Slice, locale: Locale) -> str:
    """Return a finding of at most 15 words, "" where no rule derives one.

    Never for made-up data nor for a filtered view; the change must be firm, larger than three
    points and the rounding, on bases of ten in both periods (trade is counted in full).
    """
    if answer.illustrative or filtered(answer) or answer.split:
        return ""
    change = changes.latest(answer)
    if (
        change is None
        or not change.clear
        or abs(change.value) <= changes.LARGE
        or not _based(change, answer)
    ):
        return ""
    found = _finding(change, answer, locale)
    return found if len(found.split()) <= WORDS else ""


def filtered(answer: Slice) -> bool:
    """Whether a view asks for anything but the indicator's own default."""
    view = answer.view
    return bool(
        view.filters or view.split or view.start or view.end or view.freq or view.unit or view.panel
    )


def _based(change: Change, answer: Slice) -> bool:
    both = (change.before.cell, change.after.cell)
    if any("p" in cell.flags or cell.status == "u" for cell in both):
        return False
    if answer.unit in scales.CURRENCIES:
        return True
    return all(cell.n is not None and cell.n >= BASE for cell in both)


def _finding(change: Change, answer: Slice, locale: Locale) -> str:
    size = abs(change.value)
    words = {
        "name": locale.text(answer.title),
        "value": cells.shown(change.after.cell, answer, locale),
        "period": locale.period(change.after.time_period),
        "change": locale.value(size, "percent", 1),
        "points": locale.number(size, answer.decimals),
    }
    if change.unit == "percent" and change.value > 0:
        return locale.text("{name} rose {change} to {value} in {period}", **words)
    if change.unit == "percent":
        return locale.text("{name} fell {change} to {value} in {period}", **words)
    if change.value > 0:
        return locale.text("{name} rose {points} points to {value} in {period}", **words)
    return locale.text("{name} fell {points} points to {value} in {period}", **words)


def subtitle(answer: Slice, locale: Locale) -> str:
    """Return measure, unit, place, panel, period and base, apart by middle dots."""
    return " · ".join(part for part in _subtitle(answer, locale) if part)


def _subtitle(answer: Slice, locale: Locale) -> Iterator[str]:
    yield locale.text(answer.measure)
    yield scales.counted_in(answer, locale)
    yield chosen(answer, locale)
    if answer.panel == "same":
        yield locale.panel(answer.panel)
    yield span(answer, locale)
    yield bases(answer, locale)


def span(answer: Slice, locale: Locale) -> str:
    """Return the period of a slice, or its first and last."""
    periods = answer.periods
    if len(periods) < 2:
        return locale.period(periods[0]) if periods else ""
    first, last = locale.period(periods[0]), locale.period(periods[-1])
    return locale.text("{first} to {last}", first=first, last=last)


def bases(answer: Slice, locale: Locale) -> str:
    """Return the denominators behind the shown values: one, or from the smallest to the largest."""
    known = sorted(
        {p.cell.n for p in answer.points if p.cell.n is not None and p.cell.value is not None}
    )
    if not known:
        return ""
    low, high = locale.number(known[0], 0), locale.number(known[-1], 0)
    what = locale.text(answer.denominator) if answer.denominator else ""
    said = low if low == high else locale.text("{first} to {last}", first=low, last=high)
    if what:
        return locale.text("n = {n} {denominator}", n=said, denominator=what)
    return locale.isolate(locale.text("n = {n}", n=said))
