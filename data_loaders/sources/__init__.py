"""One module per kind of file: `KIND`, `recognise(book)` by content, `read(book, report)`.

Modules are strangers to each other and are found by file name. `read_files` reads any number of
files of any kinds: all or nothing per file, every problem at once.
"""

import hashlib
import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Fact, Source
from data_loaders.reading import Book, Report, Unreadable, open_book
from data_loaders.reading.documents import excuse
from data_loaders.reading.headings import locate, nearest
from data_loaders.reading.results import ReadResult, SourceFile
from data_loaders.reading.scales import check_percent
from data_loaders.reading.together import together
from data_loaders.reading.written import written
from data_loaders.records import Record

Declared = Mapping[str, SourceDeclaration]
AsOf = date | Mapping[Path, date | None] | None
"""The day of snapshots whose name says none: one for all files, or one for each path."""


class SourceModule(Protocol):
    """What every module of this package offers.

    Optional: `sources(book, declared) -> tuple[Source, ...]`, where one file quotes several
    publications; without it a file has one Source, named KIND, as `config/sources` declares it.
    `as_of(book) -> date | None`, where the file states its day in a way of its own.
    `kept(book) -> bytes | None`, where the file is not to be stored as it came.
    """

    KIND: str

    def recognise(self, book: Book) -> bool:
        """Whether a file is of this kind, by its content."""

    def read(self, book: Book, report: Report) -> Iterator[Record | Fact]:
        """Yield the records of a file; every problem goes to the report, none is raised."""


@cache
def modules() -> tuple[SourceModule, ...]:
    """Return every source module, in the order of the file names."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    found = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return tuple(cast(SourceModule, module) for module in found)


def read_files(
    paths: Iterable[Path], declared: Declared | None = None, as_of: AsOf = None
) -> ReadResult:
    """Read files of any kinds, in the order given; of two that say the same thing the newer holds.

    `declared` are the catalogue's sources; `as_of` dates snapshots whose name does not: all of
    them, or each by its path. Records and facts come from whole files only: a file with any
    refusal gives its report and no record.
    """
    files = list(paths)
    days = as_of if isinstance(as_of, Mapping) else dict.fromkeys(files, as_of)
    parts = [read_file(path, declared or {}, days.get(path)) for path in files]
    return taken_together(parts)


def taken_together(parts: Sequence[ReadResult]) -> ReadResult:
    """Return what several files say when each is read in the light of the others."""
    parts = together(parts, written())
    return ReadResult(
        records=tuple(record for part in parts for record in part.records),
        facts=tuple(fact for part in parts for fact in part.facts),
        files=tuple(file for part in parts for file in part.files),
        reports=tuple(report for part in parts for report in part.reports),
    )


def read_file(path: Path, declared: Declared, as_of: date | None = None) -> ReadResult:
    """Read one file: its records, or its report alone if anything in it is refused."""
    report = Report(path.name)
    try:
        book = open_book(path, as_of=as_of)
    except Unreadable as error:
        report.unreadable = True
        report.refuse("", 0, "", "", f"cannot be read: {error}")
        return ReadResult(reports=(report,))
    report.as_of = book.as_of
    module = _module_for(book, report)
    if module is None:
        return ReadResult(reports=(report,))
    report.kind = module.KIND
    for other in book.other_days:
        report.say("", 0, "", "", other)
    found = tuple(module.read(book, report))
    check_percent(found, report)
    if not found and not report.refused:
        report.refuse("", 0, "", "", "at least one row of data below the headings")
    report.finish()
    locate(book, report)
    if report.refused:
        return ReadResult(reports=(report,))
    return ReadResult(
        records=tuple(item for item in found if not isinstance(item, Fact)),
        facts=tuple(item for item in found if isinstance(item, Fact)),
        files=(_file(book, module, report, declared),),
        reports=(report,),
    )


def _module_for(book: Book, report: Report) -> SourceModule | None:
    found = [module for module in modules() if module.recognise(book)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(module.KIND for module in found)
        report.refuse(
            "", 0, "", "", f"one kind, not any of {names}: keep the headings of one of them"
        )
    else:
        report.refuse("", 0, "", "", _of_no_kind(book))
    return None


def _of_no_kind(book: Book) -> str:
    if said := excuse(book.document, book.markup):
        return f"figures of a known kind: the answer only says “{said}”. Ask again, or for less"
    kinds = ", ".join(m.KIND for m in modules() if m.KIND not in book.written.forms)
    return f"{nearest(book)}; or a file of one of: {kinds}"


def _file(book: Book, module: SourceModule, report: Report, declared: Declared) -> SourceFile:
    quoted = getattr(module, "sources", None)
    one = (source_of(book, module.KIND, declared.get(module.KIND)),)
    dated = getattr(module, "as_of", None)
    content = module.kept(book) if hasattr(module, "kept") else None
    return SourceFile(
        path=book.path,
        kind=module.KIND,
        checksum=hashlib.sha256(content).hexdigest() if content else book.checksum,
        content=content,
        as_of=dated(book) if dated else book.as_of,
        illustrative=book.illustrative,
        counts=report.counts,
        sources=tuple(quoted(book, declared)) if quoted else one,
    )


def source_of(book: Book, kind: str, known: SourceDeclaration | None) -> Source:
    """Return the source that a file is, as config/sources declares its kind."""
    return Source(
        id=kind,
        publisher=known.publisher if known else "",
        title=known.title if known else kind.replace("_", " "),
        url=known.url if known else "",
        licence=known.licence if known else "",
        vintage=book.as_of.isoformat() if book.as_of else "",
        file=book.name,
        checksum=book.checksum,
        illustrative=book.illustrative,
    )
