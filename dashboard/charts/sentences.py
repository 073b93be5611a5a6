"""Sentences that summaries are made of, each a whole message; "" where there is nothing to say."""

from collections.abc import Sequence

from dashboard.charts import cells, changes, periods, titles
from dashboard.charts.changes import Change
from dashboard.i18n import Locale
from dashboard.model import TOTAL, Point, Slice

LIST = 4
"""Up to this many series are listed, of more only the highest and the lowest."""


def level(name: str, point: Point, answer: Slice, locale: Locale) -> str:
    """Say a value with its period, base, interval and status."""
    words = {
        "name": name,
        "value": cells.shown(point.cell, answer, locale),
        "period": periods.words(point.time_period, answer, locale),
    }
    notes = remarks(point, answer, locale)
    ranged = periods.ranged(point.time_period, answer)
    if ranged and notes:
        return locale.text("{name}: {value} from {period} ({notes}).", notes=notes, **words)
    if ranged:
        return locale.text("{name}: {value} from {period}.", **words)
    if notes:
        return locale.text("{name}: {value} in {period} ({notes}).", notes=notes, **words)
    return locale.text("{name}: {value} in {period}.", **words)


def remarks(point: Point, answer: Slice, locale: Locale) -> str:
    """Return base, interval, flags and mark of a point."""
    interval = cells.interval_text(point.cell, answer, locale)
    parts = [
        cells.base(point.cell, locale),
        locale.text("95% interval {interval}", interval=interval) if interval else "",
        *cells.flags(point.cell, locale),
        locale.text("illustrative") if answer.illustrative else "",
    ]
    said = [part for part in parts if part]
    return locale.join(said) if said else ""


def change(told: Change | None, answer: Slice, locale: Locale) -> str:
    """Say a change against its named period, with a verdict where there is one."""
    if told is None:
        return ""
    words = {
        "period": periods.words(told.before.time_period, answer, locale),
        "value": cells.shown(told.before.cell, answer, locale),
        "change": changes.told(told, answer, locale),
    }
    if verdict := changes.verdict(told, locale):
        return locale.text(
            "Against {period} ({value}): {change}, {verdict}.", verdict=verdict, **words
        )
    return locale.text("Against {period} ({value}): {change}.", **words)


def aside(answer: Slice, locale: Locale) -> str:
    """Say what comes before extremes: an incomplete period, hidden values, a target."""
    unfinished = [p for p in answer.points if "incomplete" in p.cell.flags]
    if unfinished:
        period = periods.words(unfinished[-1].time_period, answer, locale)
        return locale.text("{period} is incomplete and is not compared.", period=period)
    return kept(answer, locale) or target(answer, locale)


def kept(answer: Slice, locale: Locale) -> str:
    """Say how many values are hidden."""
    hidden = sum(point.cell.status == "c" for point in answer.points)
    if not hidden:
        return ""
    return locale.plural(
        "{n} value is not shown to protect confidentiality.",
        "{n} values are not shown to protect confidentiality.",
        hidden,
    )


def target(answer: Slice, locale: Locale) -> str:
    """Say the target of a whole and whether its last value reaches it."""
    last = changes.last_known(answer.points)
    if answer.target is None or answer.split or answer.chosen or last is None:
        return ""
    words = {
        "label": locale.text(answer.target.label),
        "target": locale.value(answer.target.value, answer.unit, answer.decimals),
    }
    if (last.cell.value or 0.0) >= answer.target.value:
        return locale.text("{label}: {target}, reached.", **words)
    return locale.text("{label}: {target}, not yet reached.", **words)


def extremes(points: Sequence[Point], answer: Slice, locale: Locale) -> str:
    """Say the highest and the lowest value of one series, of at least three; not of sums."""
    known = [p for p in points if p.cell.value is not None and not p.cell.qualifier]
    if len(known) < 3 or answer.to_date:
        return ""
    low, high = ends(known)
    if low.cell.value == high.cell.value:
        return ""
    return locale.text(
        "Highest: {high} in {when_high}; lowest: {low} in {when_low}.",
        high=cells.shown(high.cell, answer, locale),
        when_high=periods.words(high.time_period, answer, locale),
        low=cells.shown(low.cell, answer, locale),
        when_low=periods.words(low.time_period, answer, locale),
    )


def ends(known: Sequence[Point]) -> tuple[Point, Point]:
    """Return the points of the lowest and the highest value, the first of equals."""
    return min(known, key=_value), max(known, key=_value)


def _value(point: Point) -> float:
    return point.cell.value or 0.0


def listed(points: Sequence[Point], answer: Slice, locale: Locale) -> str:
    """Return names with their values."""
    return locale.join([named(point, answer, locale) for point in points])


def named(point: Point, answer: Slice, locale: Locale) -> str:
    """Return the name of a series with its value."""
    name, value = cells.name(point.key, answer, locale), cells.shown(point.cell, answer, locale)
    return locale.text("{name} {value}", name=name, value=value)


def when(period: str, answer: Slice, locale: Locale) -> str:
    """Return a period with the bases behind its values and the marks of its data."""
    official = locale.text("for official use") if answer.official else ""
    made_up = locale.text("illustrative") if answer.illustrative else ""
    notes = [note for note in (titles.bases(answer, locale), official, made_up) if note]
    if not notes:
        return periods.words(period, answer, locale)
    said = {"period": periods.words(period, answer, locale), "notes": locale.join(notes)}
    return locale.text("{period} ({notes})", **said)


def ranked(points: Sequence[Point], answer: Slice, locale: Locale) -> str:
    """Say all of a few values of one period, of more the highest and the lowest.

    Totals are no competitors of their parts.
    """
    parts = [p for p in points if not any(code == TOTAL for _, code in p.key)] or points
    period = when(parts[0].time_period, answer, locale)
    if len(parts) <= LIST:
        return locale.text("{period}: {list}.", period=period, list=listed(parts, answer, locale))
    low, high = ends(parts)
    if low.cell.value == high.cell.value:
        value = cells.shown(low.cell, answer, locale)
        return locale.text("{period}: all at {value}.", period=period, value=value)
    return locale.text(
        "{period}: highest {high}, lowest {low}.",
        period=period,
        high=named(high, answer, locale),
        low=named(low, answer, locale),
    )


def totals(known: Sequence[Point], answer: Slice, locale: Locale) -> str:
    """Say the totals that stand beside their parts."""
    whole = [point for point in known if point.key and point.key[-1][1] == TOTAL]
    if not whole:
        return ""
    return locale.text("{list}.", list=listed(whole[:LIST], answer, locale))


def mark(answer: Slice, locale: Locale) -> str:
    """Say the flags of the last period of several series."""
    last = [p for p in answer.points if p.time_period == answer.periods[-1]]
    flags = list(dict.fromkeys(f for p in last for f in cells.flags(p.cell, locale)))
    return locale.text("Status: {list}.", list=locale.join(flags)) if flags else ""
