"""What a release changed, as tables of words: a line for each indicator, a line for each value."""

from collections.abc import Iterator, Mapping, Sequence

from dashboard.catalogue import Catalogue, Indicator
from dashboard.charts import Table
from dashboard.i18n import Locale
from dashboard.model import Cell, Key
from dashboard.revisions import Change

GROUPS = ("Revised", "New", "Gone", "Hidden or shown", "Sample replaced")
"""Columns of the summary."""

GROUP_OF: Mapping[str, str] = {
    **dict.fromkeys(("revised", "corrected", "recomputed", "status"), "Revised"),
    **dict.fromkeys(("new_period", "filled", "new_breakdown", "new_indicator"), "New"),
    **dict.fromkeys(("hidden", "shown"), "Hidden or shown"),
    "gone": "Gone",
    "sample": "Sample replaced",
}
"""In which column a reason is counted."""

WHY: Mapping[str, str] = {
    "revised": "Its source published a later figure",
    "corrected": "Corrected in its source",
    "recomputed": "Worked out by other rules",
    "new_period": "New period",
    "filled": "Was missing before",
    "new_breakdown": "New breakdown",
    "new_indicator": "New indicator",
    "gone": "No longer published",
    "hidden": "Protected now",
    "shown": "No longer protected",
    "sample": "The made-up sample gave way to the programme's figures, or the other way round",
    "status": "Same figure, other status",
}
"""Why a value differs, for readers."""


def by_indicator(changes: Sequence[Change], catalogue: Catalogue, locale: Locale) -> Table:
    """Return how many values of each indicator changed, and in which way."""
    counted: dict[str, dict[str, int]] = {}
    for change in changes:
        counts = counted.setdefault(change.series.indicator, dict.fromkeys(GROUPS, 0))
        counts[GROUP_OF[change.why]] += 1
    used = [group for group in GROUPS if any(counts[group] for counts in counted.values())]
    rows = tuple(
        (
            title_of(catalogue.indicators.get(name), name, locale),
            *(locale.number(counts[group]) for group in used),
        )
        for name, counts in counted.items()
    )
    heads = {group: locale.text(group) for group in GROUPS}
    return Table(
        caption=locale.text("Published values that changed, by indicator"),
        columns=(locale.text("Indicator"), *(heads[group] for group in used)),
        rows=rows,
        numbers=tuple(range(1, len(used) + 1)),
    )


def by_value(changes: Sequence[Change], catalogue: Catalogue, locale: Locale) -> Table:
    """Return each change: what, when, before, now, why."""
    return Table(
        caption=locale.text("Each value before and now"),
        columns=(
            locale.text("Indicator"),
            locale.text("Breakdown"),
            locale.text("Period"),
            locale.text("Before"),
            locale.text("Now"),
            locale.text("Why"),
        ),
        rows=tuple(tuple(_row(change, catalogue, locale)) for change in changes),
        numbers=(3, 4),
    )


def _row(change: Change, catalogue: Catalogue, locale: Locale) -> Iterator[str]:
    series = change.series
    indicator = catalogue.indicators.get(series.indicator)
    yield title_of(indicator, series.indicator, locale)
    yield breakdown(change.key, catalogue, locale)
    yield locale.period(change.time_period)
    decimals = indicator.decimals if indicator else 1
    yield _shown(change.old, series.unit, decimals, locale)
    yield _shown(change.new, series.unit, decimals, locale)
    yield "; ".join(_why(change, locale))


def _why(change: Change, locale: Locale) -> Iterator[str]:
    whys = {why: locale.text(words) for why, words in WHY.items()}
    yield whys[change.why]
    if change.large:
        yield locale.text("more than a fifth")
    if change.illustrative:
        yield locale.text("illustrative")


def title_of(indicator: Indicator | None, name: str, locale: Locale) -> str:
    """Return the title of an indicator; of one that is no longer declared its name."""
    return locale.text(indicator.title) if indicator else name


def breakdown(key: Key, catalogue: Catalogue, locale: Locale) -> str:
    """Return a key in words; the empty key is the total."""
    if not key:
        return locale.text("Total")
    labels = catalogue.labels()
    return locale.join(locale.text(labels.get(d, {}).get(code, code)) for d, code in key)


def _shown(cell: Cell | None, unit: str, decimals: int, locale: Locale) -> str:
    if cell is None:
        return locale.text("not there")
    if cell.value is None:
        return locale.status(cell.status)
    if unit == "year":
        return locale.period_short(f"{cell.value:.0f}")
    words = locale.qualified(locale.value(cell.value, unit, decimals), cell.qualifier)
    flags = [locale.status(flag) for flag in cell.flags]
    return f"{words} ({', '.join(flags)})" if flags else words
