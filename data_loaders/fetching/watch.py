"""What a person sees while files are fetched: a bar in a terminal, plain lines anywhere else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn


class Watch(Protocol):
    """Is told what goes on."""

    def asks(self, name: str, host: str) -> None:
        """A publisher is asked for a file."""

    def receives(self, done: int, total: int | None) -> None:
        """So many bytes are here, of a total where the publisher says it."""

    def waits(self, seconds: float, why: str) -> None:
        """The publisher is asked again after a while."""


class Shown:
    """Shows it on standard error, so that what a command answers stays apart."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.task: TaskID | None = None

    def asks(self, name: str, host: str) -> None:
        """Begin a new bar."""
        self.progress.console.print(f"{name}: asking {host}", highlight=False)
        if self.task is not None:
            self.progress.remove_task(self.task)
        self.task = self.progress.add_task(name, total=None)

    def receives(self, done: int, total: int | None) -> None:
        """Move the bar."""
        if self.task is not None:
            self.progress.update(self.task, completed=done, total=total)

    def waits(self, seconds: float, why: str) -> None:
        """Say why nothing moves."""
        self.progress.console.print(f"  {why}; asking again in {seconds:.0f} s", highlight=False)


@contextmanager
def shown() -> Iterator[Watch]:
    """Yield a watch for this terminal, or for a log where there is none."""
    columns = (TextColumn("  {task.description}"), BarColumn(), DownloadColumn())
    console = Console(stderr=True, soft_wrap=True)
    quiet = not sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, disable=quiet) as progress:
        yield Shown(progress)
