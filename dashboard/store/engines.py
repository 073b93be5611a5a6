"""How a database is opened and written to: SQLite with the safety it needs, PostgreSQL as it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    NullPool,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
)

ANSWERS_WITHIN = 2
"""Seconds in which PostgreSQL takes a connection; the shortest that its library knows."""

WRITERS = 7_203_110
"""The advisory lock of PostgreSQL that everyone who writes to a store takes."""

PATIENCE = 60_000
"""Milliseconds that a writer waits for another one; publishing takes seconds."""


def open_engine(url: str, tables: MetaData | None = None) -> Engine:
    """Open the database at `url`; with `tables`, make those that are not there yet.

    A database is opened for each piece of work and closed after it: that is seldom, nothing keeps
    a file open that somebody wants to move, and no connection waits for a server that is frozen.
    """
    address = make_url(url)
    sqlite = address.get_backend_name() == "sqlite"
    if sqlite and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    within: dict[str, object] = {} if sqlite else {"connect_timeout": ANSWERS_WITHIN}
    engine = create_engine(address, poolclass=NullPool, connect_args=within)
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
    if tables is not None and not set(tables.tables) <= set(inspect(engine).get_table_names()):
        with writing(engine) as connection:
            tables.create_all(connection)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open one transaction that no other writer of the same store is in.

    What is read in it is still so when it ends; a second writer waits, then sees what the first
    one wrote.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(select(func.pg_advisory_xact_lock(WRITERS)))
        yield connection


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
