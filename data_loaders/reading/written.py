"""The written tables: every spelling that is understood, and nothing else is.

`config/codelists` give the codes and their labels, `config/aliases.yaml` the other spellings,
`config/sources/<kind>.yaml` the forms of the programme's own files.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from data_loaders.reading.forms import Form
from data_loaders.reading.normal import words

CONFIG = Path(__file__).parents[2] / "config"

SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, in C where the library has it."""

Spellings = Mapping[str, str]
"""The comparable form of a spelling -> code."""


@dataclass(frozen=True)
class Written:
    """Codes by dimension and spelling, their labels and parents, marks of rows, forms by kind."""

    spellings: Mapping[str, Spellings]
    codes: Mapping[str, Mapping[str, Mapping[str, Any]]]
    missing: frozenset[str]
    totals: re.Pattern[str]
    notes: tuple[str, ...]
    side_sheets: frozenset[str]
    forms: Mapping[str, Mapping[str, Form]]
    settings: Mapping[str, Mapping[str, Any]]

    def code(self, dimension: str, text: str) -> str | None:
        """Return the code of a spelling, None where no table has it."""
        return self.spellings.get(dimension, {}).get(words(text))

    def label(self, dimension: str, code: str) -> str:
        """Return the English label of a code."""
        return str(self.codes[dimension][code]["label"])

    def labels(self, dimension: str) -> tuple[str, ...]:
        """Return the labels of a dimension in order: what is wanted where a code is unknown."""
        return tuple(str(row["label"]) for row in self.codes[dimension].values())

    def parent(self, dimension: str, code: str) -> str:
        """Return the code that a code belongs to, for example the cluster of a point."""
        return str(self.codes[dimension][code].get("parent", ""))


@cache
def written(config: Path = CONFIG) -> Written:
    """Read the written tables once."""
    aliases = _mapping(config / "aliases.yaml")
    codes = {p.stem: _codes(p) for p in sorted((config / "codelists").glob("*.yaml"))}
    declared = {p.stem: _mapping(p) for p in sorted((config / "sources").glob("*.yaml"))}
    also: Mapping[str, Mapping[str, list[str]]] = aliases["codes"]
    return Written(
        spellings={
            name: dict(_spellings(rows, also.get(name, {}))) for name, rows in codes.items()
        },
        codes=codes,
        missing=frozenset(words(x) for x in aliases["missing"]),
        totals=at_the_ends(aliases["totals"]),
        notes=tuple(words(x) for x in aliases["notes"]),
        side_sheets=frozenset(words(x) for x in aliases["side_sheets"]),
        forms={
            kind: _forms(rows, _units(aliases["units"]))
            for kind, rows in declared.items()
            if "forms" in rows
        },
        settings={kind: rows.get("settings", {}) for kind, rows in declared.items()},
    )


def at_the_ends(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for texts in comparable form that begin or end with one of the phrases."""
    any_of = "|".join(re.escape(words(phrase)) for phrase in phrases)
    return re.compile(rf"^(?:{any_of})\b|\b(?:{any_of})$")


def _forms(declared: Mapping[str, Any], units: Mapping[str, int]) -> dict[str, Form]:
    return {
        name: Form.model_validate({"id": name, "units": units} | row)
        for name, row in declared["forms"].items()
    }


def _units(rows: Mapping[int, list[str]]) -> dict[str, int]:
    return {words(spelling): scale for scale, them in rows.items() for spelling in them}


def _codes(path: Path) -> dict[str, dict[str, Any]]:
    rows = _mapping(path).get("codes", {})
    return {code: row if isinstance(row, dict) else {"label": row} for code, row in rows.items()}


def _spellings(
    rows: Mapping[str, Mapping[str, Any]], also: Mapping[str, list[str]]
) -> Iterator[tuple[str, str]]:
    for code, row in rows.items():
        for spelling in (code, str(row["label"]), *row.get("aliases", ()), *also.get(code, ())):
            yield words(str(spelling)), code


def _mapping(path: Path) -> dict[str, Any]:
    content = yaml.load(path.read_text(encoding="utf-8"), SAFE)  # noqa: S506  a safe one
    return content if isinstance(content, dict) else {}
