"""Who sees the ministry's cells: the ministry in every form with a mark, everyone else nowhere."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from drafting import CONFIG, declared, desk_at
from flask import Flask
from made_ministry import RATES, store_at
from made_ministry import built as made
from sqlalchemy.exc import SQLAlchemyError

from dashboard import i18n
from dashboard.app import create_app, shared_cache
from dashboard.model import MINISTRY, PUBLIC, Cell, NotPublished, View, Withdrawn
from dashboard.outlets.asking import Asking
from dashboard.outlets.data import found, written
from dashboard.outlets.spreadsheet import notes_sheet
from dashboard.prints import bare_press
from dashboard.revisions import Revision
from dashboard.service import Statistics
from dashboard.settings import Settings
from dashboard.store import Audits, Held, Official, Published
from dashboard.web.memory import open_memory
from dashboard.withdrawals import Withdrawal
from data_loaders import publish, told
from data_loaders.differences import Differences, Factories, for_ministry
from data_loaders.ministry import Numbers
from data_loaders.publish import Built
from data_loaders.releases import status

VIEW = View.from_query("noncompliance_cluster", "split=city&cluster=osh")
NATIONAL = View("noncompliance_cluster")
WHY = "A figure was wrong"
CANARY = Cell(41.4, "A", 7713, ("official_use",), "", ("assessments",))


@pytest.fixture
def store(tmp_path: Path) -> Published:
    return store_at(tmp_path, made())


def over(store: Published) -> Statistics:
    """Return a service that knows both programmes, and asks for the pointer each time."""
    official = Held(Official(store), patience=0)
    programmes = {"ministry": official}
    locales = i18n.locales(CONFIG)
    return Statistics(declared(), locales, Held(store, patience=0), "", programmes)


def with_cells(new: Built, cell: Cell) -> Numbers:
    """Return the ministry's cells of a release with another content."""
    return {
        series: {key: dict.fromkeys(by_period, cell) for key, by_period in by_key.items()}
        for series, by_key in new.ministry.cells.items()
    }


def test_the_ministry_reads_what_everyone_reads_and_its_own_cells(store: Published) -> None:
    statistics = over(store)
    for_all = statistics.slice(VIEW, PUBLIC)
    own = statistics.slice(VIEW, MINISTRY)
    assert {point.cell.status for point in for_all.points} == {"c"}
    assert {point.cell.status for point in own.points} == {"A"}
    assert [point.cell.n for point in own.points] == [9, 9, 5]
    assert statistics.slice(NATIONAL, MINISTRY) == statistics.slice(NATIONAL, PUBLIC)
    assert own.release == for_all.release


def test_a_site_without_the_programme_answers_that_it_is_not_published(store: Published) -> None:
    public = replace(over(store), programmes={})
    with pytest.raises(NotPublished, match="does not hold the programme of the ministry"):
        public.slice(VIEW, MINISTRY)
    with pytest.raises(NotPublished, match="not published"):
        public.slice(View.from_query("noncompliance_cluster", "split=city,province"), PUBLIC)


def test_what_is_for_official_use_says_so_in_every_form_and_is_not_embeddable(
    store: Published,
) -> None:
    statistics = over(store)
    card = statistics.card(VIEW, MINISTRY)
    assert card.slice.official
    assert not card.slice.embeddable
    assert card.title.startswith("For official use: Non-compliance rate by cluster")
    assert all("for official use" in row[-1] for row in card.table.rows)
    assert "for official use" in " ".join(card.summary)
    assert "For official use. Not to be published or passed on." in statistics.foot(card.slice, "")
    text = " ".join(ElementTree.fromstring(statistics.picture(VIEW, MINISTRY)).itertext())  # noqa: S314  (our own)
    assert "For official use" in text
    _, rows = found(statistics, VIEW, MINISTRY, {})
    lines = written(rows).splitlines()
    assert all("official_use illustrative" in line for line in lines[1:])
    asking = Asking(statistics, open_memory(Flask(__name__), ""), "", bare_press())
    sheet = notes_sheet(card.slice, asking, statistics.locale())
    assert sheet.rows[0][0] == "For official use"
    _, every = found(statistics, VIEW, MINISTRY, {"rows": "all"})
    assert sum("official_use" in row["flags"] for row in every.rows) == 18


