"""SDMX-CSV, versions 1.0 (DATAFLOW first) and 2.0 (STRUCTURE, STRUCTURE_ID, ACTION first).

With labels=both headings and cells read "CODE: Label"; the code is what counts.
"""

import re
from collections.abc import Iterator, Mapping

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, Row, tabular
from data_loaders.reading.credits import credit, vintage_of
from data_loaders.reading.observations import Observation, Observed, sources_of
from data_loaders.records import Figure

KIND = "sdmx_csv"

FLOW = ("DATAFLOW", "STRUCTURE_ID")
NEEDED = ("TIME_PERIOD", "OBS_VALUE")
FLAGS = ("OBS_FLAG", "OBS_STATUS")
UPDATED = "LAST UPDATE"
DAY = re.compile(r"(?P<d>\d\d)/(?P<m>\d\d)/(?P<y>\d\d(?:\d\d)?)\b")


def recognise(book: Book) -> bool:
    """Whether the first heading is DATAFLOW or STRUCTURE, with TIME_PERIOD and OBS_VALUE."""
    return len(book.sheets) == 1 and book.document is None and _names(book) is not None


def _names(book: Book) -> tuple[str, ...] | None:
    rows = book.sheets[0].rows[:1]
    names = tuple(_code(tabular.text_of(cell)).upper() for cell in rows[0].cells) if rows else ()
    right = names[:1] in (("DATAFLOW",), ("STRUCTURE",)) and set(NEEDED) <= set(names)
    return names if right else None


def _code(text: str) -> str:
    return text.split(": ", 1)[0].strip()


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield the observations that a source of config/sources takes."""
    sheet, names = book.sheets[0], _names(book) or ()
    report.opened(len(sheet.rows))
    report.recognise(sheet.name, 1, "heading")
    observed = Observed(book, report, vintage_of(book, updated(book)))
    for row in sheet.rows[1:]:
        if row.blank:
            report.recognise(sheet.name, row.number, "blank")
        elif len(row.cells) != len(names):
            wanted = f"{len(names)} cells, as the headings, not {len(row.cells)}"
            report.refuse(sheet.name, row.number, "", "", wanted)
        elif (cells := _cells(names, row)).get("ACTION") == "D":
            report.recognise(sheet.name, row.number, "deletion")
        else:
            yield from observed.take(_observation(cells, row.number))
    observed.finish()


def _cells(names: tuple[str, ...], row: Row) -> dict[str, str]:
    return dict(zip(names, (_code(tabular.text_of(cell)) for cell in row.cells), strict=True))


def _observation(cells: Mapping[str, str], number: int) -> Observation:
    value = cells["OBS_VALUE"]
    return Observation(
        sheet="",
        row=number,
        flow=next((cells[name] for name in FLOW if name in cells), ""),
        dimensions=cells,
        period=cells["TIME_PERIOD"],
        value="" if value in ("NaN", ":") else value,
        flags=next((cells[name] for name in FLAGS if cells.get(name)), ""),
    )


def updated(book: Book) -> str:
    """Return the day of LAST UPDATE as Eurostat prints it (dd/mm/yy), "" without one."""
    names, rows = _names(book) or (), book.sheets[0].rows
    if UPDATED not in names or len(rows) < 2 or len(rows[1].cells) <= names.index(UPDATED):
        return ""
    found = DAY.match(tabular.text_of(rows[1].cells[names.index(UPDATED)]))
    return f"{int(found['y']) % 100 + 2000}-{found['m']}-{found['d']}" if found else ""


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the sources that the data sets of the file belong to."""
    names = _names(book) or ()
    at = next(names.index(name) for name in FLOW if name in names)
    rows = book.sheets[0].rows[1:]
    flows = {_code(tabular.text_of(row.cells[at])) for row in rows if len(row.cells) > at}
    ids = sources_of(book, flows)
    return tuple(credit(book, id_, declared.get(id_), updated(book)) for id_ in ids)
