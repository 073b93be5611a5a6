"""The table of CONTRIBUTING.md is true: each thing is added in its one place and found by itself.

Everything is added to a copy of the repository, by the files and lines that the table names; then
a file is loaded, a release is published and the pages of the copy are asked.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from programme_files import factory, register

ROOT = Path(__file__).parents[1]
COPIED = ("bwp.py", "assets", "config", "dashboard", "data_loaders")

ASK = """
import json, os, sys
from dashboard.app import create_app
from dashboard.settings import read
reader = create_app(read(os.environ)).test_client()
answers = {address: reader.get(address, follow_redirects=True) for address in sys.argv[1:]}
print(json.dumps({address: [a.status_code, a.text] for address, a in answers.items()}))
"""

FOUND: Mapping[str, Sequence[tuple[str, str]]] = {
    "an indicator": [
        ("/charts/goods_again", "Goods once more"),
        ("/charts/goods_again.csv", "goods_again,2024-07"),
        ("/charts/goods_again.json", "Goods once more"),
        ("/charts/goods_again.figure.json", "Goods once more"),
        ("/charts/goods_again.svg", "Goods once more"),
        ("/charts/goods_again.txt", "Goods once more"),
        ("/exports", "Goods once more"),
        ("/data", "Goods once more"),
        ("/explore", "Goods once more"),
    ],
    "a measure and an indicator of the programme": [
        ("/charts/joined.csv?from=2024-07", "joined,2024-07,_T,1,"),
        ("/enrolment", "Joined the programme"),
    ],
    "a cited figure": [("/facts", "A statement that is new")],
    "a theme": [("/novelties", "What is new"), ("/", "Novelties")],
    "a chart kind": [("/charts/exports_goods?chart=ribbon", "<svg")],
    "a form": [
        ("/charts/exports_goods.shout", "Exports of all goods"),
        ("/charts/exports_goods/share", "Shouted summary"),
    ],
    "a page of words": [("/hello", "Privacy")],
    "a language": [("/", "سنڌي"), ("/?lang=sd", '<html lang="sd" dir="rtl"')],
    "an audience": [("/", "Journalists")],
    "an event": [("/charts/exports_goods.svg", "A day to remember"), ("/gsp", "A day to remember")],
    "a code and its other spelling": [
        ("/charts/joined.csv?split=city&from=2024-07", "joined,2024-07,multan,1,"),
        ("/charts/joined?split=city", "Multan"),
    ],
    "an old name": [("/charts/goods_of_old", "Exports of all goods")],
    "a term": [("/glossary", "Spindle")],
}
"""What was added, and where its words must be found."""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Path:
    """A copy of the repository with one more of everything, and a release made of it."""
    root = tmp_path_factory.mktemp("one place") / "house"
    root.mkdir()
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    (root / "build").mkdir()
    (root / "build" / "static").symlink_to(built)
    add_facts(root / "config")
    add_to_pages(root / "config")
    add_to_loaders(root)
    add_code(root / "dashboard")
    register(root / "Enrolment 2024-07-31.xlsx", [factory("F-1", city="Mooltan")])
    approval = ["approve", "draft", "--as", "somebody else"]
    for words in (["load", "Enrolment 2024-07-31.xlsx"], approval, ["release"]):
        done = python(root, "bwp.py", *words)
        assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture(scope="module")
def answers(grown: Path) -> Mapping[str, tuple[int, str]]:
    """What each address of the copy answers."""
    asked = sorted({address for places in FOUND.values() for address, _ in places})
    done = python(grown, "-c", ASK, *asked)
    assert done.returncode == 0, done.stderr
    found: dict[str, tuple[int, str]] = json.loads(done.stdout)
    return found


def python(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the copy, with stores of its own and without the made-up programme."""
    stores = {
        "DATABASE_URL": f"sqlite:///{root}/published.db",
        "RECORDS_URL": f"sqlite:///{root}/records.db",
        "BWP_ILLUSTRATIVE": "off",
        "PATH": os.defpath,
    }
    return subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, *words],
        cwd=root,
        env=stores,
        capture_output=True,
        text=True,
        check=False,
    )


def change(path: Path, old: str, new: str, to: Path | None = None) -> None:
    """Write a file anew, or `to` another, with a part that must be there replaced."""
    text = path.read_text(encoding="utf-8")
    assert old in text, (path.name, old)
    (to or path).write_text(text.replace(old, new), encoding="utf-8")


def append(path: Path, text: str) -> None:
    """Add lines to the end of a file."""
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")


