"""The ministry's programme of tables: what it sees besides everyone's cells, and its audit.

Its reader holds everything: the cells for everyone, these, and what earlier releases told of both.
Protected are the answers of single factories, and what this programme's own rule hides.
"""

from collections import defaultdict
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, replace

from dashboard.catalogue import Catalogue
from dashboard.model import OFFICIAL_USE, Cell, Cells, Key, Series
from data_loaders.aggregate import Place
from data_loaders.protect import Attacker, Audit, Primary, Reasons, Row, Sheet, audit
from data_loaders.tables import Published, after_audit

Numbers = dict[Series, dict[Key, dict[str, Cell]]]

READER = Attacker("a reader at the ministry", frozenset())

TOLD_TO_ALL = "what this release tells everyone"


@dataclass(frozen=True, slots=True)
class ForMinistry:
    """The cells of the ministry's programme; for staff its audit and what it tells."""

    cells: Numbers = field(default_factory=dict)
    audit: Audit = field(default_factory=Audit)
    told: Sheet = field(default_factory=Sheet)


@dataclass(frozen=True, slots=True)
class ForAll:
    """What everyone is shown: cells, every row before its audit, and the rows that are left."""

    cells: Cells
    sheet: Sheet
    told: Sheet


def make(
    published: Published,
    catalogue: Catalogue,
    for_all: ForAll,
    earlier: tuple[Mapping[str, Sheet], Mapping[str, Sheet]],
    memory: MutableMapping[str, Reasons],
) -> ForMinistry:
    """Return the cells that only the ministry sees; raise AuditFailed.

    `earlier` holds what releases told everyone, and what they told the ministry besides.
    """
    if not catalogue.ministry_tables:
        return ForMinistry()
    own = replace(published, sheet=Sheet(), elsewhere=frozenset(_shown(for_all)))
    lines = list(own.lines(catalogue.ministry_tables, catalogue))
    asked = Sheet(
        [*own.sheet.rows, *secrets(for_all.sheet, published.primary)],
        for_all.sheet.truth | own.sheet.truth,
    )
    known = {**_together(*earlier), TOLD_TO_ALL: for_all.told}
    audited = audit(asked, known, [READER], memory, lambda *_: None)
    cells: Numbers = defaultdict(dict)
    for line, them in lines:
        for (key, period), cell in after_audit(line, them, audited.units).items():
            cells[line.series].setdefault(key, {})[period] = _marked(cell)
    return ForMinistry(dict(cells), audited, own.sheet.without(audited.units))


def _together(told: Mapping[str, Sheet], more: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """Return what both programmes of each release tell."""
    beside = {name: more.get(name, Sheet()) for name in told}
    return {
        name: Sheet([*sheet.rows, *beside[name].rows], sheet.truth | beside[name].truth)
        for name, sheet in told.items()
    }


def _shown(for_all: ForAll) -> set[tuple[Series, Place]]:
    return {
        (series, (key, period))
        for series, by_key in for_all.cells.items()
        for key, by_period in by_key.items()
        for period, cell in by_period.items()
        if cell.status != "c"
    }


def secrets(sheet: Sheet, primary: Primary) -> list[Row]:
    """Return what is hidden from everyone and by the ministry's own rule too."""
    return [row for row in sheet.rows if row.secret and not _official(row, primary)]


def _official(row: Row, primary: Primary) -> bool:
    findings = all(atom.binary for atom in row.figure)
    return findings and primary.allows_official_rate({atom.factory for atom in row.figure})


def _marked(cell: Cell) -> Cell:
    return replace(cell, flags=(*cell.flags, OFFICIAL_USE))
