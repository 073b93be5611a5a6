"""The store of accounts and the commands that change it: who may, what is kept, what counts."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from commanding import bwp
from partner_site import PASSWORD, now, path_of
from programme_files import factory, register
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from dashboard.accounts import factor, passwords, scopes
from dashboard.accounts.door import Door, Knock, hash_of
from dashboard.accounts.register import Register, open_consent
from dashboard.accounts.throttle import by_account_and_client, network, pause
from dashboard.model import MINISTRY, Scope
from dashboard.people import (
    Account,
    BadAccount,
    Consent,
    Entry,
    Refused,
    Role,
    Throttled,
    Unavailable,
)
from dashboard.store import Accounts
from dashboard.store.accounts import schema
from dashboard.store.accounts.tables import metadata

ROOT = Path(__file__).parents[1]
DAY = date(2026, 7, 1)
IDLE, WHOLE = timedelta(minutes=30), timedelta(hours=12)


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    """An empty store."""
    made = Accounts.at(f"sqlite:///{tmp_path / 'accounts.db'}", upgrade=True)
    yield made
    made.engine.dispose()


@pytest.fixture
def book(accounts: Accounts) -> Register:
    """The register over it."""
    return Register(accounts, "a test")


def person(email: str, role: Role, brand: str = "") -> Account:
    """Return an account that is not stored yet."""
    return Account("", email, "Somebody", role, brand)


def test_the_migrations_make_the_tables_that_the_code_reads(accounts: Accounts) -> None:
    assert schema.current(accounts.engine)
    with accounts.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_the_migrations_run_again_change_nothing_and_lose_nothing(book: Register) -> None:
    book.add(person("a@example.org", "ministry"))
    schema.upgrade(book.accounts.engine)
    assert [one.email for one in book.accounts.people.all()] == ["a@example.org"]


def test_a_store_without_tables_is_unavailable(tmp_path: Path) -> None:
    bare = Accounts.at(f"sqlite:///{tmp_path / 'bare.db'}")
    assert not schema.current(bare.engine)
    with pytest.raises(Unavailable):
        bare.people.by_email("a@example.org")
    bare.engine.dispose()


@pytest.mark.parametrize("change", ["UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log"])
def test_the_audit_log_only_grows(accounts: Accounts, change: str) -> None:
    accounts.log.add(Entry(now(), "a", "something"))
    with pytest.raises(DatabaseError, match="only grows"), accounts.engine.begin() as connection:
        connection.execute(text(change))
    [entry] = accounts.log.newest()
    assert (entry.actor, entry.at.tzinfo) == ("a", UTC)


@pytest.mark.parametrize(
    ("account", "says"),
    [
        (person("nobody", "staff"), "not an e-mail address"),
        (person("a b@example.org", "staff"), "not an e-mail address"),
        (person("a@example.org", "brand"), "needs the brand's code"),
        (person("a@example.org", "brand", "../x"), "needs the brand's code"),
        (person("a@example.org", "staff", "brand_01"), "only an account of a brand"),
    ],
)
def test_an_account_that_cannot_be_is_refused(book: Register, account: Account, says: str) -> None:
    with pytest.raises(BadAccount, match=says):
        book.add(account)


def test_an_address_has_one_account_however_it_is_written(book: Register) -> None:
    book.add(person("Some.One@Example.org ", "staff"))
    with pytest.raises(BadAccount, match="has an account already"):
        book.add(person("some.one@example.ORG", "ministry"))
    assert book.find(" SOME.ONE@example.org").role == "staff"


def test_a_consent_counts_from_its_first_day_to_the_day_it_is_taken_back(book: Register) -> None:
    today = datetime.now(UTC).date()
    given = open_consent("brand_01", " F-1", "c2", today - timedelta(days=30))
    book.consent(given)
    with pytest.raises(BadAccount, match="consented to already"):
        book.consent(given)
    consents = book.accounts.consents
    assert consents.of("brand_01", today) == {("F-1", "C2")}
    assert consents.of("brand_01", today - timedelta(days=31)) == frozenset()
    assert consents.of("brand_02", today) == frozenset()
    book.withdraw(given)
    assert consents.of("brand_01", today) == frozenset()
    assert consents.of("brand_01", today - timedelta(days=2)) == {("F-1", "C2")}
    with pytest.raises(BadAccount, match="no consent"):
        book.withdraw(given)
    book.consent(open_consent("brand_01", "F-1", "C2"))
    book.withdraw(given)
    assert consents.of("brand_01", today) == frozenset()
    with pytest.raises(BadAccount, match="such as C2"):
        book.consent(Consent("brand_01", "F-1", "second", DAY))


def test_a_scope_is_of_role_brand_and_consents_and_of_nothing_else(book: Register) -> None:
    book.consent(Consent("brand_01", "F-1", "C1", DAY))
    book.consent(Consent("brand_02", "F-2", "C1", DAY))
    wanted: dict[Role, Scope] = {
        "ministry": MINISTRY,
        "staff": Scope(audience="staff"),
        "admin": Scope(audience="admin"),
    }
    for role, scope in wanted.items():
        account = book.add(person(f"{role}@example.org", role))
        assert scopes.scope(account, book.accounts, DAY) == scope
    brand = book.add(person("brand@example.org", "brand", "brand_01"))
    found = scopes.scope(brand, book.accounts, DAY)
    assert found == Scope(audience="brand", brand="brand_01", pairs=frozenset({("F-1", "C1")}))
    assert len({Scope(audience="brand", brand=b).key for b in ("brand_01", "brand_02")}) == 2


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "short"),
        ("x" * 257, "long"),
        ("password1234", "easy"),
        ("qwertyuiop12", "easy"),
        ("123456789012", "easy"),
        ("iloveyou1234", "easy"),
        ("karachi karachi", "easy"),
        ("Some One 2026!", "easy"),
        ("some.one@example.org", "easy"),
    ],
)
def test_a_password_that_is_tried_first_is_refused(password: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        passwords.check(password, "some.one@example.org", "Some One")
    assert refused.value.why == why


@pytest.mark.parametrize(
    "password", [PASSWORD, "seven violet tractors", "گہرے سبز پہاڑ کے پیچھے دریا", "x7#Kq9!vLm2$w"]
)
def test_length_counts_and_not_which_letters(password: str) -> None:
    passwords.check(password, "some.one@example.org", "Some One")
    kept = passwords.hashed(password)
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, password)
    assert not passwords.matches(kept, password + " ")
    assert not passwords.matches("", password)
    assert not passwords.matches("not a hash", password)


def test_generated_passwords_are_good_enough_to_be_chosen() -> None:
    made = {passwords.generated() for _ in range(20)}
    assert len(made) == 20
    for one in made:
        passwords.check(one)


def test_a_code_counts_for_its_step_and_one_on_either_side() -> None:
    key, at = factor.secret(), datetime(2026, 7, 1, 12, 0, 5, tzinfo=UTC)
    import pyotp

    code = pyotp.TOTP(key).at(at)
    for seconds, fits in ((0, True), (-30, True), (30, True), (-70, False), (90, False)):
        step = factor.step_of(key, code, at + timedelta(seconds=seconds))
        assert (step is not None) == fits, seconds
    assert factor.step_of(key, "", at) is None
    assert factor.step_of(key, "١٢٣٤٥٦", at) is None


def test_a_household_is_one_place_and_a_pause_doubles() -> None:
    assert network("2001:db8:1:2::5") == network("2001:db8:1:2:ffff::1")
    assert network("2001:db8:1:2::5") != network("2001:db8:1:3::5")
    assert network("::ffff:192.0.2.1") == network("192.0.2.1") != network("192.0.2.2")
    assert network("") == network("nonsense")
    assert [pause(n) for n in (1, 2, 3, 50)] == [15, 30, 60, 900]
    kept = by_account_and_client("typed@example.org", "192.0.2.1").hash
    assert "typed" not in kept


def test_a_pause_is_over_by_itself_and_a_right_password_ends_the_count(book: Register) -> None:
    account = book.add(person("a@example.org", "ministry"))
    book.accounts.people.change(account.id, password=passwords.hashed(PASSWORD))
    door, at = Door(book.accounts, IDLE, WHOLE), now()

    def knock(seconds: int) -> Knock:
        return Knock(at + timedelta(seconds=seconds), "192.0.2.1", local=True)

    for _ in range(6):
        with pytest.raises(Refused):
            door.password("a@example.org", "wrong", knock(0))
    with pytest.raises(Throttled) as slowed:
        door.password("a@example.org", PASSWORD, knock(5))
    assert slowed.value.seconds == 10
    token, stage = door.password("a@example.org", PASSWORD, knock(16))
    assert (stage, door.member(token, knock(17)) is not None) == ("", True)
    with pytest.raises(Refused) as refused:
        door.password("a@example.org", "wrong", knock(18))
    assert refused.value.why == "wrong"


def test_a_link_lets_one_of_two_in_who_use_it_at_once(book: Register) -> None:
    account = book.add(person("a@example.org", "ministry"))
    token = book.link(account, "invitation")
    with ThreadPoolExecutor(8) as many:
        used = list(many.map(lambda _: book.accounts.links.use(hash_of(token), now()), range(8)))
    assert used.count(True) == 1


def test_a_link_is_over_after_three_days(book: Register) -> None:
    token = book.link(book.add(person("a@example.org", "ministry")), "invitation")
    door = Door(book.accounts, IDLE, WHOLE)
    assert door.invited(token, Knock(now() + timedelta(days=2)))
    with pytest.raises(Refused):
        door.invited(token, Knock(now() + timedelta(days=4)))


def test_accounts_are_made_changed_and_closed_at_the_machine(tmp_path: Path) -> None:
    added = bwp("user", "add", "New@Example.org", "--role", "staff", folder=tmp_path)
    assert added.returncode == 0, added.stderr
    link = added.stdout.splitlines()[-1]
    assert path_of(link).startswith("/welcome/")
    assert link.startswith("http://127.0.0.1:8051/")
    twice = bwp("user", "add", "new@example.org", "--role", "staff", folder=tmp_path)
    assert (twice.returncode, twice.stderr) == (1, "new@example.org has an account already\n")
    odd = bwp("user", "add", "b@example.org", "--role", "owner", folder=tmp_path)
    assert odd.returncode == 2
    bwp("user", "role", "new@example.org", "brand", "--brand", "brand_01", folder=tmp_path)
    assert bwp("user", "reset", "new@example.org", folder=tmp_path).stdout.count("/welcome/") == 1
    assert bwp("user", "disable", "new@example.org", folder=tmp_path).returncode == 0
    listed = bwp("user", "list", folder=tmp_path).stdout
    assert listed == "new@example.org\tbrand\tbrand_01, disabled\n"
    assert "no account" in bwp("user", "disable", "x@example.org", folder=tmp_path).stderr
    store = Accounts.at(f"sqlite:///{tmp_path}/accounts.db")
    token = link.rsplit("/", 1)[1]
    actions = [entry.action for entry in store.log.newest()]
    assert actions[-2:] == ["invitation link made", "account added"]
    with pytest.raises(Refused):
        Door(store, IDLE, WHOLE).invited(token, Knock(now()))
    store.engine.dispose()


def test_sample_accounts_are_printed_anew_each_time_and_never_in_production(tmp_path: Path) -> None:
    said = [bwp("user", "samples", folder=tmp_path).stdout for _ in range(2)]
    rows = [re.findall(r"^  (\w+)@sample\.example +(\S+)$", one, re.M) for one in said]
    assert [role for role, _ in rows[0]] == ["brand", "ministry", "staff", "admin"]
    assert not {word for _, word in rows[0]} & {word for _, word in rows[1]}
    door = Door(Accounts.at(f"sqlite:///{tmp_path}/accounts.db"), IDLE, WHOLE)
    here = Knock(now(), "127.0.0.1", local=True)
    for role, password in rows[1]:
        token, stage = door.password(f"{role}@sample.example", password, here)
        if stage == "code":
            [code] = re.findall(rf"{role}@.*\n +second step: (\S+),", said[1])
            token = door.code(token, code, here)
        assert door.member(token, here)
    with pytest.raises(Refused):
        door.password("brand@sample.example", rows[0][0][1], here)
    door.accounts.engine.dispose()
    production = {"BWP_ENV": "production", "BWP_ILLUSTRATIVE": "on", "SECRET_KEY": "k" * 32}
    for more in (production, {"HOST": "0.0.0.0"}):  # noqa: S104  (is refused)
        refused = bwp("user", "samples", folder=tmp_path, more=more)
        assert refused.returncode == 1
        assert "sample accounts" in refused.stderr
        assert refused.stdout == ""


def test_consents_are_given_listed_and_taken_back_at_the_machine(tmp_path: Path) -> None:
    given = bwp(
        *("consent", "add", "brand_01", "F-17", "C2", "--since", "2026-01-01"), folder=tmp_path
    )
    assert given.stdout == "brand_01 may see F-17, C2, from 2026-01-01\n"
    assert bwp("consent", "list", "brand_01", folder=tmp_path).stdout.count("\n") == 1
    assert bwp("consent", "remove", "brand_01", "F-17", "C2", folder=tmp_path).returncode == 0
    assert bwp("consent", "remove", "brand_01", "F-17", "C2", folder=tmp_path).returncode == 1


def test_once_there_are_accounts_only_staff_and_administrators_approve(tmp_path: Path) -> None:
    register(tmp_path / "Enrolment 2024-07-31.xlsx", [factory("F-1")])
    bwp("load", "Enrolment 2024-07-31.xlsx", "--as", "loader", folder=tmp_path)
    bwp("user", "samples", folder=tmp_path)
    before = bwp("approve", "draft", "--as", "Anybody", folder=tmp_path)
    assert before.returncode == 0, before.stderr
    for role, more in (("staff", ()), ("ministry", ()), ("brand", ("--brand", "brand_01"))):
        bwp("user", "add", f"{role}@example.org", "--role", role, *more, folder=tmp_path)
    for name in ("Anybody", "ministry@example.org", "brand@example.org", "staff@sample.example"):
        refused = bwp("approve", "draft", "--as", name, folder=tmp_path)
        assert refused.returncode == 1, name
        assert "staff or administrators" in refused.stderr
    assert bwp("approve", "draft", "--as", "Staff@example.org", folder=tmp_path).returncode == 0
    bwp("user", "disable", "staff@example.org", folder=tmp_path)
    assert bwp("approve", "draft", "--as", "staff@example.org", folder=tmp_path).returncode == 1
