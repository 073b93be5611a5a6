"""The folder where fetched files wait for a person, and what is remembered of each."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel, ConfigDict, ValidationError

MEMORY = ".fetched"
ASIDE = "refused"
CHECKSUM = ".sha256"


class Memory(BaseModel):
    """What is remembered of a file: what was asked, what the publisher said, what came, when.

    `essence` is the checksum of what makes the file new. `done` is the last day on which the
    publisher had been asked with success, `tried` the last on which the answer was no use.
    """

    model_config = ConfigDict(frozen=True)

    asked: str = ""
    etag: str = ""
    modified: str = ""
    essence: str = ""
    file: str = ""
    done: date | None = None
    tried: date | None = None


@dataclass(frozen=True, slots=True)
class Inbox:
    """A folder: files, a checksum beside each, refused ones aside, and a hidden memory."""

    folder: Path

    def memory(self, name: str) -> Memory:
        """Return what is remembered of a file, nothing where it never came."""
        try:
            return Memory.model_validate_json(self._memory(name).read_text(encoding="utf-8"))
        except (OSError, ValidationError):
            return Memory()

    def remember(self, name: str, memory: Memory) -> None:
        """Remember a file for the next time."""
        self._put(self._memory(name), memory.model_dump_json().encode())

    def holds(self, memory: Memory) -> Path | None:
        """Return the file of last time, None where it is no longer there."""
        path = self.folder / memory.file
        return path if memory.file and path.is_file() else None

    @contextmanager
    def workplace(self) -> Iterator[Path]:
        """Yield a folder on the same disk that is gone afterwards."""
        (self.folder / MEMORY).mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self.folder / MEMORY) as folder:
            yield Path(folder)

    def leave(self, file: Path) -> Path:
        """Move a file into the inbox, whole or not at all, with its checksum beside it."""
        path = self.folder / file.name
        checksum = hashlib.sha256(file.read_bytes()).hexdigest()
        file.replace(path)
        line = f"{checksum}  {path.name}\n"
        self._put(path.with_name(path.name + CHECKSUM), line.encode())
        return path

    def set_aside(self, file: Path, lines: Iterable[str]) -> Path:
        """Move a file that is refused out of the way, with the report beside it."""
        path = self.folder / ASIDE / file.name
        path.parent.mkdir(exist_ok=True)
        file.replace(path)
        self._put(path.with_name(f"{path.name}.txt"), "\n".join([*lines, ""]).encode())
        return path

    def _memory(self, name: str) -> Path:
        return self.folder / MEMORY / f"{name}.json"

    def _put(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}")
        part.write_bytes(content)
        part.replace(path)
