"""Read config/ once, at start, into typed and checked declarations."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from dashboard.catalogue.declared import (
    Audience,
    Catalogue,
    CatalogueError,
    CodeList,
    Declared,
    Entry,
    Indicator,
    SourceDeclaration,
    Table,
    Theme,
)
from dashboard.catalogue.references import check_references
from dashboard.model import Event

D = TypeVar("D", bound=Declared)


def load(config: Path) -> Catalogue:
    """Read every declaration below `config`; raise CatalogueError naming the file that is wrong."""
    catalogue = Catalogue(
        indicators=_folder(config / "indicators", Indicator),
        themes=_keyed(config / "themes.yaml", Theme),
        audiences=_folder(config / "audiences", Audience),
        codelists=_folder(config / "codelists", CodeList),
        tables=tuple(_keyed(config / "tables.yaml", Table).values()),
        events=_events(config / "events.yaml"),
        sources=_folder(config / "sources", SourceDeclaration),
        aliases=_mapping(config / "view_aliases.yaml"),
        currencies=_mapping(config / "currencies.yaml"),
        glossary=_keyed(config / "glossary.yaml", Entry),
        ministry_tables=tuple(_keyed(config / "tables_ministry.yaml", Table).values()),
    )
    check_references(catalogue)
    return catalogue


def _folder(folder: Path, kind: type[D]) -> dict[str, D]:
    return {
        p.stem: _parse(p, kind, {"id": p.stem} | _mapping(p)) for p in sorted(folder.glob("*.yaml"))
    }


def _keyed(path: Path, kind: type[D]) -> dict[str, D]:
    return {name: _parse(path, kind, {"id": name} | row) for name, row in _mapping(path).items()}


def _parse(path: Path, kind: type[D], content: Mapping[str, Any]) -> D:
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        name = content.get("id", path.stem)
        where = path if name == path.stem else f"{path}: {name}"
        raise CatalogueError(f"{where}: {'; '.join(_said(error))}") from error


def _said(error: ValidationError) -> Iterator[str]:
    """Yield what is wrong with each key of a declaration, in a line each."""
    for one in error.errors(include_url=False):
        yield f"{'.'.join(map(str, one['loc']))}: {one['msg']}"


def _mapping(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise CatalogueError(f"{path}: not YAML: {error}") from error
    if not isinstance(content, dict):
        raise CatalogueError(f"{path}: expected 'name: value' lines")
    return content


class _EventRow(Declared):
    date: str
    title: str
    kind: str
    url: str = ""
    source: str = ""
    confirmed: bool = True


def _events(path: Path) -> tuple[Event, ...]:
    rows = _mapping(path).get("events", [])
    declared = [_parse(path, _EventRow, row | {"date": _text(row.get("date"))}) for row in rows]
    return tuple(sorted((Event(**row.model_dump()) for row in declared), key=lambda e: e.date))


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)
