"""Up to three sentences on what a slice shows, from the very points that are drawn."""

from collections.abc import Iterator

from dashboard.charts import cells, changes, titles
from dashboard.charts.changes import Change
from dashboard.i18n import Locale
from dashboard.model import TOTAL, Point, Slice

MOST = 3


def summary(answer: Slice, locale: Locale) -> list[str]:
    """Return level, change against a named period, extremes or comparison, base and status."""
    if not any(point.cell.value is not None for point in answer.points):
        return [_nothing(answer, locale)]
    if answer.unit == "year":
        said = _years(answer, locale)
    elif len(answer.periods) == 1:
        said = _moment(answer, locale)
    elif len(answer.keys) == 1:
        said = _one(answer, locale)
    else:
        said = _several(answer, locale)
    return [sentence for sentence in said if sentence][:MOST]


def _nothing(answer: Slice, locale: Locale) -> str:
    name = titles.descriptive(answer, locale)
    if not answer.points:
        return locale.text("{name}: no figures.", name=name)
    why = cells.hidden(answer.points[-1].cell, locale)
    return locale.text("{name}: {reason}.", name=name, reason=why)


def _one(answer: Slice, locale: Locale) -> Iterator[str]:
    points = answer.of(answer.keys[0])
    last = changes.last_known(points)
    if last is None:
        return
    yield _level(titles.descriptive(answer, locale), last, answer, locale)
    yield _change(changes.latest(answer, answer.keys[0]), answer, locale)
    yield _aside(answer, locale) or _extremes(points, answer, locale)


def _level(name: str, point: Point, answer: Slice, locale: Locale) -> str:
    words = {
        "name": name,
        "value": cells.shown(point.cell, answer, locale),
        "period": locale.period(point.time_period),
    }
    if notes := remarks(point, answer, locale):
        return locale.text("{name}: {value} in {period} ({notes}).", notes=notes, **words)
    return locale.text("{name}: {value} in {period}.", **words)


def remarks(point: Point, answer: Slice, locale: Locale) -> str:
    """Return base, interval, flags and mark of a point, "" where there is nothing to say."""
    interval = cells.interval_text(point.cell, answer, locale)
    parts = [
        cells.base(point.cell, locale),
        locale.text("95% interval {interval}", interval=interval) if interval else "",
        *cells.flags(point.cell, locale),
        locale.text("illustrative") if answer.illustrative else "",
    ]
    return locale.join([part for part in parts if part]) if any(parts) else ""


def _change(change: Change | None, answer: Slice, locale: Locale) -> str:
    if change is None:
        return ""
    words = {
        "period": locale.period(change.before.time_period),
        "value": cells.shown(change.before.cell, answer, locale),
        "change": changes.told(change, answer, locale),
    }
    if verdict := changes.verdict(change, locale):
        return locale.text(
            "Against {period} ({value}): {change}, {verdict}.", verdict=verdict, **words
        )
    return locale.text("Against {period} ({value}): {change}.", **words)


def _aside(answer: Slice, locale: Locale) -> str:
    """What must be said before extremes: an incomplete period, hidden values, a target."""
    unfinished = [p for p in answer.points if "incomplete" in p.cell.flags]
    if unfinished:
        period = locale.period(unfinished[-1].time_period)
        return locale.text("{period} is incomplete and is not compared.", period=period)
    if kept := _kept(answer, locale):
        return kept
    return _target(answer, locale)


def _kept(answer: Slice, locale: Locale) -> str:
    hidden = sum(point.cell.status == "c" for point in answer.points)
    if not hidden:
        return ""
    return locale.plural(
        "{n} value is not shown to protect confidentiality.",
        "{n} values are not shown to protect confidentiality.",
        hidden,
    )


def _target(answer: Slice, locale: Locale) -> str:
    if answer.target is None or answer.split or answer.chosen:
        return ""
    last = changes.last_known(answer.points)
    if last is None or last.cell.value is None:
        return ""
    words = {
        "label": locale.text(answer.target.label),
        "target": locale.value(answer.target.value, answer.unit, answer.decimals),
    }
    if last.cell.value >= answer.target.value:
        return locale.text("{label}: {target}, reached.", **words)
    return locale.text("{label}: {target}, not yet reached.", **words)


def _extremes(points: tuple[Point, ...], answer: Slice, locale: Locale) -> str:
    known = [p for p in points if p.cell.value is not None and not p.cell.qualifier]
    if len(known) < 3:
        return ""
    low, high = _ends(known)
    return locale.text(
        "Highest: {high} in {when_high}; lowest: {low} in {when_low}.",
        high=cells.shown(high.cell, answer, locale),
        when_high=locale.period(high.time_period),
        low=cells.shown(low.cell, answer, locale),
        when_low=locale.period(low.time_period),
    )


def _ends(known: list[Point]) -> tuple[Point, Point]:
    return min(known, key=_value), max(known, key=_value)


def _value(point: Point) -> float:
    return point.cell.value or 0.0


