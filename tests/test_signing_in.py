"""Signing in, as browsers without scripts do it: steps, sessions, links, and who is kept out."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from partner_site import HOST, KEY, PASSWORD, Partners, alert, now, partners
from sqlalchemy import text, update

from dashboard.accounts.door import hash_of
from dashboard.app import create_app
from dashboard.people import Account, Role
from dashboard.settings import Settings
from dashboard.store.accounts.tables import session_table

NEW = "seven violet tractors humming"


@pytest.fixture
def house(tmp_path: Path, database: str, built: Path) -> Iterator[Partners]:
    """A partners' site of its own."""
    made = partners(tmp_path, database, built)
    yield made
    made.accounts.engine.dispose()


def aged(house: Partners, token: str, **columns: object) -> None:
    """Change the row of a session behind everybody's back."""
    with house.accounts.engine.begin() as connection:
        connection.execute(
            update(session_table).where(session_table.c.hash == hash_of(token)).values(columns)
        )


@pytest.mark.parametrize("role", ["brand", "ministry", "staff", "admin"])
def test_everybody_signs_in_and_finds_their_own_front_page(house: Partners, role: Role) -> None:
    reader = house.signed_in(role)
    page = reader.page("/")
    assert "For " in page.h1.get_text()  # type: ignore[union-attr]
    assert page.find("a", href="/account") is not None
    account = reader.page("/account").get_text(" ")
    assert f"{role}@example.org" in account
    assert "sign-in" in house.told()


def test_a_stranger_is_asked_to_sign_in_where_they_are_and_led_back_there(house: Partners) -> None:
    reader = house.browser()
    for address in ("/", "/exports?freq=FY&lang=ur", "/charts/exports_goods.csv"):
        answer = reader.get(address)
        assert answer.status_code == 401
        assert answer.headers["Cache-Control"] == "no-store"
        page = BeautifulSoup(answer.text, "lxml")
        assert page.find("input", attrs={"name": "next"})["value"] == address  # type: ignore[index]
        assert not page.find_all("figure")
    answer = reader.sign_in("ministry@example.org", next="/exports?freq=FY")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/exports?freq=FY")
    assert reader.get("/exports?freq=FY").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        *("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"),
        *("x", "", "/\t/evil.example", "/sign-in/code"),
    ],
)
def test_signing_in_leads_nowhere_but_into_this_site(house: Partners, elsewhere: str) -> None:
    answer = house.browser().sign_in("ministry@example.org", next=elsewhere)
    assert answer.headers["Location"] == "/"


def test_wrong_unknown_and_disabled_get_the_same_answer(house: Partners) -> None:
    house.register.disable("brand@example.org")
    answers = {
        alert(house.browser().sign_in(email, password))
        for email, password in (
            ("ministry@example.org", "not the password at all"),
            ("nobody@example.org", PASSWORD),
            ("brand@example.org", PASSWORD),
        )
    }
    assert answers == {"This e-mail address and this password do not belong together."}
    assert house.told().count("sign-in refused") == 3


def test_a_password_alone_lets_no_staff_in(house: Partners) -> None:
    reader = house.browser()
    answer = reader.sign_in("staff@example.org", next="/exports")
    assert answer.headers["Location"] == "/sign-in/code?next=%2Fexports"
    assert reader.get("/exports").status_code == 401
    assert reader.get("/account").status_code == 401
    before = reader.cookie()
    wrong = reader.send("/sign-in/code", code="000000", next="/exports")
    assert (wrong.status_code, alert(wrong)) == (
        400,
        "This code is not right, or it was used before.",
    )
    code = pyotp.TOTP(KEY).now()
    right = reader.send("/sign-in/code", code=f"{code[:3]} {code[3:]}", next="/exports")
    assert (right.status_code, right.headers["Location"]) == (303, "/exports")
    assert reader.cookie() != before
    assert reader.get("/exports").status_code == 200


def test_a_code_counts_once(house: Partners) -> None:
    code = pyotp.TOTP(KEY).now()
    for status in (303, 400):
        reader = house.browser()
        reader.sign_in("staff@example.org")
        assert reader.send("/sign-in/code", code=code).status_code == status


def test_five_wrong_codes_ask_for_the_password_again(house: Partners) -> None:
    reader = house.browser()
    reader.sign_in("staff@example.org")
    for _ in range(5):
        assert reader.send("/sign-in/code", code="123123").status_code in (400, 401)
    late = reader.send("/sign-in/code", code=pyotp.TOTP(KEY).now())
    assert late.status_code == 401
    assert reader.get("/").status_code == 401


