"""The tables of published releases: rows and the nouns of a release turn into each other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
)

from dashboard.model import Cell, Cells, File, Key, Release, Series, Source, View
from dashboard.revisions import Change, Revision
from dashboard.withdrawals import Withdrawal

metadata = MetaData()

release_table = Table(
    "release",
    metadata,
    Column("id", String, primary_key=True),
    Column("cut_off", Date, nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
    Column("checksum", String, nullable=False),
    Column("note", String, nullable=False),
)
current_table = Table(
    "current",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("release", String, ForeignKey("release.id"), nullable=False),
)


def _of_cells(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("release", String, ForeignKey("release.id"), primary_key=True),
        Column("indicator", String, primary_key=True),
        Column("unit", String, primary_key=True),
        Column("freq", String, primary_key=True),
        Column("panel", String, primary_key=True),
        Column("key", String, primary_key=True),
        Column("time_period", String, primary_key=True),
        Column("value", Float),
        Column("status", String, nullable=False),
        Column("n", Integer),
        Column("flags", String, nullable=False),
        Column("qualifier", String, nullable=False),
        Column("sources", String, nullable=False),
    )


cell_table = _of_cells("cell")
ministry_cell_table = _of_cells("ministry_cell")
ministry_release_table = Table(
    "ministry_release",
    metadata,
    Column("release", String, ForeignKey("release.id"), primary_key=True),
    Column("checksum", String, nullable=False),
)
"""Which cells of the ministry a release has: never for the eyes of readers, who could try them."""
source_table = Table(
    "source",
    metadata,
    Column("release", String, ForeignKey("release.id"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("content", JSON, nullable=False),
)
fact_table = Table(
    "fact",
    metadata,
    Column("release", String, ForeignKey("release.id"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("content", JSON, nullable=False),
)

revision_table = Table(
    "revision",
    metadata,
    Column("release", String, ForeignKey("release.id"), primary_key=True),
    Column("against", String, nullable=False),
    Column("changes", JSON, nullable=False),
)
withdrawal_table = Table(
    "withdrawal",
    metadata,
    Column("what", String, primary_key=True),
    Column("release", String, nullable=False),
    Column("indicator", String, nullable=False),
    Column("query", String, nullable=False),
    Column("why", String, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("purge", JSON, nullable=False),
)


def withdrawal_of(row: RowMapping) -> Withdrawal:
    """Return the withdrawal of a row."""
    view = View.from_query(row["indicator"], row["query"]) if row["indicator"] else None
    return Withdrawal(row["what"], row["why"], row["release"], view)


def withdrawal_row(withdrawal: Withdrawal) -> dict[str, Any]:
    """Return the row of a withdrawal, without its time and its list of addresses."""
    view = withdrawal.view
    return {
        "what": withdrawal.what,
        "release": withdrawal.release,
        "indicator": view.indicator if view else "",
        "query": view.to_query() if view else "",
        "why": withdrawal.why,
    }


def tuples(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return content of a JSON column with its lists as tuples again."""
    return {name: tuple(v) if isinstance(v, list) else v for name, v in content.items()}


def source_of(content: Mapping[str, Any]) -> Source:
    """Return the source of a JSON column; releases of before files were kept have none."""
    files = tuple(_file_of(file) for file in content.get("files", ()))
    return Source(**{**content, "files": files})


def _file_of(content: Mapping[str, Any]) -> File:
    recognised = tuple((str(why), int(rows)) for why, rows in content["recognised"])
    return File(**{**content, "recognised": recognised})


def key_text(key: Key) -> str:
    """Spell a key as it is stored: "city=karachi;cluster=osh"; the total is empty."""
    return ";".join(f"{dimension}={code}" for dimension, code in key)


def key_of(text: str) -> Key:
    """Return the key of its spelling."""
    pairs = (pair.partition("=") for pair in text.split(";") if pair)
    return tuple((dimension, code) for dimension, _, code in pairs)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def cells_of(rows: Any) -> dict[Series, dict[Key, dict[str, Cell]]]:
    """Return the cells of rows; equal keys and sources are one object."""
    cells: dict[Series, dict[Key, dict[str, Cell]]] = defaultdict(lambda: defaultdict(dict))
    shared: dict[str, Any] = {}
    for row in rows:
        series = Series(row["indicator"], row["unit"], row["freq"], row["panel"])
        key = shared.setdefault(row["key"], key_of(row["key"]))
        cells[series][key][row["time_period"]] = _cell(row, shared)
    return {series: dict(by_key) for series, by_key in cells.items()}


def _cell(row: Mapping[str, Any], shared: dict[str, Any]) -> Cell:
    return Cell(
        value=row["value"],
        status=row["status"],
        n=row["n"],
        flags=_words(row["flags"]),
        qualifier=row["qualifier"],
        sources=shared.setdefault(" " + row["sources"], _words(row["sources"])),
    )


def rows_of(new: Release) -> dict[Table, list[dict[str, Any]]]:
    """Return the rows of a release by table, without its head."""
    at = {"release": new.id}
    return {
        source_table: [at | {"id": s.id, "content": asdict(s)} for s in new.sources.values()],
        fact_table: [
            at | {"id": f.id, "position": i, "content": asdict(f)} for i, f in enumerate(new.facts)
        ],
        cell_table: [at | row for row in cell_rows(new.cells)],
    }


def cell_rows(cells: Cells) -> Iterator[dict[str, Any]]:
    """Yield every cell as a flat row, in one canonical order."""
    for series in sorted(cells, key=lambda s: (s.indicator, s.unit, s.freq, s.panel)):
        for key, by_period in sorted(cells[series].items()):
            for period, cell in sorted(by_period.items()):
                yield {**_place(series, key, period), **_content(cell)}


def _place(series: Series, key: Key, period: str) -> dict[str, Any]:
    return {
        "indicator": series.indicator,
        "unit": series.unit,
        "freq": series.freq,
        "panel": series.panel,
        "key": key_text(key),
        "time_period": period,
    }


def _content(cell: Cell) -> dict[str, Any]:
    return {
        "value": cell.value,
        "status": cell.status,
        "n": cell.n,
        "flags": " ".join(cell.flags),
        "qualifier": cell.qualifier,
        "sources": " ".join(cell.sources),
    }


def change_rows(revision: Revision) -> list[dict[str, Any]]:
    """Return every change of a revision as plain values."""
    return [
        {
            **_place(change.series, change.key, change.time_period),
            "old": _content(change.old) if change.old else None,
            "new": _content(change.new) if change.new else None,
            "why": change.why,
            "large": change.large,
            "illustrative": change.illustrative,
        }
        for change in revision.changes
    ]


def changes_of(rows: list[dict[str, Any]]) -> tuple[Change, ...]:
    """Return the changes of plain values."""
    shared: dict[str, Any] = {}
    return tuple(
        Change(
            series=Series(row["indicator"], row["unit"], row["freq"], row["panel"]),
            key=shared.setdefault(row["key"], key_of(row["key"])),
            time_period=row["time_period"],
            old=_cell(row["old"], shared) if row["old"] else None,
            new=_cell(row["new"], shared) if row["new"] else None,
            why=row["why"],
            large=row["large"],
            illustrative=row["illustrative"],
        )
        for row in rows
    )
