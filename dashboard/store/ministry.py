"""The cells that only the ministry may see: tables of their own beside those of a release.

The public site has no right to read them and no code that does. Only the publisher and the
partners' site come here.
"""

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from dashboard.model import Cell, Cells, Key
from dashboard.store.tables import (
    cell_rows,
    cells_of,
    ministry_cell_table,
    ministry_release_table,
)


def checksum(cells: Cells) -> str:
    """Return the SHA-256 of cells, "" where there are none."""
    rows = list(cell_rows(cells))
    if not rows:
        return ""
    text = json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def checksums(connection: Connection) -> dict[str, str]:
    """Return the checksum of the ministry's cells of every release that has some."""
    at = ministry_release_table.c
    return {
        row.release: row.checksum for row in connection.execute(select(at.release, at.checksum))
    }


def insert_cells(connection: Connection, release: str, cells: Cells) -> None:
    """Write the ministry's cells of a release."""
    rows = [{"release": release} | row for row in cell_rows(cells)]
    if rows:
        connection.execute(insert(ministry_cell_table), rows)
        head = {"release": release, "checksum": checksum(cells)}
        connection.execute(insert(ministry_release_table), [head])


def cells_for(connection: Connection, release: str) -> Cells:
    """Return the ministry's cells of a release."""
    query = select(ministry_cell_table).where(ministry_cell_table.c.release == release)
    return cells_of(connection.execute(query).mappings())


def laid_over(cells: Cells, more: Cells) -> Cells:
    """Return everyone's cells and those of the ministry where everyone is shown no figure."""
    return {
        series: _keys(cells.get(series, {}), more.get(series, {}))
        for series in dict.fromkeys((*cells, *more))
    }


def _keys(
    ours: Mapping[Key, Mapping[str, Cell]], more: Mapping[Key, Mapping[str, Cell]]
) -> Mapping[Key, Mapping[str, Cell]]:
    if not more:
        return ours
    return {
        key: _cells(ours.get(key, {}), more.get(key, {})) for key in dict.fromkeys((*ours, *more))
    }


def _cells(ours: Mapping[str, Cell], more: Mapping[str, Cell]) -> Mapping[str, Cell]:
    shown = {period: cell for period, cell in ours.items() if cell.status != "c"}
    return {**ours, **more, **shown}
