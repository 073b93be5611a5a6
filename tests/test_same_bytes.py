"""A pinned address is the same bytes on two machines and on two days."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HERE = {"PYTHONHASHSEED": "1", "TZ": "Asia/Karachi", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
THERE = {
    "PYTHONHASHSEED": "4242",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "tr_TR.UTF-8",
    "PYTHONUTF8": "1",
}
DAYS = ("2026-11-27T10:00:00+00:00", "2031-02-28T23:59:30+00:00")
FORMS = ("svg", "png", "pdf", "csv", "xlsx", "json", "figure.json", "txt", "pptx")
VIEWS = (
    "exports_goods?release=2026.1",
    "exports_chapter?lang=ar&release=2026.1&theme=dark",
    "noncompliance_cluster?lang=ur&release=2026.1",
    "women_by_role?lang=bn&release=2026.1",
)
WHOLE = ("/data.zip?release=2026.1", "/charts/exports_goods.zip?release=2026.1")


def addresses() -> list[str]:
    """Return every form of some views that name their release."""
    found = list(WHOLE)
    for view in VIEWS:
        name, _, query = view.partition("?")
        found += [f"/charts/{name}.{form}?{query}" for form in FORMS]
    return found


def answered(store: str, built: Path, day: str, surroundings: Mapping[str, str]) -> dict[str, str]:
    """Return what a site of its own process answers, in other surroundings, on a day."""
    program = [sys.executable, str(ROOT / "tests" / "other_machine.py"), store, str(built), day]
    done = subprocess.run(  # noqa: S603
        [*program, *addresses()],
        check=True,
        capture_output=True,
        timeout=170,
        env={**os.environ, **surroundings, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )
    return dict(json.loads(done.stdout))


@pytest.mark.timeout(360)
def test_a_pinned_address_is_the_same_bytes_on_two_machines_and_on_two_days(
    database: str, built: Path
) -> None:
    ours = answered(database, built, DAYS[0], HERE)
    theirs = answered(database, built, DAYS[1], THERE)
    assert all(said.startswith("200 ") for said in ours.values()), ours
    assert {at: (ours[at], theirs[at]) for at in ours if ours[at] != theirs[at]} == {}
