"""The tables of published releases: rows and the nouns of a release turn into each other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
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

from dashboard.model import Cell, Key, Release, Series

metadata = MetaData()

release_table = Table(
    "release",
    metadata,
    Column("id", String, primary_key=True),
    Column("cut_off", Date, nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
    Column("checksum", String, nullable=False, unique=True),
    Column("note", String, nullable=False),
)
current_table = Table(
    "current",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("release", String, ForeignKey("release.id"), nullable=False),
)
cell_table = Table(
    "cell",
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


def tuples(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return content of a JSON column with its lists as tuples again."""
    return {name: tuple(v) if isinstance(v, list) else v for name, v in content.items()}


def key_text(key: Key) -> str:
    """Spell a key as it is stored: "city=karachi;cluster=osh"; the total is empty."""
    return ";".join(f"{dimension}={code}" for dimension, code in key)


def _key(text: str) -> Key:
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
        key = shared.setdefault(row["key"], _key(row["key"]))
        cells[series][key][row["time_period"]] = _cell(row, shared)
    return {series: dict(by_key) for series, by_key in cells.items()}


def _cell(row: RowMapping, shared: dict[str, Any]) -> Cell:
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
        source_table: [
            at | {"id": s.id, "content": {f.name: getattr(s, f.name) for f in fields(s)}}
            for s in new.sources.values()
        ],
        fact_table: [
            at | {"id": f.id, "position": i, "content": asdict(f)} for i, f in enumerate(new.facts)
        ],
        cell_table: [at | row for row in cell_rows(new)],
    }


def cell_rows(release: Release) -> Iterator[dict[str, Any]]:
    """Yield every cell of a release as a flat row, in one canonical order."""
    for series in sorted(release.cells, key=lambda s: (s.indicator, s.unit, s.freq, s.panel)):
        for key, by_period in sorted(release.cells[series].items()):
            for period, cell in sorted(by_period.items()):
                yield {
                    "indicator": series.indicator,
                    "unit": series.unit,
                    "freq": series.freq,
                    "panel": series.panel,
                    "key": key_text(key),
                    "time_period": period,
                    "value": cell.value,
                    "status": cell.status,
                    "n": cell.n,
                    "flags": " ".join(cell.flags),
                    "qualifier": cell.qualifier,
                    "sources": " ".join(cell.sources),
                }
