"""A headline figure with its change against a named period and a small line of its past."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import cells, changes, periods, sparkline, titles
from dashboard.charts.changes import Arrow, Judgement
from dashboard.i18n import Locale
from dashboard.model import Point, Slice

PAST = 37
"""How many periods the small line looks back at most."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Label, value in its unit, its period in words, and how it changed.

    `against` is the period of the comparison in words, `verdict` the word for the change. All three
    are "" where no change may be told. `indicator` and `query` name the view behind it.
    """

    label: str
    value: str
    period: str
    change: str
    against: str
    arrow: Arrow
    judgement: Judgement
    verdict: str
    spark: str
    indicator: str
    query: str
    illustrative: bool
    status: str


def tile(answer: Slice, locale: Locale) -> Tile | None:
    """Return the tile of a slice's first series; None where it has no number to show."""
    points = answer.of(answer.keys[0]) if answer.points else ()
    last = changes.last_known(points)
    if last is None:
        return None
    change = changes.latest(answer, last.key)
    return Tile(
        label=titles.descriptive(answer, locale),
        value=cells.shown(last.cell, answer, locale),
        period=periods.words(last.time_period, answer, locale),
        change=changes.told(change, answer, locale) if change else "",
        against=periods.words(change.before.time_period, answer, locale) if change else "",
        arrow=change.arrow if change else "",
        judgement=change.judgement if change else "",
        verdict=changes.verdict(change, locale) if change else "",
        spark=_past(points, last, answer.freq),
        indicator=answer.view.indicator,
        query=answer.view.to_query(),
        illustrative=answer.illustrative,
        status=cells.status(last.cell, answer, locale),
    )


def _past(points: Sequence[Point], last: Point, freq: str) -> str:
    """Draw the past up to the period the tile tells of: an incomplete one looks like a fall."""
    known = [point for point in points if point.time_period <= last.time_period]
    return sparkline.spark(known[-PAST:], freq)
