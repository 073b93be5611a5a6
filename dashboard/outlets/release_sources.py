"""The files that a release was made from, for programs: CSV and JSON."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dashboard.model import File, Release, Source
from dashboard.outlets.asking import Asking
from dashboard.outlets.data import source_said
from dashboard.outlets.releases import Rows, as_csv, as_json

COLUMNS = (
    *("release", "source", "publisher", "title", "url", "licence", "vintage", "retrieved"),
    *("illustrative", "file", "kind", "as_of", "sha256"),
    *("rows_read", "rows_loaded", "rows_refused", "rows_recognised", "rows_step"),
)


def blueprint(asking: Asking) -> Blueprint:
    """Return the routes of the sources of a release."""
    routes = Blueprint("release_sources", __name__)
    statistics = asking.statistics

    @routes.get("/releases/<release:name>/sources.csv")
    def sources_csv(name: str) -> ResponseReturnValue:
        found = statistics.release(name)
        return as_csv(f"release-{name}-sources", COLUMNS, file_rows(found), found.illustrative)

    @routes.get("/releases/<release:name>/sources.json")
    def sources_json(name: str) -> ResponseReturnValue:
        found = statistics.release(name)
        said = {
            "release": found.id,
            "cut_off": found.cut_off.isoformat(),
            "checksum": found.checksum,
            "sources": [source_said(source) for source in _in_order(found)],
        }
        return as_json(said, found.illustrative)

    return routes


def _in_order(release: Release) -> list[Source]:
    return [release.sources[id_] for id_ in sorted(release.sources)]


def file_rows(release: Release) -> Rows:
    """Return one row for each file of a release; a source without files has one all the same."""
    return [
        _row(release.id, source, file)
        for source in _in_order(release)
        for file in source.files or (None,)
    ]


def _row(release: str, source: Source, file: File | None) -> Mapping[str, Any]:
    own = {
        "release": release,
        "source": source.id,
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "licence": source.licence,
        "vintage": source.vintage,
        "retrieved": source.retrieved,
        "illustrative": source.illustrative,
    }
    return {**dict.fromkeys(COLUMNS), **own, **(_account(file) if file else {})}


def _account(file: File) -> Mapping[str, Any]:
    return {
        "file": file.name,
        "kind": file.kind,
        "as_of": file.as_of,
        "sha256": file.checksum,
        "rows_read": file.read,
        "rows_loaded": file.loaded,
        "rows_refused": file.refused,
        "rows_recognised": "; ".join(f"{why}: {rows}" for why, rows in file.recognised),
        "rows_step": file.step,
    }
