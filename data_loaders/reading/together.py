"""Several files of one draft: which one holds where two say something about the same thing.

A register (`whole: true` in its source's settings) is replaced by a newer one as a whole. Anything
else is replaced key by key, and snapshots of the same day as a whole. Newer is the later date of
the file, then the later place in the order in which the files were given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from data_loaders import records
from data_loaders.reading.results import ReadResult, SourceFile
from data_loaders.reading.revisions import say_revisions
from data_loaders.reading.written import Written
from data_loaders.records import Record

Key = tuple[object, ...]

KEYS: Mapping[type, tuple[str, ...]] = {
    records.Factory: ("factory",),
    records.FactoryName: ("factory", "since"),
    records.Spell: ("factory", "start"),
    records.Headcount: ("factory", "as_of", "role"),
    records.BrandLink: ("factory", "brand", "cycle", "start"),
    records.Assessment: ("assessment",),
    records.Finding: ("assessment",),
    records.CommitteeMember: ("as_of",),
    records.ImprovementItem: ("as_of",),
    records.ProgressAnswer: ("factory", "cycle", "report"),
    records.Visit: ("visit",),
    records.Attendance: ("session",),
    records.Goal: ("goal",),
    records.ListedSite: ("list", "site"),
}
"""What of two files is the same thing; official figures are revised by vintage elsewhere."""


def together(parts: Sequence[ReadResult], written: Written) -> list[ReadResult]:
    """Return the parts with what newer files replaced left out, and unknown factories refused."""
    parts = real_ones(parts, written)
    order = sorted(range(len(parts)), key=lambda n: (_day(parts[n]), n))
    newest: dict[Key, int] = {}
    for place in order:
        newest.update(dict.fromkeys(_keys(parts[place], written), place))
    say_revisions(parts)
    kept = [_kept(part, n, newest, written) for n, part in enumerate(parts)]
    return [_known(part, _factories(kept)) for part in kept]


def real_ones(parts: Sequence[ReadResult], written: Written) -> list[ReadResult]:
    """Return the parts without the made-up programme if there is any real file of the programme."""
    ours = [file for part in parts for file in part.files if file.kind in written.forms]
    if all(file.illustrative for file in ours):
        return list(parts)
    return [_left_out(part) if any(f.illustrative for f in part.files) else part for part in parts]


def _left_out(part: ReadResult) -> ReadResult:
    part.reports[0].say("", 0, "", "", "left out: the programme's own records have arrived")
    return ReadResult(reports=part.reports)


def _day(part: ReadResult) -> date:
    return next((file.as_of for file in part.files if file.as_of), date.min)


def _keys(part: ReadResult, written: Written) -> set[Key]:
    whole = {_whole(file) for file in part.files if _is_whole(file, written)}
    return whole or {key for record in part.records if (key := key_of(record))}


def _is_whole(file: SourceFile, written: Written) -> bool:
    return bool(written.settings.get(file.kind, {}).get("whole"))


def _whole(file: SourceFile) -> Key:
    return ("whole", file.kind)


def key_of(record: Record) -> Key:
    """Return what a record is about, () where files never replace one another."""
    names = KEYS.get(type(record))
    return (type(record), *attrgetter(*names, names[0])(record)) if names else ()


def _kept(part: ReadResult, place: int, newest: Mapping[Key, int], written: Written) -> ReadResult:
    if not part.files:
        return part
    if _is_whole(part.files[0], written):
        left = part.records if newest[_whole(part.files[0])] == place else ()
    else:
        left = tuple(r for r in part.records if newest.get(key_of(r), place) == place)
    if len(left) == len(part.records):
        return part
    gone = f"{len(part.records) - len(left)} records are replaced by a newer file"
    part.reports[0].say("", 0, "", "", gone)
    cited = part.files if left else tuple(replace(file, sources=()) for file in part.files)
    return replace(part, records=left, files=cited)


def _factories(parts: Iterable[ReadResult]) -> frozenset[str]:
    found = (record for part in parts for record in part.records)
    return frozenset(record.factory for record in found if isinstance(record, records.Factory))


def _known(part: ReadResult, factories: frozenset[str]) -> ReadResult:
    """Refuse a file with factories that no register names; without a register nobody can know."""
    if not factories or not part.files:
        return part
    report = part.reports[0]
    for record in part.records:
        if isinstance(record, OF_FACTORIES) and record.factory not in factories:
            place = record.origin
            report.refuse(place.sheet, place.row, "", record.factory, "a factory of the register")
    return ReadResult(reports=part.reports) if report.refused else part


OF_FACTORIES = (
    records.Headcount,
    records.BrandLink,
    records.Assessment,
    records.CommitteeMember,
    records.ImprovementItem,
    records.ProgressAnswer,
    records.Visit,
    records.Attendance,
)
