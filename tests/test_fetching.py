"""Publishers are asked politely; bad answers change nothing, good ones reach the inbox."""

import gzip
import hashlib
import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from commanding import bwp
from openpyxl import Workbook
from replay import Replay, Scene, replay
from requests import Request, Session

from dashboard import catalogue
from data_loaders.drafts import files_in
from data_loaders.fetching import (
    Asker,
    BadPlan,
    End,
    Fetcher,
    Inbox,
    Job,
    Manners,
    Outcome,
    discover,
    jobs,
    mirrors,
)
from data_loaders.fetching.plans import Calendar
from data_loaders.sources import modules

ROOT = Path(__file__).parents[1]
SPECIMENS = ROOT / "tests" / "specimens" / "fetched"
DECLARED = catalogue.load(ROOT / "config").sources
JOBS = {job.name: job for job in jobs(DECLARED)}
TODAY = date(2024, 2, 22)
KEY = "s3cret-key"
QUICK = Manners(connect=2, silent=2, total=3, largest=2**20, attempts=4)


def specimen(name: str) -> bytes:
    return (SPECIMENS / name).read_bytes()


def archive(**files: bytes) -> bytes:
    """Return an archive of files; two underscores in a name stand for a dot."""
    into = io.BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "."), content)
    return into.getvalue()


