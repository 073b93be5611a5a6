"""Published releases: an archive of immutable values and one pointer to the current one."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, select, update

from dashboard.model import Cells, Fact, NoRelease, Release
from dashboard.revisions import Revision
from dashboard.store import board, ministry
from dashboard.store.board import Stored
from dashboard.store.engines import open_engine, writing
from dashboard.store.tables import (
    cell_table,
    cells_of,
    change_rows,
    changes_of,
    current_table,
    fact_table,
    metadata,
    release_table,
    revision_table,
    rows_of,
    source_of,
    source_table,
    tuples,
    withdrawal_row,
    withdrawal_table,
)
from dashboard.withdrawals import Withdrawal

NOTHING = "nothing has been published yet: run `make run` or `bwp release`"


@dataclass(frozen=True, slots=True)
class Written:
    """The name of a release that was written, and whether its content is new."""

    name: str
    new: bool


Namer = Callable[[Collection[str], str], str]
"""named(names there are, name of the current release or "") -> name of a new release."""


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
            found = board.current(connection)
        if not found:
            raise NoRelease(NOTHING)
        return found

    def releases(self) -> tuple[Stored, ...]:
        """Return every release, oldest first."""
        with self.engine.connect() as connection:
            return board.releases(connection)

    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Return everything that is out of sight, the first one first."""
        with self.engine.connect() as connection:
            return board.withdrawals(connection)

    def board(self) -> board.Board:
        """Return what may be shown at this moment; raise NoRelease if nothing is published."""
        with self.engine.connect() as connection:
            current = board.current(connection)
            if not current:
                raise NoRelease(NOTHING)
            return board.Board(current, board.releases(connection), board.withdrawals(connection))

    def withdraw(self, withdrawal: Withdrawal, purge: Sequence[str]) -> str:
        """Take a release or a view out of sight; return the name of the current release.

        Where that is the withdrawn one, the newest of the others becomes current. Raise NoRelease
        where there is no such release or no other to show. `purge` are the addresses of it.
        """
        with writing(self.engine) as connection:
            current = board.current(connection)
            if withdrawal.release:
                board.known(connection, withdrawal.release)
            if withdrawal.view is None and withdrawal.release == current:
                current = board.another(connection, current)
                connection.execute(update(current_table).values(release=current))
            row = withdrawal_row(withdrawal) | {"at": datetime.now(UTC), "purge": list(purge)}
            at = withdrawal_table.c.what
            connection.execute(delete(withdrawal_table).where(at == withdrawal.what))
            connection.execute(insert(withdrawal_table), [row])
            return current

    def show_again(self, what: str) -> None:
        """Put what was withdrawn back in sight; raise NoRelease where nothing of that name was."""
        with writing(self.engine) as connection:
            at = withdrawal_table.c.what
            found = connection.execute(select(at).where(at == what)).scalar()
            if found is None:
                raise NoRelease(f"{what} is not withdrawn")
            connection.execute(delete(withdrawal_table).where(at == what))

    def purge(self, what: str) -> tuple[str, ...]:
        """Return the addresses that were to be purged when something was withdrawn."""
        at = withdrawal_table.c
        with self.engine.connect() as connection:
            found = connection.execute(select(at.purge).where(at.what == what)).scalar()
        return tuple(found or ())

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
                    s["id"]: source_of(s["content"])
                    for s in connection.execute(_of(source_table, release)).mappings()
                },
                facts=tuple(
                    Fact(**tuples(f["content"]))
                    for f in connection.execute(
                        _of(fact_table, release).order_by(fact_table.c.position)
                    ).mappings()
                ),
                cells=cells_of(connection.execute(_of(cell_table, release)).mappings()),
            )

    def revision(self, release: str) -> Revision:
        """Return what a release changed when it was published; raise NoRelease."""
        query = (
            select(release_table.c.id, revision_table.c.against, revision_table.c.changes)
            .outerjoin(revision_table, revision_table.c.release == release_table.c.id)
            .where(release_table.c.id == release)
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NoRelease(f"there is no release {release!r}")
        return Revision(row.against or "", changes_of(row.changes or []))

    def known(self, new: Release, beside: Cells) -> str:
        """Return the name of the release with the same content, "" if there is none.

        `beside` are its cells for the ministry.
        """
        with self.engine.connect() as connection:
            return _contents(connection).get((new.checksum, ministry.checksum(beside)), "")

    def write(
        self,
        new: Release,
        named: Namer | None = None,
        revision: Revision | None = None,
        beside: Cells | None = None,
    ) -> Written:
        """Write one release with its revision in one transaction and make it the current one.

        Without `named` it keeps its own id. The same content is never written twice: then the
        release that has it becomes current, or Withdrawn is raised. Of two that write at once one
        waits for the other. `beside` are the cells that only the ministry may see.
        """
        cells = beside or {}
        with writing(self.engine) as connection:
            names = _contents(connection)
            known = names.get((new.checksum, ministry.checksum(cells)))
            if known:
                board.in_sight(connection, known)
            name = known or (named(names.values(), board.current(connection)) if named else new.id)
            if known is None:
                _insert(connection, replace(new, id=name), revision or Revision())
                ministry.insert_cells(connection, str(name), cells)
            connection.execute(delete(current_table))
            connection.execute(insert(current_table), [{"one": 1, "release": name}])
        return Written(str(name), known is None)

    def switch(self, release: str) -> None:
        """Make another release the current one: one UPDATE of one row.

        Raise NoRelease where there is none of that name and Withdrawn where it is out of sight.
        """
        with writing(self.engine) as connection:
            board.known(connection, release)
            board.in_sight(connection, release)
            connection.execute(update(current_table).values(release=release))


def _contents(connection: Connection) -> dict[tuple[str, str], str]:
    """Return the names of releases by the checksums of both their parts."""
    heads = connection.execute(select(release_table.c.id, release_table.c.checksum)).all()
    beside = ministry.checksums(connection)
    return {(row.checksum, beside.get(row.id, "")): row.id for row in heads}


def _of(table: Table, release: str) -> Any:
    return select(table).where(table.c.release == release)


def _insert(connection: Connection, new: Release, revision: Revision) -> None:
    head = {
        "id": new.id,
        "cut_off": new.cut_off,
        "published_at": datetime.now(UTC),
        "checksum": new.checksum,
        "note": new.note,
    }
    connection.execute(insert(release_table), [head])
    for table, rows in rows_of(new).items():
        if rows:
            connection.execute(insert(table), rows)
    row = {"release": new.id, "against": revision.against, "changes": change_rows(revision)}
    connection.execute(insert(revision_table), [row])
