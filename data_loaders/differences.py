"""What the draft would change against the release that readers see, for those who decide on it.

Values come first; behind them stand the files and the factories that they were made from. None of
this is for readers: factories have names here.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dashboard.model import Cell, Release, Series
from dashboard.revisions import LARGE, Change, Revision, Why, compare
from dashboard.store import Official, StoredFile
from dashboard.store.tables import change_rows, key_text
from data_loaders import publish, releases
from data_loaders.drafts import Desk, days_of, lay_out
from data_loaders.reading.results import ReadResult
from data_loaders.records import Factory
from data_loaders.sources import read_files

SHOWN = 20
"""Changes of one series that are written out for a person unless all are wanted."""

WORDS: Mapping[Why, str] = {
    "revised": "revised by a later vintage",
    "corrected": "corrected in its source",
    "recomputed": "recomputed",
    "new_period": "new period",
    "filled": "was missing before",
    "new_breakdown": "new breakdown",
    "new_indicator": "new indicator",
    "gone": "gone",
    "hidden": "hidden now",
    "shown": "shown now",
    "sample": "made-up sample on one side",
    "status": "same figure, other status, flags or n",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Something of a factory before and after."""

    factory: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Factories:
    """Factories of the register before and after; a factory is known by its id."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    moved: tuple[Pair, ...] = ()
    renamed: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one kind of file before and after; `large` where they differ by more than LARGE."""

    kind: str
    old: int
    new: int
    large: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that publishing the draft would change. `draft` is its checksum.

    `ministry` are the changes of cells that only the ministry sees.
    """

    draft: str
    values: Revision
    files_new: tuple[str, ...]
    files_gone: tuple[str, ...]
    rows: tuple[Rows, ...]
    factories: Factories
    ministry: Revision = field(default_factory=Revision)

    def json(self) -> str:
        """Return all of it for a program."""
        said: dict[str, Any] = {
            "draft": self.draft,
            "against": self.values.against,
            "files": {"new": self.files_new, "gone": self.files_gone},
            "rows": [asdict(rows) for rows in self.rows],
            "factories": asdict(self.factories),
            "values": change_rows(self.values),
            "ministry": change_rows(self.ministry),
        }
        return json.dumps(said, ensure_ascii=False, indent=1)

    def lines(self, *, whole: bool = False) -> Iterator[str]:
        """Yield it for a person; of each series all changes where the `whole` is wanted."""
        against = self.values.against
        yield f"The draft {self.draft[:12]} against " + (
            f"release {against}" if against else "nothing: nothing has been published yet"
        )
        yield from (f"new file: {name}" for name in self.files_new)
        yield from (f"file that is gone: {name}" for name in self.files_gone)
        yield from (
            f"{rows.kind}: {rows.old} rows before, {rows.new} now{_pointed(rows.large)}"
            for rows in self.rows
            if rows.old != rows.new
        )
        yield from _factory_lines(self.factories)
        yield from _value_lines(self.values.changes, whole)
        if self.ministry.changes:
            yield "For official use, seen by the ministry only:"
            yield from _value_lines(self.ministry.changes, whole)


def differences(desk: Desk) -> Differences:
    """Return what publishing the draft would change; raise Refused or ReleaseRefused."""
    files = desk.records.draft()
    if not files.files:
        raise publish.ReleaseRefused("the draft is empty: `bwp load PATH…` adds files to it")
    result = releases.read(desk)
    old = publish.shown(desk.published)
    before = desk.records.files(old.id) if old else ()
    new = releases.made(desk, result)
    known, now = {file.checksum for file in before}, {file.checksum for file in files.files}
    return Differences(
        draft=files.checksum,
        values=compare(old, new.release),
        files_new=tuple(file.name for file in files.files if file.checksum not in known),
        files_gone=tuple(file.name for file in before if file.checksum not in now),
        rows=tuple(_rows(before, files.files)),
        factories=factories(_of(_read(desk, before)), _of(result)),
        ministry=for_ministry(desk, old, new),
    )


def for_ministry(desk: Desk, old: Release | None, new: publish.Built) -> Revision:
    """Return what changes in the cells that only the ministry sees."""
    if old is None:
        return Revision()
    before = replace(old, cells=Official(desk.published).cells(old.id))
    return compare(before, replace(new.release, cells=new.ministry.cells))


def _read(desk: Desk, files: tuple[StoredFile, ...]) -> ReadResult:
    with TemporaryDirectory() as folder:
        paths = lay_out(files, Path(folder))
        return read_files(paths, desk.catalogue.sources, days_of(paths))


def _of(result: ReadResult) -> dict[str, Factory]:
    return {record.factory: record for record in result.records if isinstance(record, Factory)}


def _rows(before: Iterable[StoredFile], now: Iterable[StoredFile]) -> Iterator[Rows]:
    old, new = _counted(before), _counted(now)
    for kind in sorted(old.keys() | new.keys()):
        was, is_now = old.get(kind, 0), new.get(kind, 0)
        yield Rows(kind, was, is_now, abs(is_now - was) > LARGE * was)


def _counted(files: Iterable[StoredFile]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for file in files:
        counted[file.kind] = counted.get(file.kind, 0) + file.counts["loaded"]
    return counted


def factories(before: Mapping[str, Factory], now: Mapping[str, Factory]) -> Factories:
    """Return how two registers differ, by the ids of their factories."""
    both = [(before[id_], now[id_]) for id_ in sorted(before.keys() & now.keys())]
    return Factories(
        new=tuple(sorted(now.keys() - before.keys())),
        gone=tuple(sorted(before.keys() - now.keys())),
        moved=tuple(Pair(o.factory, o.city, n.city) for o, n in both if o.city != n.city),
        renamed=tuple(Pair(o.factory, o.name, n.name) for o, n in both if o.name != n.name),
    )


def _factory_lines(found: Factories) -> Iterator[str]:
    if found.new:
        yield f"{len(found.new)} new factories: {', '.join(found.new)}"
    if found.gone:
        yield f"{len(found.gone)} factories that are gone: {', '.join(found.gone)}"
    yield from (f"{pair.factory} moved: {pair.old} -> {pair.new}" for pair in found.moved)
    yield from (f"{pair.factory} renamed: {pair.old} -> {pair.new}" for pair in found.renamed)


def _value_lines(changes: tuple[Change, ...], whole: bool) -> Iterator[str]:
    counts: dict[Why, int] = {}
    for change in changes:
        counts[change.why] = counts.get(change.why, 0) + 1
    said = ", ".join(f"{number} {WORDS[why]}" for why, number in counts.items())
    yield f"{len(changes)} published values differ" + (f": {said}" if said else "")
    for series, them in groupby(changes, key=lambda change: change.series):
        yield from _series_lines(series, list(them), whole)


def _series_lines(series: Series, changes: list[Change], whole: bool) -> Iterator[str]:
    panel = "" if series.panel == "all" else f", panel={series.panel}"
    yield f"{series.indicator} (unit={series.unit}, freq={series.freq}{panel}): {len(changes)}"
    telling = sorted(changes, key=lambda change: (not change.large, change.old is None))
    shown = changes if whole else telling[:SHOWN]
    yield from (f"  {_line(change)}" for change in shown)
    if len(shown) < len(changes):
        yield f"  … and {len(changes) - len(shown)} more; --all writes them out"


def _line(change: Change) -> str:
    where = f"{change.time_period} {key_text(change.key)}".rstrip()
    values = f"{_value(change.old)} -> {_value(change.new)}"
    return f"{where}: {values}, {WORDS[change.why]}{_pointed(change.large)}"


def _value(cell: Cell | None) -> str:
    if cell is None:
        return "nothing"
    figure = f"({cell.status})" if cell.value is None else f"{cell.value:,.10g}"
    return " ".join((figure, *cell.flags, cell.qualifier)).strip()


def _pointed(large: bool) -> str:
    return f"  ! more than {LARGE:.0%}" if large else ""
