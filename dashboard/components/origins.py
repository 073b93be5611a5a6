"""The way back of a figure: the files that its sources came in, and the account of their rows."""

from dataclasses import dataclass

from dashboard.i18n import Locale
from dashboard.model import File, Slice, Source


@dataclass(frozen=True, slots=True)
class FilesTable:
    """A table as components take it: caption, headings, rows, the places of its figures."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


def way_back(answer: Slice, locale: Locale) -> str:
    """Return the address of the files that a slice comes from: with checksum, date and rows."""
    lang = "" if locale.code == "en" else f"&lang={locale.code}"
    ids = ",".join(source.id for source in answer.sources)
    return f"/releases/{answer.release}/sources?source={ids}{lang}"


def files_table(source: Source, locale: Locale) -> FilesTable:
    """Return the files of a source, one row each, with checksum and the account of their rows."""
    text = locale.text
    columns = (
        *(text("File"), text("Kind"), text("Date"), text("Rows read"), text("Loaded")),
        *(text("Refused"), text("Recognised as no data"), text("SHA-256")),
    )
    rows = tuple(_row(file, locale) for file in source.files)
    return FilesTable(text("Files of the source"), columns, rows, (3, 4, 5))


def _row(file: File, locale: Locale) -> tuple[str, ...]:
    text, told = locale.text, [(why, rows) for why, rows in file.recognised if rows]
    return (
        file.name or text("not named"),
        file.kind,
        file.as_of or text("undated"),
        *(rows_text(rows, file.step, locale) for rows in (file.read, file.loaded, file.refused)),
        locale.join([f"{why}: {rows_text(rows, file.step, locale)}" for why, rows in told])
        or text("none"),
        file.checksum,
    )


def rows_text(rows: int, step: int, locale: Locale) -> str:
    """Return a number of rows, "fewer than 50" where it is rounded to nothing."""
    if step > 1 and not rows:
        return locale.text("fewer than {n}", n=locale.number(step // 2, 0))
    number = locale.number(rows, 0)
    return locale.text("about {n}", n=number) if step > 1 else number
