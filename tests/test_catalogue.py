"""Whatever is wrong in config/ stops the start with a sentence that names the file and the key."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import catalogue
from dashboard.app import create_app
from dashboard.catalogue import CatalogueError, Indicator
from dashboard.service import check_views
from dashboard.settings import Settings

ROOT = Path(__file__).parents[1]
SHIPPED = catalogue.load(ROOT / "config")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A copy of config/ without the figures, which the catalogue does not read."""
    ignored = shutil.ignore_patterns("facts")
    return Path(shutil.copytree(ROOT / "config", tmp_path / "config", ignore=ignored))


def change(path: Path, old: str, new: str) -> None:
    """Replace a part of a file that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, (path.name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def write(path: Path, text: str) -> None:
    """Write a file anew."""
    path.write_text(text, encoding="utf-8")


def append(path: Path, text: str) -> None:
    """Add lines to a file."""
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")


def test_what_ships_is_whole() -> None:
    check_views(SHIPPED)
    assert list(SHIPPED.indicators) == sorted(
        p.stem for p in (ROOT / "config/indicators").iterdir()
    )
    assert {i.theme for i in SHIPPED.indicators.values()} == set(SHIPPED.themes)


def test_every_declaration_is_immutable() -> None:
    indicator = next(iter(SHIPPED.indicators.values()))
    with pytest.raises(ValueError, match="frozen"):
        indicator.title = "Another"  # type: ignore[misc]  # that is what is tried


GOODS = "indicators/exports_goods.yaml"
WRONG: dict[str, tuple[Callable[[Path], None], str]] = {
    "a misspelt key": (
        lambda config: append(config / GOODS, "colour: red\n"),
        r"exports_goods\.yaml: colour: Extra inputs are not permitted$",
    ),
    "a missing key": (
        lambda config: change(config / GOODS, "measure:", "# measure:"),
        r"exports_goods\.yaml: measure: Field required$",
    ),
    "an unknown frequency": (
        lambda config: change(config / GOODS, "freq: [M", "freq: [W"),
        r"exports_goods\.yaml: freq\.0: Input should be 'M', 'Q'",
    ),
    "one of several that lacks a key": (
        lambda config: append(config / "themes.yaml", "new:\n  title: T\n  nav: N\n"),
        r"themes\.yaml: new: intro: Field required; tiles: Field required; charts: ",
    ),
    "no YAML": (
        lambda config: append(config / GOODS, "notes: [\n"),
        r"exports_goods\.yaml: not YAML",
    ),
    "a list in place of names": (
        lambda config: write(config / "themes.yaml", "- one\n"),
        r"themes\.yaml: expected 'name: value' lines",
    ),
    "an unknown dimension": (
        lambda config: change(config / GOODS, "dimensions: [", "dimensions: [weather, "),
        r"indicators/exports_goods: no code list 'weather'",
    ),
    "an unknown theme": (
        lambda config: change(config / GOODS, "theme: exports", "theme: weather"),
        r"indicators/exports_goods: no theme 'weather'",
    ),
    "a formula over an unknown indicator": (
        lambda config: change(
            config / "indicators/exports_goods_to_date.yaml", "of: exports_goods", "of: weather"
        ),
        r"indicators/exports_goods_to_date: no indicator 'weather'",
    ),
    "a table of an unknown indicator": (
        lambda config: append(
            config / "tables.yaml",
            "new:\n  indicators: [weather]\n  by: [[]]\n  freq: [M]\n  protect: none\n",
        ),
        r"tables/new: no indicator 'weather'",
    ),
    "a theme with an unknown view": (
        lambda config: append(
            config / "themes.yaml",
            "new:\n  title: T\n  nav: N\n  intro: I\n  tiles: [weather]\n  charts: []\n",
        ),
        r"themes/new: no indicator in 'weather'",
    ),
    "a term that leads nowhere": (
        lambda config: append(
            config / "glossary.yaml", "new:\n  term: T\n  definition: D\n  see: [weather]\n"
        ),
        r"glossary/new: no entry 'weather'",
    ),
    "an unknown chart kind": (
        lambda config: change(config / GOODS, "charts: [line", "charts: [pie"),
        r"indicators/exports_goods: no chart kind 'pie'; possible: bars, .*line",
    ),
    "an unknown code in a view of a theme": (
        lambda config: append(
            config / "themes.yaml",
            "new:\n  title: T\n  nav: N\n  intro: I\n  tiles: []\n"
            "  charts: ['exports_goods?market=mars']\n",
        ),
        r"themes/new: exports_goods\?market=mars: market=mars: not a code",
    ),
}


@pytest.mark.parametrize(("spoil", "says"), WRONG.values(), ids=WRONG)
def test_the_site_does_not_start_and_names_the_file_and_the_key(
    config: Path, built: Path, tmp_path: Path, spoil: Callable[[Path], None], says: str
) -> None:
    spoil(config)
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(CatalogueError, match=says):
        create_app(settings, config=config, built=built)


def test_all_that_is_wrong_is_said_at_once(config: Path) -> None:
    for spoil in ("an unknown dimension", "an unknown theme"):
        WRONG[spoil][0](config)
    with pytest.raises(CatalogueError, match=r"no code list 'weather'.*; .*no theme 'weather'"):
        catalogue.load(config)


def test_the_server_says_it_in_a_sentence_and_stops(config: Path) -> None:
    """An unknown kind would only be met when the chart is asked for: it is met at the start."""
    WRONG["an unknown chart kind"][0](config)
    start = (
        "import sys, pathlib, dashboard.app as app\n"
        "app.create_app.__defaults__ = (pathlib.Path(sys.argv[1]), app.BUILT)\n"
        "import dashboard.wsgi\n"
    )
    done = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-c", start, str(config)],
        cwd=ROOT,
        env={"PATH": os.defpath},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "The site cannot start. config/: indicators/exports_goods: no chart kind" in done.stderr
    assert "Traceback" not in done.stderr


def test_groups_of_codes_have_labels() -> None:
    labels = SHIPPED.labels()
    for codelist in SHIPPED.codelists.values():
        assert labels[codelist.id][""] == codelist.label
        if codelist.group:
            assert set(labels[f"{codelist.id}.group"]) == set(codelist.codes)


def test_an_indicator_needs_what_its_formula_names() -> None:
    goods = SHIPPED.indicators["exports_goods_to_date"]
    assert catalogue.needs(goods, SHIPPED) == {"exports_goods"}
    reached = SHIPPED.indicators["results_actual"]
    assert len(catalogue.needs(reached, SHIPPED)) > 3


def test_indicators_of_a_theme_are_found_in_the_order_of_the_catalogue() -> None:
    exports: list[Indicator] = list(SHIPPED.of_theme("exports"))
    assert exports and [i.id for i in exports] == sorted(i.id for i in exports)
    assert not list(replace(SHIPPED, indicators={}).of_theme("exports"))
