"""What a reader's scope lets them see of suppliers: the one function between them."""

from dataclasses import dataclass, replace

from dashboard.dossier import Dossier, Sight
from dashboard.model import NotPublished, Release, Scope
from dashboard.service import Statistics
from dashboard.store import Dossiers
from dashboard.suppliers.changes import News, news
from dashboard.suppliers.standing import Standing, standing


def sight_of(scope: Scope) -> Sight:
    """Return which cycles of which factories a scope may see.

    A brand sees those it has consent for, staff and administrators all, anyone else none.
    """
    if scope.audience in ("staff", "admin"):
        return Sight(None)
    if scope.audience != "brand":
        return Sight()
    return Sight(frozenset((factory, cycle_of(code)) for factory, code in scope.pairs))


def cycle_of(code: str) -> int:
    """Return the number of a cycle's code: 2 of "C2"."""
    return int(code.removeprefix("C"))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The suppliers of a release, for one reader at a time."""

    statistics: Statistics
    dossiers: Dossiers

    def suppliers(self, scope: Scope, release: str = "") -> list[Standing]:
        """Return where every supplier stands that a reader may see, as of the cut-off."""
        found = self.statistics.release(release)
        them = self.dossiers.seen(found.checksum, sight_of(scope))
        return [_standing(dossier, found) for dossier in them.values()]

    def supplier(self, scope: Scope, factory: str, release: str = "") -> Standing:
        """Return where one supplier stands; raise NotPublished.

        One that the reader may not see is not there, exactly like one that does not exist.
        """
        found = self.statistics.release(release)
        them = self.dossiers.seen(found.checksum, sight_of(scope), factory)
        if factory not in them:
            raise NotPublished("there is no such supplier")
        return _standing(them[factory], found)

    def news(self, scope: Scope, release: str = "") -> tuple[str, tuple[News, ...]]:
        """Return the release before, and what is new since; ("", ()) where there is none."""
        found = self.statistics.release(release)
        names = [stored.id for stored in self.statistics.board().releases]
        at = names.index(found.id) if found.id in names else 0
        if at == 0:
            return "", ()
        try:
            before = self._seen(names[at - 1], scope)
        except NotPublished:
            return "", ()
        return names[at - 1], news(before, self._seen(found.id, scope)) if before else ()

    def _seen(self, release: str, scope: Scope) -> dict[str, Dossier]:
        checksum = self.statistics.release(release).checksum
        return self.dossiers.seen(checksum, sight_of(scope))


def _standing(dossier: Dossier, release: Release) -> Standing:
    found = standing(dossier, release.cut_off)
    return replace(found, illustrative=release.illustrative)
