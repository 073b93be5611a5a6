"""Published releases: an archive of immutable values and one pointer to the current one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    Engine,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from dashboard.model import Cell, Fact, Key, NoRelease, Release, Series, Source
from dashboard.store.engines import open_engine

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


@dataclass(frozen=True, slots=True)
class Stored:
    """What a list of releases shows of one of them."""

    id: str
    cut_off: date
    published_at: datetime
    checksum: str
    note: str


@dataclass(frozen=True, slots=True)
class Published:
    """The store of published releases. The public site opens only this one."""

    engine: Engine

    @classmethod
    def at(cls, url: str, create: bool = False) -> "Published":
        """Open the store; only the publisher may `create` its tables."""
        return cls(open_engine(url, metadata if create else None))

    def current(self) -> str:
        """Return the id of the current release; raise NoRelease if nothing is published."""
        with self.engine.connect() as connection:
            found = connection.execute(select(current_table.c.release)).scalar()
        if found is None:
            raise NoRelease("nothing has been published yet: run `make run` or `bwp release`")
        return str(found)

    def releases(self) -> tuple[Stored, ...]:
        """Return every release, oldest first."""
        query = select(release_table).order_by(release_table.c.published_at, release_table.c.id)
        with self.engine.connect() as connection:
            return tuple(Stored(**row) for row in connection.execute(query).mappings())

    def load(self, release: str) -> Release:
        """Read one whole release; raise NoRelease if there is none of that name."""
        with self.engine.connect() as connection:
            query = select(release_table).where(release_table.c.id == release)
            row = connection.execute(query).mappings().one_or_none()
            if row is None:
                raise NoRelease(f"there is no release {release!r}")
            return Release(
                id=row["id"],
                cut_off=row["cut_off"],
                published=row["cut_off"].isoformat(),
                checksum=row["checksum"],
                note=row["note"],
                sources={
                    s["id"]: Source(**s["content"])
                    for s in connection.execute(_of(source_table, release)).mappings()
                },
                facts=tuple(
                    Fact(**_tuples(f["content"]))
                    for f in connection.execute(
                        _of(fact_table, release).order_by(fact_table.c.position)
                    ).mappings()
                ),
                cells=_cells(connection.execute(_of(cell_table, release)).mappings()),
            )

    def write(self, new: Release, switch: bool = True) -> None:
        """Write one release in one transaction; with `switch`, make it the current one."""
        with self.engine.begin() as connection:
            head = {
                "id": new.id,
                "cut_off": new.cut_off,
                "published_at": datetime.now(UTC),
                "checksum": new.checksum,
                "note": new.note,
            }
            connection.execute(insert(release_table), [head])
            for table, rows in _rows(new).items():
                if rows:
                    connection.execute(insert(table), rows)
            if switch:
                connection.execute(delete(current_table))
                connection.execute(insert(current_table), [{"one": 1, "release": new.id}])

    def switch(self, release: str) -> None:
        """Make another release the current one: one UPDATE of one row."""
        with self.engine.begin() as connection:
            known = select(release_table.c.id).where(release_table.c.id == release)
            if connection.execute(known).scalar() is None:
                raise NoRelease(f"there is no release {release!r}")
            connection.execute(update(current_table).values(release=release))


def _of(table: Table, release: str) -> Any:
    return select(table).where(table.c.release == release)


def _tuples(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in content.items()}


def key_text(key: Key) -> str:
    """Spell a key as it is stored: "city=karachi;cluster=osh"; the total is empty."""
    return ";".join(f"{dimension}={code}" for dimension, code in key)


def _key(text: str) -> Key:
    pairs = (pair.partition("=") for pair in text.split(";") if pair)
    return tuple((dimension, code) for dimension, _, code in pairs)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _cells(rows: Any) -> dict[Series, dict[Key, dict[str, Cell]]]:
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


def _rows(new: Release) -> dict[Table, list[dict[str, Any]]]:
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
