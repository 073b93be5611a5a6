"""Templates in a real spreadsheet program: filled there, saved there, and handed in."""

import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from official_files import fine
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from data_loaders.reading import dates
from data_loaders.reading.forms import Column
from data_loaders.reading.templates import LISTS, sheets_of, template
from data_loaders.reading.written import written
from data_loaders.sources import read_file
from scripts.system_parts import part

pytestmark = pytest.mark.libreoffice

KINDS = tuple(written().forms)


def example(column: Column) -> str | int | date | None:
    """Return the example of a column as a person types it; days become days there."""
    if column.kind == "day" and column.example:
        return dates.parse(str(column.example))
    return column.example


def filled(folder: Path, kind: str) -> Path:
    """Write the template of a kind with its own examples in the first row of every sheet."""
    path = template(folder / f"{kind}_30-06-2025.xlsx", kind, written())
    book = openpyxl.load_workbook(path)
    for form in sheets_of(written().forms[kind].values()):
        sheet = book[form.sheet or form.id]
        assert isinstance(sheet, Worksheet)
        for number, column in enumerate(form.columns.values(), start=1):
            sheet.cell(2, number, example(column))
    book.save(path)
    return path


def converted(paths: list[Path], to: str, into: Path) -> Path:
    """Open files in LibreOffice and save them as another kind; return the folder."""
    profile = f"-env:UserInstallation={(into / 'profile').as_uri()}"
    program = part("libreoffice").find()
    subprocess.run(  # noqa: S603  (a program of the system, our own files)
        [str(program), profile, "--headless", "--convert-to", to, "--outdir", str(into), *paths],
        check=True,
        capture_output=True,
        timeout=150,
    )
    return into


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every template with its examples, opened and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("templates")
    into = tmp_path_factory.mktemp("saved")
    return converted([filled(folder, kind) for kind in KINDS], "xlsx:Calc MS Excel 2007 XML", into)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_filled_with_its_examples_and_saved_elsewhere_passes_the_check(
    kind: str, saved: Path
) -> None:
    result = fine(read_file(saved / f"{kind}_30-06-2025.xlsx", {}))
    assert result.records
    assert result.files[0].kind == kind
    sheets = len(sheets_of(written().forms[kind].values()))
    assert result.reports[0].counts.loaded == sheets


@pytest.mark.parametrize("kind", KINDS)
def test_the_lists_to_choose_from_are_still_there(kind: str, saved: Path) -> None:
    book = openpyxl.load_workbook(saved / f"{kind}_30-06-2025.xlsx")
    offered = {
        sheet.title: sum(rule.type == "list" for rule in sheet.data_validations.dataValidation)
        for sheet in book.worksheets
    }
    for form in sheets_of(written().forms[kind].values()):
        wanted = [c for c in form.columns.values() if c.codes or c.values or c.kind == "yes_no"]
        assert offered[form.sheet or form.id] == len(wanted)
        assert not wanted or LISTS in book.sheetnames


def test_a_printed_template_has_its_columns_side_by_side(tmp_path: Path) -> None:
    paths = [template(tmp_path / f"{kind}.xlsx", kind, written()) for kind in KINDS]
    into = converted(paths, "pdf", tmp_path)
    for kind in KINDS:
        pages = PdfReader(into / f"{kind}.pdf").pages
        for form in sheets_of(written().forms[kind].values()):
            together = [all(h in page.extract_text() for h in form.headings) for page in pages]
            assert any(together), (kind, form.id)