def add_facts(config: Path) -> None:
    """Add an indicator of official figures, a cited figure, a code with a spelling, an event."""
    goods = config / "indicators" / "exports_goods.yaml"
    new = goods.with_stem("goods_again")
    change(goods, "title: Exports of all goods", "title: Goods once more", new)
    facts = config / "facts" / "cited_facts.csv"
    with facts.open(encoding="utf-8", newline="") as read:
        rows = list(csv.DictReader(read))
    blank = dict.fromkeys(("measure", "freq", "time_period", "key", "figure", "unit_code"), "")
    quoted = next(row for row in rows if not row["measure"] and not row["disagrees_with"])
    rows.append(quoted | blank | {"id": "NEW001", "indicator": "A statement that is new"})
    with facts.open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    append(config / "codelists" / "city.yaml", "  multan: {label: Multan, parent: punjab}\n")
    change(config / "aliases.yaml", "  city:\n", "  city:\n    multan: [Mooltan]\n")
    append(
        config / "events.yaml",
        '- {date: "2024-09-01", title: A day to remember, kind: gsp, source: GSP003}\n',
    )


def add_to_pages(config: Path) -> None:
    """Add a theme, an audience, a term, an old name and a language."""
    append(
        config / "themes.yaml",
        "novelties:\n  title: What is new\n  nav: Novelties\n  intro: Words.\n"
        "  tiles: [exports_goods]\n  charts: [exports_goods]\n",
    )
    (config / "audiences" / "press.yaml").write_text(
        "title: Journalists\nintro: Figures to quote.\nlinks: [/facts]\n", encoding="utf-8"
    )
    append(config / "glossary.yaml", "spindle:\n  term: Spindle\n  definition: It turns.\n")
    append(config / "view_aliases.yaml", "goods_of_old: exports_goods\n")
    urdu = (config / "locales" / "ur.po").read_text(encoding="utf-8").partition("\n\n")[0]
    sindhi = urdu.replace("Language: ur", "Language: sd").replace("X-Name: اردو", "X-Name: سنڌي")
    (config / "locales" / "sd.po").write_text(sindhi + "\n", encoding="utf-8")


def add_to_loaders(root: Path) -> None:
    """Add a measure with its indicator and table, and a kind of source file."""
    loaders, config = root / "data_loaders", root / "config"
    (loaders / "measures" / "joining.py").write_text(
        "from data_loaders.contributions import Measure\n"
        "from data_loaders.measures.enrolment import enrolled\n\n"
        'MEASURES = (Measure("factories_joined", ("enrolment",), "stock", enrolled),)\n',
        encoding="utf-8",
    )
    (config / "indicators" / "joined.yaml").write_text(
        "title: Joined the programme\nmeasure: Factories\ndefinition: Factories that joined.\n"
        "theme: enrolment\nformula: {kind: level, numerator: {measure: factories_joined}}\n"
        "unit: factories\nfreq: [M]\ndimensions: [city]\n",
        encoding="utf-8",
    )
    append(
        config / "tables.yaml",
        "joining:\n  indicators: [joined]\n  by: [[], [city]]\n  freq: [M]\n  protect: none\n",
    )
    visits = loaders / "sources" / "advisory_visits.py"
    change(visits, '"advisory_visits"', '"canteens"', visits.with_stem("canteens"))
    declared = config / "sources" / "advisory_visits.yaml"
    change(declared, "heading: Visit ID", "heading: Canteen", declared.with_stem("canteens"))


def add_code(dashboard: Path) -> None:
    """Add a chart kind, a form and a page of words."""
    line = dashboard / "charts" / "kinds" / "line.py"
    shutil.copy(line, line.with_stem("ribbon"))
    text = dashboard / "outlets" / "text.py"
    shout = text.with_stem("shout")
    change(text, 'Blueprint("text"', 'Blueprint("shout"', shout)
    change(shout, ".txt", ".shout")
    change(shout, '"txt"', '"shout"')
    change(shout, "Summary in words (TXT)", "Shouted summary")
    privacy = dashboard / "pages" / "privacy.py"
    change(privacy, 'PATH = "/privacy"', 'PATH = "/hello"', privacy.with_stem("hello"))


@pytest.mark.parametrize(
    ("thing", "address", "words"),
    [(thing, *place) for thing, places in FOUND.items() for place in places],
)
def test_what_is_added_in_its_one_place_is_found_by_itself(
    answers: Mapping[str, tuple[int, str]], thing: str, address: str, words: str
) -> None:
    status, text = answers[address]
    assert status == 200, (thing, address)
    assert words in text, (thing, address)


def test_a_new_kind_of_file_has_a_template_and_is_recognised(grown: Path) -> None:
    assert python(grown, "bwp.py", "template", "canteens").stdout == "Written: canteens.xlsx\n"
    rows = "Canteen,Factory ID,Date,Kind of visit,Mode\nC-1,F-1,2024-03-01,Advisory,On site\n"
    (grown / "Canteens.csv").write_text(rows, encoding="utf-8")
    checked = python(grown, "bwp.py", "check", "Canteens.csv")
    assert checked.returncode == 0, checked.stdout
    assert "1 loaded" in checked.stdout
