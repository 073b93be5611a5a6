"""Up to three sentences on what a slice shows, from the very points that are drawn."""

from collections.abc import Iterator, Sequence

from dashboard.charts import cells, changes, periods, sentences, titles
from dashboard.charts.changes import Change
from dashboard.i18n import Locale
from dashboard.model import Point, Slice

MOST = 3
DATED = 6
"""Up to this many figures of different periods are listed."""


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
    if last is not None:
        yield sentences.level(titles.descriptive(answer, locale), last, answer, locale)
    yield sentences.change(changes.latest(answer, answer.keys[0]), answer, locale)
    yield sentences.aside(answer, locale) or sentences.extremes(points, answer, locale)


def _several(answer: Slice, locale: Locale) -> Iterator[str]:
    lasts = [changes.last_known(answer.of(key)) for key in answer.keys]
    known = [point for point in lasts if point is not None]
    yield _latest(known, answer, locale)
    yield _largest(answer, locale)
    yield sentences.aside(answer, locale) or sentences.mark(answer, locale)


def _latest(known: Sequence[Point], answer: Slice, locale: Locale) -> str:
    newest = max(point.time_period for point in known)
    same = [point for point in known if point.time_period == newest]
    unlike = answer.unit in changes.UNMEASURED
    if unlike and len(same) == len(known):
        period = sentences.when(newest, answer, locale)
        listed = sentences.listed(same, answer, locale)
        return locale.text("{period}: {list}.", period=period, list=listed)
    if not unlike and (len(same) == len(known) or len(known) > DATED):
        return sentences.ranked(same, answer, locale)
    said = [_dated(point, answer, locale) for point in known]
    if answer.illustrative:
        return locale.text("Latest illustrative figures: {list}.", list=locale.join(said))
    return locale.text("Latest figures: {list}.", list=locale.join(said))


def _dated(point: Point, answer: Slice, locale: Locale) -> str:
    return locale.text(
        "{name} {value} ({period})",
        name=cells.name(point.key, answer, locale),
        value=cells.shown(point.cell, answer, locale),
        period=periods.words(point.time_period, answer, locale),
    )


def _largest(answer: Slice, locale: Locale) -> str:
    """Say the largest of the clear changes; between cycles how many there are of each kind."""
    told = [c for key in answer.keys if (c := changes.latest(answer, key)) is not None]
    if answer.freq == "C" and told and answer.direction != "neutral":
        return _verdicts(told, locale)
    clear = [change for change in told if change.clear and change.value]
    if not clear:
        return ""
    top = max(clear, key=lambda change: abs(change.value))
    return locale.text(
        "Largest change against {period}: {name}, {change}.",
        period=periods.words(top.before.time_period, answer, locale),
        name=cells.name(top.after.key, answer, locale),
        change=changes.told(top, answer, locale),
    )


def _verdicts(told: Sequence[Change], locale: Locale) -> str:
    counts = {
        kind: locale.number(sum(1 for change in told if change.judgement == kind), 0)
        for kind in ("better", "worse", "")
    }
    return locale.text(
        "Cycle 1 to cycle 2: {better} better, {worse} worse, {same} without a clear difference.",
        better=counts["better"],
        worse=counts["worse"],
        same=counts[""],
    )


def _moment(answer: Slice, locale: Locale) -> Iterator[str]:
    known = [point for point in answer.points if point.cell.value is not None]
    if len(answer.points) == 1:
        yield sentences.level(titles.descriptive(answer, locale), known[0], answer, locale)
        yield sentences.target(answer, locale)
        return
    if answer.kind == "stacked" and len(answer.split) > 1:
        yield _parts(known, answer, locale)
    elif answer.unit in changes.UNMEASURED:
        yield _latest(known, answer, locale)
    else:
        yield sentences.ranked(known, answer, locale)
    yield sentences.totals(known, answer, locale)
    yield sentences.kept(answer, locale) or sentences.mark(answer, locale)


def _parts(known: Sequence[Point], answer: Slice, locale: Locale) -> str:
    """Say where the first part of a whole is highest and lowest."""
    first = answer.keys[0][-1]
    rows = [point for point in known if point.key[-1] == first]
    low, high = sentences.ends(rows or known)
    return locale.text(
        "{period}, {part}: highest {high}, lowest {low}.",
        period=sentences.when(high.time_period, answer, locale),
        part=cells.code_name(*first, answer, locale),
        high=_row(high, answer, locale),
        low=_row(low, answer, locale),
    )


def _row(point: Point, answer: Slice, locale: Locale) -> str:
    name, value = (
        cells.name(point.key[:-1], answer, locale),
        cells.shown(point.cell, answer, locale),
    )
    return locale.text("{name} {value}", name=name, value=value)


def _years(answer: Slice, locale: Locale) -> Iterator[str]:
    known = [point for point in answer.points if point.cell.value is not None]
    yield locale.text(
        "{name}: a year was found for {known} of {total}.",
        name=titles.descriptive(answer, locale),
        known=locale.number(len({point.key for point in known}), 0),
        total=locale.number(len(answer.keys), 0),
    )
    low, high = sentences.ends(known)
    yield locale.text(
        "Earliest: {low}; latest: {high}.",
        low=sentences.named(low, answer, locale),
        high=sentences.named(high, answer, locale),
    )
    if open_ := sum(point.cell.status == "u" for point in known):
        yield locale.plural(
            "{n} entry is listed by common account and not confirmed by a source.",
            "{n} entries are listed by common account and not confirmed by a source.",
            open_,
        )
