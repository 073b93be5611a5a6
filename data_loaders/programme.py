"""The programme's records, indexed: who a factory was, and where, on a given day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from data_loaders.periods import months, period_of
from data_loaders.records import (
    Assessment,
    BrandLink,
    Factory,
    FactoryName,
    Finding,
    Headcount,
    Record,
    Spell,
)

R = TypeVar("R")

SIZES = ((500, "lt500"), (1000, "500_999"), (2500, "1000_2499"))


@dataclass(frozen=True)
class Programme:
    """Every record of a draft and its cut-off date, with the questions that measures ask."""

    records: tuple[Record, ...]
    cut_off: date
    provinces: Mapping[str, str]

    def of(self, kind: type[R]) -> Iterator[R]:
        """Yield the records of one kind."""
        return (record for record in self.records if isinstance(record, kind))

    @cached_property
    def factories(self) -> dict[str, Factory]:
        """Factories by id."""
        return {record.factory: record for record in self.of(Factory)}

    @cached_property
    def owners(self) -> dict[str, str]:
        """Owner group of every factory; a factory without one is its own."""
        return {f.factory: f.owner or f.factory for f in self.factories.values()}

    @cached_property
    def spells(self) -> dict[str, list[Spell]]:
        """Spells by factory, oldest first."""
        return _by_factory(sorted(self.of(Spell), key=lambda s: s.start))

    @cached_property
    def _moves(self) -> dict[str, list[FactoryName]]:
        return _by_factory(sorted(self.of(FactoryName), key=lambda n: n.since))

    @cached_property
    def _workers(self) -> dict[str, list[Headcount]]:
        rows = [h for h in self.of(Headcount) if h.role == "all"]
        return _by_factory(sorted(rows, key=lambda h: h.as_of))

    @cached_property
    def findings(self) -> dict[str, list[Finding]]:
        """Findings by assessment."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.of(Finding):
            found[finding.assessment].append(finding)
        return dict(found)

    @cached_property
    def assessments(self) -> list[Assessment]:
        """Assessments up to the cut-off, by date, then id."""
        done = [a for a in self.of(Assessment) if a.start <= self.cut_off]
        return sorted(done, key=lambda a: (a.start, a.assessment))

    @cached_property
    def suppliers(self) -> dict[str, frozenset[str]]:
        """Factories that ever supplied each brand."""
        linked: dict[str, set[str]] = defaultdict(set)
        for link in self.of(BrandLink):
            linked[link.brand].add(link.factory)
        return {brand: frozenset(them) for brand, them in linked.items()}

    @cached_property
    def months(self) -> list[str]:
        """Every month from the first enrolment to the cut-off."""
        starts = [spell.start for spells in self.spells.values() for spell in spells]
        if not starts:
            return []
        return list(months(period_of(min(starts), "M"), period_of(self.cut_off, "M")))

    def city(self, factory: str, day: date) -> str:
        """Return the city a factory stood in on a day."""
        known = [move.city for move in self._moves.get(factory, ()) if move.since <= day]
        return known[-1] if known else self.factories[factory].city

    def size(self, factory: str, day: date) -> str:
        """Return the size band of a factory by its latest headcount up to a day."""
        persons = [_persons(h) for h in self._workers.get(factory, ()) if h.as_of <= day]
        if not persons:
            return "not_recorded"
        return next((code for limit, code in SIZES if persons[-1] < limit), "ge2500")

    def headcount(self, factory: str, day: date) -> Headcount | None:
        """Return the latest headcount of all workers up to a day."""
        known = [h for h in self._workers.get(factory, ()) if h.as_of <= day]
        return known[-1] if known else None

    def place(self, factory: str, day: date) -> tuple[tuple[str, str], ...]:
        """Return where and what a factory was on a day, as dimension codes."""
        city = self.city(factory, day)
        return (
            ("city", city),
            ("province", self.provinces[city]),
            ("sector", self.factories[factory].sector),
            ("size", self.size(factory, day)),
        )

    def enrolled(self, factory: str, day: date) -> bool:
        """Whether a factory had ever joined by a day."""
        return any(s.start <= day for s in self.spells.get(factory, ()) if s.status != "left")

    def active(self, factory: str, day: date) -> bool:
        """Whether a factory took part on a day."""
        return any(
            s.status == "active" and s.start <= day and (s.end is None or day < s.end)
            for s in self.spells.get(factory, ())
        )


def persons_in(row: Headcount, sex: str) -> str:
    """Name one number of a headcount: the persons of a role and sex on its day."""
    return f"persons {row.role} {row.as_of}/{sex}"


def _persons(row: Headcount) -> int:
    return (row.women or 0) + (row.men or 0) + row.not_recorded


def _by_factory(rows: Iterable[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        found[row.factory].append(row)  # type: ignore[attr-defined]  # every kind passed here has it
    return dict(found)
