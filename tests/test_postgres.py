"""The same releases in PostgreSQL: published, read, and served after the server is gone."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask.testing import FlaskClient
from made_ministry import built as made
from partner_site import partners
from sqlalchemy import make_url, text
from sqlalchemy.exc import DatabaseError, ProgrammingError

from dashboard import catalogue
from dashboard.app import create_app
from dashboard.dossier import EVERYTHING, Cycle, Dossier, Profile, Sight
from dashboard.model import NoRelease
from dashboard.settings import Settings
from dashboard.store import Dossiers, Held, Official, Published, Records
from dashboard.store.accounts.tables import metadata
from data_loaders import publish, releases
from data_loaders.drafts import Desk
from scripts.system_parts import part

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).parents[1]
ADDRESSES = (
    *("/", "/exports", "/compliance?lang=ur", "/facts", "/data", "/charts/women_by_role"),
    *("/charts/exports_goods.csv?rows=all", "/charts/noncompliance_cluster.json?rows=all"),
    *("/charts/exports_goods.svg?freq=FY", "/charts/exports_goods.txt"),
)


def as_whom() -> dict[str, Any]:
    """Return who runs the server: it refuses root, so root hands it to a user of the system."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@dataclass
class Server:
    """A real PostgreSQL in a folder of its own, reached through a socket in it."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None
    _databases: list[str] = field(default_factory=list)

    def make(self) -> None:
        """Make its files."""
        whom = as_whom()
        if whom:
            os.chown(self.folder, whom["user"], whom["group"])
        made = ["-D", str(self.folder / "data"), "-U", "publisher", "-A", "trust", "-E", "UTF8"]
        self._run("initdb", *made, "--no-sync", "--locale=C.UTF-8")

    def start(self) -> None:
        """Start it and wait until it answers."""
        said = ("listen_addresses=", f"unix_socket_directories={self.folder}", "fsync=off")
        settings = [part for one in said for part in ("-c", one)]
        command = [self._program("postgres"), "-D", str(self.folder / "data"), *settings]
        self.process = subprocess.Popen(  # noqa: S603  (found by us)
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            start_new_session=True,
            **as_whom(),
        )
        for _ in range(200):
            try:
                psycopg.connect(self._dsn("postgres")).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise TimeoutError("PostgreSQL does not start")

    def stop(self) -> None:
        """Stop it at once, with every process of it."""
        if self.process is not None and self.process.poll() is None:
            self._signal(signal.SIGCONT)
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(30)

    def freeze(self) -> None:
        """Stop every process without closing anything: connections stay open, nobody answers."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Wake every process."""
        self._signal(signal.SIGCONT)

    def database(self) -> str:
        """Make an empty database and return its address."""
        self._databases.append(f"published_{len(self._databases)}")
        name = self._databases[-1]
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        where = quote(str(self.folder), safe="")
        return f"postgresql+psycopg://publisher@/{name}?host={where}"

    def _dsn(self, database: str) -> str:
        return f"host={self.folder} user=publisher dbname={database}"

    def _signal(self, number: int) -> None:
        """Signal the server and its children: each leads a session of its own."""
        assert self.process is not None
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        children = [int(one) for one in listed.read_text().split()] if listed.exists() else []
        os.kill(self.process.pid, number)
        for child in children:
            with suppress(ProcessLookupError):  # it ended meanwhile
                os.kill(child, number)

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(  # noqa: S603  (found by us)
            [self._program(program), *words],
            cwd=self.folder,
            check=True,
            capture_output=True,
            **as_whom(),
        )

    def _program(self, name: str) -> str:
        found = part("postgres").find()
        assert found is not None
        return str(found.resolve().with_name(name))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Server]:
    """The files of a server, in a folder that its user may reach."""
    folder = Path(tempfile.mkdtemp(prefix="bwp-postgres-"))
    found = Server(folder)
    try:
        found.make()
        yield found
    finally:
        found.stop()
        shutil.rmtree(folder)


@pytest.fixture
def server(cluster: Server) -> Server:
    """A server that runs."""
    if cluster.process is None or cluster.process.poll() is not None:
        cluster.start()
    return cluster


