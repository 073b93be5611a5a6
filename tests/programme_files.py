"""Small files of the programme's own kinds, made by the inverse of the loaders."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from data_loaders.reading.blanks import Cells, Filled, write_csv, write_workbook
from data_loaders.reading.forms import Form
from data_loaders.reading.sheets import Value
from data_loaders.reading.written import written

BESIDE = Path(__file__).parents[2] / "shared" / "data" / "samples"
SAMPLES = Path(os.environ.get("BWP_SAMPLES", BESIDE))
"""Real files as publishers issue them; they are not part of the repository."""

JOINED = date(2023, 2, 1)


def form(kind: str, name: str = "") -> Form:
    """Return a form of a kind, the first one if none is named."""
    forms = written().forms[kind]
    return forms[name] if name else next(iter(forms.values()))


def csv_of(path: Path, kind: str, rows: Sequence[Cells], name: str = "") -> Path:
    """Write rows of a form as a text file."""
    return write_csv(path, Filled(form(kind, name), rows), written())


def register(
    path: Path,
    factories: Sequence[Mapping[str, Value]],
    spells: Sequence[Mapping[str, Value]] = (),
    names: Sequence[Mapping[str, Value]] = (),
) -> Path:
    """Write a register of factories; each is active since JOINED unless spells are given."""
    spells = spells or [spell(str(row["factory"])) for row in factories]
    sheets = (("factories", factories), ("spells", spells), ("names", names))
    filled = [Filled(form("enrolment", name), rows) for name, rows in sheets]
    return write_workbook(path, filled, written())


def factory(id_: str, city: str = "karachi") -> dict[str, Value]:
    """Return a row of the sheet of factories."""
    return {
        "factory": id_,
        "name": f"Mill {id_}",
        "enterprise": f"Mills {id_}",
        "owner": f"Group {id_}",
        "city": city,
        "sector": "denim",
    }


def spell(id_: str, start: date = JOINED, end: date | None = None) -> dict[str, Value]:
    """Return a row of the sheet of spells."""
    return {"factory": id_, "status": "active", "start": start, "end": end}


def answer(question: str = "Q-1", finding: str = "0", **other: Value) -> dict[str, Value]:
    """Return a row of the export of assessments."""
    row: dict[str, Value] = {
        "country": "Pakistan",
        "factory": "F-1",
        "name": "Mill F-1",
        "assessment": "240001",
        "cycle": 1,
        "start": date(2024, 3, 15),
        "question": question,
        "type": "ncq",
        "label": "A question",
        "point": "osh_chemicals",
        "cluster": "osh",
        "finding": finding,
        "tags": "",
        "version": "CAT 2.0",
    }
    return row | other