def workbook() -> bytes:
    """Return a workbook in the shape of the State Bank's, with invented figures."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Exp Acount"
    for row in (
        ["Export Receipts by all Countries"],
        ["(Thousand US Dollar)"],
        [],
        ["Country", "Jul-Jun", None, "May", "Apr (R)", "May (P)", "Jul-May", None],
        [None, "FY24", "FY25", "FY25", "FY26", "FY26", "FY25", "FY26 (P)"],
        ["Germany", 1500, 1600, 130, 140, 150, 1400, 1450],
        ["U. S. A.", 5500, 5600, 430, 440, 450, 5400, 5450],
    ):
        sheet.append(row)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


METADATA = b'"Country Code","Region"\n"PAK","x"\n'
WDI = archive(API_1_DS2_en_csv_v2_7__csv=specimen("wdi.csv"), Metadata_Country_1__csv=METADATA)
WITS = archive(en_PAK_Summary__CSV=specimen("wits.csv"), en_IND_Summary__CSV=b"Reporter\n")

GOOD: Mapping[str, tuple[str, bytes, bytes | None]] = {
    "comtrade": ("un_comtrade_exports", specimen("comtrade.json"), None),
    "eurostat": ("eurostat_imports_from_pakistan", specimen("eurostat.csv"), None),
    "ilostat": ("ilostat_participation", specimen("ilostat.csv"), None),
    "sbp": ("sbp_exports_by_country", workbook(), None),
    "wdi": ("wdi_literacy_men", WDI, specimen("wdi.csv")),
    "wits": ("wits_pakistan_textiles_and_clothing", specimen("wits.json"), None),
}
"""Publisher -> a file of it, a good answer, and what of the answer is left in the inbox."""

SUFFIX = {"comtrade": "json", "sbp": "xlsx", "wits": "json"}
EUROSTAT = JOBS["eurostat_imports_from_pakistan"]
DATA = specimen("eurostat.csv")
OTHER = DATA.replace(b"1900000000", b"1800000000")


@dataclass
class Noted:
    """A watch that notes what it is told."""

    said: list[str] = field(default_factory=list)
    received: list[tuple[int, int | None]] = field(default_factory=list)

    def asks(self, name: str, host: str) -> None:
        self.said.append(f"{name} {host}")

    def receives(self, done: int, total: int | None) -> None:
        self.received.append((done, total))

    def waits(self, seconds: float, why: str) -> None:
        self.said.append(f"{seconds:g} {why}")

    def ends(self) -> None:
        self.said.append("end")


@dataclass
class Desk:
    """A publisher that replays, and everything that fetches from it."""

    publisher: Replay
    folder: Path
    watch: Noted = field(default_factory=Noted)
    pauses: list[float] = field(default_factory=list)
    manners: Manners = QUICK
    today: date = TODAY
    key: str = KEY

    def fetcher(self) -> Fetcher:
        return Fetcher(
            inbox=Inbox(self.folder),
            asker=Asker(self.manners, "tests"),
            watch=self.watch,
            declared=DECLARED,
            environment={"COMTRADE_KEY": self.key} if self.key else {},
            today=self.today,
            mirrors=dict.fromkeys(discover(), self.publisher.address),
            pause=self.pauses.append,
        )

    def fetch(self, job: Job, *scenes: Scene) -> Outcome:
        if scenes:
            self.publisher.plays(*scenes)
        fetcher = self.fetcher()
        try:
            return fetcher.fetch(job)
        finally:
            fetcher.asker.close()

    def due(self, job: Job) -> bool:
        return self.fetcher().is_due(job)

    def files(self) -> dict[str, bytes]:
        """What a person sees in the inbox."""
        seen = [path for path in self.folder.iterdir() if not path.name.startswith(".")]
        return {path.name: path.read_bytes() for path in seen if path.is_file()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty inbox and a publisher on this machine."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    with replay() as publisher:
        yield Desk(publisher, folder)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """An inbox with the file of last time; nothing was asked since."""
    assert desk.fetch(EUROSTAT, Scene(DATA)).end == End.here
    desk.publisher.asked.clear()
    return desk


def unharmed(desk: Desk, outcome: Outcome) -> str:
    """Assert that nothing came and that the file of last time stays; return what was said."""
    assert outcome.end == End.missing
    assert desk.files()["eurostat_imports_from_pakistan_2024-02-21.csv"] == DATA
    assert len(desk.files()) == 2
    assert "the file of last time stays" in outcome.lines[-1]
    return outcome.lines[-1]


@pytest.mark.parametrize("publisher", GOOD)
def test_a_good_answer_is_left_in_the_inbox_as_it_came_with_its_checksum(
    desk: Desk, publisher: str
) -> None:
    name, body, kept = GOOD[publisher]
    stamped = {"Last-Modified": "Tue, 20 Feb 2024 10:00:00 GMT"}
    outcome = desk.fetch(JOBS[name], Scene(body, headers=stamped))
    assert outcome.end == End.here, outcome.lines
    file = f"{name}_2024-02-20.{SUFFIX.get(publisher, 'csv')}"
    checksum = hashlib.sha256(kept or body).hexdigest()
    assert desk.files() == {
        file: kept or body,
        f"{file}.sha256": f"{checksum}  {file}\n".encode(),
    }
    assert desk.watch.received[-1] == (len(body), len(body))
    asked, planned = urlsplit(desk.publisher.asked[0].path), JOBS[name].file
    assert asked.path == urlsplit(planned.url).path
    assert {k: v[0] for k, v in parse_qs(asked.query).items()} == planned.asked(TODAY)


def test_every_publisher_has_a_plan_and_every_plan_a_publisher() -> None:
    assert set(discover()) == {job.publisher for job in JOBS.values()} == set(GOOD)
    assert all(job.plan.calendar.day for job in JOBS.values())


def test_a_key_goes_into_the_header_and_nowhere_else(desk: Desk) -> None:
    job = JOBS["un_comtrade_exports"]
    desk.fetch(job, Scene(status=401), Scene(specimen("comtrade.json")))
    outcome = desk.fetch(job)
    assert outcome.end == End.here
    assert desk.publisher.asked[-1].headers["Ocp-Apim-Subscription-Key"] == KEY
    traces = [asked.path for asked in desk.publisher.asked] + desk.watch.said + [*outcome.lines]
    traces += [p.read_text("latin-1") for p in desk.folder.rglob("*") if p.is_file()]
    traces += [str(path) for path in desk.folder.rglob("*")]
    assert not [trace for trace in traces if KEY in trace]


def test_without_a_key_the_publisher_is_not_asked_and_a_person_learns_where_to_get_one(
    desk: Desk,
) -> None:
    desk.key = ""
    outcome = desk.fetch(JOBS["un_comtrade_exports"])
    assert outcome.end == End.missing
    assert "set COMTRADE_KEY" in outcome.lines[0]
    assert "https://comtradedeveloper.un.org/" in outcome.lines[0]
    assert desk.publisher.asked == []


@pytest.mark.parametrize("name", ["eurostat_queued.xml", "eurostat_footer.xml"])
def test_come_back_later_with_status_200_is_asked_again_and_is_never_data(
    full: Desk, name: str
) -> None:
    later = Scene(specimen(name))
    said = unharmed(full, full.fetch(EUROSTAT, later))
    assert "still preparing the extraction" in said
    assert len(full.publisher.asked) == QUICK.attempts
    assert full.fetch(EUROSTAT, later, later, Scene(OTHER)).end == End.here
    assert OTHER in full.files().values()


def test_after_come_back_later_the_next_look_asks_again_and_after_nonsense_the_next_day(
    desk: Desk,
) -> None:
    desk.fetch(EUROSTAT, Scene(specimen("eurostat_queued.xml")))
    assert desk.due(EUROSTAT)
    desk.fetch(EUROSTAT, Scene(specimen("page.html")))
    assert not desk.due(EUROSTAT)
    desk.today = date(2024, 2, 23)
    assert desk.due(EUROSTAT)
    desk.fetch(EUROSTAT, Scene(DATA))
    assert not desk.due(EUROSTAT)
    desk.today = date(2024, 3, 19)
    assert not desk.due(EUROSTAT)
    desk.today = date(2024, 3, 20)
    assert desk.due(EUROSTAT)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (specimen("eurostat_nothing.xml"), "No results found"),
        (DATA.splitlines()[0] + b"\n", "without a single row"),
        (specimen("eurostat_too_big.xml"), "EXTRACTION_TOO_BIG"),
        (specimen("page.html"), "a web page (HTML) in place of data"),
        (b"", "not the table that was asked for"),
        (b'{"error": "no"}', "not the table that was asked for"),
        (b"<other/>", "XML (other) in place of a table"),
    ],
)
def test_an_answer_that_holds_no_data_changes_nothing(full: Desk, body: bytes, words: str) -> None:
    assert words in unharmed(full, full.fetch(EUROSTAT, Scene(body)))
    assert len(full.publisher.asked) == 1


def test_an_empty_answer_of_comtrade_is_no_file(desk: Desk) -> None:
    outcome = desk.fetch(JOBS["un_comtrade_exports"], Scene(specimen("comtrade_empty.json")))
    assert outcome.end == End.missing
    assert "count 0" in outcome.lines[0]
    assert desk.files() == {}


@pytest.mark.parametrize("publisher", GOOD)
def test_a_web_page_in_place_of_data_is_told_apart_for_every_publisher(
    desk: Desk, publisher: str
) -> None:
    outcome = desk.fetch(JOBS[GOOD[publisher][0]], Scene(specimen("page.html")))
    assert outcome.end == End.missing
    assert "web page (HTML)" in outcome.lines[0]
    assert "there is none of last time" in outcome.lines[0]
    assert desk.files() == {}


def test_a_body_shorter_than_it_claims_is_cut_off_and_asked_again(full: Desk) -> None:
    cut = Scene(OTHER[:100], length=len(OTHER))
    said = unharmed(full, full.fetch(EUROSTAT, cut))
    assert "broke off" in said or "cut off" in said
    assert full.fetch(EUROSTAT, cut, Scene(OTHER)).end == End.here


def test_cut_archives_and_cut_json_are_no_data(desk: Desk) -> None:
    outcome = desk.fetch(JOBS["wdi_literacy_men"], Scene(WDI[:-40]))
    assert "no whole archive" in outcome.lines[0]
    outcome = desk.fetch(JOBS["un_comtrade_exports"], Scene(specimen("comtrade.json")[:-40]))
    assert "perhaps cut off" in outcome.lines[0]
    assert desk.files() == {}


def test_rates_of_the_state_bank_are_fetched_in_the_workbook_that_it_keeps(desk: Desk) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Monthly Avg. Ex. Rates in PKR"
    for row in (
        [None, None, "U.S.A.", "Euro Area"],
        ["Period", None, "U.S. Dollar", "EURO"],
        ["Jun", 2023, 285.25, 310.5],
    ):
        sheet.append(row)
    into = io.BytesIO()
    book.save(into)
    outcome = desk.fetch(JOBS["sbp_exchange_rates"], Scene(into.getvalue()))
    assert outcome.end == End.here, outcome.lines
    assert desk.files()["sbp_exchange_rates_2024-02-21.xlsx"] == into.getvalue()


def test_exports_of_the_state_bank_by_month_are_fetched_beside_those_by_country(desk: Desk) -> None:
    content = (SPECIMENS.parent / "sbp_balance.xlsx").read_bytes()
    outcome = desk.fetch(JOBS["sbp_exports_by_month"], Scene(content))
    assert outcome.end == End.here, outcome.lines
    assert desk.files()["sbp_exports_by_month_2024-02-21.xlsx"] == content


def test_the_archive_of_wits_can_be_named_in_place_of_its_api(desk: Desk) -> None:
    job = JOBS["wits_pakistan_all_products"]
    job = replace(job, file=job.file.model_copy(update={"kind": "wits"}))
    assert desk.fetch(job, Scene(WITS)).end == End.here
    assert desk.files()["wits_pakistan_all_products_2024-02-21.csv"] == specimen("wits.csv")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (specimen("page.html"), "a web page (HTML) in place of data"),
        (b'{"Message": "No records"}', "no series in the answer"),
        (b'{"dataSets": [{"series": {}}], "structure": {}}', "no series"),
        (b"<error>Maximum of two dimensions</error>", "Maximum of two dimensions"),
        (specimen("wits.json")[:-200], "perhaps cut off"),
    ],
)
def test_wits_without_data_leaves_nothing(desk: Desk, body: bytes, words: str) -> None:
    outcome = desk.fetch(JOBS["wits_pakistan_footwear"], Scene(body))
    assert outcome.end == End.missing
    assert words in outcome.lines[0]
    assert desk.files() == {}


def test_every_planned_file_is_of_a_kind_that_is_read() -> None:
    known = {module.KIND for module in modules()}
    assert {job.name: job.file.kind for job in JOBS.values() if job.file.kind not in known} == {}


def test_an_archive_is_guarded_before_it_is_unpacked(desk: Desk) -> None:
    job = JOBS["wdi_literacy_men"]
    bomb = archive(API_1__csv=b"0" * 50 * 2**20)
    outcome = desk.fetch(job, Scene(bomb))
    assert "times its size" in outcome.lines[0]
    twice = archive(API_1__csv=specimen("wdi.csv"), API_2__csv=specimen("wdi.csv"))
    assert "2 files api_" in desk.fetch(job, Scene(twice)).lines[0]
    assert desk.files() == {}


@pytest.mark.parametrize("stated", ["7", "Wed, 21 Feb 2024 08:00:07 GMT"])
def test_a_busy_publisher_says_when_to_come_back_and_is_obeyed(desk: Desk, stated: str) -> None:
    busy = Scene(status=429, headers={"Retry-After": stated})
    assert desk.fetch(EUROSTAT, busy, Scene(DATA)).end == End.here
    assert desk.pauses == [7]
    assert "busy (429) and asks to come back in 7 s" in desk.watch.said[-2]


def test_nobody_waits_for_a_publisher_that_asks_to_come_back_in_an_hour(full: Desk) -> None:
    busy = Scene(status=503, headers={"Retry-After": "3600"})
    assert "asks to come back in 3600 s" in unharmed(full, full.fetch(EUROSTAT, busy))
    assert full.pauses == []
    assert len(full.publisher.asked) == 1


def test_errors_of_a_publisher_are_asked_again_with_growing_pauses_by_chance(desk: Desk) -> None:
    broken = Scene(status=500)
    assert desk.fetch(EUROSTAT, broken, broken, broken, Scene(DATA)).end == End.here
    for pause, least in zip(desk.pauses, (1, 2, 4), strict=True):
        assert least <= pause <= 1.5 * least
    assert not any(pause in (1, 2, 4) for pause in desk.pauses)


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "refuses the key"), (404, "knows no such address"), (413, "too much"), (204, "204")],
)
def test_an_answer_that_will_not_change_is_not_asked_again(
    full: Desk, status: int, words: str
) -> None:
    assert words in unharmed(full, full.fetch(EUROSTAT, Scene(status=status)))
    assert len(full.publisher.asked) == 1


def test_the_next_question_is_conditional_and_304_leaves_the_file(desk: Desk) -> None:
    marks = {"ETag": '"abc"', "Last-Modified": "Tue, 20 Feb 2024 10:00:00 GMT"}
    desk.fetch(EUROSTAT, Scene(DATA, headers=marks))
    before = desk.files()
    outcome = desk.fetch(EUROSTAT, Scene(status=304, headers=marks))
    assert outcome.end == End.here
    assert "nothing new" in outcome.lines[0]
    sent = desk.publisher.asked[-1].headers
    assert sent["If-None-Match"] == '"abc"'
    assert sent["If-Modified-Since"] == marks["Last-Modified"]
    assert desk.files() == before


def test_a_file_that_was_taken_from_the_inbox_is_brought_again(desk: Desk) -> None:
    marked = Scene(DATA, headers={"ETag": '"abc"'})
    desk.fetch(EUROSTAT, marked)
    for name in desk.files():
        (desk.folder / name).unlink()
    desk.fetch(EUROSTAT, marked)
    assert "If-None-Match" not in desk.publisher.asked[-1].headers
    assert DATA in desk.files().values()


def test_304_without_a_condition_is_no_answer(desk: Desk) -> None:
    assert "answers 304" in desk.fetch(EUROSTAT, Scene(status=304)).lines[0]


def test_a_refused_answer_never_makes_a_later_question_conditional(full: Desk) -> None:
    full.fetch(EUROSTAT, Scene(specimen("page.html"), headers={"ETag": '"page"'}))
    full.fetch(EUROSTAT, Scene(OTHER))
    assert "If-None-Match" not in full.publisher.asked[-1].headers
    assert OTHER in full.files().values()


def test_the_same_data_again_is_nothing_new_whatever_changes_around_it(desk: Desk) -> None:
    job, first = JOBS["un_comtrade_exports"], specimen("comtrade.json")
    assert "new, in the inbox" in desk.fetch(job, Scene(first)).lines[-1]
    before = desk.files()
    again = desk.fetch(job, Scene(first.replace(b"0.31 secs", b"0.99 secs")))
    assert "nothing new" in again.lines[-1]
    assert desk.files() == before


def test_a_newer_file_stands_beside_the_one_of_last_time(full: Desk) -> None:
    later = {"Date": "Thu, 21 Mar 2024 08:00:00 GMT"}
    full.fetch(EUROSTAT, Scene(OTHER, headers=later))
    found = full.files()
    assert found["eurostat_imports_from_pakistan_2024-02-21.csv"] == DATA
    assert found["eurostat_imports_from_pakistan_2024-03-21.csv"] == OTHER


def test_a_redirect_to_another_host_is_refused_and_never_asked(full: Desk) -> None:
    with replay() as stranger:
        stranger.plays(Scene(OTHER))
        moved = Scene(status=302, headers={"Location": f"{stranger.address}/data"})
        assert "another host" in unharmed(full, full.fetch(EUROSTAT, moved))
        assert stranger.asked == []


def test_a_redirect_on_the_same_host_is_followed_but_not_in_circles(full: Desk) -> None:
    moved = Scene(status=301, headers={"Location": "/elsewhere?x=1"})
    assert full.fetch(EUROSTAT, moved, Scene(OTHER)).end == End.here
    assert full.publisher.asked[-1].path == "/elsewhere?x=1"
    assert "in circles" in full.fetch(EUROSTAT, moved).lines[-1]


def test_a_packed_body_is_unpacked_and_a_packed_bomb_is_stopped(desk: Desk) -> None:
    packed = {"Content-Encoding": "gzip"}
    assert desk.fetch(EUROSTAT, Scene(gzip.compress(DATA), headers=packed)).end == End.here
    assert DATA in desk.files().values()
    bomb = Scene(gzip.compress(b"0" * 50 * 2**20), headers=packed)
    assert "larger than 1 MB" in unharmed(desk, desk.fetch(EUROSTAT, bomb))


def test_an_endless_body_is_stopped(full: Desk) -> None:
    assert "larger than 1 MB" in unharmed(full, full.fetch(EUROSTAT, Scene(endless=True)))
    assert len(full.publisher.asked) == 1


def test_a_slow_drip_is_stopped(full: Desk) -> None:
    full.manners = replace(QUICK, total=0.3)
    drip = Scene(OTHER, pause=0.05)
    assert "not there after 0.3 s" in unharmed(full, full.fetch(EUROSTAT, drip))


def test_a_publisher_that_falls_silent_is_left(full: Desk) -> None:
    full.manners = replace(QUICK, silent=0.2)
    assert "broke off" in unharmed(full, full.fetch(EUROSTAT, Scene(OTHER, pause=1)))
    assert len(full.publisher.asked) == QUICK.attempts


def test_without_a_network_nothing_is_lost_and_the_next_look_asks_again(full: Desk) -> None:
    full.publisher.shutdown()
    full.publisher.server_close()
    full.today = date(2024, 3, 22)
    outcome = full.fetch(EUROSTAT)
    assert "no answer from 127.0.0.1" in unharmed(full, outcome)
    assert len(full.pauses) == QUICK.unreachable - 1
    assert full.due(EUROSTAT)


def test_names_and_passwords_of_the_machine_stay_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine publisher.example login me password hidden\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    question = Request("GET", "https://publisher.example/data")
    with Session() as usual:
        assert "Authorization" in usual.prepare_request(question).headers
    with closing(Asker(QUICK, "tests")) as asker:
        assert "Authorization" not in asker.session.prepare_request(question).headers


def test_a_file_that_its_reader_refuses_is_set_aside_with_the_report(full: Desk) -> None:
    rows = b"Visit ID,Factory ID,Date,Kind of visit,Mode,TIME_PERIOD,OBS_VALUE\n1,2,3,4,5,6,7\n"
    job = replace(EUROSTAT, file=EUROSTAT.file.model_copy(update={"kind": "advisory_visits"}))
    outcome = full.fetch(job, Scene(rows))
    assert outcome.end == End.refused
    aside = full.folder / "refused" / "eurostat_imports_from_pakistan_2024-02-21.csv"
    assert aside.read_bytes() == rows
    report = aside.with_name(aside.name + ".txt").read_text()
    assert "REFUSED" in report
    assert DATA in full.files().values()
    assert files_in([full.folder]) == [
        full.folder / "eurostat_imports_from_pakistan_2024-02-21.csv"
    ]
    full.fetch(EUROSTAT, Scene(OTHER))
    assert OTHER in full.files().values()


def test_a_mirror_needs_https_unless_it_is_this_machine() -> None:
    assert mirrors("wdi=https://m.example.org/ sbp=http://127.0.0.1:9") == {
        "wdi": "https://m.example.org",
        "sbp": "http://127.0.0.1:9",
    }
    for bad in ("wdi=http://example.org", "wdi=https://me:pw@example.org", "wdi", "wdi=file:///x"):
        with pytest.raises(BadPlan, match="BWP_MIRRORS: wdi"):
            mirrors(bad)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"by": "nobody"}, "fetch.by: one of comtrade"),
        ({"calendar": {"day": 31}}, "fetch.calendar.day"),
        ({"files": {}}, "fetch.files"),
        ({"files": {"x": {"kind": "k", "url": "http://h.example"}}}, "https://"),
        ({"files": {"../x": {"kind": "k", "url": "https://h.example"}}}, "fetch.files"),
    ],
)
def test_a_plan_that_cannot_be_used_names_its_file_and_key(
    change: Mapping[str, object], words: str
) -> None:
    source = DECLARED["wits"]
    assert source.model_extra is not None
    plan = source.model_extra["fetch"] | change
    with pytest.raises(BadPlan, match=r"config/sources/wits\.yaml") as refused:
        jobs({"wits": source.model_copy(update={"fetch": plan})})
    assert words in str(refused.value)


def test_the_last_planned_day_is_of_this_year_or_the_one_before() -> None:
    twice = Calendar(day=15, months=(4, 10))
    assert twice.last(date(2024, 4, 14)) == date(2023, 10, 15)
    assert twice.last(date(2024, 4, 15)) == date(2024, 4, 15)
    assert Calendar(day=20).last(date(2024, 1, 3)) == date(2023, 12, 20)


def run(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command with everything it keeps in a folder."""
    return bwp(*words, folder=folder, more=environment(folder) | settings)


def environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": f"sqlite:///{folder}/published.db",
        "RECORDS_URL": f"sqlite:///{folder}/records.db",
        "INBOX": f"{folder}/inbox",
        "BWP_ILLUSTRATIVE": "off",
    }


def test_the_command_fetches_into_the_inbox_and_publishes_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    desk.publisher.plays(Scene(specimen("ilostat.csv")))
    mirror = f"ilostat={desk.publisher.address}"
    done = run(tmp_path, "fetch", "ilostat", BWP_MIRRORS=mirror)
    assert done.returncode == 0, done.stderr
    name = "ilostat_participation_2024-02-21.csv"
    assert f"new, in the inbox: {desk.folder / name}" in done.stdout
    assert "ilostat_participation: asking 127.0.0.1" in done.stderr
    assert sorted(desk.files()) == [name, f"{name}.sha256"]
    assert not list(tmp_path.glob("*.db"))
    elsewhere = run(tmp_path, "fetch", "ilostat", "--inbox", "other", BWP_MIRRORS=mirror)
    assert elsewhere.returncode == 0
    assert (tmp_path / "other" / name).exists()


def test_the_command_says_in_one_line_what_did_not_come(tmp_path: Path) -> None:
    done = run(tmp_path, "fetch", "ilostat", BWP_MIRRORS="ilostat=http://127.0.0.1:9")
    assert done.returncode == 2
    assert done.stdout.count("\n") == 1
    assert "no answer from 127.0.0.1 (Connection refused). Nothing is lost" in done.stdout
    assert "asking again in" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_knows_its_publishers(tmp_path: Path) -> None:
    unknown = run(tmp_path, "fetch", "weather")
    assert unknown.returncode == 1
    assert "comtrade, eurostat, ilostat, sbp, wdi, wits" in unknown.stderr


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"BWP_MIRRORS": "wdi=http://example.org"}, "BWP_MIRRORS: wdi="),
        ({"INBOX": "file/inbox"}, "cannot be written"),
    ],
)
def test_a_setting_that_fetching_cannot_use_is_said_in_one_line(
    tmp_path: Path, settings: Mapping[str, str], words: str
) -> None:
    (tmp_path / "file").touch()
    bad = run(tmp_path, "fetch", "wits", **settings)
    assert (bad.returncode, bad.stderr.count("\n")) == (1, 1)
    assert words in bad.stderr


@pytest.mark.slow
def test_the_worker_fetches_what_is_due_before_it_looks_at_the_inputs(
    desk: Desk, tmp_path: Path
) -> None:
    desk.publisher.plays(Scene(specimen("page.html")))
    everything = " ".join(f"{name}={desk.publisher.address}" for name in discover())
    worker = subprocess.Popen(  # noqa: S603  (our own program)
        [sys.executable, str(ROOT / "bwp.py"), "worker", "--minutes", "0.1"],
        cwd=tmp_path,
        env=environment(tmp_path) | {"BWP_MIRRORS": everything, "COMTRADE_KEY": KEY},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert until((tmp_path / "published.db").exists)
        assert len(desk.publisher.asked) == len(JOBS)
    finally:
        worker.terminate()
        said, _ = worker.communicate()
    assert said.count("web page (HTML)") == len(JOBS)


def until(happens: Callable[[], bool], tries: int = 600) -> bool:
    """Wait for something, with a bound."""
    for _ in range(tries):
        if happens():
            return True
        time.sleep(0.1)
    return False
