"""One series, one scale: percentages among which some stand as fractions are refused."""

from collections import defaultdict
from collections.abc import Iterable

from data_loaders.reading.problems import Report
from data_loaders.records import Figure

FRACTION, PERCENT = 1.0, 20.0
"""No share of ours falls from above PERCENT to FRACTION of a percent or below within its series."""


def check_percent(found: Iterable[object], report: Report) -> None:
    """Refuse figures such as 0.24 in a series that has figures such as 24.1."""
    series: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in found:
        if isinstance(figure, Figure) and figure.unit == "percent" and figure.value:
            series[figure.measure, figure.freq, figure.key].append(figure)
    for figures in series.values():
        highest = max(figure.value or 0.0 for figure in figures)
        for figure in figures:
            if highest >= PERCENT and 0 < (figure.value or 0.0) <= FRACTION:
                at, wanted = figure.origin, f"percent as in the rest of the series ({highest:g})"
                report.refuse(at.sheet, at.row, figure.time_period, figure.value, wanted)
