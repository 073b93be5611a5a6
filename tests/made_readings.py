"""What published cells mean: which answers and numbers of which factories stand in each.

Written from the definitions of the indicators and the programme's records, apart from the loaders.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import chain
from math import inf, nextafter
from typing import TypeVar

from made_programmes import Made
from made_puzzle import Known, Told, Unknown

from dashboard.model import Cell, Release
from data_loaders.records import (
    Attendance,
    CommitteeMember,
    Headcount,
    ImprovementItem,
    ProgressAnswer,
)

T = TypeVar("T")
PROVINCE = {"karachi": "sindh", "lahore": "punjab", "faisalabad": "punjab"}
COMPLIANCE = "noncompliance_"
POINT = "discrimination_gender"


@dataclass(frozen=True)
class Entry:
    """One unknown of a factory: what it is, how much, and where it is counted."""

    unknown: Unknown
    value: float
    at: Mapping[str, str]

    def counts(self, where: Mapping[str, str]) -> bool:
        """Whether it stands in a cell; a place may name several codes."""
        return all(
            self.at.get(name) == code or self._any(name, code) for name, code in where.items()
        )

    def _any(self, name: str, codes: str) -> bool:
        return "|" in codes and self.at.get(name) in codes.split("|")


@dataclass(frozen=True)
class Meaning:
    """An indicator: entries of a thing, those counted among them, and the published step."""

    thing: str
    where: Mapping[str, str] = field(default_factory=dict)
    counted: Mapping[str, str] = field(default_factory=dict)
    step: float = 1
    share: bool = True


WOMEN = {"sex": "f"}
BOTH = {"sex": "f|m"}
NUMBERS = {
    "workers_covered": Meaning("heads", step=10, share=False),
    "women_workers": Meaning("people", {**BOTH, "role": "all"}, WOMEN),
    "women_supervisors": Meaning("people", {**BOTH, "role": "supervisor"}, WOMEN),
    "women_managers": Meaning("people", {**BOTH, "role": "manager"}, WOMEN),
    "women_by_role": Meaning("people", BOTH, WOMEN),
    "women_committee": Meaning("members", BOTH, WOMEN),
    "women_chairs": Meaning("chairs", BOTH, WOMEN, step=5),
    "women_trained": Meaning("trained", BOTH, WOMEN),
    "women_trained_count": Meaning("trained", WOMEN, step=10, share=False),
    "training_participants": Meaning("trained", step=10, share=False),
    "improvement_items_count": Meaning("items", step=10, share=False),
    "improvement_done": Meaning("items", {}, {"item_status": "completed"}),
    "improvement_overdue": Meaning("items", {}, {"item_status": "overdue"}),
    "dialogue_answers": Meaning("answers", share=False),
}
"""Every protected indicator of numbers that is published as it is counted."""

ANSWERS = ("noncompliance_cluster", "noncompliance_cycle", "noncompliance_point")
ANSWERED = (*ANSWERS, "noncompliance_point_cycle", POINT)
"""Every protected indicator of answers that is published as it is counted."""


@dataclass(frozen=True)
class Place:
    """One cell: indicator, key and period, what it counts and in what."""

    name: str
    indicator: str
    cell: Cell
    base: tuple[Entry, ...]
    counted: tuple[Entry, ...]


def city(them: Made, factory: str, day: date) -> str:
    """Return where a factory stood on a day."""
    known = [move.city for move in them.moves.get(factory, ()) if move.since <= day]
    return known[-1] if known else them.factories[factory].city


def year(day: date) -> str:
    return f"FY{day.year + (day.month > 6)}"


@cache
def answers(them: Made) -> list[Entry]:
    """Return every answer, once for each fiscal year, cycle and panel in which it counts."""
    findings = defaultdict(list)
    for finding in them.findings:
        findings[finding.assessment].append(finding)
    found = []
    for assessment, factory, day, when in _assessed(them):
        where = city(them, factory, day)
        place = {"city": where, "province": PROVINCE[where], "when": when}
        for f in findings[assessment]:
            at = {**place, "cluster": f.cluster, "compliance_point": f.compliance_point}
            unknown = Unknown(factory, f"{f.compliance_point} in {assessment}")
            found.append(Entry(unknown, float(bool(f.noncompliant)), at))
    return found


def _assessed(them: Made) -> Iterator[tuple[str, str, date, str]]:
    last: dict[tuple[str, str], tuple[str, date]] = {}
    cycles: dict[str, set[int]] = defaultdict(set)
    done = [a for a in them.assessments if a.start <= them.inputs.cut_off]
    for a in sorted(done, key=lambda a: (a.start, a.assessment)):
        cycles[a.factory].add(a.cycle)
        last[a.factory, f"{year(a.start)} all"] = a.assessment, a.start
        if a.cycle < 3:
            last[a.factory, f"C{a.cycle} all"] = a.assessment, a.start
    for (factory, when), (assessment, day) in last.items():
        yield assessment, factory, day, when
        if when.startswith("C") and cycles[factory] >= {1, 2}:
            yield assessment, factory, day, f"{when[:2]} same"


@cache
def numbers(them: Made, thing: str) -> list[Entry]:
    """Return every number of a kind, once for each period in which it counts."""
    how = {
        "heads": _heads,
        "people": _people,
        "members": _members,
        "chairs": _chairs,
        "trained": _trained,
        "items": _items,
        "answers": _dialogue,
    }
    return [entry for entry in how[thing](them) if entry.value]


def _heads(them: Made) -> Iterator[Entry]:
    counts = [h for h in _of(them, Headcount) if h.role == "all"]
    for close in (date(y, 6, 30) for y in (2023, 2024, 2025, 2026)):
        if close > them.inputs.cut_off:
            continue
        for factory in them.factories:
            known = [h for h in counts if h.factory == factory and h.as_of <= close]
            if known:
                last = max(known, key=lambda h: h.as_of)
                where = city(them, factory, close)
                at = {"city": where, "province": PROVINCE[where], "when": f"{year(close)} all"}
                yield from _sexes(last, at)


def _people(them: Made) -> Iterator[Entry]:
    last = {}
    for h in sorted(_of(them, Headcount), key=lambda h: h.as_of):
        if h.as_of <= them.inputs.cut_off:
            last[h.factory, h.role, year(h.as_of)] = h
    for (factory, role, when), h in last.items():
        at = {"city": city(them, factory, h.as_of), "role": role, "when": f"{when} all"}
        yield from (entry for entry in _sexes(h, at) if entry.at["sex"] != "not_recorded")


def _sexes(row: Headcount, at: Mapping[str, str]) -> Iterator[Entry]:
    parts = {"f": row.women or 0, "m": row.men or 0, "not_recorded": row.not_recorded}
    for sex, value in parts.items():
        unknown = Unknown(row.factory, f"{row.role} {row.as_of} {sex}")
        yield Entry(unknown, value, {**at, "sex": sex})


def _members(them: Made) -> Iterator[Entry]:
    yield from _seats(them, "members", _of(them, CommitteeMember))


def _chairs(them: Made) -> Iterator[Entry]:
    yield from _seats(them, "chairs", [m for m in _of(them, CommitteeMember) if m.chair])


def _seats(them: Made, name: str, rows: Iterable[CommitteeMember]) -> Iterator[Entry]:
    seats: dict[tuple[str, date, str], int] = defaultdict(int)
    for m in rows:
        seats[m.factory, m.as_of, m.sex] += 1
    for (factory, day, sex), value in seats.items():
        at = {"city": city(them, factory, day), "sex": sex, "when": f"{year(day)} all"}
        yield Entry(Unknown(factory, f"{name} {day} {sex}"), value, at)


def _trained(them: Made) -> Iterator[Entry]:
    for row in _of(them, Attendance):
        at = {"topic": row.topic, "when": f"{year(row.on)} all"}
        parts = {"f": row.women, "m": row.men, "not_recorded": row.not_recorded}
        for sex, value in parts.items():
            unknown = Unknown(row.factory, f"trained {row.on} {row.topic} {sex}")
            yield Entry(unknown, value, {**at, "sex": sex})


def _items(them: Made) -> Iterator[Entry]:
    count: dict[tuple[str, date, str, str], int] = defaultdict(int)
    for item in _of(them, ImprovementItem):
        late = item.status != "completed" and item.due is not None and item.due < item.as_of
        count[item.factory, item.as_of, item.cluster, "overdue" if late else item.status] += 1
    for (factory, day, cluster, status), value in count.items():
        at = {"cluster": cluster, "item_status": status, "when": f"{day:%Y-%m} all"}
        yield Entry(Unknown(factory, f"items {day} {cluster} {status}"), value, at)


def _dialogue(them: Made) -> Iterator[Entry]:
    count: dict[tuple[str, int, str], int] = defaultdict(int)
    for row in _of(them, ProgressAnswer):
        count[row.factory, row.cycle, row.answer] += 1
    for (factory, cycle, answer), value in count.items():
        at = {"answer": answer, "when": f"C{cycle} all"}
        yield Entry(Unknown(factory, f"dialogue C{cycle} {answer}"), value, at)


def _of(them: Made, kind: type[T]) -> list[T]:
    return [record for record in them.inputs.records if isinstance(record, kind)]


def answer_cells(them: Made, release: Release, cluster: str) -> Iterator[Place]:
    """Yield every cell about the answers of a cluster, also the hidden ones."""
    mine = [entry for entry in answers(them) if entry.at["cluster"] == cluster]
    for series, by_key in release.cells.items():
        if series.indicator not in ANSWERED:
            continue
        for key, by_period in by_key.items():
            where = dict(key)
            if series.indicator == POINT:
                where["compliance_point"] = POINT
            for period, cell in by_period.items():
                at = {**where, "when": f"{period} {series.panel}"}
                base = tuple(entry for entry in mine if entry.counts(at))
                if base:
                    name = f"{series.indicator} {sorted(at.items())}"
                    found = tuple(entry for entry in base if entry.value)
                    yield Place(name, series.indicator, cell, base, found)


def number_cells(them: Made, release: Release) -> Iterator[Place]:
    """Yield every cell about numbers of persons and things, also the hidden ones."""
    for series, by_key in release.cells.items():
        if series.indicator not in NUMBERS:
            continue
        meaning = NUMBERS[series.indicator]
        mine = [e for e in numbers(them, meaning.thing) if e.counts(meaning.where)]
        for key, by_period in by_key.items():
            for period, cell in by_period.items():
                at = {**dict(key), "when": f"{period} {series.panel}"}
                base = tuple(entry for entry in mine if entry.counts(at))
                counted = tuple(entry for entry in base if entry.counts(meaning.counted))
                if base:
                    name = f"{series.indicator} {sorted(at.items())}"
                    yield Place(name, series.indicator, cell, base, counted)


Edition = tuple[Made, Release]


def of_answers(editions: Sequence[Edition], cluster: str) -> Known:
    """Return all that releases, the last one last, tell of the answers of a cluster."""
    cells = [list(answer_cells(them, release, cluster)) for them, release in editions]
    told = [
        _rate(place.cell, place.base)
        for place in chain(*_as_they_were(cells))
        if place.cell.value is not None
    ]
    return _known(editions[-1][0], told, cells, answers=True)


def of_numbers(editions: Sequence[Edition]) -> Known:
    """Return all that releases, the last one last, tell of numbers of persons and things."""
    cells = [list(number_cells(them, release)) for them, release in editions]
    told = [
        tell
        for place in chain(*_as_they_were(cells))
        if place.cell.value is not None
        for tell in _number(place)
    ]
    return _known(editions[-1][0], told, cells, answers=False)


def _as_they_were(cells: list[list[Place]]) -> Iterator[list[Place]]:
    """Yield the cells of each edition; what was corrected since is an unknown of its own."""
    now = {entry.unknown: entry.value for place in cells[-1] for entry in place.base}

    def then(entries: Iterable[Entry]) -> tuple[Entry, ...]:
        return tuple(
            entry
            if now.get(entry.unknown, entry.value) == entry.value
            else replace(entry, unknown=entry.unknown._replace(what=f"{entry.unknown.what}, then"))
            for entry in entries
        )

    for places in cells:
        yield [replace(p, base=then(p.base), counted=then(p.counted)) for p in places]


def _known(them: Made, told: list[Told], cells: list[list[Place]], *, answers: bool) -> Known:
    now = cells[-1]
    entries = (entry for place in chain(*_as_they_were(cells)) for entry in place.base)
    return Known(
        truth={entry.unknown: entry.value for entry in entries},
        told=told,
        figures={p.name: frozenset(e.unknown for e in _figure(p, answers)) for p in now},
        secret=frozenset(p.name for p in now if p.cell.value is None and not allowed(them, p)),
        answers=answers,
    )


def _figure(place: Place, answers: bool) -> tuple[Entry, ...]:
    return place.base if answers else place.counted


def _rate(cell: Cell, base: Sequence[Entry]) -> Told:
    possible = counts(cell, len(base))
    return Told({entry.unknown: 1.0 for entry in base}, min(possible), max(possible))


def counts(cell: Cell, size: int) -> list[int]:
    """Return every number of findings in a base that would be published so."""
    return [found for found in range(size + 1) if _reads(100 * found / size, cell)]


def _reads(rate: float, cell: Cell) -> bool:
    if cell.qualifier == "lt":
        return rate < 10
    if cell.qualifier == "gt":
        return rate > 90
    value = float(cell.value or 0)
    return 10 <= rate <= 90 and value - 2.5 <= rate < value + 2.5


def _number(place: Place) -> Iterator[Told]:
    meaning, value = NUMBERS[place.indicator], float(place.cell.value or 0)
    half = meaning.step / 2
    if not meaning.share:
        weights = {entry.unknown: 1.0 for entry in place.base}
        yield Told(weights, value - half, nextafter(value + half, -inf))
        return
    low, high = value - half, value + half
    if place.cell.qualifier == "lt":
        low, high = 0, value
    elif place.cell.qualifier == "gt":
        low, high = value, 100
    counted = {entry.unknown for entry in place.counted}
    for limit, least, most in ((low, 0.0, inf), (high, -inf, 0.0)):
        weights = {e.unknown: (e.unknown in counted) - limit / 100 for e in place.base}
        yield Told(weights, least, most)


def allowed(them: Made, place: Place) -> bool:
    """Whether the written rule lets a cell be published, for an outsider and beside any brand."""
    if place.indicator in NUMBERS and not NUMBERS[place.indicator].share:
        return _amount_allowed(them, place.base)
    return _rate_allowed(them, {entry.unknown.factory for entry in place.base})


def _rate_allowed(them: Made, factories: set[str]) -> bool:
    if len(factories) < 10:
        return False
    for without in (set[str](), *them.suppliers.values()):
        left = factories - without
        if len(left) < 5 or len({them.factories[f].owner for f in left}) < 5:
            return False
    return True


def _amount_allowed(them: Made, entries: Sequence[Entry]) -> bool:
    for without in (set[str](), *them.suppliers.values()):
        sums: dict[str, float] = defaultdict(float)
        for entry in entries:
            if entry.unknown.factory not in without:
                sums[them.factories[entry.unknown.factory].owner] += entry.value
        largest = max(sums.values(), default=0)
        second = sorted(sums.values())[-2] if len(sums) > 1 else 0
        others = sum(sums.values()) - largest - second
        if len(sums) < 5 or others < them.inputs.p_percent / 100 * largest:
            return False
    return True