def test_what_everyone_sees_bears_no_mark_for_the_ministry_either(store: Published) -> None:
    for scope in (PUBLIC, MINISTRY):
        card = over(store).card(NATIONAL, scope)
        assert card.slice.embeddable
        assert "fficial use" not in f"{card.title} {card.summary} {card.table}"


def test_controls_offer_the_cities_to_whom_they_answer(store: Published) -> None:
    cells = {
        series: {key: them for key, them in by_key.items() if "city" not in dict(key)}
        for series, by_key in made().release.cells.items()
    }
    release = replace(made().release, cells=cells, checksum="without cities")
    publish.write(release, store, "second", made().ministry.cells)
    statistics = over(store)
    answer = statistics.slice(VIEW, MINISTRY)
    said = {c.name for c in statistics.controls(answer, statistics.locale(), MINISTRY)}
    assert "city" in said
    with pytest.raises(NotPublished, match="is not published"):
        statistics.slice(VIEW, PUBLIC)
    answer = statistics.slice(NATIONAL, PUBLIC)
    assert "city" not in {c.name for c in statistics.controls(answer, statistics.locale())}


def test_the_store_of_everyone_never_reads_the_cells_of_the_ministry(store: Published) -> None:
    name = store.current()
    assert store.load(name) == replace(made().release, id=name, published="2025-06-30", note="made")
    assert Official(store).cells(name) == made().ministry.cells
    both = Official(store).load(name)
    assert both.checksum == made().release.checksum
    assert sum("official_use" in c.flags for k in both.cells[RATES].values() for c in k.values())


def test_the_same_files_twice_are_one_release_for_the_ministry_too(store: Published) -> None:
    assert publish.known(made(), store) == "2025.1"
    again = publish.write(made().release, store, "again", made().ministry.cells)
    assert (again.name, again.new) == ("2025.1", False)


def test_another_cell_of_the_ministry_alone_makes_another_release(store: Published) -> None:
    other = with_cells(made(), replace(CANARY, value=45.0))
    changed = replaced(other)
    assert publish.known(changed, store) == ""
    written_as = publish.write(changed.release, store, "again", other)
    assert (written_as.name, written_as.new) == ("2025.2", True)
    first, second = store.load("2025.1"), store.load("2025.2")
    assert (first.cells, first.checksum) == (second.cells, second.checksum)
    assert store.revision("2025.2").changes == ()
    assert Official(store).cells("2025.1") == made().ministry.cells
    assert Official(store).cells("2025.2") == other


def test_a_pinned_view_of_the_ministry_says_which_of_its_figures_are_others_now(
    store: Published,
) -> None:
    other = with_cells(made(), replace(CANARY, value=45.0))
    publish.write(made().release, store, "again", other)
    statistics = over(store)
    pinned = replace(VIEW, release="2025.1")
    assert statistics.superseded(pinned, MINISTRY).revised == 3
    assert statistics.superseded(pinned, PUBLIC).revised == 0


def test_a_release_whose_ministry_part_cannot_be_written_is_not_written_at_all(
    store: Published,
) -> None:
    broken = with_cells(made(), Cell(1.0, None))  # type: ignore[arg-type]  # what a fault would do
    with pytest.raises(SQLAlchemyError):
        publish.write(replace(made().release, checksum="new"), store, "broken", broken)
    assert [one.id for one in store.releases()] == ["2025.1"]
    assert store.current() == "2025.1"


def test_what_is_withdrawn_is_out_of_sight_for_the_ministry_too(store: Published) -> None:
    other = with_cells(made(), replace(CANARY, value=45.0))
    publish.write(made().release, store, "again", other)
    statistics = over(store)
    store.withdraw(Withdrawal("2025.1", WHY, "2025.1"), [])
    with pytest.raises(Withdrawn, match=WHY):
        statistics.slice(replace(VIEW, release="2025.1"), MINISTRY)
    assert statistics.slice(VIEW, MINISTRY).release == "2025.2"
    view = View.from_query("noncompliance_cluster", "split=city")
    store.withdraw(Withdrawal("noncompliance_cluster?split=city", WHY, "", view), [])
    with pytest.raises(Withdrawn, match=WHY):
        statistics.slice(VIEW, MINISTRY)
    assert statistics.slice(NATIONAL, MINISTRY).points