def test_staff_without_an_authenticator_set_one_up_before_anything_else(house: Partners) -> None:
    house.accounts.people.change(house.of("staff").id, totp="")
    reader = house.browser()
    answer = reader.sign_in("staff@example.org")
    assert answer.headers["Location"] == "/sign-in/enrol"
    assert reader.get("/").status_code == 401
    page = reader.page("/sign-in/enrol")
    assert page.find("svg") is not None
    key = page.find("code").get_text().replace(" ", "")  # type: ignore[union-attr]
    assert reader.page("/sign-in/enrol").find("code").get_text().replace(" ", "") == key  # type: ignore[union-attr]
    shown = reader.send("/sign-in/enrol", code=pyotp.TOTP(key).now())
    codes = [code.get_text() for code in BeautifulSoup(shown.text, "lxml").select(".codes code")]
    assert len(set(codes)) == 10
    assert reader.get("/").status_code == 200
    other = house.browser()
    other.sign_in("staff@example.org")
    assert other.send("/sign-in/code", code=codes[0].upper()).status_code == 303
    again = house.browser()
    again.sign_in("staff@example.org")
    assert again.send("/sign-in/code", code=codes[0]).status_code == 400
    assert "recovery code used" in house.told()


def test_a_session_has_a_new_id_at_every_sign_in_and_the_store_cannot_give_it_away(
    house: Partners,
) -> None:
    reader = house.browser()
    reader.client.set_cookie("bwp_partners", "chosen by somebody else")
    reader.sign_in("ministry@example.org")
    first = reader.cookie()
    assert first != "chosen by somebody else"
    reader.sign_in("ministry@example.org")
    assert reader.cookie() != first
    reader.client.set_cookie("bwp_partners", first)
    assert reader.get("/").status_code == 401
    with house.accounts.engine.connect() as connection:
        rows = str(connection.execute(text("SELECT * FROM session")).all())
    assert first not in rows


