"""The list of suppliers as an address asks for it: searched, filtered, sorted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.model import BadView
from dashboard.suppliers.standing import Standing

STATES: Mapping[str, Callable[[Standing], bool]] = {
    "open": lambda s: bool(s.open),
    "overdue": lambda s: s.overdue > 0,
    "repeated": lambda s: s.repeated > 0,
    "clear": lambda s: s.cycle is not None and not s.open and not s.noncompliant,
}
AGES = ("30", "90", "180", "365")
"""Days that the oldest open item is open at least."""

SORTS: Mapping[str, Callable[[Standing], Any]] = {
    "name": lambda s: s.dossier.profile.name.casefold(),
    "city": lambda s: s.dossier.profile.city,
    "assessed": lambda s: -(s.cycle.assessed.on.toordinal() if s.cycle and s.cycle.assessed else 0),
    "findings": lambda s: -s.noncompliant,
    "open": lambda s: -len(s.open),
    "overdue": lambda s: -s.overdue,
    "oldest": lambda s: -(s.oldest if s.oldest is not None else -1),
    "repeated": lambda s: -s.repeated,
}
"""Names are sorted upwards, everything else so that what needs attention comes first."""

NAMES = ("q", "city", "cluster", "state", "age", "sort", "shown")
SHOWN = ("table", "matrix")
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader wants of the list; an empty field is no condition."""

    q: str = ""
    city: str = ""
    cluster: str = ""
    state: str = ""
    age: str = ""
    sort: str = ""
    shown: str = ""

    @classmethod
    def of(cls, pairs: Mapping[str, str]) -> "Wanted":
        """Read the names of an address; raise BadView for what is not known here."""
        found = cls(**{name: pairs.get(name, "") for name in NAMES})
        for name, known in (("state", STATES), ("age", AGES), ("sort", SORTS), ("shown", SHOWN)):
            said = getattr(found, name)
            if said and said not in known:
                raise BadView(f"{name}={said}: not known here; possible: {', '.join(known)}")
        if len(found.q) > LONGEST:
            raise BadView(f"q: at most {LONGEST} letters")
        return found

    @property
    def active(self) -> bool:
        """Whether anything leaves suppliers out."""
        return any((self.q, self.city, self.cluster, self.state, self.age))


def filtered(found: Iterable[Standing], wanted: Wanted) -> list[Standing]:
    """Return the suppliers that fulfil every condition, sorted."""
    kept = [one for one in found if _fulfils(one, wanted)]
    by_name = sorted(kept, key=SORTS["name"])
    return sorted(by_name, key=SORTS[wanted.sort or "name"])


def _fulfils(one: Standing, wanted: Wanted) -> bool:
    profile = one.dossier.profile
    names = (profile.name, profile.factory, profile.os_hub_id, *(old for old, _ in profile.former))
    conditions = (
        any(wanted.q.casefold() in name.casefold() for name in names),
        wanted.city in ("", profile.city),
        not wanted.cluster or _has_finding(one, wanted.cluster),
        not wanted.state or STATES[wanted.state](one),
        not wanted.age or (one.oldest is not None and one.oldest >= int(wanted.age)),
    )
    return all(conditions)


def _has_finding(one: Standing, cluster: str) -> bool:
    return any(count.cluster == cluster and count.noncompliant for count in one.clusters)
