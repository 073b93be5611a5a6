"""From records to what is known of each supplier, by cycle."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Protocol, TypeVar

from dashboard.dossier import (
    Answered,
    Assessed,
    Cycle,
    Dossier,
    Item,
    ItemStatus,
    Link,
    People,
    Profile,
    Progress,
    Seats,
    Visited,
)
from data_loaders.programme import Programme
from data_loaders.records import (
    Assessment,
    BrandLink,
    CommitteeMember,
    FactoryName,
    Headcount,
    ImprovementItem,
    ProgressAnswer,
    Visit,
)


class OfFactory(Protocol):
    """A record of one factory."""

    @property
    def factory(self) -> str:
        """The factory's id."""


T = TypeVar("T", bound=OfFactory)


def dossiers(programme: Programme) -> Iterator[Dossier]:
    """Yield the dossier of every factory, by id, as known at the cut-off."""
    book = _Book(programme)
    return (book.dossier(factory) for factory in sorted(programme.factories))


def links(programme: Programme) -> Iterator[Link]:
    """Yield what every brand's links say of consent, as they are in the file."""
    for row in programme.of(BrandLink):
        if row.factory in programme.factories:
            yield Link(row.brand, row.factory, row.cycle, row.start, row.end, row.consent)


@dataclass(frozen=True)
class _Book:
    """The records of a programme by factory."""

    programme: Programme

    @cached_property
    def assessments(self) -> dict[str, list[Assessment]]:
        return _grouped(self.programme.assessments)

    @cached_property
    def items(self) -> dict[str, list[ImprovementItem]]:
        return _grouped(self.programme.of(ImprovementItem))

    @cached_property
    def progress(self) -> dict[str, list[ProgressAnswer]]:
        return _grouped(self.programme.of(ProgressAnswer))

    @cached_property
    def members(self) -> dict[str, list[CommitteeMember]]:
        return _grouped(self.programme.of(CommitteeMember))

    @cached_property
    def headcounts(self) -> dict[str, list[Headcount]]:
        return _grouped(self.programme.of(Headcount))

    @cached_property
    def visits(self) -> dict[str, list[Visit]]:
        return _grouped(self.programme.of(Visit))

    @cached_property
    def names(self) -> dict[str, list[FactoryName]]:
        return _grouped(self.programme.of(FactoryName))

    def dossier(self, factory: str) -> Dossier:
        done = self.assessments.get(factory, [])
        numbers = {a.cycle for a in done} | {row.cycle for row in self.items.get(factory, ())}
        numbers |= {row.cycle for row in self.progress.get(factory, ())} | {1}
        cycles = tuple(self._cycle(factory, number) for number in sorted(numbers))
        return Dossier(self._profile(factory), cycles)

    def _profile(self, factory: str) -> Profile:
        programme, today = self.programme, self.programme.cut_off
        about = programme.factories[factory]
        place = dict(programme.place(factory, today))
        spells = [s for s in programme.spells.get(factory, ()) if s.start <= today]
        return Profile(
            factory=factory,
            name=about.name,
            city=place["city"],
            sector=place["sector"],
            size=place["size"],
            status=spells[-1].status if spells else "registered",
            enrolled=spells[0].start if spells else None,
            os_hub_id=about.os_hub_id,
            former=self._former(factory, about.name),
        )

    def _former(self, factory: str, name: str) -> tuple[tuple[str, date], ...]:
        told = sorted(self.names.get(factory, ()), key=lambda row: row.since)
        following = pairwise(told)
        return tuple(
            (old.name, new.since) for old, new in following if old.name not in (new.name, name)
        )

    def _cycle(self, factory: str, number: int) -> Cycle:
        starts = sorted({a.start: a.cycle for a in self.assessments.get(factory, ())}.items())

        def here(day: date) -> bool:
            return day <= self.programme.cut_off and _cycle_of(day, starts) == number

        return Cycle(
            number=number,
            assessed=self._assessed(factory, number),
            items=tuple(_items(r for r in self.items.get(factory, ()) if r.cycle == number)),
            progress=tuple(_progress(self.progress.get(factory, ()), number)),
            seats=tuple(_seats(r for r in self.members.get(factory, ()) if here(r.as_of))),
            people=tuple(_people(r for r in self.headcounts.get(factory, ()) if here(r.as_of))),
            visits=tuple(_visits(r for r in self.visits.get(factory, ()) if here(r.on))),
        )

    def _assessed(self, factory: str, number: int) -> Assessed | None:
        done = [a for a in self.assessments.get(factory, ()) if a.cycle == number]
        if not done:
            return None
        last = done[-1]
        found = self.programme.findings.get(last.assessment, ())
        return Assessed(
            assessment=last.assessment,
            on=last.start,
            version=last.cat_version,
            short=last.short_version,
            answers=tuple(
                Answered(
                    question=f.question,
                    label=f.label,
                    cluster=f.cluster,
                    compliance_point=f.compliance_point,
                    noncompliant=f.noncompliant,
                    public_reporting=f.public_reporting,
                )
                for f in sorted(found, key=lambda f: (f.cluster, f.compliance_point, f.question))
            ),
        )


def _cycle_of(day: date, starts: list[tuple[date, int]]) -> int:
    """Return the cycle of the last assessment up to a day; before the first one it is the first."""
    at = bisect_right([start for start, _ in starts], day)
    return starts[max(at - 1, 0)][1] if starts else 1


def _items(rows: Iterable[ImprovementItem]) -> Iterator[Item]:
    by_item: dict[str, list[ImprovementItem]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.as_of):
        by_item[row.item].append(row)
    for item, told in sorted(by_item.items()):
        last = told[-1]
        yield Item(
            item=item,
            cluster=last.cluster,
            compliance_point=last.compliance_point,
            status=last.status,
            opened=last.opened,
            due=last.due,
            closed=last.closed,
            as_of=last.as_of,
            history=tuple(_changes(told)),
        )


def _changes(told: list[ImprovementItem]) -> Iterator[tuple[date, ItemStatus]]:
    before = ""
    for row in told:
        if row.status != before:
            yield row.as_of, row.status
            before = row.status


def _progress(rows: Iterable[ProgressAnswer], number: int) -> Iterator[Progress]:
    told = [row for row in rows if row.cycle == number]
    for row in sorted(told, key=lambda row: (row.as_of, row.report, row.question)):
        yield Progress(row.report, row.question, row.answer, row.as_of)


def _seats(rows: Iterable[CommitteeMember]) -> Iterator[Seats]:
    sitting: dict[tuple[date, str], list[CommitteeMember]] = defaultdict(list)
    for row in rows:
        if row.left is None or row.left > row.as_of:
            sitting[row.as_of, row.side].append(row)
    for (as_of, side), members in sorted(sitting.items()):
        count = {sex: sum(m.sex == sex for m in members) for sex in ("f", "m", "unknown")}
        chairs = sum(m.chair for m in members)
        yield Seats(as_of, side, count["f"], count["m"], count["unknown"], chairs)


def _people(rows: Iterable[Headcount]) -> Iterator[People]:
    for row in sorted(rows, key=lambda row: (row.as_of, row.role)):
        yield People(row.as_of, row.role, row.women, row.men, row.not_recorded)


def _visits(rows: Iterable[Visit]) -> Iterator[Visited]:
    for row in sorted(rows, key=lambda row: (row.on, row.visit)):
        yield Visited(row.on, row.kind, row.mode)


def _grouped(rows: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        found[row.factory].append(row)
    return dict(found)
