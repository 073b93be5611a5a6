"""Which brand may see which assessment cycle of which factory, and from when to when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.people import BadAccount, Consent
from dashboard.store.accounts.schema import changing, reading
from dashboard.store.accounts.tables import consent_table

at = consent_table.c


@dataclass(frozen=True, slots=True)
class Consents:
    """Every consent that was ever given; one that was taken back has a last day."""

    engine: Engine

    def add(self, consent: Consent) -> None:
        """Store a consent; raise BadAccount for one that is there already."""
        row = {name: getattr(consent, name) for name in consent.__slots__}
        if any(known.holds(consent.since) for known in self._same(consent)):
            raise BadAccount(f"{_told(consent)} is consented to already")
        try:
            with changing(self.engine) as connection:
                connection.execute(insert(consent_table).values(row))
        except IntegrityError as error:
            raise BadAccount(f"{_told(consent)} is consented to already") from error

    def remove(self, consent: Consent, last: date) -> None:
        """End a consent after a day; raise BadAccount if there is none in force.

        One that would have ended before it began is gone; the audit log still tells of it.
        """
        this = (at.brand == consent.brand, at.factory == consent.factory)
        mine = (*this, at.cycle == consent.cycle, at.until.is_(None) | (at.until > last))
        with changing(self.engine) as connection:
            void = connection.execute(delete(consent_table).where(*mine, at.since > last)).rowcount
            ended = connection.execute(update(consent_table).where(*mine).values(until=last))
            if not void + ended.rowcount:
                raise BadAccount(f"there is no consent to {_told(consent)}")

    def of(self, brand: str, day: date) -> frozenset[tuple[str, str]]:
        """Return every (factory, cycle) that a brand may see on a day."""
        return frozenset((one.factory, one.cycle) for one in self.all(brand) if one.holds(day))

    def all(self, brand: str = "") -> tuple[Consent, ...]:
        """Return every consent, or those of a brand, in order."""
        query = select(at.brand, at.factory, at.cycle, at.since, at.until).order_by(
            at.brand, at.factory, at.cycle, at.since
        )
        if brand:
            query = query.where(at.brand == brand)
        with reading(self.engine) as connection:
            return tuple(Consent(*row) for row in connection.execute(query))

    def _same(self, consent: Consent) -> list[Consent]:
        wanted = (consent.factory, consent.cycle)
        return [one for one in self.all(consent.brand) if (one.factory, one.cycle) == wanted]


def _told(consent: Consent) -> str:
    return f"{consent.brand} seeing {consent.factory} in {consent.cycle}"
