"""Committees and their members, visits, improvement items, progress answers and training."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial

from data_loaders.contributions import Contribution, Measure, event
from data_loaders.periods import period_of
from data_loaders.programme import Programme
from data_loaders.records import (
    Attendance,
    CommitteeMember,
    ImprovementItem,
    ProgressAnswer,
    Visit,
)


def members(programme: Programme, chairs: bool) -> Iterator[Contribution]:
    """Yield current committee members (or chairs) by sex at each snapshot's month."""
    for month, member in _current(programme):
        if member.chair or not chairs:
            place = programme.place(member.factory, member.as_of)
            yield Contribution(member.factory, month, (*place, ("sex", member.sex)))


def committees(programme: Programme) -> Iterator[Contribution]:
    """Yield one per factory with a sitting member, at each snapshot's month."""
    sitting = {(month, m.factory, m.as_of) for month, m in _current(programme)}
    for month, factory, day in sorted(sitting):
        yield Contribution(factory, month, programme.place(factory, day))


def _current(programme: Programme) -> Iterator[tuple[str, CommitteeMember]]:
    snapshots = _last_snapshots(m.as_of for m in programme.of(CommitteeMember))
    for member in programme.of(CommitteeMember):
        gone = member.left is not None and member.left <= member.as_of
        if member.as_of in snapshots and member.factory in programme.factories and not gone:
            yield snapshots[member.as_of], member


def _last_snapshots(days: Iterator[date]) -> dict[date, str]:
    last: dict[str, date] = {}
    for day in days:
        month = period_of(day, "M")
        last[month] = max(day, last.get(month, day))
    return {day: month for month, day in last.items()}


def visits(programme: Programme) -> Iterator[Contribution]:
    """Yield one per advisory visit."""
    for visit in programme.of(Visit):
        if visit.kind == "advisory" and visit.factory in programme.factories:
            yield event(visit.factory, visit.on, programme.place(visit.factory, visit.on))


def items(programme: Programme) -> Iterator[Contribution]:
    """Yield one per improvement item with its status at each snapshot; late and open is overdue."""
    rows = list(programme.of(ImprovementItem))
    snapshots = _last_snapshots(item.as_of for item in rows)
    for item in rows:
        if item.as_of in snapshots and item.factory in programme.factories:
            place = programme.place(item.factory, item.as_of)
            key = (*place, ("cluster", item.cluster), ("item_status", _status(item)))
            yield Contribution(item.factory, snapshots[item.as_of], key)


def _status(item: ImprovementItem) -> str:
    overdue = item.status != "completed" and item.due is not None and item.due < item.as_of
    return "overdue" if overdue else item.status


def answers(programme: Programme) -> Iterator[Contribution]:
    """Yield one per social-dialogue answer, by assessment cycle."""
    for row in programme.of(ProgressAnswer):
        if row.factory in programme.factories and row.report == "PR2":
            yield Contribution(row.factory, f"C{row.cycle}", (("answer", row.answer),))


def sessions(programme: Programme) -> Iterator[Contribution]:
    """Yield one per training session, however many factories came."""
    first: dict[str, Attendance] = {}
    for row in programme.of(Attendance):
        first.setdefault(row.session, row)
    for row in first.values():
        key = (("city", row.city), ("topic", row.topic)) if row.city else (("topic", row.topic),)
        yield event("", row.on, key)


def participants(programme: Programme) -> Iterator[Contribution]:
    """Yield attendances by sex."""
    totals: dict[tuple[str, date, str, str, str], int] = defaultdict(int)
    for row in programme.of(Attendance):
        parts = (("f", row.women), ("m", row.men), ("not_recorded", row.not_recorded))
        for sex, persons in parts:
            totals[row.factory, row.on, row.topic, row.city, sex] += persons
    for (factory, day, topic, city, sex), persons in totals.items():
        if persons:
            place = (("city", city),) if city else ()
            yield event(factory, day, (*place, ("sex", sex), ("topic", topic)), persons)


MEASURES = (
    Measure("committee_members", ("picc_members",), "stock", partial(members, chairs=False)),
    Measure("committee_chairs", ("picc_members",), "stock", partial(members, chairs=True)),
    Measure("committees", ("picc_members",), "stock", committees),
    Measure("advisory_visits", ("advisory_visits",), "event", visits),
    Measure("improvement_items", ("improvement_plan",), "stock", items),
    Measure("progress_answers", ("progress_report",), "fixed", answers),
    Measure("training_sessions", ("training",), "event", sessions),
    Measure("training_participants", ("training",), "event", participants),
)
