"""A pinned view whose figures were revised says so; nothing else that is pinned ever changes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from revising import EXPORTS, dearer, revised, with_changed

from dashboard.app import create_app
from dashboard.model import PUBLIC, Cell, Release, View
from dashboard.service import Statistics
from dashboard.settings import Settings
from dashboard.store import Held, Published
from dashboard.vintages import Superseded, superseded
from dashboard.withdrawals import Withdrawal
from data_loaders import publish

NAME = "exports_goods"


@pytest.fixture(scope="module")
def store(database: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Published, str, str]:
    """A store where two months of exports were revised."""
    return revised(database, tmp_path_factory.mktemp("revised"))


@pytest.fixture(scope="module")
def reader(store: tuple[Published, str, str], built: Path) -> FlaskClient:
    """A reader of that store."""
    address = f"sqlite:///{store[0].engine.url.database}"
    return create_app(Settings(database_url=address), built=built).test_client()


def notice(reader: FlaskClient, query: str, name: str = NAME) -> dict[str, Any]:
    """Return the notice of a view."""
    answer = reader.get(f"/charts/{name}.notice.json?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.headers["ETag"]
    found: dict[str, Any] = json.loads(answer.text)
    return found


def test_a_pinned_view_names_its_revised_cells_and_the_release_that_revised_them(
    reader: FlaskClient, store: tuple[Published, str, str]
) -> None:
    _, before, after = store
    found = notice(reader, f"release={before}")
    assert (found["release"], found["newest"], found["revised"]) == (before, after, 2)
    assert found["text"] == f"2 values shown here have been revised: release {after}"
    assert found["href"] == f"/releases/{after}?indicator={NAME}"
    [later] = found["revisions"]
    assert later["release"] == after
    assert [cell["why"] for cell in later["cells"]] == ["recomputed", "recomputed"]
    assert reader.get(found["href"]).status_code == 200
    pinned = notice(reader, f"release={before}&lang=ur")
    assert pinned["href"].endswith("&lang=ur")


@pytest.mark.parametrize("language", ["ur", "ar", "bn"])
def test_a_notice_and_the_line_before_it_speak_the_language_of_the_view(
    reader: FlaskClient, store: tuple[Published, str, str], language: str
) -> None:
    _, before, after = store
    asked = f"release={before}&lang={language}"
    text = notice(reader, asked)["text"]
    document = BeautifulSoup(reader.get(f"/charts/{NAME}?{asked}").text, "lxml")
    [line] = document.select(".pinned")
    assert after in text and before in line.get_text()
    assert not {"values", "shown", "Pinned", "newest"} & {*text.split(), *line.get_text().split()}


@pytest.mark.parametrize("query", ["", "release={after}", "release={before}&to=2024-07"])
def test_a_view_without_a_revised_cell_says_nothing(
    reader: FlaskClient, store: tuple[Published, str, str], query: str
) -> None:
    _, before, after = store
    found = notice(reader, query.format(before=before, after=after))
    assert (found["revised"], found["text"], found["href"]) == (0, "", "")
    assert (found["newest"], found["revisions"]) == (after, [])


def test_what_was_not_revised_of_another_indicator_says_nothing(
    reader: FlaskClient, store: tuple[Published, str, str]
) -> None:
    assert notice(reader, f"release={store[1]}", "exports_textile_share")["revised"] == 0


def test_an_unknown_name_is_refused(reader: FlaskClient) -> None:
    assert reader.get(f"/charts/{NAME}.notice.json?colour=red").status_code == 400
    assert reader.get("/charts/weather.notice.json").status_code == 404
    assert reader.get(f"/charts/{NAME}.notice.json?release=2031.1").status_code == 404


@pytest.mark.parametrize("path", [f"/charts/{NAME}", "/exports"])
def test_a_pinned_page_says_so_without_scripts_and_asks_with_them(
    reader: FlaskClient, store: tuple[Published, str, str], path: str
) -> None:
    before = store[1]
    document = BeautifulSoup(reader.get(f"{path}?release={before}").text, "lxml")
    [line] = document.select(".pinned")
    assert f"Pinned to release {before}." in line.get_text()
    assert line.a and str(line.a["href"]).startswith(f"/charts/{NAME}")
    assert "release=" not in str(line.a["href"])
    address = str(line["data-notice"])
    assert json.loads(reader.get(address).text)["revised"] == 2
    assert not BeautifulSoup(reader.get(path).text, "lxml").select(".pinned")


def test_the_answers_of_a_pinned_view_are_the_same_before_and_after_a_revision(
    client: FlaskClient, reader: FlaskClient, store: tuple[Published, str, str]
) -> None:
    for suffix in (".json", ".csv", ".svg", ".txt", ".figure.json"):
        address = f"/charts/{NAME}{suffix}?release={store[1]}"
        assert client.get(address).data == reader.get(address).data, suffix


# -- which release did what -----------------------------------------------------------------------


class Shelf:
    """Releases in a folder, one after the other."""

    def __init__(self, folder: Path, statistics: Statistics) -> None:
        self.store = Published.at(f"sqlite:///{folder}/published.db", create=True)
        self.statistics = statistics
        self.first = replace(statistics.release(), id="2026.1")
        self.last = max(self.first.cells[EXPORTS][()])

    def add(self, release: Release) -> str:
        """Publish a release; return its name."""
        return publish.write(release, self.store, "another").name

    def of(self, pinned: str, query: str = "") -> Superseded:
        """Return what became of a view that is pinned to a release."""
        held = Held(self.store)
        service = replace(self.statistics, releases=held)
        view = View.from_query(NAME, query)
        return superseded(held, service.slice(replace(view, release=pinned), PUBLIC))


@pytest.fixture
def shelf(tmp_path: Path, statistics: Statistics) -> Shelf:
    """A shelf of releases of its own."""
    return Shelf(tmp_path, statistics)


def test_each_cell_is_told_of_the_last_release_that_changed_it(shelf: Shelf) -> None:
    one = shelf.add(shelf.first)
    two_of = with_changed(shelf.first, dearer, shelf.last, "2024-07")
    two = shelf.add(two_of)
    three = shelf.add(with_changed(two_of, dearer, shelf.last))
    found = shelf.of(one)
    assert [(later.release, [c.time_period for c in later.changes]) for later in found.later] == [
        (three, [shelf.last]),
        (two, ["2024-07"]),
    ]
    assert found.revised == 2
    assert [later.release for later in shelf.of(two).later] == [three]
    assert shelf.of(three).later == ()


def test_a_figure_that_was_set_back_is_not_revised(shelf: Shelf) -> None:
    one = shelf.add(shelf.first)
    shelf.add(with_changed(shelf.first, dearer, shelf.last))
    shelf.add(replace(shelf.first, checksum="as it was"))
    assert shelf.of(one).later == ()


def test_a_release_that_was_rolled_back_is_measured_by_the_one_that_holds_now(
    shelf: Shelf,
) -> None:
    one = shelf.add(shelf.first)
    two = shelf.add(with_changed(shelf.first, dearer, shelf.last))
    shelf.store.switch(one)
    found = shelf.of(two)
    assert (found.newest, found.revised) == (one, 1)
    assert [(later.release, later.listed) for later in found.later] == [(one, False)]


def test_of_a_withdrawn_release_only_the_one_that_holds_now_is_named(shelf: Shelf) -> None:
    one = shelf.add(shelf.first)
    two_of = with_changed(shelf.first, dearer, "2024-07")
    two = shelf.add(two_of)
    three = shelf.add(with_changed(two_of, dearer, shelf.last))
    shelf.store.withdraw(Withdrawal(two, "wrong", two), [])
    found = shelf.of(one)
    assert {later.release for later in found.later} == {three}
    assert found.revised == 2


def test_a_cell_that_is_withdrawn_in_the_newest_release_is_not_told_of(shelf: Shelf) -> None:
    one = shelf.add(shelf.first)
    two = shelf.add(with_changed(shelf.first, dearer, shelf.last))
    view = View.from_query(NAME, "freq=M")
    shelf.store.withdraw(Withdrawal(f"{NAME}?freq=M&release={two}", "wrong", two, view), [])
    assert shelf.of(one).later == ()


def test_a_cell_that_is_protected_now_is_told_of_without_its_figure(shelf: Shelf) -> None:
    def hidden(cell: Cell) -> Cell:
        return replace(cell, value=None, status="c")

    one = shelf.add(shelf.first)
    shelf.add(with_changed(shelf.first, hidden, shelf.last))
    [later] = shelf.of(one).later
    [change] = later.changes
    assert change.why == "hidden"
    assert change.old == change.new
    assert change.new is not None and change.new.value is None


def test_a_figure_that_is_final_now_is_not_revised(shelf: Shelf) -> None:
    def flagged(cell: Cell) -> Cell:
        return replace(cell, flags=("e",))

    one = shelf.add(shelf.first)
    shelf.add(with_changed(shelf.first, flagged, shelf.last))
    found = shelf.of(one)
    assert (found.revised, len(found.later)) == (0, 1)
