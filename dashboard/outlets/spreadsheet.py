"""The data of a view as a workbook: data, notes and sources, in the language of the view."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dashboard.catalogue import Catalogue
from dashboard.components.origins import rows_text
from dashboard.components.sharing import Offer
from dashboard.i18n import Locale
from dashboard.i18n.locale import RESERVED, STATUS
from dashboard.model import TOTAL, File, Scope, Slice, Source, View
from dashboard.outlets.asking import Asking, indexing, keep_of
from dashboard.outlets.data import OPTIONS, Rows, found, inert
from dashboard.web.delivery import Answer, file_answer
from dashboard.workbook import Sheet, Value, written

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"percent": "0{point}", "points": "+0{point};-0{point};0", "year": "0"}
"""How the values of a unit are shown; any other is grouped by thousands."""
FIGURES = ("value", "n")


def blueprint(asking: Asking) -> Blueprint:
    """Return the route of workbooks."""
    routes = Blueprint("spreadsheet", __name__)

    @routes.get("/charts/<name:indicator>.xlsx")
    def xlsx(indicator: str) -> ResponseReturnValue:
        def make(view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
            return made(asking, view, scope, options)

        return asking.respond(indicator, make, OPTIONS)

    return routes


def offers(locale: Locale) -> Sequence[Offer]:
    """Return what the share dialog says of this form."""
    return (Offer("data", locale.text("Workbook (XLSX)"), "xlsx"),)


def made(asking: Asking, view: View, scope: Scope, options: Mapping[str, str]) -> Answer:
    """Return the workbook of a view, or of all rows of its indicator; raise BadView."""
    statistics = asking.statistics
    answered, rows = found(statistics, view, scope, options)
    locale = statistics.locale(view.lang)
    sheets = (
        data_sheet(answered, rows, statistics.catalogue, locale),
        notes_sheet(answered, asking, locale),
        sources_sheet(answered, locale),
    )
    title = locale.text(answered.title)
    body = written(sheets, title, answered.cut_off, mirrored=locale.direction == "rtl")
    named = f'attachment; filename="{answered.view.indicator}.xlsx"'
    headers = (*indexing(answered.illustrative), ("Content-Disposition", named))
    return file_answer(body, MIMETYPE, keep_of(view), headers)


def data_sheet(answered: Slice, rows: Rows, catalogue: Catalogue, locale: Locale) -> Sheet:
    """Return the cells with the columns of the CSV, then the same codes in words."""
    heads = (locale.text("Period"), *_names(rows, catalogue, locale), locale.text("Status"))
    formats = [_format(answered, rows) if name == "value" else "" for name in rows.columns]
    formats[rows.columns.index("n")] = "#,##0"
    return Sheet(
        name=locale.text("Data"),
        headings=(*rows.columns, *heads),
        rows=tuple(
            (*(_cell(row, name) for name in rows.columns), *_words(row, rows, catalogue, locale))
            for row in rows.rows
        ),
        formats=tuple(formats),
    )


def _cell(row: Mapping[str, Any], name: str) -> Value:
    value: Value = row[name]
    return value if name in FIGURES else str(inert(value))


def _format(answered: Slice, rows: Rows) -> str:
    whole = all(float(row["value"] or 0).is_integer() for row in rows.rows)
    point = "" if whole else "." + "0" * max(answered.decimals, 1)
    return FORMATS.get(answered.unit, "#,##0{point}").format(point=point)


def _names(rows: Rows, catalogue: Catalogue, locale: Locale) -> Iterator[str]:
    for name in rows.dimensions:
        known = catalogue.codelists.get(name)
        yield locale.text(known.label if known else "Factories")


def _words(
    row: Mapping[str, Any], rows: Rows, catalogue: Catalogue, locale: Locale
) -> Iterator[str]:
    """Yield period, codes and status of a row in words."""
    yield locale.period(row["time_period"])
    for name in rows.dimensions:
        yield _code(name, row[name], catalogue, locale)
    said = (row["status"], *(flag for flag in row["flags"].split() if flag in {*STATUS, *RESERVED}))
    yield locale.text("; ").join(locale.status(code) for code in said)


def _code(name: str, code: str, catalogue: Catalogue, locale: Locale) -> str:
    if name == "panel":
        return locale.panel(code)
    if code == TOTAL:
        return locale.text("Total")
    return locale.text(str(catalogue.codelists[name].codes[code]["label"]))


def notes_sheet(answered: Slice, asking: Asking, locale: Locale) -> Sheet:
    """Return what the numbers mean: definition, unit, release, notes, every status word."""
    return Sheet(
        name=locale.text("Notes"),
        headings=(locale.text("Item"), locale.text("Text")),
        rows=tuple(_notes(answered, asking, locale)),
        long=True,
    )


def _notes(answered: Slice, asking: Asking, locale: Locale) -> Iterator[tuple[str, str]]:
    text = locale.text
    if answered.official:
        yield text("For official use"), text("For official use. Not to be published or passed on.")
    if answered.illustrative:
        yield text("Illustrative"), text("Illustrative data, not real figures.")
    yield text("Title"), text(answered.title)
    yield text("Measure"), text(answered.measure)
    yield text("Definition"), text(answered.definition)
    if answered.denominator:
        yield text("Denominator (n)"), text(answered.denominator)
    yield text("Unit"), locale.unit_label(answered.unit)
    yield text("Summary"), " ".join(asking.statistics.summary(answered))
    yield text("Release"), answered.release
    yield text("Cut-off date"), answered.cut_off.isoformat()
    yield text("Address"), asking.link(answered)
    yield text("Source files"), asking.files_link(answered)
    for note in answered.notes:
        yield text("Note"), text(note)
    for code in STATUS:
        yield code, locale.status(code)


def sources_sheet(answered: Slice, locale: Locale) -> Sheet:
    """Return where the numbers come from: publisher, date, every file with its checksum and rows.

    The sheet of a made-up view has a column that says so in every row.
    """
    marked = answered.illustrative
    rows = (
        row for source in answered.sources for row in source_rows(source, locale, marked=marked)
    )
    heads = source_headings(locale, marked=marked)
    return Sheet(locale.text("Sources"), heads, tuple(rows), long=True)


def source_headings(locale: Locale, *, marked: bool) -> tuple[str, ...]:
    """Return the headings of a sheet of sources, `marked` with a column for made-up ones."""
    heads = (
        *(("Illustrative",) if marked else ()),
        *("Publisher", "Title", "Name in files", "Address", "Licence", "Date of data", "Retrieved"),
        *("File", "Kind", "Date", "Rows read", "Loaded", "Refused", "Recognised as no data"),
        "SHA-256",
    )
    return tuple(locale.text(head) for head in heads)


def source_rows(source: Source, locale: Locale, *, marked: bool) -> Iterator[tuple[Value, ...]]:
    """Yield a row for each file of a source; one without files has one row."""
    said = locale.text("Illustrative data, not real figures.") if source.illustrative else ""
    mark = (said,) if marked else ()
    for file in source.files or (None,):
        yield (*mark, *_cited(source), *_account(file, source, locale))


def _cited(source: Source) -> tuple[Value, ...]:
    said = (source.publisher, source.title, source.id, source.url, source.licence)
    return (*said, source.vintage, source.retrieved)


def _account(file: File | None, source: Source, locale: Locale) -> tuple[Value, ...]:
    if file is None:
        return (source.file, "", "", None, None, None, "", source.checksum)
    told = [f"{why}: {rows}" for why, rows in file.recognised if rows]
    counts = (file.read, file.loaded, file.refused)
    rows = [rows_text(n, file.step, locale) if file.step > 1 else n for n in counts]
    name = file.name or locale.text("not named")
    return (name, file.kind, file.as_of, *rows, "; ".join(told), file.checksum)
