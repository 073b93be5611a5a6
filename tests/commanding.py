"""The command in processes of its own, which begin as copies of one that has loaded it already."""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["bwp"])


def settings_at(folder: Path) -> dict[str, str]:
    """Return settings with every store in a folder, without the made-up programme."""
    return {
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": f"sqlite:///{folder}/published.db",
        "RECORDS_URL": f"sqlite:///{folder}/records.db",
        "ACCOUNTS_URL": f"sqlite:///{folder}/accounts.db",
        "BWP_ILLUSTRATIVE": "off",
        "COLUMNS": "200",
    }


def bwp(
    *words: str | Path, folder: Path, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder that holds its stores; return what it said and how it ended."""
    environment = settings_at(folder) | dict(more or {})
    said = [str(ROOT / "bwp.py"), *map(str, words)]
    with tempfile.TemporaryDirectory() as place:
        out, err = Path(place, "out"), Path(place, "err")
        process = CONTEXT.Process(target=_run, args=(said, environment, folder, out, err))
        process.start()
        process.join()
        code = process.exitcode or 0
        return subprocess.CompletedProcess(said, code, out.read_text(), err.read_text())


def _run(
    words: list[str], environment: Mapping[str, str], folder: Path, out: Path, err: Path
) -> None:
    """Become the command: its words, settings, folder and the files it writes to."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), number)
    sys.argv = words
    import bwp as command

    command.main()
