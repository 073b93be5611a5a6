"""How a database is opened: SQLite with the safety it needs, PostgreSQL as it is."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, NullPool, create_engine, event, make_url

ANSWERS_WITHIN = 2
"""Seconds in which PostgreSQL takes a connection; the shortest that its library knows."""


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
    if tables is not None:
        tables.create_all(engine)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()