def _several(answer: Slice, locale: Locale) -> Iterator[str]:
    lasts = {key: changes.last_known(answer.of(key)) for key in answer.keys}
    known = [point for point in lasts.values() if point is not None]
    yield _latest(known, answer, locale)
    yield _largest(answer, locale)
    yield _aside(answer, locale) or _mark(answer, locale)


def _latest(known: list[Point], answer: Slice, locale: Locale) -> str:
    periods = {point.time_period for point in known}
    when = locale.period(max(periods))
    if len(periods) == 1 and len(known) <= 4:
        return locale.text("{period}: {list}.", period=when, list=_listed(known, answer, locale))
    newest = [point for point in known if point.time_period == max(periods)]
    return _ends_of(newest, answer, locale) if len(newest) > 1 else _dated(known, answer, locale)


def _dated(known: list[Point], answer: Slice, locale: Locale) -> str:
    said = [
        locale.text(
            "{name} {value} ({period})",
            name=cells.name(point.key, answer, locale),
            value=cells.shown(point.cell, answer, locale),
            period=locale.period(point.time_period),
        )
        for point in known[:6]
    ]
    return locale.text("Latest figures: {list}.", list=locale.join(said))


def _listed(points: list[Point], answer: Slice, locale: Locale) -> str:
    return locale.join([_named(point, answer, locale) for point in points])


def _named(point: Point, answer: Slice, locale: Locale) -> str:
    name, value = cells.name(point.key, answer, locale), cells.shown(point.cell, answer, locale)
    return locale.text("{name} {value}", name=name, value=value)


def _ends_of(points: list[Point], answer: Slice, locale: Locale) -> str:
    """Say the highest and lowest of one period; totals are no competitors, ties name the first."""
    parts = [p for p in points if not any(code == TOTAL for _, code in p.key)] or points
    if len(parts) <= 4:
        when = locale.period(parts[0].time_period)
        return locale.text("{period}: {list}.", period=when, list=_listed(parts, answer, locale))
    low, high = _ends(parts)
    return locale.text(
        "{period}: highest {high}, lowest {low}.",
        period=locale.period(high.time_period),
        high=_named(high, answer, locale),
        low=_named(low, answer, locale),
    )


def _largest(answer: Slice, locale: Locale) -> str:
    """Say the largest of the changes that are clear, and how many there are of each kind."""
    told = [c for key in answer.keys if (c := changes.latest(answer, key)) is not None]
    if answer.freq == "C" and told:
        return _verdicts(told, locale)
    clear = [change for change in told if change.clear and change.value]
    if not clear:
        return ""
    top = max(clear, key=lambda change: abs(change.value))
    return locale.text(
        "Largest change against {period}: {name}, {change}.",
        period=locale.period(top.before.time_period),
        name=cells.name(top.after.key, answer, locale),
        change=changes.told(top, answer, locale),
    )


def _verdicts(told: list[Change], locale: Locale) -> str:
    counts = {
        word: locale.number(sum(1 for c in told if c.judgement == word), 0)
        for word in ("better", "worse", "")
    }
    return locale.text(
        "From cycle 1 to cycle 2: {better} better, {worse} worse, {same} without a clear difference.",
        better=counts["better"],
        worse=counts["worse"],
        same=counts[""],
    )


def _moment(answer: Slice, locale: Locale) -> Iterator[str]:
    known = [point for point in answer.points if point.cell.value is not None]
    if len(known) == 1 and len(answer.points) == 1:
        yield _level(titles.descriptive(answer, locale), known[0], answer, locale)
        yield _target(answer, locale)
        return
    yield _ends_of(known, answer, locale)
    yield _total(known, answer, locale)
    yield _kept(answer, locale) or _mark(answer, locale)


def _total(known: list[Point], answer: Slice, locale: Locale) -> str:
    totals = [p for p in known if p.key and p.key[-1][1] == TOTAL]
    return locale.text("{list}.", list=_listed(totals[:4], answer, locale)) if totals else ""


def _mark(answer: Slice, locale: Locale) -> str:
    """Say base and status of the whole where no single value carries them."""
    flags = [f for p in answer.points[-1:] for f in cells.flags(p.cell, locale)]
    made_up = [locale.text("illustrative")] if answer.illustrative else []
    parts = [part for part in (titles.bases(answer, locale), *flags, *made_up) if part]
    return locale.text("Status: {list}.", list=locale.join(parts)) if parts else ""


def _years(answer: Slice, locale: Locale) -> Iterator[str]:
    known = [point for point in answer.points if point.cell.value is not None]
    total = len(answer.points)
    yield locale.text(
        "{name}: a year was found for {known} of {total}.",
        name=titles.descriptive(answer, locale),
        known=locale.number(len(known), 0),
        total=locale.number(total, 0),
    )
    low, high = _ends(known)
    yield locale.text(
        "Earliest: {low}; latest: {high}.",
        low=_named(low, answer, locale),
        high=_named(high, answer, locale),
    )
