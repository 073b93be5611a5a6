"""The account of a check for programs: one JSON document for any number of files."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from data_loaders.reading.problems import Problem, Report

UNREADABLE, REFUSED, FINE = 2, 1, 0
CODES = {"unreadable": UNREADABLE, "refused": REFUSED, "fine": FINE}


def exit_code(reports: Sequence[Report]) -> int:
    """Return 2 if a file could not be read at all, else 1 if one was refused, else 0."""
    return max((CODES[report.verdict] for report in reports), default=UNREADABLE)


def document(
    files: Sequence[tuple[Path, Report]], marked: Mapping[Path, Path] | None = None
) -> str:
    """Return the account of every file as JSON; `marked` names the marked copies by file."""
    copies = marked or {}
    told = [_file(path, report, copies.get(path)) for path, report in files]
    code = exit_code([report for _, report in files])
    return json.dumps({"exit_code": code, "files": told}, ensure_ascii=False, indent=2)


def _file(path: Path, report: Report, copy: Path | None) -> dict[str, Any]:
    counts = report.counts
    return {
        "file": report.file,
        "path": str(path),
        "kind": report.kind or None,
        "as_of": report.as_of.isoformat() if report.as_of else None,
        "verdict": report.verdict,
        "rows": {
            "read": counts.read,
            "loaded": counts.loaded,
            "refused": counts.refused,
            "recognised": dict(counts.recognised),
        },
        "problems": [_problem(p, report) for p in report.in_order if p.severity == "refused"],
        "said": [_problem(p, report) for p in report.in_order if p.severity == "said"],
        "normalised": [
            {"sheet": n.sheet or None, "column": n.column, "how": n.how, "cells": n.cells}
            for n in report.normalisations
        ],
        "marked": str(copy) if copy else None,
    }


def _problem(problem: Problem, report: Report) -> dict[str, Any]:
    return {
        "file": problem.file,
        "sheet": problem.sheet or None,
        "row": problem.row or None,
        "column": problem.column or None,
        "cell": cell_of(problem, report) or None,
        "value": problem.value,
        "wanted": problem.wanted,
    }


def cell_of(problem: Problem, report: Report) -> str:
    """Return the name of a problem's cell as a spreadsheet shows it ("F4"), "" if it has none."""
    position = report.places.get((problem.sheet, problem.column))
    if position is None or not problem.row:
        return ""
    return f"{get_column_letter(position + 1)}{problem.row}"
