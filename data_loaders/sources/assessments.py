"""Assessments: the programme's long export, one row for every question asked.

The programme's own cleaning is applied and said: retired factories ("(Obsolete)") and repeated
rows are left out, information questions (FGW) are no findings, older names of compliance points and
the ninth cluster "Systems" are folded by the written tables.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from sys import intern
from typing import Any

from data_loaders.reading import Book, Report
from data_loaders.reading.books import read_forms
from data_loaders.reading.cells import Entry
from data_loaders.reading.headings import matches
from data_loaders.reading.normal import words
from data_loaders.records import Assessment, Finding, Record

KIND = "assessments"


def recognise(book: Book) -> bool:
    """Whether the headings are those of the programme's export of answers."""
    return matches(book, *book.written.forms[KIND].values())


def read(book: Book, report: Report) -> Iterator[Record]:
    """Yield every finding, then every assessment that has at least one scored question."""
    answers = _Answers(book)
    for _, entry in read_forms(book, report, *book.written.forms[KIND].values()):
        yield from answers.take(entry)
    yield from answers.assessments()


class _Answers:
    """The assessments seen so far, and the answer to each of their questions."""

    def __init__(self, book: Book) -> None:
        self.written = book.written
        self.settings: Mapping[str, Any] = book.written.settings[KIND]
        self.obsolete = words(self.settings["obsolete"])
        self.public_tag = words(self.settings["public_tag"])
        self.not_clusters = {words(block) for block in self.settings["not_clusters"]}
        self.done: dict[str, Assessment] = {}
        self.asked: dict[str, int] = {}
        self.seen: dict[tuple[str, str], tuple[str, int]] = {}

    def take(self, entry: Entry) -> Iterator[Finding]:
        """Yield the finding of a scored question; set aside what the programme leaves out."""
        if self._left_out(entry):
            return
        assessment = self._assessment(entry)
        question = entry.id("question")
        answer = entry.plain("finding")
        if self._repeated(entry, assessment, question, answer):
            return
        if entry.code("type") == "fgw":
            entry.set_aside = "information question"
            return
        finding = self._finding(entry, assessment, question)
        if entry.ok:
            self.asked[assessment] += finding.noncompliant is not None
            yield finding

    def _left_out(self, entry: Entry) -> bool:
        if entry.plain("country") != self.settings["country"]:
            entry.set_aside = "another country"
        elif self.obsolete in words(entry.plain("name")):
            entry.set_aside = "retired factory"
        elif words(entry.plain("cluster")) in self.not_clusters:
            entry.set_aside = "question outside the clusters"
        return bool(entry.set_aside)

    def _assessment(self, entry: Entry) -> str:
        found = Assessment(
            origin=entry.origin(KIND),
            assessment=entry.id("assessment"),
            factory=entry.id("factory"),
            cycle=entry.cycle("cycle"),
            start=entry.day("start"),
            cat_version=entry.plain("version"),
            short_version=False,
        )
        first = self.done.setdefault(found.assessment, found)
        self.asked.setdefault(found.assessment, 0)
        for name in ("factory", "cycle", "start"):
            if entry.ok and getattr(first, name) != getattr(found, name):
                entry.refuse(name, f"{getattr(first, name)}, as in row {first.origin.row}")
        return found.assessment

    def _repeated(self, entry: Entry, assessment: str, question: str, answer: str) -> bool:
        known = self.seen.setdefault((assessment, question), (answer, entry.row.number))
        if known[1] == entry.row.number or not entry.ok:
            return False
        if known[0] == answer:
            entry.set_aside = "repeated row"
        else:
            entry.refuse("finding", f"one answer to a question: {known[0]!r} in row {known[1]}")
        return True

    def _finding(self, entry: Entry, assessment: str, question: str) -> Finding:
        point = entry.code("point")
        cluster = self.written.parent("compliance_point", point) if point else ""
        said = entry.code("cluster")
        if point and said and said != cluster:
            wanted = self.written.label("cluster", cluster)
            entry.refuse("cluster", f"{wanted}, to which the compliance point belongs")
        return Finding(
            assessment=assessment,
            question=question,
            cluster=cluster,
            compliance_point=point,
            noncompliant=_noncompliant(entry),
            public_reporting=self.public_tag in words(entry.plain("tags")),
            label=intern(entry.plain("label")),
        )

    def assessments(self) -> Iterator[Assessment]:
        """Yield the assessments; few scored answers, or the name of the form, say "short"."""
        for id_, done in self.done.items():
            few = self.asked[id_] < self.settings["short_version_under"]
            short = few or "short" in words(done.cat_version).split()
            yield replace(done, short_version=short)


def _noncompliant(entry: Entry) -> bool | None:
    text = entry.plain("finding")
    if text in ("0", "1", "0.0", "1.0"):
        return text[0] == "1"
    if text:
        entry.refuse("finding", "1 (non-compliant), 0, or nothing, for a scored question")
    return None
