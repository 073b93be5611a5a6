"""Title and subtitle: a finding only where a rule derives it, else what is shown."""

from collections.abc import Iterator

from dashboard.charts import cells, changes, periods, scales
from dashboard.charts.changes import Change
from dashboard.i18n import Locale
from dashboard.model import TOTAL, Slice

BASE = 10
"""A finding about a rate needs this many behind it in both periods."""

WORDS = 15

APART = "\u00a0· "
"""Between the parts of a subtitle; no line begins with the dot."""


def title(answer: Slice, locale: Locale) -> str:
    """Return the title of a view: a derived finding, else its descriptive title with its places.

    What is for official use says so.
    """
    said = finding(answer, locale) or descriptive(answer, locale)
    return locale.text("For official use: {title}", title=said) if answer.official else said


def descriptive(answer: Slice, locale: Locale) -> str:
    """Return what is shown: a split that was asked for, the codes that were chosen."""
    name = locale.text(answer.title)
    if by := compared(answer, locale):
        name = locale.text("{title}, by {dimension}", title=name, dimension=by)
    places = chosen(answer, locale)
    return locale.text("{title}: {places}", title=name, places=places) if places else name


def compared(answer: Slice, locale: Locale) -> str:
    """Return the dimensions that a view asks to be split by, as far as its title has them not."""
    labels = [answer.labels[name][""] for name in answer.view.split if name in answer.split]
    words = [
        _within(locale.text(label)) for label in labels if label.lower() not in answer.title.lower()
    ]
    if len(words) < 2:
        return "".join(words)
    return locale.text("{first} and {second}", first=words[0], second=words[1])


def _within(label: str) -> str:
    """Return a label as it stands within a sentence: abbreviations keep their capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def chosen(answer: Slice, locale: Locale) -> str:
    """Return the names of the codes that the view is filtered to, "" for none."""
    names = [cells.code_name(d, c, answer, locale) for d, c in answer.chosen if c != TOTAL]
    return locale.join(names) if names else ""


def finding(answer: Slice, locale: Locale) -> str:
    """Return a finding of at most 15 words, "" where no rule derives one.

    Never for made-up data, for sums since July nor for a filtered view; the change must be firm,
    larger than three points and the rounding, on bases of ten in both periods (trade is counted in
    full).
    """
    if answer.illustrative or filtered(answer) or answer.split or answer.to_date:
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
        "period": periods.words(change.after.time_period, answer, locale),
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
    """Return measure, unit, panel, period and base, apart by middle dots.

    What a reader chose stands in both; what an indicator is about by itself in the title alone.
    """
    return APART.join(part for part in _subtitle(answer, locale) if part)


def _subtitle(answer: Slice, locale: Locale) -> Iterator[str]:
    yield locale.text(answer.measure)
    yield scales.counted_in(answer, locale)
    if answer.view.filters or finding(answer, locale):
        yield chosen(answer, locale)
    if answer.panel == "same":
        yield locale.panel(answer.panel)
    yield "" if answer.unit == "year" else periods.span(answer, locale)
    yield bases(answer, locale)


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
