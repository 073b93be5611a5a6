"""From a draft to a release, and which release readers see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.model import Cells, NoRelease, Source
from dashboard.store import Audits, Dossiers, Official, Stored, StoredFile
from dashboard.store.published import Written
from dashboard.withdrawals import Withdrawal, withdrawn_release
from data_loaders import approvals, dossiers, publish, records, told
from data_loaders.drafts import Desk, Refused, days_of, draft, is_real_programme, lay_out, shipped
from data_loaders.origins import public_sources
from data_loaders.periods import last_day
from data_loaders.reading.results import ReadResult
from data_loaders.reading.written import written
from data_loaders.sources import read_file, read_files, taken_together

DAYS: Mapping[type, str] = {
    records.Headcount: "as_of",
    records.Assessment: "start",
    records.CommitteeMember: "as_of",
    records.ImprovementItem: "as_of",
    records.Visit: "on",
    records.Attendance: "on",
}
"""The day that a record of the programme tells of."""

READING, WRITING = 0.4, 0.9
"""Shares of a publication that are done before tables are made, and before they are written."""

OFFICIAL = "Official figures as published; the programme's own figures have not been supplied yet."
MADE_UP = (
    "Official figures as published, and a made-up sample of the programme's own figures: it shows "
    "how the pages read until the programme's records arrive."
)
REAL = "Official figures as published, and the programme's own figures."
NOTES = (OFFICIAL, MADE_UP, REAL)
"""What a release says to its readers, in their language, where nobody wrote a note."""


@dataclass(frozen=True, slots=True)
class Status:
    """What readers see, what there was before, and what the next release would be made from.

    `ministry` counts the cells that only the ministry sees, and those hidden from it too.
    """

    current: str
    releases: tuple[Stored, ...]
    sources: tuple[Source, ...]
    draft: tuple[StoredFile, ...]
    approved_by: tuple[str, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    ministry: tuple[int, int] = (0, 0)

    def lines(self) -> Iterator[str]:
        """Yield the status for a person to read."""
        if not self.current:
            yield "Nothing has been published yet: `bwp release` does"
        yield from map(self._release, self.releases)
        if any(self.ministry):
            shown, hidden = self.ministry
            yield f"For official use, beside it: {shown} cells for the ministry, {hidden} hidden"
        yield from (f"withdrawn {w.what}: {w.why}" for w in self.withdrawals if w.view)
        for made_up, title in ((False, "Official and real sources"), (True, "ILLUSTRATIVE")):
            found = [source for source in self.sources if source.illustrative == made_up]
            yield f"{title}: {len(found)}"
            yield from (f"  {s.publisher}: {s.title} ({s.vintage or 'undated'})" for s in found)
        yield f"Files of the draft: {len(self.draft)}{self._approval()}"
        yield from map(_file_line, self.draft)

    def _release(self, stored: Stored) -> str:
        withdrawn = withdrawn_release(stored.id, self.withdrawals)
        mark = "current release" if stored.id == self.current else "earlier release"
        said = f"WITHDRAWN: {withdrawn.why}" if withdrawn else stored.note
        return f"{mark} {stored.id}, figures to {stored.cut_off}: {said}"

    def _approval(self) -> str:
        if not approvals.loaded(self.draft):
            return ""
        by = ", ".join(self.approved_by)
        return f", approved by {by}" if by else ", waiting for `bwp approve`"


def _file_line(file: StoredFile) -> str:
    mark = ", ILLUSTRATIVE" if file.illustrative else ""
    by = "" if not approvals.loaded([file]) else f", loaded by {file.loaded_by}"
    return f"  {file.name} ({file.kind}{mark}), {file.counts['loaded']} rows{by}"


def release(desk: Desk) -> Written:
    """Publish what ships and what was loaded, unless the very same content was published before.

    A release that somebody rolled back stays rolled back: only new content becomes current. While
    the draft waits for approval, readers keep what they see, at first what ships.
    """
    draft(desk)
    if approvals.waiting(desk):
        return _meanwhile(desk)
    new = build(desk)
    if name := publish.known(new, desk.published):
        return Written(name, new=False)
    return _write(desk, new, "")


def _meanwhile(desk: Desk) -> Written:
    try:
        return Written(desk.published.current(), new=False)
    except NoRelease:
        with TemporaryDirectory() as folder:
            result = read_files(shipped(desk, Path(folder)), desk.catalogue.sources)
        new = made(desk, result)
        note = MADE_UP if any(file.illustrative for file in result.files) else OFFICIAL
        _keep(desk, new)
        done = publish.write(new.release, desk.published, note, new.ministry.cells)
        desk.records.remember(done.name, tuple(file.checksum for file in result.files))
        return done


def approve(desk: Desk, what: str, account: str) -> str:
    """Note that a second person approves the draft; return its checksum. Raise NotApproved.

    `what` is "draft", the beginning of its checksum, or the name that it would be published under.
    """
    checksum = desk.records.draft().checksum
    if what != "draft" and not (len(what) >= 8 and checksum.startswith(what)):
        expected = _names(desk)
        if what not in expected:
            raise approvals.NotApproved(
                f"{what}: there is no such draft. Say draft, {checksum[:12]} (its checksum) or "
                f"{' or '.join(expected)} (what it would be published as)"
            )
    return approvals.approve(desk, approvals.account_of(account))


def _names(desk: Desk) -> tuple[str, ...]:
    """Return the names that the draft may be published under: as a release, as a correction."""
    names = [stored.id for stored in desk.published.releases()]
    usual = publish.next_name(cut_off(read(desk)).year, names)
    seen = publish.shown(desk.published)
    return (usual, publish.next_correction(seen.id, names)) if seen else (usual,)


def publish_draft(desk: Desk, note: str, *, correction: bool = False) -> Written:
    """Publish the draft and make it current, also where the same content was published before.

    A `correction` mends the current release and carries its name. Raise NotApproved.
    """
    if not desk.records.draft().files:
        draft(desk)
    approvals.check(desk)
    return _write(desk, build(desk), note, correction=correction)


def _keep(desk: Desk, new: publish.Built) -> None:
    """Keep what a release tells before it is told, so that no later audit can miss it.

    Beside it the dossiers of its suppliers: a release that is there has them.
    """
    told.keep(desk.records, new)
    edition, reserved = new.release.checksum, desk.catalogue.reserved_clusters
    them, links = dossiers.dossiers(new.programme), dossiers.links(new.programme)
    Dossiers.of(desk.records).keep(edition, them, links, reserved)


def _write(desk: Desk, new: publish.Built, note: str, *, correction: bool = False) -> Written:
    files = desk.records.draft().files
    said = note or standard_note(files)
    desk.watch("Comparing with what readers see, and writing", WRITING)
    _keep(desk, new)
    beside = new.ministry.cells
    done = publish.write(new.release, desk.published, said, beside, correction=correction)
    desk.records.remember(done.name, tuple(file.checksum for file in files))
    desk.watch(f"Release {done.name}", 1)
    return done


def build(desk: Desk) -> publish.Built:
    """Make an unnamed release from the bytes of the draft; raise Refused or ReleaseRefused."""
    return made(desk, read(desk))


def read(desk: Desk) -> ReadResult:
    """Read the bytes of the draft again; raise Refused."""
    parts = []
    with TemporaryDirectory() as folder:
        paths = lay_out(desk.records.draft().files, Path(folder))
        days = days_of(paths)
        for number, path in enumerate(paths):
            desk.watch(f"Reading {path.name}", READING * number / len(paths))
            parts.append(read_file(path, desk.catalogue.sources, days[path]))
    result = taken_together(parts)
    if result.refused:
        raise Refused(result)
    return result


def made(desk: Desk, result: ReadResult) -> publish.Built:
    """Make an unnamed release of what files say; raise ReleaseRefused."""
    desk.watch("Making and protecting the tables", READING)
    inputs = publish.Inputs(
        result.records, result.facts, public_sources(result), cut_off(result), desk.p_percent
    )
    audits = Audits.of(desk.records)
    outcomes = audits.outcomes()
    earlier, ministry = told.earlier(desk.published, desk.records)
    auditing = publish.Auditing(earlier, ministry, outcomes, partial(_audited, desk))
    new = publish.build(inputs, desk.catalogue, auditing)
    audits.remember(outcomes)
    return new


def _audited(desk: Desk, done: int, parts: int) -> None:
    share = READING + (WRITING - READING) * done / max(parts, 1)
    desk.watch("Auditing what could be worked out", share)


def standard_note(files: tuple[StoredFile, ...]) -> str:
    """Return what a release says to its readers where nobody wrote a note."""
    if any(is_real_programme(file) for file in files):
        return REAL
    return MADE_UP if any(file.illustrative for file in files) else OFFICIAL


def cut_off(result: ReadResult) -> date:
    """Return the last day that files of the programme tell of, else the end of official figures.

    It comes from the files alone: the same files give the same release on any day.
    """
    stated = [file.as_of for file in result.files if file.kind in written().forms and file.as_of]
    days_told: list[date] = [
        getattr(record, DAYS[type(record)]) for record in result.records if type(record) in DAYS
    ]
    days = [*stated, *days_told] or list(_official_ends(result))
    if not days:
        raise publish.ReleaseRefused("no file of the draft says which day it reaches to")
    return max(days)


def _official_ends(result: ReadResult) -> Iterator[date]:
    for record in result.records:
        if isinstance(record, records.Figure) and record.freq == "M":
            yield last_day(record.time_period)


def status(desk: Desk) -> Status:
    """Return the current release with its sources, all releases, and the draft."""
    draft_now = desk.records.draft()
    approved = desk.records.approved(draft_now.checksum)
    try:
        board = desk.published.board()
    except NoRelease:
        return Status("", (), (), draft_now.files, approved)
    current = desk.published.load(board.current)
    sources = tuple(sorted(current.sources.values(), key=lambda s: (s.illustrative, s.publisher)))
    counted = _counted(Official(desk.published).cells(current.id))
    return Status(
        current.id, board.releases, sources, draft_now.files, approved, board.withdrawals, counted
    )


def _counted(cells: Cells) -> tuple[int, int]:
    """Return how many cells show a figure and how many are hidden."""
    each = [c for keys in cells.values() for periods in keys.values() for c in periods.values()]
    hidden = sum(cell.status == "c" for cell in each)
    return len(each) - hidden, hidden