@pytest.fixture
def copied(server: Server, database: str) -> str:
    """A database with the release of what ships, as the SQLite file holds it."""
    url, made = server.database(), Published.at(database)
    store = Published.at(url, create=True)
    store.write(made.load(made.current()))
    store.engine.dispose()
    return url


@pytest.fixture
def reader(copied: str, built: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A reader of a site over PostgreSQL that asks for the pointer at each request."""
    monkeypatch.setattr("dashboard.app.Held", partial(Held, patience=0))
    return create_app(Settings(database_url=copied), built=built).test_client()


@pytest.fixture
def two_roles(server: Server) -> str:
    """A database with cells of the ministry, in which the sites have the roles of the document."""
    url = server.database()
    store = Published.at(url, create=True)
    publish.write(made().release, store, "made", made().ministry.cells)
    store.engine.dispose()
    text = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    statements = "".join(re.findall(r"^```sql\n(.*?)^```$", text, re.M | re.S))
    plain = url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statements.replace("_site", f"_site_of_{make_url(url).database}"))
    return url


def as_role(url: str, role: str) -> str:
    """Return an address with a role: one of the cluster has the name of its database behind it."""
    return url.replace("://publisher@", f"://{role}_of_{make_url(url).database}@")


def test_the_role_of_the_public_site_reads_everything_but_the_cells_of_the_ministry(
    two_roles: str, built: Path
) -> None:
    url = as_role(two_roles, "public_site")
    store = Published.at(url)
    held = Held(store)
    assert held.get().cells == made().release.cells
    assert held.revision(held.get().id).changes == ()
    for table in ("ministry_cell", "ministry_release"):
        denied = pytest.raises(ProgrammingError, match=f"permission denied for table {table}")
        with denied, store.engine.connect() as connection:
            connection.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608  (named above)
    with pytest.raises(ProgrammingError, match="permission denied"):
        Official(store).load(store.current())
    with pytest.raises(ProgrammingError, match="permission denied"):
        store.switch(store.current())
    client = create_app(Settings(database_url=url), built=built).test_client()
    for address in (
        "/",
        "/compliance",
        "/releases",
        "/readyz",
        "/charts/noncompliance_cluster.csv",
    ):
        assert client.get(address).status_code == 200, address


def test_the_role_of_the_partners_site_reads_the_cells_of_the_ministry_and_writes_nothing(
    two_roles: str,
) -> None:
    store = Published.at(as_role(two_roles, "partners_site"))
    assert Official(store).cells(store.current()) == made().ministry.cells
    assert Held(Official(store)).get().cells != made().release.cells
    with pytest.raises(ProgrammingError, match="permission denied"):
        store.switch(store.current())


def release_into(url: str, records: str) -> Published:
    """Publish the official figures of the repository."""
    desk = Desk(
        records=Records.at(records),
        published=Published.at(url, create=True),
        catalogue=catalogue.load(ROOT / "config"),
        facts=ROOT / "config" / "facts",
        illustrative=False,
        p_percent=10,
    )
    releases.release(desk)
    desk.records.engine.dispose()
    return desk.published


def test_the_same_files_make_the_same_release_in_both_databases(
    server: Server, tmp_path: Path
) -> None:
    ours = release_into(server.database(), server.database())
    other = release_into(f"sqlite:///{tmp_path}/p.db", f"sqlite:///{tmp_path}/r.db")
    assert ours.load(ours.current()) == other.load(other.current())
    with pytest.raises(NoRelease, match=r"no release '1999\.1'"):
        ours.switch("1999.1")
    ours.switch(ours.current())
    ours.engine.dispose()


def test_a_whole_release_comes_back_as_it_was_written(copied: str, database: str) -> None:
    store, original = Published.at(copied), Published.at(database)
    assert store.load(store.current()) == original.load(original.current())
    assert [one.id for one in store.releases()] == [original.current()]
    store.engine.dispose()


def test_every_form_is_byte_for_byte_that_of_the_embedded_database(
    reader: FlaskClient, client: FlaskClient
) -> None:
    for address in ADDRESSES:
        assert reader.get(address).data == client.get(address).data, address


def test_pages_answer_after_the_server_is_stopped_and_when_it_is_back(
    reader: FlaskClient, server: Server
) -> None:
    assert reader.get("/readyz").status_code == 200
    server.stop()
    for address in (*ADDRESSES, "/readyz", "/healthz"):
        assert reader.get(address).status_code == 200, address
    assert reader.get("/charts/exports_goods?release=1999.1").status_code == 404
    server.start()
    assert reader.get("/exports?freq=FY").status_code == 200


def test_accounts_live_in_postgresql_as_in_the_embedded_database(
    server: Server, tmp_path: Path, database: str, built: Path
) -> None:
    house = partners(tmp_path, database, built, store=server.database())
    url = house.accounts.engine.url
    assert url.get_backend_name() == "postgresql"
    with house.accounts.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    reader = house.signed_in("staff")
    assert reader.get("/account").status_code == 200
    assert house.browser().sign_in("staff@example.org", "wrong").status_code == 401
    for change in ("UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log"):
        with (
            pytest.raises(DatabaseError, match="only grows"),
            house.accounts.engine.begin() as connection,
        ):
            connection.execute(text(change))
    house.register.disable("staff@example.org")
    assert reader.get("/").status_code == 401
    server.stop()
    assert reader.get("/").status_code == 503
    assert reader.sign_in("staff@example.org").status_code == 503
    server.start()
    assert house.signed_in("ministry").get("/").status_code == 200
    server.freeze()
    try:
        assert house.browser().sign_in("ministry@example.org").status_code == 503
    finally:
        server.go_on()
    house.accounts.engine.dispose()


def test_pages_answer_while_the_server_is_frozen(reader: FlaskClient, server: Server) -> None:
    assert reader.get("/readyz").status_code == 200
    server.freeze()
    try:
        for address in (*ADDRESSES, "/readyz"):
            assert reader.get(address).status_code == 200, address
        assert reader.get("/charts/exports_goods?release=1999.1").status_code == 404
    finally:
        server.go_on()
    assert reader.get("/exports?freq=A").status_code == 200


def test_a_site_that_starts_without_its_server_is_not_ready_until_it_is_back(
    copied: str, built: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.app.Held", partial(Held, patience=0))
    server.stop()
    late = create_app(Settings(database_url=copied), built=built).test_client()
    assert late.get("/healthz").status_code == 200
    assert late.get("/readyz").status_code == 503
    assert late.get("/exports").status_code == 503
    server.start()
    assert late.get("/readyz").status_code == 200
    assert late.get("/exports").status_code == 200


def test_the_database_itself_lets_a_brand_see_only_its_cycles(server: Server) -> None:
    url = server.database()
    records = Records.at(url)
    profile = Profile("F1", "One", "lahore", "knit", "lt500", "active", None)
    both = Dossier(profile, (Cycle(1), Cycle(2)))
    other = Dossier(replace(profile, factory="F2"), (Cycle(1),))
    Dossiers.of(records).keep("e", [both, other], [])
    with records.engine.begin() as connection:
        for said in (
            "CREATE ROLE partners LOGIN",
            "GRANT SELECT ON supplier_part, supplier_link TO partners",
        ):
            connection.exec_driver_sql(said)
    theirs = Records.at(url.replace("publisher@", "partners@"))
    with theirs.engine.connect() as connection:
        every = "SELECT count(*) FROM supplier_part"
        assert connection.exec_driver_sql(every).scalar() == 0, "without a sight there is nothing"
        connection.exec_driver_sql("SELECT set_config('bwp.sight', E'F1/0\nF1/2', true)")
        seen = "SELECT factory, cycle FROM supplier_part ORDER BY cycle"
        assert connection.exec_driver_sql(seen).all() == [("F1", 0), ("F1", 2)]
    dossiers = Dossiers.of(theirs)
    found = dossiers.seen("e", Sight(frozenset({("F1", 2)})))
    assert [cycle.number for cycle in found["F1"].cycles] == [2]
    assert set(found) == {"F1"}
    assert set(dossiers.seen("e", EVERYTHING)) == {"F1", "F2"}
    for engine in (theirs.engine, records.engine):
        engine.dispose()