def test_the_cookie_says_no_more_than_it_must(
    tmp_path: Path, database: str, built: Path, house: Partners
) -> None:
    set_by = house.browser().sign_in("ministry@example.org").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(set_by.split("; "))
    (tmp_path / "production").mkdir()
    strict = partners(
        tmp_path / "production",
        database,
        built,
        environment="production",
        illustrative="on",
        secret_key="x" * 32,
    )
    set_by = strict.browser().sign_in("ministry@example.org").headers["Set-Cookie"]
    assert set_by.startswith("__Host-bwp_partners=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(set_by.split("; "))
    assert "Domain" not in set_by


def test_a_session_ends_when_left_alone_when_old_and_at_sign_out(house: Partners) -> None:
    for columns in (
        {"seen": now() - timedelta(minutes=31)},
        {"expires": now() - timedelta(seconds=1)},
    ):
        reader = house.signed_in("ministry")
        aged(house, reader.cookie(), **columns)
        assert reader.get("/").status_code == 401
    reader = house.signed_in("ministry")
    token = reader.cookie()
    assert reader.send("/sign-out").status_code == 303
    assert reader.cookie() == ""
    reader.client.set_cookie("bwp_partners", token)
    assert reader.get("/").status_code == 401


def test_using_a_session_keeps_it_alive(house: Partners) -> None:
    reader = house.signed_in("ministry")
    aged(house, reader.cookie(), seen=now() - timedelta(minutes=20))
    assert reader.get("/").status_code == 200
    [session] = house.accounts.sessions.of(house.of("ministry").id, now(), timedelta(minutes=5))
    assert session.seen > now() - timedelta(minutes=1)


def test_everybody_sees_their_own_sessions_and_ends_them_and_nobody_elses(house: Partners) -> None:
    here, there = house.signed_in("ministry"), house.signed_in("ministry")
    stranger = house.signed_in("brand")
    page = here.page("/account")
    handles = [str(tag["value"]) for tag in page.select("input[name=handle]")]
    theirs = [handle for handle in handles if handle != "others"]
    assert len(theirs) == 1
    assert stranger.send("/account/sessions", handle=theirs[0]).status_code == 404
    assert stranger.send("/account/sessions", handle="nothing").status_code == 404
    assert there.get("/").status_code == 200
    assert here.send("/account/sessions", handle=theirs[0]).status_code == 303
    assert there.get("/").status_code == 401
    third = house.signed_in("ministry")
    assert here.send("/account/sessions", handle="others").status_code == 303
    assert (third.get("/").status_code, here.get("/").status_code) == (401, 200)


def test_a_disabled_account_is_out_at_the_next_request(house: Partners) -> None:
    reader = house.signed_in("ministry")
    house.register.disable("ministry@example.org")
    assert reader.get("/").status_code == 401
    house.register.enable("ministry@example.org")
    assert reader.get("/").status_code == 401


def test_another_role_counts_from_the_next_request_on(house: Partners) -> None:
    reader = house.signed_in("ministry")
    house.accounts.people.change(house.of("ministry").id, role="brand", brand="brand_02")
    assert "brand partners" in reader.get("/").text
    house.accounts.people.change(house.of("ministry").id, role="staff", brand="")
    assert reader.get("/").status_code == 401, "no second factor, no staff"


def test_an_invitation_lets_one_person_in_once(house: Partners) -> None:
    account = house.register.add(Account("", "New@Example.org", "Somebody new", "ministry"))
    first = house.register.link(account, "invitation")
    token = house.register.link(account, "invitation")
    reader = house.browser()
    assert alert(reader.get(f"/welcome/{first}")) != "", "only the newest link works"
    assert "new@example.org" in reader.page(f"/welcome/{token}").get_text()
    for new, again, says in (
        (NEW, NEW + "x", "not the same"),
        ("short words", "short words", "at least 12"),
        ("password123456", "password123456", "easy to guess"),
        ("new@example.org", "new@example.org", "easy to guess"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "easy to guess"),
    ):
        refused = reader.send(f"/welcome/{token}", new=new, again=again)
        assert refused.status_code == 400
        assert says in alert(refused)
    taken = reader.send(f"/welcome/{token}", new=NEW, again=NEW)
    assert (taken.status_code, taken.headers["Location"]) == (303, "/")
    assert reader.get("/").status_code == 200
    late = house.browser().send(f"/welcome/{token}", new=NEW, again=NEW)
    assert late.status_code == 404
    assert house.browser().sign_in("new@example.org", NEW).status_code == 303


def test_a_reset_voids_the_password_the_sessions_and_the_second_factor(house: Partners) -> None:
    reader = house.signed_in("staff")
    token = house.register.reset("staff@example.org", second_factor=True)
    assert reader.get("/").status_code == 401
    assert house.browser().sign_in("staff@example.org").status_code == 401
    fresh = house.browser()
    answer = fresh.send(f"/welcome/{token}", new=NEW, again=NEW)
    assert answer.headers["Location"] == "/sign-in/enrol"


def test_a_changed_password_ends_every_other_session(house: Partners) -> None:
    reader, other = house.signed_in("ministry"), house.signed_in("ministry")
    sent = {"new": NEW, "again": NEW}
    assert reader.send("/account/password", password=NEW, **sent).status_code == 401
    before = reader.cookie()
    assert reader.send("/account/password", password=PASSWORD, **sent).status_code == 303
    assert reader.cookie() != before
    assert (reader.get("/").status_code, other.get("/").status_code) == (200, 401)
    assert house.browser().sign_in("ministry@example.org", NEW).status_code == 303


def test_recovery_codes_are_renewed_only_with_a_code_at_hand(house: Partners) -> None:
    reader = house.signed_in("admin")
    assert reader.send("/account/recovery", code="000000").status_code == 400
    house.accounts.people.change(house.of("admin").id, totp_step=0)
    shown = reader.send("/account/recovery", code=pyotp.TOTP(KEY).now())
    assert len(BeautifulSoup(shown.text, "lxml").select(".codes code")) == 10
    assert house.signed_in("ministry").send("/account/recovery", code="000000").status_code == 400


def test_strangers_who_guess_lock_nobody_out_but_themselves(house: Partners) -> None:
    guesser = house.browser("203.0.113.7")
    statuses = [
        guesser.sign_in("ministry@example.org", f"guess number {n}").status_code for n in range(8)
    ]
    assert statuses[:5] == [401] * 5
    assert statuses[-1] == 429
    slowed = guesser.sign_in("ministry@example.org")
    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) >= 1
    assert "too many attempts" in alert(slowed)
    assert house.browser("198.51.100.2").sign_in("ministry@example.org").status_code == 303
    assert guesser.sign_in("brand@example.org").status_code == 303


def test_an_unknown_account_is_slowed_down_like_any_other(house: Partners) -> None:
    guesser = house.browser("2001:db8::1")
    known, unknown = (
        [guesser.sign_in(email, "a guess").status_code for _ in range(7)]
        for email in ("staff@example.org", "nobody@example.org")
    )
    assert known == unknown
    neighbour = house.browser("2001:db8::ffff")
    assert neighbour.sign_in("staff@example.org").status_code == 429


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": HOST, "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_changes_nothing(house: Partners, headers: dict[str, str]) -> None:
    reader = house.signed_in("ministry")
    for path in ("/sign-in", "/sign-out", "/account/sessions", "/account/password"):
        answer = reader.client.post(path, data={"handle": "others"}, headers=headers)
        assert answer.status_code == 403, path
    assert reader.get("/").status_code == 200


