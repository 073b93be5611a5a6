"""A pack as a workbook: what it holds, one sheet a chart, notes, sources."""

from collections.abc import Iterator
from dataclasses import replace

from dashboard import workbook
from dashboard.i18n.bidi import MARKS
from dashboard.i18n.locale import STATUS
from dashboard.model import Scope
from dashboard.outlets.asking import Asking
from dashboard.outlets.briefing.content import Chapter, Content
from dashboard.outlets.briefing.origins import charts_of
from dashboard.outlets.data import found
from dashboard.outlets.spreadsheet import (
    data_sheet,
    notes_sheet,
    source_headings,
    source_rows,
)
from dashboard.workbook import Sheet

LONGEST_NAME = 31
"""Letters that the name of a sheet may have (Excel's limit)."""


def written(asking: Asking, content: Content, scope: Scope) -> bytes:
    """Return a pack as a workbook (xlsx)."""
    sheets = (
        _first(content),
        *(_data(asking, content, chapter, scope) for chapter in content.chapters),
        _notes(asking, content),
        _sources(content),
    )
    mirrored = content.locale.direction == "rtl"
    return workbook.written(sheets, content.name, content.release.cut_off, mirrored=mirrored)


def _first(content: Content) -> Sheet:
    """Return the sheet that says what the workbook is and holds."""
    listed, text = charts_of(content), content.locale.text
    marks = [
        text("Illustrative") if chapter.answer.illustrative else "" for chapter in content.chapters
    ]
    rows = [(*row, mark) for row, mark in zip(listed.rows, marks, strict=True)]
    said = [("", line, "", "", "", "") for line in (content.title, *content.lines())]
    whole = ("", text("Briefing pack"), "", "", content.link, "")
    return Sheet(
        name=MARKS.sub("", text("Contents")),
        headings=(*listed.headings, text("Status")),
        rows=(*rows, *said, whole),
        long=True,
    )


def _data(asking: Asking, content: Content, chapter: Chapter, scope: Scope) -> Sheet:
    answered, rows = found(asking.statistics, chapter.view, scope, {})
    sheet = data_sheet(answered, rows, asking.statistics.catalogue, content.locale)
    return replace(sheet, name=_name(chapter))


def _name(chapter: Chapter) -> str:
    """Return the name of a sheet: its number makes it one of a kind."""
    title = MARKS.sub("", chapter.title)
    return f"{chapter.number} {title}"[:LONGEST_NAME].rstrip("' ")


def _notes(asking: Asking, content: Content) -> Sheet:
    """Return the notes of every chart, then the status words once."""
    text = content.locale.text
    rows = [("", code, content.locale.status(code)) for code in STATUS]
    return Sheet(
        name=text("Notes"),
        headings=("#", text("Item"), text("Text")),
        rows=(*_each(asking, content), *rows),
        long=True,
    )


def _each(asking: Asking, content: Content) -> Iterator[tuple[str, str, str]]:
    for chapter in content.chapters:
        sheet = notes_sheet(chapter.answer, asking, content.locale)
        for item, said in sheet.rows:
            if item not in STATUS:
                yield str(chapter.number), str(item), str(said)


def _sources(content: Content) -> Sheet:
    """Return the sources of all charts, each with the numbers of those that rest on it."""
    text, locale = content.locale.text, content.locale
    marked = any(source.illustrative for source, _ in content.sources())
    rows = [
        (*row, content.numbers(numbers))
        for source, numbers in content.sources()
        for row in source_rows(source, locale, marked=marked)
    ]
    heads = (*source_headings(locale, marked=marked), text("Charts"))
    return Sheet(text("Sources"), heads, tuple(rows), long=True)
