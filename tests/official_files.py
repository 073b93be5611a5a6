"""What tests of official files share: specimens, changed copies, and a look at what came out."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from dashboard import catalogue
from data_loaders.reading import Report
from data_loaders.reading.results import ReadResult
from data_loaders.records import Figure
from data_loaders.sources import read_file, read_files

ROOT = Path(__file__).parents[1]
SPECIMENS = Path(__file__).parent / "specimens"
CITED = ROOT / "config" / "facts" / "cited_series.csv"
DECLARED = catalogue.load(ROOT / "config").sources

SAMPLES = Path(os.environ.get("BWP_SAMPLES") or ROOT / ".." / "shared" / "data" / "samples")
"""Real files as publishers issue them; licences differ, so they are not part of the product."""

needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the publishers' own files are not here (BWP_SAMPLES)"
)

Known = Mapping[tuple[str, str, str], float | None]
"""(measure, key, period) -> value."""


def load(*names: str, as_of: date | None = None) -> ReadResult:
    """Read specimens by name."""
    return read_files([SPECIMENS / name for name in names], DECLARED, as_of)


def changed(folder: Path, name: str, change: Callable[[str], str]) -> ReadResult:
    """Read a copy of a specimen with its text changed; the change must change something."""
    before = (SPECIMENS / name).read_bytes().decode()
    after = change(before)
    assert after != before
    path = folder / name
    path.write_bytes(after.encode())
    return read_file(path, DECLARED)


def numbers(result: ReadResult) -> Known:
    """Return every figure: measure, dimensions and period with the value."""
    return {
        (f.measure, ";".join(f"{d}={c}" for d, c in f.key), f.time_period): f.value
        for f in result.records
        if isinstance(f, Figure)
    }


def said(report: Report, severity: str = "refused") -> str:
    """Return every problem of one severity as text."""
    return "\n".join(str(p) for p in report.problems if p.severity == severity)


def fine(result: ReadResult) -> ReadResult:
    """Return a result of which nothing was refused and every row is accounted for."""
    for report in result.reports:
        assert not report.refused, said(report)
        assert report.counts.adds_up, report.counts
    return result
