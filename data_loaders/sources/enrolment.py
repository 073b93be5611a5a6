"""The register of enterprises: factories, their owners, spells, renames and moves with dates.

Either a workbook of three sheets, or the short register with one row for each enterprise.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal, cast

from data_loaders.reading import Book, Report
from data_loaders.reading.books import read_forms
from data_loaders.reading.cells import Entry
from data_loaders.reading.headings import matches
from data_loaders.reading.once import Once
from data_loaders.records import Factory, FactoryName, Headcount, Record, Spell

KIND = "enrolment"

Status = Literal["registered", "active", "suspended", "left"]


def recognise(book: Book) -> bool:
    """Whether the book has the sheet of factories, or is a short register."""
    forms = book.written.forms[KIND]
    return matches(book, forms["factories"], forms["register"])


def read(book: Book, report: Report) -> Iterator[Record]:
    """Yield factories, then spells, names and headcounts; each must be of a factory listed."""
    forms = book.written.forms[KIND]
    register = _Register(book)
    for form, entry in read_forms(book, report, *forms.values()):
        yield from register.take(form, entry)
    if register.undated:
        wanted = "no date of the count is given: workers count as on the day of enrolment"
        report.say("", 0, forms["register"].columns["workers"].heading, "", wanted)


class _Register:
    """What was read so far: ids and spells, so that the next row can be checked against them."""

    def __init__(self, book: Book) -> None:
        self.as_of = book.as_of
        self.factories = Once("factory")
        self.spells: dict[str, list[Spell]] = {}
        self.names = Once("factory", "since")
        self.undated = False

    def take(self, form: str, entry: Entry) -> Iterator[Record]:
        """Yield the records of one row of one of the forms."""
        match form:
            case "factories":
                yield from self._factory(entry)
            case "spells":
                yield from self._spell(entry)
            case "names":
                yield from self._name(entry)
            case _:
                yield from self._register(entry)

    def _factory(self, entry: Entry) -> Iterator[Record]:
        record = Factory(
            origin=entry.origin(KIND),
            factory=entry.id("factory"),
            enterprise=entry.text("enterprise"),
            owner=entry.text("owner"),
            name=entry.text("name"),
            city=entry.code("city"),
            sector=entry.code("sector"),
            os_hub_id=entry.plain("os_hub_id"),
        )
        if self.factories.first(entry, record.factory):
            yield record

    def _spell(self, entry: Entry) -> Iterator[Record]:
        record = Spell(
            origin=entry.origin(KIND),
            factory=self._known(entry),
            status=cast(Status, entry.code("status")),
            start=entry.day("start"),
            end=entry.maybe_day("end"),
            reason=entry.plain("reason"),
        )
        self._check_spell(entry, record)
        if entry.ok:
            self.spells.setdefault(record.factory, []).append(record)
            yield record

    def _check_spell(self, entry: Entry, record: Spell) -> None:
        if record.end and record.end < record.start:
            entry.refuse("end", f"a day from {record.start} on")
        for other in self.spells.get(record.factory, ()):
            if _overlap(other, record):
                entry.refuse("start", f"no overlap with the spell of row {other.origin.row}")

    def _name(self, entry: Entry) -> Iterator[Record]:
        record = FactoryName(
            origin=entry.origin(KIND),
            factory=self._known(entry),
            name=entry.text("name"),
            city=entry.code("city"),
            since=entry.day("since"),
        )
        if self.names.first(entry, record.factory, record.since.isoformat()):
            yield record

    def _known(self, entry: Entry) -> str:
        factory = entry.id("factory")
        if factory and factory not in self.factories:
            entry.refuse("factory", "an id of the sheet of factories")
        return factory

    def _register(self, entry: Entry) -> Iterator[Record]:
        origin = entry.origin(KIND)
        factory, name = entry.id("factory"), entry.text("name")
        owner = entry.plain("owner") or factory
        city, sector = entry.code("city"), entry.code("sector")
        status, start = cast(Status, entry.code("status")), entry.day("start")
        workers, women = entry.whole("workers"), entry.whole("women")
        if women > workers and entry.ok:
            entry.refuse("women", f"at most the {workers} workers of the row")
        if self.factories.first(entry, factory):
            yield Factory(origin, factory, name, owner, name, city, sector)
            yield Spell(origin, factory, status, start, None)
            yield Headcount(origin, factory, self._counted(start), "all", women, workers - women)

    def _counted(self, start: date) -> date:
        self.undated = self.undated or self.as_of is None
        return self.as_of or start


def _overlap(one: Spell, other: Spell) -> bool:
    return (other.end is None or one.start < other.end) and (
        one.end is None or other.start < one.end
    )
