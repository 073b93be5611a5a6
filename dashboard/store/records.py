"""Records: the source files as they were handed over, and the draft that they make up."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    delete,
    insert,
    select,
)

from dashboard.store.engines import open_engine, writing

metadata = MetaData()

file_table = Table(
    "file",
    metadata,
    Column("checksum", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("as_of", String, nullable=False),
    Column("illustrative", Boolean, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("loaded_at", DateTime(timezone=True), nullable=False),
    Column("loaded_by", String, nullable=False),
)
draft_table = Table(
    "draft",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("checksum", String, nullable=False, unique=True),
)
release_file_table = Table(
    "release_file",
    metadata,
    Column("release", String, primary_key=True),
    Column("checksum", String, primary_key=True),
)
loading_table = Table(
    "loading",
    metadata,
    Column("checksum", String, primary_key=True),
    Column("account", String, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
)
approval_table = Table(
    "approval",
    metadata,
    Column("draft", String, primary_key=True),
    Column("account", String, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One source file, byte for byte, with the account of its rows and of who loaded it first."""

    checksum: str
    name: str
    kind: str
    as_of: str
    illustrative: bool
    content: bytes
    counts: dict[str, int]
    loaded_by: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The files that the next release would be made from, in the order they were loaded."""

    files: tuple[StoredFile, ...]

    @property
    def checksum(self) -> str:
        """The hash of its files and their names: another file, another draft."""
        said = "\n".join(f"{file.checksum} {file.name}" for file in self.files)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Records:
    """The store of source files and the draft."""

    engine: Engine

    @classmethod
    def at(cls, url: str) -> "Records":
        """Open the store and make the tables that are not there yet."""
        return cls(open_engine(url, metadata))

    def draft(self) -> Draft:
        """Return the files of the draft."""
        query = (
            select(file_table)
            .join(draft_table, draft_table.c.checksum == file_table.c.checksum)
            .order_by(draft_table.c.position)
        )
        with self.engine.connect() as connection:
            return Draft(tuple(_file(row) for row in connection.execute(query).mappings()))

    def set_draft(self, files: tuple[StoredFile, ...]) -> None:
        """Store files that are new and make the draft exactly these, in one transaction."""
        with writing(self.engine) as connection:
            known = set(connection.execute(select(file_table.c.checksum)).scalars())
            rows = [_row(f) for f in files if f.checksum not in known]
            if rows:
                connection.execute(insert(file_table), rows)
            connection.execute(delete(draft_table))
            if files:
                connection.execute(insert(draft_table), [{"checksum": f.checksum} for f in files])
            for file in files:
                _note(connection, loading_table, checksum=file.checksum, account=file.loaded_by)

    def loaders(self, checksums: tuple[str, ...]) -> frozenset[str]:
        """Return every account that loaded any of these files."""
        at = loading_table.c
        with self.engine.connect() as connection:
            query = select(at.account).where(at.checksum.in_(checksums))
            return frozenset(connection.execute(query).scalars())

    def approve(self, draft: str, account: str) -> None:
        """Note that an account approves the draft of a checksum."""
        with writing(self.engine) as connection:
            _note(connection, approval_table, draft=draft, account=account)

    def approved(self, draft: str) -> tuple[str, ...]:
        """Return the accounts that approved the draft of a checksum, the first one first."""
        at = approval_table.c
        query = select(at.account).where(at.draft == draft).order_by(at.at, at.account)
        with self.engine.connect() as connection:
            return tuple(connection.execute(query).scalars())

    def remember(self, release: str, checksums: tuple[str, ...]) -> None:
        """Note which files a release was made from; a release that is known stays as it is."""
        with writing(self.engine) as connection:
            if connection.execute(_files_of(release)).first() is None:
                rows = [{"release": release, "checksum": c} for c in checksums]
                connection.execute(insert(release_file_table), rows)

    def files(self, release: str) -> tuple[StoredFile, ...]:
        """Return the files a release was made from, by name; none where that was not noted."""
        at = release_file_table.c
        query = (
            select(file_table)
            .join(release_file_table, at.checksum == file_table.c.checksum)
            .where(at.release == release)
            .order_by(file_table.c.name, file_table.c.checksum)
        )
        with self.engine.connect() as connection:
            return tuple(_file(row) for row in connection.execute(query).mappings())

    def files_of(self, release: str) -> frozenset[str]:
        """Return the checksums of the files a release was made from."""
        with self.engine.connect() as connection:
            return frozenset(connection.execute(_files_of(release)).scalars())


def _note(connection: Connection, table: Table, **said: str) -> None:
    """Insert a row with the time unless the same is there already."""
    if connection.execute(select(table).filter_by(**said)).first() is None:
        connection.execute(insert(table), [{**said, "at": datetime.now(UTC)}])


def _files_of(release: str) -> Select[str]:
    return select(release_file_table.c.checksum).where(release_file_table.c.release == release)


def _file(row: Any) -> StoredFile:
    names = StoredFile.__dataclass_fields__
    return StoredFile(**{name: row[name] for name in names})


def _row(file: StoredFile) -> dict[str, Any]:
    row = {name: getattr(file, name) for name in StoredFile.__dataclass_fields__}
    return row | {"loaded_at": datetime.now(UTC)}
