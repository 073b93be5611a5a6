"""What is known of suppliers: kept beside the source files, read by cycle and consent only.

A row is one part of one factory: part 0 is its profile, part n what belongs to its cycle n. In
PostgreSQL row-level security asks the same question again, of what `seen` tells the transaction.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Engine,
    Integer,
    String,
    Table,
    Text,
    delete,
    event,
    func,
    insert,
    select,
    tuple_,
)
from sqlalchemy.exc import OperationalError, ProgrammingError

from dashboard.dossier import NOTHING, Cycle, Dossier, Link, Profile, Sight
from dashboard.people import Unavailable
from dashboard.store.engines import open_engine, writing
from dashboard.store.records import Records, metadata

DOWN = (OperationalError, ProgrammingError)
"""No server, no file, or no tables."""

PROFILE = 0
"""The part of a factory that belongs to no cycle."""

part_table = Table(
    "supplier_part",
    metadata,
    Column("edition", String, primary_key=True),
    Column("factory", String, primary_key=True),
    Column("cycle", Integer, primary_key=True),
    Column("reserved", Boolean, primary_key=True),
    Column("content", Text, nullable=False),
)
link_table = Table(
    "supplier_link",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("edition", String, nullable=False, index=True),
    Column("brand", String, nullable=False),
    Column("factory", String, nullable=False),
    Column("cycle", Integer),
    Column("start", Date, nullable=False),
    Column("end", Date),
    Column("consent", Boolean, nullable=False),
)

PROFILES, CYCLES = TypeAdapter(Profile), TypeAdapter(Cycle)

ROW_SECURITY = (
    "ALTER TABLE supplier_part ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE supplier_part FORCE ROW LEVEL SECURITY",
    """CREATE POLICY seen ON supplier_part FOR SELECT USING (
        current_setting('bwp.sight', true) = '*'
        OR factory || '/' || cycle
           = ANY (string_to_array(current_setting('bwp.sight', true), chr(10))))""",
    """CREATE POLICY reserved ON supplier_part AS RESTRICTIVE FOR SELECT
        USING (NOT reserved OR current_setting('bwp.reserved', true) = 'on')""",
    "CREATE POLICY kept ON supplier_part FOR INSERT WITH CHECK (true)",
    "CREATE POLICY replaced ON supplier_part FOR DELETE USING (true)",
)
"""Made with the table: the database asks again what `_allowed` asks."""


@event.listens_for(part_table, "after_create")
def _secure(_table: Table, connection: Connection, **_said: object) -> None:
    if connection.dialect.name == "postgresql":
        for statement in ROW_SECURITY:
            connection.exec_driver_sql(statement)


@dataclass(frozen=True, slots=True)
class Dossiers:
    """The dossiers of every release, by the checksum of what it publishes."""

    engine: Engine

    @classmethod
    def of(cls, records: Records) -> "Dossiers":
        """Return the dossiers that are kept beside the source files."""
        return cls(records.engine)

    @classmethod
    def at(cls, url: str) -> "Dossiers":
        """Return the dossiers at an address, to be read only: nothing is made there."""
        return cls(open_engine(url))

    def keep(
        self,
        edition: str,
        dossiers: Iterable[Dossier],
        links: Iterable[Link],
        reserved: frozenset[str] = frozenset(),
    ) -> None:
        """Keep the dossiers and links of an edition, in place of what it had, in one transaction.

        Answers and items of `reserved` clusters are kept apart from the rest.
        """
        parts = [row for one in dossiers for row in _rows(edition, one, reserved)]
        them = [{name: getattr(x, name) for name in Link.__slots__} for x in links]
        with writing(self.engine) as connection:
            _see(connection, Sight(None, reserved=True))
            connection.execute(delete(part_table).where(part_table.c.edition == edition))
            connection.execute(delete(link_table).where(link_table.c.edition == edition))
            if parts:
                connection.execute(insert(part_table), parts)
            if them:
                connection.execute(insert(link_table), [{"edition": edition, **x} for x in them])

    def links(self, edition: str, brand: str = "") -> tuple[Link, ...]:
        """Return the links of a brand (of every brand without one), as the files give them."""
        at = link_table.c
        query = select(link_table).where(at.edition == edition).order_by(at.position)
        if brand:
            query = query.where(at.brand == brand)
        with self._seeing(NOTHING) as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(Link(**{name: row[name] for name in Link.__slots__}) for row in rows)

    def consented(self, edition: str, brand: str) -> frozenset[tuple[str, int]]:
        """Return the (factory, cycle) that a brand's links give it consent for.

        The end of a link ends the sourcing, not the consent: that is taken back by name.
        """
        at = part_table.c
        every = select(at.factory, at.cycle).where(at.edition == edition, at.cycle > PROFILE)
        with self._seeing(Sight(None)) as connection:
            there = frozenset((row.factory, row.cycle) for row in connection.execute(every))
        given = [link for link in self.links(edition, brand) if link.consent]
        whole = {link.factory for link in given if link.cycle is None}
        named = {(link.factory, link.cycle) for link in given}
        return frozenset(pair for pair in there if pair[0] in whole or pair in named)

    def seen(self, edition: str, sight: Sight, factory: str = "") -> dict[str, Dossier]:
        """Return what a reader may see, by factory: all of it, or that of one; raise Unavailable.

        A factory of which no cycle may be seen is not there, like one that does not exist.
        """
        at = part_table.c
        query = select(part_table).where(at.edition == edition, *_allowed(sight))
        if factory:
            query = query.where(at.factory == factory)
        query = query.order_by(at.factory, at.cycle, at.reserved)
        with self._seeing(sight) as connection:
            rows = connection.execute(query).mappings().all()
        found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for row in rows:
            found[row["factory"]].append(dict(row))
        return {name: dossier for name, them in found.items() if (dossier := _dossier(them))}

    @contextmanager
    def _seeing(self, sight: Sight) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                _see(connection, sight)
                yield connection
        except DOWN as error:
            raise Unavailable("the store of suppliers does not answer") from error


def _see(connection: Connection, sight: Sight) -> None:
    """Tell PostgreSQL, until the transaction ends, what its row-level security may let through."""
    if connection.dialect.name == "sqlite":
        return
    said = "*" if sight.pairs is None else "\n".join(f"{f}/{n}" for f, n in _pairs(sight))
    reserved = "on" if sight.reserved else "off"
    for name, value in (("bwp.sight", said), ("bwp.reserved", reserved)):
        connection.execute(select(func.set_config(name, value, True)))


def _pairs(sight: Sight) -> list[tuple[str, int]]:
    """Return the parts that may be seen: cycles, and the profiles of their factories."""
    pairs = sight.pairs or frozenset()
    return sorted(pairs | {(factory, PROFILE) for factory, _ in pairs})


def _allowed(sight: Sight) -> Iterator[ColumnElement[bool]]:
    at = part_table.c
    if sight.pairs is not None:
        yield tuple_(at.factory, at.cycle).in_(_pairs(sight))
    if not sight.reserved:
        yield at.reserved.is_(False)


def _rows(edition: str, dossier: Dossier, reserved: frozenset[str]) -> Iterator[dict[str, Any]]:
    factory = dossier.profile.factory

    def row(cycle: int, content: bytes, *, apart: bool = False) -> dict[str, Any]:
        key = {"edition": edition, "factory": factory, "cycle": cycle, "reserved": apart}
        return {**key, "content": content.decode()}

    yield row(PROFILE, PROFILES.dump_json(dossier.profile))
    for cycle in dossier.cycles:
        yield row(cycle.number, CYCLES.dump_json(_part(cycle, lambda c: c not in reserved)))
        apart = _part(Cycle(cycle.number, cycle.assessed, cycle.items), lambda c: c in reserved)
        if apart.items or (apart.assessed and apart.assessed.answers):
            yield row(cycle.number, CYCLES.dump_json(apart), apart=True)


def _part(cycle: Cycle, wanted: Callable[[str], bool]) -> Cycle:
    """Return a cycle with the answers and items of some clusters only."""
    done = cycle.assessed
    if done is not None:
        done = replace(done, answers=tuple(a for a in done.answers if wanted(a.cluster)))
    items = tuple(item for item in cycle.items if wanted(item.cluster))
    return replace(cycle, assessed=done, items=items)


def _dossier(rows: list[Mapping[str, Any]]) -> Dossier | None:
    """Put the parts of one factory together; None where no cycle of it is among them."""
    profile: Profile | None = None
    cycles: dict[int, Cycle] = {}
    for row in rows:
        if row["cycle"] == PROFILE:
            profile = PROFILES.validate_json(row["content"])
        elif row["reserved"]:
            apart = CYCLES.validate_json(row["content"])
            cycles[row["cycle"]] = _joined(cycles[row["cycle"]], apart)
        else:
            cycles[row["cycle"]] = CYCLES.validate_json(row["content"])
    return Dossier(profile, tuple(cycles.values())) if profile and cycles else None


def _joined(cycle: Cycle, apart: Cycle) -> Cycle:
    """Put what was kept apart back in its place."""
    items = tuple(sorted((*cycle.items, *apart.items), key=lambda item: item.item))
    if cycle.assessed is None or apart.assessed is None:
        return replace(cycle, items=items)
    answers = sorted(
        (*cycle.assessed.answers, *apart.assessed.answers),
        key=lambda a: (a.cluster, a.compliance_point, a.question),
    )
    return replace(cycle, assessed=replace(cycle.assessed, answers=tuple(answers)), items=items)
