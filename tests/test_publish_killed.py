"""Publishing may be killed at any moment: readers have the old release or the new one, whole."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from drafting import copied, current, shipped_at

from data_loaders import publish
from data_loaders.drafts import Desk

PUBLISHING = """
import sys
from dataclasses import replace
from datetime import timedelta
from dashboard.store import Published
from data_loaders import publish

store = Published.at(sys.argv[1])
first = store.load("2026.1")
new = replace(first, cut_off=first.cut_off + timedelta(days=1))
new = replace(new, checksum=publish.checksum(new))
print("ready", flush=True)
sys.stdin.readline()
print(publish.write(new, store, "second").name, flush=True)
"""


@contextmanager
def publishing(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Let another process begin to publish a second release."""
    command = [sys.executable, "-c", PUBLISHING, f"sqlite:///{folder}/published.db"]
    with subprocess.Popen(  # noqa: S603  (our own program)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        process.stdin.write(b"\n")
        process.stdin.flush()
        yield process


@pytest.fixture(scope="module")
def undisturbed(database: str, tmp_path_factory: pytest.TempPathFactory) -> float:
    """The seconds that a publication takes here; it ends with the second release."""
    folder = tmp_path_factory.mktemp("undisturbed")
    desk = copied(shipped_at(database), folder)
    with publishing(folder) as process:
        began = time.monotonic()
        assert process.stdout
        assert process.stdout.readline() == b"2026.2\n"
        took = time.monotonic() - began
    assert current(desk).id == "2026.2"
    return took


def check_whole(desk: Desk) -> None:
    """Every release that is there is whole, and the last one is what readers see."""
    names = [stored.id for stored in desk.published.releases()]
    assert names in (["2026.1"], ["2026.1", "2026.2"])
    assert desk.published.current() == names[-1]
    for stored in desk.published.releases():
        assert publish.checksum(desk.published.load(stored.id)) == stored.checksum
    assert desk.published.revision(names[-1]).against == "".join(names[:-1])


@pytest.mark.parametrize(
    "moment", [*range(8), *(pytest.param(m, marks=pytest.mark.drill) for m in range(8, 40))]
)
def test_the_old_or_the_new_release_is_there_whole(
    database: str, undisturbed: float, tmp_path: Path, moment: int
) -> None:
    desk = copied(shipped_at(database), tmp_path)
    with publishing(tmp_path) as process:
        time.sleep(random.Random(moment).uniform(0, 1.2 * undisturbed))  # noqa: S311  (a moment)
        os.kill(process.pid, signal.SIGKILL)
    check_whole(desk)


def test_publishing_again_after_a_kill_ends_what_was_begun(
    database: str, undisturbed: float, tmp_path: Path
) -> None:
    desk = copied(shipped_at(database), tmp_path)
    with publishing(tmp_path) as process:
        time.sleep(undisturbed / 2)
        os.kill(process.pid, signal.SIGKILL)
    with publishing(tmp_path) as process:
        process.wait()
    assert [stored.id for stored in desk.published.releases()] == ["2026.1", "2026.2"]
    check_whole(desk)
