"""The tables of accounts, as the newest migration leaves them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator


class Utc(TypeDecorator[datetime]):
    """A moment: UTC in the database, with its zone in Python. SQLite would lose the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store a moment as UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Return a moment of UTC."""
        if value is None:
            return None
        found: datetime = value
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


metadata = MetaData()

account_table = Table(
    "account",
    metadata,
    Column("id", String, primary_key=True),
    Column("email", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("brand", String, nullable=False),
    Column("password", String, nullable=False),
    Column("issuer", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("totp", String, nullable=False),
    Column("totp_step", Integer, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("disabled", Utc),
)
recovery_table = Table(
    "recovery_code",
    metadata,
    Column("account", String, ForeignKey("account.id"), primary_key=True),
    Column("hash", String, primary_key=True),
    Column("used", Utc),
)
consent_table = Table(
    "consent",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("brand", String, nullable=False),
    Column("factory", String, nullable=False),
    Column("cycle", String, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
    UniqueConstraint("brand", "factory", "cycle", "since"),
)
session_table = Table(
    "session",
    metadata,
    Column("hash", String, primary_key=True),
    Column("handle", String, nullable=False, unique=True),
    Column("account", String, ForeignKey("account.id"), index=True),
    Column("stage", String, nullable=False),
    Column("created", Utc, nullable=False),
    Column("seen", Utc, nullable=False),
    Column("expires", Utc, nullable=False),
    Column("revoked", Utc),
    Column("agent", String, nullable=False),
    Column("note", JSON, nullable=False),
)
link_table = Table(
    "link",
    metadata,
    Column("hash", String, primary_key=True),
    Column("account", String, ForeignKey("account.id"), nullable=False, index=True),
    Column("purpose", String, nullable=False),
    Column("created", Utc, nullable=False),
    Column("expires", Utc, nullable=False),
    Column("used", Utc),
)
attempt_table = Table(
    "attempt",
    metadata,
    Column("key", String, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last", Utc, nullable=False),
    Column("until", Utc, nullable=False),
)
log_table = Table(
    "audit_log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Utc, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", String, nullable=False),
)
