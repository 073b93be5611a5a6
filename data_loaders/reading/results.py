"""What came out of reading several files: records, facts, sources, and a report for each file."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dashboard.model import Fact, Source
from data_loaders.periods import vintage_order
from data_loaders.reading.problems import Counts, Report
from data_loaders.records import Record


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read whole: what it is, and what became of its rows.

    `content` is what is stored where the file is not to be kept as it came; the checksum is then
    that of the content.
    """

    path: Path
    kind: str
    checksum: str
    as_of: date | None
    illustrative: bool
    counts: Counts
    sources: tuple[Source, ...]
    content: bytes | None = None

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What files say: records and facts of those that were not refused, and every report."""

    records: tuple[Record, ...] = ()
    facts: tuple[Fact, ...] = ()
    files: tuple[SourceFile, ...] = ()
    reports: tuple[Report, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether any file was refused or could not be read."""
        return any(report.refused for report in self.reports)

    @property
    def sources(self) -> dict[str, Source]:
        """Every source by id; several files of one kind are one source."""
        by_id: dict[str, list[Source]] = {}
        for file in self.files:
            for source in file.sources:
                by_id.setdefault(source.id, []).append(source)
        return {id_: merged(them) for id_, them in sorted(by_id.items())}


def merged(sources: Sequence[Source]) -> Source:
    """Return one source for several files: names of the files, checksum over theirs, last vintage.

    It is made up only if all of its files are; the caller never mixes the two.
    """
    if len(sources) == 1:
        return sources[0]
    last = max(sources, key=lambda source: vintage_order(source.vintage))
    return replace(
        last,
        file=", ".join(sorted(source.file for source in sources)),
        checksum=hashlib.sha256("".join(sorted(s.checksum for s in sources)).encode()).hexdigest(),
        illustrative=all(source.illustrative for source in sources),
    )
