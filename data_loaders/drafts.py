"""The draft: the list of files that the next release is made from.

It holds what ships with the product (the cited figures and, until the first real file of the
programme, the made-up programme) and what was loaded by hand. Files are kept byte for byte.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.catalogue import Catalogue
from dashboard.store import Draft, Published, Records, StoredFile
from data_loaders import illustrative
from data_loaders.fetching.inbox import ASIDE, CHECKSUM
from data_loaders.reading.results import ReadResult, SourceFile
from data_loaders.reading.written import written
from data_loaders.sources import read_file, taken_together


class Rank(IntEnum):
    """How a file came into the draft; of two with the same name and kind the higher one stays."""

    shipped = 0
    loaded = 1
    new = 2


class Refused(Exception):
    """Files were refused, so nothing was stored; `result` has every problem of every file."""

    def __init__(self, result: ReadResult) -> None:
        super().__init__("files were refused; nothing was stored")
        self.result = result


Watch = Callable[[str, float], None]
"""watch(step that begins, share of the work that is done): who waits may see how far it is."""


def unwatched(step: str, done: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where releases are made: the stores, the declarations, what the installation decided.

    `watch` is told how far a publication is.
    """

    records: Records
    published: Published
    catalogue: Catalogue
    facts: Path
    illustrative: bool
    p_percent: float
    watch: Watch = unwatched


@dataclass(frozen=True, slots=True)
class Drafted:
    """What became of the draft: the reports of its files, and the files that left it."""

    result: ReadResult
    left: tuple[StoredFile, ...]


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return files as they are, and for folders the files below them in order of their names.

    What an inbox keeps beside its files is left out: checksums, refused files, hidden folders.
    """
    return list(dict.fromkeys(file for path in paths for file in _below(path)))


def _below(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.is_file())
    return [file for file in found if not _beside(file.relative_to(path))]


def _beside(file: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in file.parts)
    return hidden or file.suffix == CHECKSUM or ASIDE in file.parts[:-1]


def draft(
    desk: Desk,
    paths: Sequence[Path] = (),
    account: str = "somebody",
    as_of: date | None = None,
) -> Drafted:
    """Add files that an account loads to the draft, bring what ships up to date; raise Refused.

    `as_of` dates the new snapshots whose name does not; it stays with them in the draft.
    A new file replaces one of the same name and kind. The first real file of the programme
    removes the made-up programme whole.
    """
    before = desk.records.draft()
    with TemporaryDirectory() as folder:
        loaded = lay_out(_staying(desk, before), Path(folder) / "loaded")
        ours = shipped(desk, Path(folder), loaded.values())
        ranks = dict.fromkeys(ours, Rank.shipped)
        ranks |= dict.fromkeys(loaded, Rank.loaded) | dict.fromkeys(paths, Rank.new)
        days = days_of(loaded) | dict.fromkeys(paths, as_of)
        parts = [read_file(path, desk.catalogue.sources, days.get(path)) for path in ranks]
        result = taken_together(_standing(parts, ranks))
        if result.refused:
            raise Refused(result)
        by = {Rank.shipped: Rank.shipped.name, Rank.new: account}
        known = {file.checksum: file.loaded_by for file in before.files}
        files = tuple(
            stored_as(file, by.get(ranks[file.path]) or known[file.checksum])
            for file in result.files
        )
    now = {file.checksum: file for file in files}
    if paths or list(now) != [file.checksum for file in before.files]:
        desk.records.set_draft(tuple(now.values()))
    return Drafted(result, tuple(file for file in before.files if file.checksum not in now))


def _staying(desk: Desk, before: Draft) -> list[StoredFile]:
    """Return what was loaded by hand and may still be shown."""
    return [
        file
        for file in before.files
        if file.loaded_by != Rank.shipped.name and (desk.illustrative or not file.illustrative)
    ]


def shipped(desk: Desk, folder: Path, loaded: Iterable[StoredFile] = ()) -> list[Path]:
    """Return the files that ship with the product; what is made up is written into a folder.

    The made-up programme is left out beside a real one among the loaded files.
    """
    files = sorted(desk.facts.glob("*.csv"))
    if desk.illustrative and not any(is_real_programme(file) for file in loaded):
        files += illustrative.write(folder / "made up")
    return files


def is_real_programme(file: StoredFile | SourceFile) -> bool:
    """Whether a file is of one of the programme's own kinds and not made up."""
    return file.kind in written().forms and not file.illustrative


def lay_out(files: Iterable[StoredFile], folder: Path) -> dict[Path, StoredFile]:
    """Write stored files, each into a folder of its own so that it keeps its name."""
    laid_out = {}
    for number, file in enumerate(files):
        path = folder / str(number) / file.name
        path.parent.mkdir(parents=True)
        path.write_bytes(file.content)
        laid_out[path] = file
    return laid_out


def days_of(laid_out: Mapping[Path, StoredFile]) -> dict[Path, date | None]:
    """Return the day of each stored file, so that it is read again as it was when it was loaded."""
    return {p: date.fromisoformat(f.as_of) if f.as_of else None for p, f in laid_out.items()}


def _standing(parts: Sequence[ReadResult], ranks: Mapping[Path, Rank]) -> list[ReadResult]:
    highest: dict[tuple[str, str], Rank] = {}
    for file in (file for part in parts for file in part.files):
        name = (file.name, file.kind)
        highest[name] = max(ranks[file.path], highest.get(name, Rank.shipped))
    return [
        part
        for part in parts
        if all(ranks[file.path] == highest[file.name, file.kind] for file in part.files)
    ]


def stored_as(file: SourceFile, account: str) -> StoredFile:
    """Return a file as the draft keeps it: byte for byte, or what its source says is to be kept.

    `account` is who loaded it.
    """
    counts = file.counts
    rows = {"read": counts.read, "loaded": counts.loaded, **counts.recognised}
    return StoredFile(
        checksum=file.checksum,
        name=file.name,
        kind=file.kind,
        as_of=file.as_of.isoformat() if file.as_of else "",
        illustrative=file.illustrative,
        content=file.content or file.path.read_bytes(),
        counts=rows,
        loaded_by=account,
    )