def test_a_form_is_not_taken_in_any_other_shape(house: Partners) -> None:
    reader, headers = house.browser(), {"Origin": HOST}
    assert reader.client.post("/sign-in", json={}, headers=headers).status_code == 415
    assert reader.client.post("/sign-in", data=b"x", headers=headers).status_code == 415
    empty = reader.send("/sign-in")
    assert empty.status_code == 401
    long = reader.sign_in("a" * 5000, "b" * 5000)
    assert long.status_code == 401
    assert reader.sign_in("a\x00b@example.org", "\x00" * 20).status_code == 401


def test_sample_accounts_count_on_this_machine_only_and_never_in_production(
    tmp_path: Path, database: str, built: Path, house: Partners
) -> None:
    house.accounts.people.change(house.of("ministry").id, sample=True)
    reader = house.browser()
    assert reader.sign_in("ministry@example.org").status_code == 303
    assert house.browser("192.0.2.1").sign_in("ministry@example.org").status_code == 401
    passed_on = {"Origin": HOST, "X-Forwarded-For": "127.0.0.1"}
    answer = reader.client.get("/", headers=passed_on)
    assert answer.status_code == 401
    url = str(house.accounts.engine.url)
    strict = create_app(
        Settings(
            database_url=database,
            accounts_url=url,
            site="partners",
            environment="production",
            illustrative="on",
            secret_key="x" * 32,
        ),
        built=built,
    )
    refused = Partners(strict, house.accounts, house.register).browser()
    assert refused.sign_in("ministry@example.org").status_code == 401


def test_what_a_proxy_says_of_a_client_counts_only_behind_one(
    tmp_path: Path, database: str, built: Path
) -> None:
    house = partners(tmp_path, database, built, proxies=1)
    headers = {"Origin": HOST, "X-Forwarded-For": "9.9.9.9, 203.0.113.9"}
    sent = {"email": "nobody@example.org", "password": "x"}
    house.browser().client.post("/sign-in", data=sent, headers=headers)
    assert house.accounts.log.newest()[0].detail == "203.0.113.9"


def test_without_the_store_nobody_is_let_in_and_the_page_says_so(
    tmp_path: Path, database: str, built: Path
) -> None:
    house = partners(tmp_path, database, built)
    reader = house.signed_in("ministry")
    house.accounts.engine.dispose()
    (tmp_path / "accounts.db").rename(tmp_path / "elsewhere.db")
    for found in (tmp_path / "accounts.db-wal", tmp_path / "accounts.db-shm"):
        found.unlink(missing_ok=True)
    for address in ("/", "/exports", "/account"):
        answer = reader.get(address)
        assert answer.status_code == 503, address
        assert answer.headers["Retry-After"]
        assert "Traceback" not in answer.text
    assert reader.sign_in("ministry@example.org").status_code == 503
    assert reader.get("/healthz").status_code == 200


def test_the_log_and_the_store_hold_no_secret(house: Partners) -> None:
    house.browser().sign_in("typed by mistake: hunter2", "my secret words")
    house.signed_in("staff")
    with house.accounts.engine.connect() as connection:
        log = str(connection.execute(text("SELECT * FROM audit_log")).all())
        attempts = str(connection.execute(text("SELECT * FROM attempt")).all())
    for secret in ("hunter2", "my secret words", PASSWORD, KEY):
        assert secret not in log
        assert secret not in attempts
    assert re.search("sign-in refused", log)


def test_the_public_site_has_no_entrance(client: FlaskClient) -> None:
    for path in ("/sign-in", "/account", "/sign-in/code", "/welcome/x"):
        assert client.get(path).status_code == 404
    assert client.post("/sign-in", data={"email": "a"}).status_code in (404, 405)


@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_entrance_keeps_the_language_and_frames_nothing(house: Partners, language: str) -> None:
    reader = house.browser()
    query = "" if language == "en" else f"?lang={language}"
    answer = reader.get(f"/sign-in{query}")
    page = BeautifulSoup(answer.text, "lxml")
    assert page.html["dir"] == ("rtl" if language == "ur" else "ltr")  # type: ignore[index]
    assert page.find("form")["action"] == f"/sign-in{query}"  # type: ignore[index]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert reader.get("/sign-in?colour=red").status_code == 400
    assert reader.get("/sign-in?lang=xx").status_code == 400
