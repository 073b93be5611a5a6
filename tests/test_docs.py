"""The documents are true: their commands run, their links lead on, their addresses answer."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest
import typer
from flask.testing import FlaskClient
from programme_files import factory, register

import bwp
from dashboard import catalogue, pages
from dashboard import settings as settings_of
from dashboard.service import Statistics
from data_loaders.reading.written import written
from data_loaders.sources import modules

ROOT = Path(__file__).parents[1]
DECISIONS = ROOT / "docs" / "adr"
DOCUMENTS = (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
SPOKEN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)\)")
TARGET = re.compile(r"^([a-z]+):", re.M)
MADE = re.compile(r"\bmake ([a-z]+)\b")
ADDRESS = re.compile(r"/[\w/.?=&,-]*")
FILE = re.compile(r"[\w-]+(?:/[\w.-]+)*\.(?:py|yaml|po|csv|md|json|js|css|toml)")
MACHINE = re.compile(r"(?:^|[\s`\"'(=])/(?:home|root|tmp|work|Users|usr|opt|var|etc|mnt)/")
REGISTRY = re.compile(r"pypi\.|pythonhosted|npmjs|registry\.|index-url|jsdelivr|unpkg", re.I)
SERVED = re.compile(r"http://127\.0\.0\.1:8050(/[^\s\"`>)]*)")


@dataclass(frozen=True, slots=True)
class Document:
    """A document, what it shows as commands, and what it speaks of between backticks."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """The path as the repository has it."""
        return self.path.relative_to(ROOT).as_posix()

    def lines(self) -> Iterator[str]:
        """Yield the lines of every block of shell commands."""
        for language, block in FENCED.findall(self.text):
            if language == "sh":
                yield from filter(None, map(str.strip, block.splitlines()))

    def spoken(self) -> Iterator[str]:
        """Yield what stands between backticks outside of blocks."""
        yield from SPOKEN.findall(FENCED.sub("", self.text))


ALL = [Document(path, path.read_text(encoding="utf-8")) for path in sorted(DOCUMENTS)]
EACH = pytest.mark.parametrize("document", ALL, ids=lambda d: d.name)


def named(name: str) -> Document:
    """Return the document of a name."""
    return next(document for document in ALL if document.name == name)


def commands() -> list[tuple[str, tuple[str, ...]]]:
    """Return (document, words after `bwp`) of every command that a document shows."""
    return [
        (document.name, tuple(shlex.split(line, comments=True)[1:]))
        for document in ALL
        for line in document.lines()
        if line.startswith("bwp ")
    ]


def programmes() -> Iterator[tuple[Document, str]]:
    """Yield every name of a command that a document speaks of: `bwp NAME …`."""
    for document in ALL:
        for words in document.spoken():
            if found := re.match(r"bwp ([a-z]+)", words):
                yield document, found[1]


def test_a_newcomer_finds_the_two_commands_and_every_document() -> None:
    readme = named("README.md")
    assert list(readme.lines()) == ["make run", "make test"]
    assert {"http://127.0.0.1:8050", "http://127.0.0.1:8051"} <= set(
        re.findall(r"<(http[^>]+)>", readme.text)
    )
    linked = set(LINK.findall(readme.text)) | {
        f"docs/{link}" for link in LINK.findall(named("docs/README.md").text)
    }
    wanted = {d.name for d in ALL if not d.name.startswith("docs/adr/0")} - {"docs/README.md"}
    assert wanted - {"README.md"} <= linked


@pytest.mark.parametrize(("document", "words"), commands())
def test_each_command_that_a_document_shows_is_one_of_the_program(
    document: str, words: tuple[str, ...]
) -> None:
    program = typer.main.get_command(bwp.app)
    context = program.make_context("bwp", list(words))
    assert isinstance(program, typer.core.TyperGroup)
    name, command, rest = program.resolve_command(context, list(words))
    assert command is not None, document
    command.make_context(name, rest, parent=context)


def test_each_command_that_a_document_speaks_of_exists() -> None:
    program = typer.main.get_command(bwp.app)
    assert isinstance(program, typer.core.TyperGroup)
    spoken = {name for _, name in programmes()}
    assert {"release", "worker", "template", "rollback"} <= spoken <= program.commands.keys()


def test_each_target_of_make_that_a_document_names_exists() -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    spoken = [words for d in ALL for words in (*d.lines(), *d.spoken())]
    asked = {name for words in spoken for name in MADE.findall(words)}
    assert {"run", "test", "setup", "check", "csp", "messages", "lock"} <= asked <= targets


def test_the_commands_for_staff_run_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    register(tmp_path / "inbox" / "Enrolment 2024-07-31.xlsx", [factory("F-1")])
    said = run("bwp release", tmp_path)
    told = [run(line, tmp_path) for line in named("docs/staff.md").lines()]
    assert "Release 2026.1 is published" in said
    assert len(told) == 8
    assert told[0] == "Written: training.xlsx\n"
    assert "current release 2026.1" in told[3]
    assert [words.splitlines()[0] for words in told[-2:]] == [
        "Release 2024.1 is current",
        "Release 2026.1 is current",
    ]


def test_the_commands_about_files_and_settings_run(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    register(tmp_path / "inbox" / "Enrolment 2024-07-31.xlsx", [factory("F-1")])
    formats = [line for line in named("docs/data-formats.md").lines() if "bwp" in line]
    assert all(run(line, tmp_path) for line in formats)
    assert {p.name for p in tmp_path.glob("*.xlsx")} == {"enrolment.xlsx", "headcount-2024.xlsx"}
    assert run("bwp settings", tmp_path).count("\n") == len(settings_of.Settings.model_fields)


def test_the_settings_of_production_in_the_document_are_enough_to_publish(tmp_path: Path) -> None:
    lines = [line for line in named("docs/operators.md").lines() if "BWP_ENVIRONMENT" in line]
    secret = [line for line in named("docs/operators.md").lines() if "SECRET_KEY" in line]
    said = run("\n".join([*lines, *secret, "bwp settings"]), tmp_path)
    assert "BWP_ENVIRONMENT=production" in said
    assert "BWP_ILLUSTRATIVE=off" in said


def run(line: str, folder: Path) -> str:
    """Run lines of a document in a shell, with stores of their own; return what they say."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    for name, rest in (("bwp", f" {shlex.quote(str(ROOT / 'bwp.py'))}"), ("python3", "")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)}{rest} "$@"\n')
        program.chmod(0o755)
    stores = {
        "DATABASE_URL": f"sqlite:///{folder}/published.db",
        "RECORDS_URL": f"sqlite:///{folder}/records.db",
        "ACCOUNTS_URL": f"sqlite:///{folder}/accounts.db",
    }
    done = subprocess.run(  # noqa: S603  (what our own documents say)
        ["/bin/sh", "-ec", line],
        cwd=folder,
        env={"PATH": f"{programs}{os.pathsep}/usr/bin:/bin", "BWP_ILLUSTRATIVE": "off"} | stores,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (line, done.stdout, done.stderr)
    return done.stdout


@EACH
def test_every_link_and_picture_leads_somewhere(document: Document) -> None:
    for link in LINK.findall(document.text):
        if not link.startswith(("http:", "https:", "#")):
            assert (document.path.parent / link.partition("#")[0]).exists(), link


@EACH
def test_every_file_that_is_spoken_of_exists(document: Document) -> None:
    for words in document.spoken():
        if "/" in words and FILE.fullmatch(words):
            assert (ROOT / words).exists(), words


@EACH
def test_every_address_of_a_page_is_served(document: Document, client: FlaskClient) -> None:
    spoken = {words for words in document.spoken() if ADDRESS.fullmatch(words)} - {"/static"}
    for address in spoken | set(SERVED.findall(document.text)):
        assert client.get(address, follow_redirects=True).status_code == 200, address


@EACH
def test_a_document_names_no_place_of_a_machine_and_no_registry(document: Document) -> None:
    assert not MACHINE.search(document.text)
    assert not REGISTRY.search(document.text)


def test_readers_are_told_of_every_page(statistics: Statistics) -> None:
    spoken = set(named("docs/readers.md").spoken())
    fixed = {module.PATH for module in pages.discover().values() if "<" not in module.PATH}
    themes = {f"/{theme}" for theme in statistics.catalogue.themes}
    assert fixed | themes <= spoken


def test_operators_are_told_of_every_setting_and_of_no_other() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", named("docs/operators.md").text, re.M)
    assert sorted(rows) == sorted(map(settings_of.variable, settings_of.Settings.model_fields))


def test_operators_are_told_of_every_process() -> None:
    processes = dict(
        line.split(": python bwp.py ", 1)
        for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    )
    rows = re.findall(r"^\| (\w+) \| `bwp ([^`]+)` \|", named("docs/operators.md").text, re.M)
    assert dict(rows) == processes


def test_every_kind_of_file_is_told_with_all_its_columns() -> None:
    text = named("docs/data-formats.md").text
    sections = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", text, re.M | re.S))
    assert sections.keys() == {module.KIND for module in modules()}
    for kind, forms in written().forms.items():
        told = [
            (set(SPOKEN.findall(need)), set(SPOKEN.findall(may)))
            for need, may in re.findall(
                r"^\| [^|`]+ \| (`[^|]+) \| ?([^|]*)\|$", sections[kind], re.M
            )
        ]
        assert told == [
            (
                {c.heading for c in form.columns.values() if c.required},
                {c.heading for c in form.columns.values() if not c.required},
            )
            for form in forms.values()
        ], kind


def test_the_method_tells_every_kind_of_formula_and_no_other() -> None:
    section = named("docs/method.md").text.partition("## Formulas")[2].partition("\n\n**")[0]
    kinds = get_args(catalogue.Formula.model_fields["kind"].annotation)
    rows = re.findall(r"^\| ([a-z ]+) \| ", section, re.M)
    assert sorted(rows) == sorted(["kind", *(kind.replace("_", " ") for kind in kinds)])


def test_every_decision_is_in_the_list_under_its_own_title() -> None:
    listed = re.findall(
        r"^\| \[(\d{4})\]\(([\w-]+\.md)\) \| (.+) \|$", named("docs/adr/README.md").text, re.M
    )
    titles = [
        (path.name[:4], path.name, path.read_text(encoding="utf-8").partition("\n")[0][7:])
        for path in sorted(DECISIONS.glob("0*.md"))
    ]
    assert listed == titles
    assert len({number for number, _, _ in listed}) == len(listed)


def test_pictures_are_small_enough_for_a_slow_line() -> None:
    sizes = [path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()]
    assert len(sizes) >= 4
    assert max(sizes) < 150_000
    assert sum(sizes) < 900_000
