"""Packs without a site: for a program that makes them on a schedule."""

from pathlib import Path

from flask import Flask

from dashboard.outlets.asking import Asking
from dashboard.outlets.briefing.making import File
from dashboard.prints import open_press
from dashboard.service import Statistics
from dashboard.web.memory import open_memory


class Unwritable(RuntimeError):
    """A file cannot be written; the message says which and why."""


def offline(statistics: Statistics, letters: Path, public_url: str) -> Asking:
    """Return what makes files of views; raise PressMissing where `letters` holds no fonts."""
    memory = open_memory(Flask(__name__, static_folder=None), "")
    return Asking(statistics, memory, "", open_press(letters), public_url)


def saved(done: File, path: Path) -> Path:
    """Write a pack and return its path; an older file stays whole until the new one is.

    Raise Unwritable.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(done.body)
        part.replace(path)
    except OSError as error:
        raise Unwritable(f"{path} cannot be written: {error.strerror}") from error
    return path
