"""Accounts, consents, sessions, links, attempts and the log, which can only grow."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("audit_log", "attempt", "link", "session", "consent", "recovery_code", "account")


def upgrade() -> None:
    """Make every table."""
    _people()
    _visits()
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", MOMENT, nullable=False),
        *(_text(name) for name in ("actor", "action", "subject", "detail")),
    )
    _only_grows("audit_log")


def downgrade() -> None:
    """Remove every table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS only_grows() CASCADE")
    for name in TABLES:
        op.drop_table(name)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _people() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("email", sa.String, nullable=False, unique=True),
        *(_text(n) for n in ("name", "role", "brand", "password", "issuer", "subject", "totp")),
        sa.Column("totp_step", sa.Integer, nullable=False),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.Column("disabled", MOMENT),
    )
    op.create_table(
        "recovery_code",
        sa.Column("account", sa.String, sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("hash", sa.String, primary_key=True),
        sa.Column("used", MOMENT),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *(_text(name) for name in ("brand", "factory", "cycle")),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.UniqueConstraint("brand", "factory", "cycle", "since"),
    )


def _visits() -> None:
    op.create_table(
        "session",
        sa.Column("hash", sa.String, primary_key=True),
        sa.Column("handle", sa.String, nullable=False, unique=True),
        sa.Column("account", sa.String, sa.ForeignKey("account.id"), index=True),
        _text("stage"),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("created", "seen", "expires")),
        sa.Column("revoked", MOMENT),
        _text("agent"),
        sa.Column("note", sa.JSON, nullable=False),
    )
    op.create_table(
        "link",
        sa.Column("hash", sa.String, primary_key=True),
        sa.Column("account", sa.String, sa.ForeignKey("account.id"), nullable=False, index=True),
        _text("purpose"),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("created", "expires")),
        sa.Column("used", MOMENT),
    )
    op.create_table(
        "attempt",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("last", "until")),
    )


def _only_grows(table: str) -> None:
    """Let the database refuse every change and removal of what a table holds."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION only_grows()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER only_grows_{verb.lower()} BEFORE {verb} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
        )
