"""The list of releases and what each of them changed, for programs: CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from dashboard.model import Cell
from dashboard.outlets.asking import Asking, indexing
from dashboard.outlets.data import inert
from dashboard.revisions import Revision
from dashboard.service import Statistics
from dashboard.store.tables import key_text
from dashboard.web.delivery import answer, deliver
from dashboard.withdrawals import withdrawn_release

HEADS = ("release", "published", "cut_off", "checksum", "current", "withdrawn", "note")
CHANGES = (
    *("release", "against", "indicator", "unit", "freq", "panel", "key", "time_period"),
    *("old_value", "old_status", "old_flags", "new_value", "new_status", "new_flags"),
    *("why", "large", "illustrative"),
)

Rows = Sequence[Mapping[str, Any]]


def blueprint(asking: Asking) -> Blueprint:
    """Return the routes of releases."""
    routes = Blueprint("releases", __name__)
    statistics = asking.statistics

    @routes.get("/releases.csv")
    def all_csv() -> ResponseReturnValue:
        return as_csv("releases", HEADS, listed(statistics), made_up=False)

    @routes.get("/releases.json")
    def all_json() -> ResponseReturnValue:
        return as_json({"releases": listed(statistics)}, made_up=False)

    @routes.get("/releases/<release:name>.csv")
    def one_csv(name: str) -> ResponseReturnValue:
        revision = statistics.revision(name)
        return as_csv(f"release-{name}", CHANGES, changed(name, revision), _made_up(revision))

    @routes.get("/releases/<release:name>.json")
    def one_json(name: str) -> ResponseReturnValue:
        revision = statistics.revision(name)
        [head] = [row for row in listed(statistics) if row["release"] == name]
        said = {**head, "against": revision.against, "changes": changed(name, revision)}
        return as_json(said, _made_up(revision))

    return routes


def listed(statistics: Statistics) -> Rows:
    """Return every release, oldest first, with the reason of those that are withdrawn."""
    board = statistics.board()
    rows = []
    for stored in board.releases:
        gone = withdrawn_release(stored.id, board.withdrawals)
        rows.append(
            {
                "release": stored.id,
                "published": stored.published_on.isoformat(),
                "cut_off": stored.cut_off.isoformat(),
                "checksum": stored.checksum,
                "current": stored.id == board.current,
                "withdrawn": gone.why if gone else "",
                "note": "" if gone else stored.note,
            }
        )
    return rows


def changed(name: str, revision: Revision) -> Rows:
    """Return every change of a revision as a flat row."""
    return [
        {
            "release": name,
            "against": revision.against,
            "indicator": change.series.indicator,
            "unit": change.series.unit,
            "freq": change.series.freq,
            "panel": change.series.panel,
            "key": key_text(change.key),
            "time_period": change.time_period,
            **_side("old", change.old),
            **_side("new", change.new),
            "why": change.why,
            "large": change.large,
            "illustrative": change.illustrative,
        }
        for change in revision.changes
    ]


def _side(side: str, cell: Cell | None) -> dict[str, Any]:
    """Return a value before or after; where there was no cell the status is empty."""
    flags = " ".join((*cell.flags, *filter(None, [cell.qualifier]))) if cell else ""
    return {
        f"{side}_value": cell.value if cell else None,
        f"{side}_status": cell.status if cell else "",
        f"{side}_flags": flags,
    }


def _made_up(revision: Revision) -> bool:
    return any(change.illustrative for change in revision.changes)


def as_csv(name: str, columns: Iterable[str], rows: Rows, made_up: bool) -> Response:
    """Return the answer of a CSV file of rows; columns are written in the order given."""
    said = ("Content-Disposition", f'attachment; filename="{name}.csv"')
    headers = (*indexing(made_up), said)
    return deliver(answer(csv_text(columns, rows), "text/csv", headers=headers), request)


def csv_text(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV: UTF-8, no preamble, no cell that a spreadsheet would run."""
    names = tuple(columns)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([inert(_plain(row[column])) for column in names])
    return out.getvalue()


def _plain(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def as_json(said: Mapping[str, Any], made_up: bool) -> Response:
    """Return the answer of a JSON document."""
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return deliver(answer(text, "application/json", headers=indexing(made_up)), request)
