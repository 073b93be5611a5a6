"""What became of suppliers between two releases, as far as the reader may see both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dashboard.dossier import Dossier, Item

Kind = Literal["supplier", "assessment", "item", "closed"]


@dataclass(frozen=True, slots=True)
class News:
    """Something new about a factory: itself, an assessment, an item opened or completed."""

    factory: str
    kind: Kind
    cycle: int = 0
    item: Item | None = None


def news(before: Mapping[str, Dossier], now: Mapping[str, Dossier]) -> tuple[News, ...]:
    """Return what is in the dossiers of a release and was not in those of an earlier one."""
    return tuple(found for name in sorted(now) for found in _of(before.get(name), now[name]))


def _of(before: Dossier | None, now: Dossier) -> Iterator[News]:
    name = now.profile.factory
    if before is None:
        yield News(name, "supplier")
        return
    known = {cycle.number: cycle for cycle in before.cycles}
    for cycle in now.cycles:
        was = known.get(cycle.number)
        if cycle.assessed and not (was and was.assessed):
            yield News(name, "assessment", cycle.number)
        status = {item.item: item.status for item in was.items} if was else {}
        for item in cycle.items:
            if item.item not in status:
                yield News(name, "item", cycle.number, item)
            elif item.status == "completed" != status[item.item]:
                yield News(name, "closed", cycle.number, item)
