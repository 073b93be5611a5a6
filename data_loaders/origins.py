"""What a release tells of the files that its numbers came in: the way back of every figure.

The programme's own files are told without their names, which may name a factory or a person, and
with their rows in hundreds: one row of an improvement plan is one finding, and the difference
between two releases would count those of a single factory.
"""

from collections import defaultdict
from dataclasses import replace

from dashboard.model import File, Source
from data_loaders.drafts import is_real_programme
from data_loaders.reading.results import ReadResult, SourceFile

STEP = 100
"""The rows of the programme's own files are counted in steps of so many."""


def public_sources(result: ReadResult) -> dict[str, Source]:
    """Return every source of what was read, with its files as readers may know them."""
    files: dict[str, list[File]] = defaultdict(list)
    own = set()
    for file in result.files:
        for source in file.sources:
            files[source.id].append(_public(file))
            own |= {source.id} if is_real_programme(file) else set()
    return {
        id_: replace(
            source,
            file="" if id_ in own else source.file,
            files=tuple(sorted(files[id_], key=lambda f: (f.as_of, f.name, f.checksum))),
        )
        for id_, source in result.sources.items()
    }


def _public(file: SourceFile) -> File:
    own = is_real_programme(file)
    counts, step = file.counts, STEP if own else 1
    told = ((why, _stepped(rows, step)) for why, rows in sorted(counts.recognised.items()))
    return File(
        name="" if own else file.name,
        kind=file.kind,
        checksum=file.checksum,
        as_of=file.as_of.isoformat() if file.as_of else "",
        read=_stepped(counts.read, step),
        loaded=_stepped(counts.loaded, step),
        refused=_stepped(counts.refused, step),
        recognised=tuple(told),
        step=step,
    )


def _stepped(rows: int, step: int) -> int:
    """Return rows to the nearest step, half a step upwards."""
    return (rows + step // 2) // step * step
