"""From the plan of a file to the file in the inbox: asked, looked at, read, left or set aside."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

from requests import Request
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from dashboard.catalogue import SourceDeclaration
from data_loaders.fetching.answers import ComeLater, Data, NotHad
from data_loaders.fetching.asking import Answer, Asker, Question
from data_loaders.fetching.inbox import Inbox, Memory
from data_loaders.fetching.plans import Job
from data_loaders.fetching.publishers import Publisher, discover
from data_loaders.fetching.watch import Watch
from data_loaders.reading import Unreadable, open_book
from data_loaders.sources import modules, read_file


class End(IntEnum):
    """How it ended, as an exit code."""

    here = 0
    refused = 1
    missing = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, in lines for a person; `file` is where it lies now."""

    job: Job
    end: End
    lines: tuple[str, ...]
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Everything that fetching needs; `pause` waits between two questions."""

    inbox: Inbox
    asker: Asker
    watch: Watch
    declared: Mapping[str, SourceDeclaration]
    environment: Mapping[str, str]
    today: date
    mirrors: Mapping[str, str] = field(default_factory=dict)
    pause: Callable[[float], None] = sleep

    def fetch(self, job: Job) -> Outcome:
        """Bring one file into the inbox if there is a new one; nothing raises, nothing is lost."""
        memory = self.inbox.memory(job.name)
        publisher = discover()[job.publisher]
        with self.inbox.workplace() as folder:
            try:
                question = self._question(job, memory, publisher)
                answer, data = self._answered(job, question, publisher, folder / "answer")
            except NotHad as error:
                return self._missing(job, memory, error)
            fresh = Memory(
                asked=address(question),
                etag=answer.etag,
                modified=answer.modified,
                file=memory.file,
                essence=memory.essence,
                done=self.today,
            )
            if data is None:
                return self._unchanged(job, fresh)
            fresh = fresh.model_copy(
                update={"essence": hashlib.sha256(data.essence).hexdigest()},
            )
            if fresh.essence == memory.essence and self.inbox.holds(memory):
                return self._unchanged(job, fresh)
            file = folder / f"{job.name}_{answer.day or self.today}.{data.suffix}"
            file.write_bytes(data.content)
            return self._left(job, memory, fresh, file)

    def is_due(self, job: Job) -> bool:
        """Whether the calendar has passed a planned day since the publisher was last asked.

        After an answer that was no use the next question is on another day; after none at all,
        or "come back later", at the next look.
        """
        memory = self.inbox.memory(job.name)
        planned = job.plan.calendar.last(self.today)
        return (memory.done or date.min) < planned and (memory.tried or date.min) < self.today

    def _question(self, job: Job, memory: Memory, publisher: Publisher) -> Question:
        plan = job.plan
        key = self.environment.get(plan.key, "") if plan.key else ""
        if plan.key and not key:
            raise NotHad(f"needs a key: set {plan.key}. {plan.key_from}".strip())
        url = job.file.url
        if mirror := self.mirrors.get(job.publisher):
            url = mirror + urlsplit(url).path
        question = Question(
            url=url,
            params=job.file.asked(self.today),
            headers={publisher.KEY_HEADER: key} if key else {},
        )
        if memory.asked != address(question) or not self.inbox.holds(memory):
            return question
        return Question(
            question.url, question.params, question.headers, memory.etag, memory.modified
        )

    def _answered(
        self, job: Job, question: Question, publisher: Publisher, into: Path
    ) -> tuple[Answer, Data | None]:
        """Ask until there is data, or nothing new (None), or no more use in asking."""
        retrying = Retrying(
            stop=self.asker.manners.stop,
            wait=self.asker.manners.wait,
            retry=retry_if_exception_type(ComeLater),
            before_sleep=self._waits,
            sleep=self.pause,
            reraise=True,
        )
        self.watch.asks(job.name, question.host)

        def once() -> tuple[Answer, Data | None]:
            answer = self.asker.ask(question, into, self.watch.receives)
            return answer, None if answer.unchanged else publisher.look(into)

        try:
            return retrying(once)
        finally:
            self.watch.ends()

    def _waits(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        self.watch.waits(state.upcoming_sleep, str(error))

    def _missing(self, job: Job, memory: Memory, error: NotHad) -> Outcome:
        if not isinstance(error, ComeLater):
            self.inbox.remember(job.name, memory.model_copy(update={"tried": self.today}))
        held = self.inbox.holds(memory)
        stays = f"the file of last time stays: {held}" if held else "there is none of last time"
        return Outcome(job, End.missing, (f"{job.name}: {error}. Nothing is lost; {stays}",), held)

    def _unchanged(self, job: Job, fresh: Memory) -> Outcome:
        self.inbox.remember(job.name, fresh)
        held = self.inbox.holds(fresh)
        return Outcome(job, End.here, (f"{job.name}: nothing new since {held}",), held)

    def _left(self, job: Job, memory: Memory, fresh: Memory, file: Path) -> Outcome:
        """Read the file as `bwp check` does, then leave it in the inbox or set it aside."""
        good, lines = checked(file, job.file.kind, self.declared)
        if not good:
            aside = self.inbox.set_aside(file, lines)
            # Someone must look; the publisher is left alone until the next planned day
            self.inbox.remember(job.name, memory.model_copy(update={"done": self.today}))
            said = f"{job.name}: refused and set aside, with this report: {aside}"
            return Outcome(job, End.refused, (*lines, said), aside)
        left = self.inbox.leave(file)
        self.inbox.remember(job.name, fresh.model_copy(update={"file": left.name}))
        return Outcome(job, End.here, (*lines, f"{job.name}: new, in the inbox: {left}"), left)


def address(question: Question) -> str:
    """Return the whole address that is asked, which never holds a key."""
    return Request("GET", question.url, params=question.params).prepare().url or ""


def checked(
    file: Path, kind: str, declared: Mapping[str, SourceDeclaration]
) -> tuple[bool, tuple[str, ...]]:
    """Return whether a file may go into the inbox, and its report.

    A kind that no module reads yet is left unread, and that is said.
    """
    known = {module.KIND for module in modules()}
    if kind not in known and not _recognised(file):
        return True, (f"{file.name}: not read, this version has no reader for {kind}",)
    result = read_file(file, declared)
    lines = [line for report in result.reports for line in report.lines()]
    others = sorted({read.kind for read in result.files} - {kind})
    if others and kind in known:
        lines.append(f"{file.name}: read as {', '.join(others)}, but {kind} was asked for")
        return False, tuple(lines)
    return not result.refused, tuple(lines)


def _recognised(file: Path) -> bool:
    try:
        book = open_book(file)
    except Unreadable:
        return False
    return any(module.recognise(book) for module in modules())