@pytest.fixture
def watched(tmp_path: Path) -> str:
    """The address of a store whose ministry cells are numbers that stand nowhere else."""
    new = made()
    store = Published.at(f"sqlite:///{tmp_path}/published.db", create=True)
    publish.write(new.release, store, "made", with_cells(new, CANARY))
    assert {p.cell.n for p in over(store).slice(VIEW, MINISTRY).points} == {CANARY.n}
    return f"sqlite:///{tmp_path}/published.db"


def addresses(site: Flask) -> Iterator[str]:
    """Yield every page without names in it, and every form of every view of compliance by city."""
    rules = [rule.rule for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ())]
    yield from (rule for rule in rules if "<" not in rule)
    yield from ("/releases/2025.1", "/releases/2025.1.csv", "/releases/2025.1.json")
    of_a_view = ("/charts/<name:indicator>", "/embed/<name:indicator>")
    forms = [rule for rule in rules if rule.startswith(of_a_view)]
    queries = (
        *("split=city", "split=cluster,city", "cluster=osh&split=city&lang=ur", "city=lahore"),
        *("rows=all", "release=2025.1&split=city&chart=bars", "split=city&programme=ministry"),
    )
    for form in forms:
        for name in ("noncompliance_cluster", "noncompliance_point", "factories_assessed"):
            yield from (f"{form.replace('<name:indicator>', name)}?{query}" for query in queries)


CHECKSUM = re.compile(rb"\b[0-9a-f]{12,64}\b")


def read(answer: bytes) -> bytes:
    """Return an answer, of a package all its parts, without checksums: they may hold any digits."""
    if answer.startswith(b"PK"):
        with ZipFile(BytesIO(answer)) as package:
            answer = b"".join(package.read(name) for name in package.namelist())
    return CHECKSUM.sub(b"", answer)


def test_no_public_answer_holds_anything_of_the_ministry(
    watched: str, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.app.Held", partial(Held, patience=0))
    site = create_app(Settings(database_url=watched), built=built)
    client, answered = site.test_client(), 0
    for address in addresses(site):
        reply = client.get(address)
        answered += reply.status_code == 200
        content = read(reply.data)
        for secret in (b"41.4", b"7713", b"7,713", b"official_use", b"for official use"):
            assert secret not in content, (address, secret)
    assert answered > 60


def test_private_answers_are_in_no_cache_that_others_share() -> None:
    redis = "redis://127.0.0.1:6379/0"
    assert shared_cache(Settings(cache_url=redis)) == redis
    assert shared_cache(Settings(cache_url=redis, site="partners")) == ""


def test_the_partners_site_is_closed_to_whom_nobody_knows(watched: str, built: Path) -> None:
    site = create_app(Settings(database_url=watched, site="partners"), built=built)
    reply = site.test_client().get("/charts/noncompliance_cluster.csv?split=city&cluster=osh")
    assert reply.status_code == 401
    assert b"7713" not in reply.data


def test_what_a_release_told_the_ministry_is_at_hand_for_the_next_audit(tmp_path: Path) -> None:
    desk = desk_at(tmp_path)
    told.keep(desk.records, made())
    assert told.earlier(desk.published, desk.records) == ({}, {})
    publish.write(made().release, desk.published, "made", made().ministry.cells)
    for_all, besides = told.earlier(desk.published, desk.records)
    assert for_all["2025.1"].truth == made().told.truth
    assert len(besides["2025.1"].rows) == 18
    report = Audits.of(desk.records).report
    names = Official(desk.published).checksums()
    part = told.ministry_part(made().release.checksum, names["2025.1"])
    assert report(part)["rows"] == 18


def test_staff_are_told_what_the_ministry_sees_and_what_changes_for_it(tmp_path: Path) -> None:
    desk = desk_at(tmp_path)
    publish.write(made().release, desk.published, "made", made().ministry.cells)
    said = list(status(desk).lines())
    assert "For official use, beside it: 18 cells for the ministry, 0 hidden" in said
    other = with_cells(made(), replace(CANARY, value=95.0))
    changes = for_ministry(desk, desk.published.load("2025.1"), replaced(other))
    found = Differences("draft", Revision("2025.1"), (), (), (), Factories(), changes)
    lines = list(found.lines())
    start = lines.index("For official use, seen by the ministry only:")
    assert "0 published values differ" in lines[:start]
    assert "18 published values differ: 18 recomputed" in lines[start:]
    assert len(json.loads(found.json())["ministry"]) == 18


def replaced(cells: Numbers) -> Built:
    """Return the release with other cells for the ministry."""
    return replace(made(), ministry=replace(made().ministry, cells=cells))
