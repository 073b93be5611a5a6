"""Publishing may be killed at any moment: readers have the old release or the new one, whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from drafting import copied, current, shipped_at

from data_loaders import publish

PUBLISHING = """
import sys
from dataclasses import replace
from datetime import timedelta
from dashboard.store import Published
from data_loaders import publish

store = Published.at(sys.argv[1])
first = store.load(store.current())
new = replace(first, cut_off=first.cut_off + timedelta(days=1))
new = replace(new, checksum=publish.checksum(new))
print("ready", flush=True)
sys.stdin.readline()
print(publish.write(new, store, "second").name, flush=True)
"""


def killed_after(url: str, seconds: float) -> None:
    """Let another process publish a second release, and kill it."""
    command = [sys.executable, "-c", PUBLISHING, url]
    with subprocess.Popen(  # noqa: S603  (our own program)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        process.stdin.write(b"\n")
        process.stdin.flush()
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("milliseconds", [0, 5, 20, 60, 120, 3000])
def test_the_old_or_the_new_release_is_there_whole(
    database: str, tmp_path: Path, milliseconds: int
) -> None:
    desk = copied(shipped_at(database), tmp_path)
    desk.published.engine.dispose()
    killed_after(f"sqlite:///{tmp_path}/published.db", milliseconds / 1000)
    names = [stored.id for stored in desk.published.releases()]
    assert names in (["2026.1"], ["2026.1", "2026.2"])
    assert desk.published.current() == names[-1]
    for stored in desk.published.releases():
        assert publish.checksum(desk.published.load(stored.id)) == stored.checksum
    if milliseconds == 3000:
        assert current(desk).id == "2026.2"
