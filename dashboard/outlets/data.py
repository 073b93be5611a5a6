"""The data of exactly one view, or all published rows of its indicator, as CSV and as JSON."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dashboard.catalogue import Indicator
from dashboard.components.sharing import Offer
from dashboard.i18n import Locale
from dashboard.model import TOTAL, BadView, Cell, Key, Release, Scope, Series, Slice, Source, View
from dashboard.outlets.asking import Asking, indexing, keep_of
from dashboard.service import Statistics
from dashboard.web.delivery import Answer, answer

BEFORE = ("indicator", "time_period")
AFTER = ("value", "unit", "n", "status", "flags", "source", "release")
OPTIONS = ("rows",)
Placed = tuple[Series, Key, tuple[str, Cell]]
"""A cell with its series, its key and its time period."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one indicator: the names of its dimensions, then one mapping a cell."""

    dimensions: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a file."""
        return (*BEFORE, *self.dimensions, *AFTER)


def blueprint(asking: Asking) -> Blueprint:
    """Return the routes of data files."""
    routes = Blueprint("data", __name__)

    @routes.get("/charts/<name:indicator>.csv")
    def as_csv(indicator: str) -> ResponseReturnValue:
        def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
            answered, rows = found(asking.statistics, view, scope, options)
            return answer(
                written(rows),
                "text/csv",
                keep_of(view),
                headers=(*indexing(answered.illustrative), _named(view)),
            )

        return asking.respond(indicator, make, OPTIONS)

    @routes.get("/charts/<name:indicator>.json")
    def as_json(indicator: str) -> ResponseReturnValue:
        def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
            answered, rows = found(asking.statistics, view, scope, options)
            text = json.dumps(described(answered, rows), ensure_ascii=False, separators=(",", ":"))
            return answer(
                text, "application/json", keep_of(view), headers=indexing(answered.illustrative)
            )

        return asking.respond(indicator, make, OPTIONS)

    return routes


def offers(locale: Locale) -> Sequence[Offer]:
    """Return what the share dialog says of these forms."""
    return Offer("data", locale.text("CSV"), "csv"), Offer("data", locale.text("JSON"), "json")


def _named(view: View) -> tuple[str, str]:
    return ("Content-Disposition", f'attachment; filename="{view.indicator}.csv"')


def found(
    statistics: Statistics, view: View, scope: Scope, options: Mapping[str, str]
) -> tuple[Slice, Rows]:
    """Return the slice of a view and the rows that were asked for; raise BadView."""
    rows = options.get("rows", "view")
    if rows not in ("view", "all"):
        raise BadView(f"rows={rows}: not known here; possible: all")
    answered = statistics.slice(view, scope)
    indicator = statistics.catalogue.indicators[answered.view.indicator]
    release = statistics.release(view.release, scope)
    if rows == "all":
        return answered, all_rows(release, indicator)
    return answered, _rows(release, indicator, _shown(answered))


def all_rows(release: Release, indicator: Indicator) -> Rows:
    """Return every published cell of an indicator, in one canonical order."""
    return _rows(release, indicator, _all(release, indicator.id))


def _rows(release: Release, indicator: Indicator, cells: Iterable[Placed]) -> Rows:
    several = ("panel",) if len(indicator.panels) > 1 else ()
    dimensions = (*indicator.dimensions, *several)
    return Rows(
        dimensions, tuple(_row(release, dimensions, series, key, at) for series, key, at in cells)
    )


def _shown(answered: Slice) -> Iterator[Placed]:
    series = Series(answered.view.indicator, answered.unit, answered.freq, answered.panel)
    for point in answered.points:
        yield series, (*answered.chosen, *point.key), (point.time_period, point.cell)


def _all(release: Release, indicator: str) -> Iterator[Placed]:
    own = (series for series in release.cells if series.indicator == indicator)
    for series in sorted(own, key=lambda s: (s.unit, s.freq, s.panel)):
        for key, periods in sorted(release.cells[series].items()):
            yield from ((series, key, at) for at in sorted(periods.items()))


def _row(
    release: Release, dimensions: Sequence[str], series: Series, key: Key, at: tuple[str, Cell]
) -> dict[str, Any]:
    period, cell = at
    codes = {**dict(key), "panel": series.panel}
    sources = [release.sources[i] for i in cell.sources if i in release.sources]
    made_up = ("illustrative",) if any(s.illustrative for s in sources) else ()
    qualifier = (cell.qualifier,) if cell.qualifier else ()
    return {
        "indicator": series.indicator,
        "time_period": period,
        **{name: codes.get(name, TOTAL) for name in dimensions},
        "value": cell.value,
        "unit": series.unit,
        "n": cell.n,
        "status": cell.status,
        "flags": " ".join((*cell.flags, *qualifier, *made_up)),
        "source": "; ".join(source.id for source in sources),
        "release": release.id,
    }


def written(found: Rows) -> str:
    """Return rows as CSV: ASCII digits, no preamble, no cell that a spreadsheet would run."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(found.columns)
    for row in found.rows:
        writer.writerow([inert(row[name]) for name in found.columns])
    return out.getvalue()


def inert(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def described(answered: Slice, found: Rows) -> dict[str, Any]:
    """Return rows beside the view, the release, definitions, sources and notes."""
    return {
        "view": {"indicator": answered.view.indicator, "query": answered.view.to_query()},
        "release": {"id": answered.release, "cut_off": answered.cut_off.isoformat()},
        "illustrative": answered.illustrative,
        **({"official_use": True} if answered.official else {}),
        "title": answered.title,
        "measure": answered.measure,
        "definition": answered.definition,
        "denominator": answered.denominator,
        "unit": answered.unit,
        "direction": answered.direction,
        "labels": {name: dict(codes) for name, codes in answered.labels.items()},
        "notes": list(answered.notes),
        "sources": [source_said(source) for source in answered.sources],
        "rows": [dict(row) for row in found.rows],
    }


def source_said(source: Source) -> dict[str, Any]:
    """Return a source with its files as JSON says it: recognised rows by their reason."""
    files = [{**asdict(file), "recognised": dict(file.recognised)} for file in source.files]
    return {**asdict(source), "files": files}
