"""Audits: what was hidden so that nobody works out a figure, and what every release tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Engine, LargeBinary, String, Table, insert, select

from dashboard.store.engines import writing
from dashboard.store.records import Records, metadata

audit_table = Table(
    "audit",
    metadata,
    Column("checksum", String, primary_key=True),
    Column("outcome", JSON, nullable=False),
)
release_audit_table = Table(
    "release_audit",
    metadata,
    Column("checksum", String, primary_key=True),
    Column("report", JSON, nullable=False),
    Column("told", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Audits:
    """What staff keep of audits: outcomes by checksum, and of every release what it told."""

    engine: Engine

    @classmethod
    def of(cls, records: Records) -> "Audits":
        """Return the audits that are kept beside the source files."""
        return cls(records.engine)

    def outcomes(self) -> dict[str, dict[str, str]]:
        """Return what was hidden in each part that was audited before, and why, by checksum."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(audit_table)).all()
        return {row.checksum: row.outcome for row in rows}

    def remember(self, outcomes: Mapping[str, Mapping[str, str]]) -> None:
        """Add outcomes that are not known yet."""
        with writing(self.engine) as connection:
            known = set(connection.execute(select(audit_table.c.checksum)).scalars())
            rows = [
                {"checksum": checksum, "outcome": dict(outcome)}
                for checksum, outcome in outcomes.items()
                if checksum not in known
            ]
            if rows:
                connection.execute(insert(audit_table), rows)

    def keep(self, release: str, report: Mapping[str, object], told: bytes) -> None:
        """Keep the report on a release and what it tells, by the release's checksum."""
        row = {"checksum": release, "report": dict(report), "told": told}
        with writing(self.engine) as connection:
            known = set(connection.execute(select(release_audit_table.c.checksum)).scalars())
            if release not in known:
                connection.execute(insert(release_audit_table), [row])

    def kept(self) -> dict[str, bytes]:
        """Return what releases told, by their checksums."""
        table = release_audit_table.c
        with self.engine.connect() as connection:
            rows = connection.execute(select(table.checksum, table.told)).all()
        return {row.checksum: row.told for row in rows}

    def report(self, release: str) -> dict[str, Any]:
        """Return the report on a release by its checksum; raise LookupError."""
        table = release_audit_table.c
        with self.engine.connect() as connection:
            found = connection.execute(
                select(table.report).where(table.checksum == release)
            ).first()
        if found is None:
            raise LookupError(f"no audit was kept of the release with the checksum {release}")
        report: dict[str, Any] = found.report
        return report
