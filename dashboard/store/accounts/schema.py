"""The schema of accounts: brought up to date by Alembic, checked before it is used."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import OperationalError, ProgrammingError

from dashboard.people import Unavailable
from dashboard.store.engines import writing

MIGRATIONS = Path(__file__).parent / "migrations"
DOWN = (OperationalError, ProgrammingError)
"""No server, no file, or no tables."""


def upgrade(engine: Engine) -> None:
    """Make the tables as the newest migration wants them, in one transaction.

    Raise Unavailable where there is no database, or no leave to make tables in it.
    """
    try:
        with writing(engine) as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DOWN as error:
        raise Unavailable(f"the tables of accounts cannot be made: {error.orig}") from error


def current(engine: Engine) -> bool:
    """Whether the store has the tables of the newest migration; raise Unavailable."""
    with reading(engine) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def exists(url: str) -> bool:
    """Whether there may be a store at an address; asking SQLite itself would make a file."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return True
    return bool(address.database) and Path(address.database or "").exists()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a connection to read; raise Unavailable."""
    try:
        with engine.connect() as connection:
            yield connection
    except DOWN as error:
        raise Unavailable("the store of accounts does not answer") from error


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction of few rows, which waits for nobody else; raise Unavailable."""
    try:
        with engine.begin() as connection:
            yield connection
    except DOWN as error:
        raise Unavailable("the store of accounts does not answer") from error


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
