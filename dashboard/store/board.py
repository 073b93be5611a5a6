"""What may be shown: which releases there are, which is current, what is withdrawn."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from dashboard.model import NoRelease, Withdrawn
from dashboard.store.tables import current_table, release_table, withdrawal_of, withdrawal_table
from dashboard.withdrawals import Withdrawal, withdrawn_release

KARACHI = ZoneInfo("Asia/Karachi")


@dataclass(frozen=True, slots=True)
class Stored:
    """What a list of releases shows of one of them."""

    id: str
    cut_off: date
    published_at: datetime
    checksum: str
    note: str

    @property
    def published_on(self) -> date:
        """The day of publication in Pakistan."""
        at = self.published_at
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(KARACHI).date()


@dataclass(frozen=True, slots=True)
class Board:
    """What may be shown: the name of the current release, all that are kept, what is withdrawn."""

    current: str
    releases: tuple[Stored, ...]
    withdrawals: tuple[Withdrawal, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """What it is known by: every name there is, the current one first, and why some are out."""
        names = (self.current, *(stored.id for stored in self.releases))
        return (*names, *(f"{w.what} {w.why}" for w in self.withdrawals))


def releases(connection: Connection) -> tuple[Stored, ...]:
    """Return every release, oldest first."""
    query = select(release_table).order_by(release_table.c.published_at, release_table.c.id)
    return tuple(Stored(**row) for row in connection.execute(query).mappings())


def withdrawals(connection: Connection) -> tuple[Withdrawal, ...]:
    """Return everything that is out of sight, the first one first."""
    at = withdrawal_table.c
    query = select(withdrawal_table).order_by(at.at, at.what)
    return tuple(withdrawal_of(row) for row in connection.execute(query).mappings())


def known(connection: Connection, release: str) -> None:
    """Raise NoRelease unless there is a release of a name."""
    query = select(release_table.c.id).where(release_table.c.id == release)
    if connection.execute(query).scalar() is None:
        raise NoRelease(f"there is no release {release!r}")


def in_sight(connection: Connection, release: str) -> None:
    """Raise Withdrawn if a release is out of sight."""
    if found := withdrawn_release(release, withdrawals(connection)):
        raise Withdrawn(f"release {release}", found.why)


def another(connection: Connection, release: str) -> str:
    """Return the newest release that is in sight and is not this one."""
    out = withdrawals(connection)
    others = [stored.id for stored in releases(connection) if stored.id != release]
    shown = [name for name in others if not withdrawn_release(name, out)]
    if not shown:
        raise NoRelease(
            f"{release} is the only release to show: publish another one first, or stop the site"
        )
    return shown[-1]


def current(connection: Connection) -> str:
    """Return the name of the current release, "" if there is none."""
    return str(connection.execute(select(current_table.c.release)).scalar() or "")
