"""What a person sees while files are fetched: a bar in a terminal, plain lines anywhere else."""

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

    def ends(self) -> None:
        """Nothing more is received for this file."""


class Shown:
    """Shows it on standard error, so that what a command answers stays apart."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, soft_wrap=True, highlight=False)
        columns = (TextColumn("  {task.description}"), BarColumn(), DownloadColumn())
        self.progress = Progress(
            *columns,
            console=self.console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            disable=not self.console.is_terminal,
        )
        self.task: TaskID | None = None

    def asks(self, name: str, host: str) -> None:
        """Begin a new bar."""
        self.console.print(f"{name}: asking {host}")
        self.task = self.progress.add_task(name, total=None)
        self.progress.start()

    def receives(self, done: int, total: int | None) -> None:
        """Move the bar."""
        if self.task is not None:
            self.progress.update(self.task, completed=done, total=total)

    def waits(self, seconds: float, why: str) -> None:
        """Say why nothing moves."""
        self.console.print(f"  {why}; asking again in {seconds:.0f} s")

    def ends(self) -> None:
        """Take the bar away."""
        self.progress.stop()
        if self.task is not None:
            self.progress.remove_task(self.task)
            self.task = None
