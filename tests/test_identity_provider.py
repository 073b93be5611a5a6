"""Signing in with an OpenID Connect provider: real programs on loopback, good ones and bad ones."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc.jwk import OctKey, RSAKey
from odd_provider import CLIENT, SECRET, Provider, provider
from partner_site import Partners, Reader, alert, partners
from werkzeug.test import TestResponse

BACK = "http://127.0.0.1:8051/sign-in/back"


@pytest.fixture
def odd() -> Iterator[Provider]:
    """A provider that keeps to the standard until it is told not to."""
    with provider() as made:
        yield made


@pytest.fixture
def house(tmp_path: Path, database: str, built: Path, odd: Provider) -> Iterator[Partners]:
    """A partners' site that trusts it."""
    made = partners(
        tmp_path,
        database,
        built,
        oidc_issuer=odd.address,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_name="The Ministry",
    )
    yield made
    made.accounts.engine.dispose()


def sent_to_provider(reader: Reader, query: str = "") -> str:
    """Press the button to sign in; return the address of the provider it leads to."""
    answer = reader.get(f"/sign-in/provider{query}")
    assert answer.status_code == 303
    return answer.headers["Location"]


def sent_back(address: str) -> str:
    """Follow a browser to the provider and return where it is sent back to, with its query."""
    answer = requests.get(address, allow_redirects=False, timeout=10)
    back = answer.headers["Location"]
    assert back.startswith(BACK)
    return f"/sign-in/back?{urlsplit(back).query}"


def signed_in(reader: Reader, query: str = "") -> TestResponse:
    """Go to the provider and come back."""
    return reader.get(sent_back(sent_to_provider(reader, query)))


def test_whom_the_provider_has_verified_is_let_in_where_they_wanted_to_go(
    house: Partners, odd: Provider
) -> None:
    reader = house.browser()
    page = reader.get("/exports")
    assert "Sign in with The Ministry" in page.text
    assert 'type="password"' not in page.text
    answer = signed_in(reader, "?next=/exports")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/exports")
    assert reader.get("/exports").status_code == 200
    [asked] = odd.asked
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["redirect_uri"] == BACK
    assert set(asked["scope"].split()) == {"openid", "email", "profile"}
    account = house.of("ministry")
    assert (account.issuer, account.subject) == (odd.address, "person-1")


def test_from_the_second_time_on_a_person_is_known_by_the_providers_own_name(
    house: Partners, odd: Provider
) -> None:
    signed_in(house.browser())
    odd.email = "another.address@example.org"
    assert signed_in(house.browser()).status_code == 303
    odd.claims = {"sub": "person-2", "email": "ministry@example.org"}
    odd.email = "ministry@example.org"
    taken = signed_in(house.browser())
    assert taken.status_code == 403, "an address that was given to somebody else opens nothing"


def test_the_provider_answers_for_the_second_step_of_staff(house: Partners, odd: Provider) -> None:
    odd.email = "staff@example.org"
    reader = house.browser()
    assert signed_in(reader).headers["Location"] == "/"
    assert reader.get("/").status_code == 200
    house.register.disable("staff@example.org")
    assert reader.get("/").status_code == 401
    assert signed_in(house.browser()).status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.org"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": None},
    ],
)
def test_a_stranger_is_told_to_ask_for_an_account(
    house: Partners, odd: Provider, claims: dict[str, object]
) -> None:
    odd.claims = claims
    answer = signed_in(house.browser())
    assert answer.status_code == 403
    assert "You have no account here" in alert(answer)


def forged(odd: Provider) -> None:
    """Sign with a key that is not the provider's, under its name."""
    odd.key = RSAKey.generate_key(2048, {"kid": "a"})


def with_client_secret(odd: Provider) -> None:
    """Sign with the secret that both sides know."""
    odd.key = OctKey.import_key(SECRET + "-" * 32)
    odd.header = {"alg": "HS256"}


def twisted(twist: str) -> Callable[[Provider], None]:
    """Return what makes a provider do one thing wrong."""

    def twist_it(odd: Provider) -> None:
        odd.twist = twist

    return twist_it


def saying(**claims: object) -> Callable[[Provider], None]:
    """Return what makes a provider put other claims into a token."""

    def say(odd: Provider) -> None:
        odd.claims = claims

    return say


HOUR = 3600
WRONG: dict[str, Callable[[Provider], None]] = {
    "forged": forged,
    "unsigned": twisted("unsigned"),
    "signed with the public key": twisted("public key"),
    "signed with the shared secret": with_client_secret,
    "expired": saying(exp=int(time.time()) - HOUR),
    "without an end": saying(exp=None),
    "from the future": saying(iat=int(time.time()) + HOUR),
    "not valid yet": saying(nbf=int(time.time()) + HOUR),
    "for another site": saying(aud="another"),
    "for several, another one in charge": saying(aud=[CLIENT, "another"], azp="another"),
    "for several, nobody in charge": saying(aud=["another", CLIENT]),
    "for nobody": saying(aud=None),
    "of another issuer": saying(iss="https://other.example"),
    "of no issuer": saying(iss=None),
    "of nobody": saying(sub=None),
    "replayed": twisted("another nonce"),
    "without a nonce": saying(nonce=None),
    "with another access token": saying(at_hash="made-up"),
    "another state": twisted("another state"),
    "answered by another": twisted("answered by another"),
    "refused": twisted("refused"),
    "broken": twisted("broken"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_that_is_not_good_lets_nobody_in(
    house: Partners, odd: Provider, wrong: str
) -> None:
    WRONG[wrong](odd)
    reader = house.browser()
    answer = signed_in(reader)
    assert answer.status_code == 400
    assert "did not confirm who you are" in alert(answer)
    assert reader.get("/").status_code == 401
    assert house.told()[0] == "sign-in refused"


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(
    house: Partners, odd: Provider
) -> None:
    reader, thief = house.browser(), house.browser()
    back = sent_back(sent_to_provider(reader))
    sent_to_provider(thief)
    assert thief.get(back).status_code == 400
    assert thief.get("/").status_code == 401
    assert reader.get(back).status_code == 303
    again = reader.get(back)
    assert again.status_code == 401, "a second time"
    assert house.browser().get(back).status_code == 401


def test_each_attempt_has_a_state_a_nonce_and_a_verifier_of_its_own(house: Partners) -> None:
    reader = house.browser()
    asked = [parse_qs(urlsplit(sent_to_provider(reader)).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]


@pytest.mark.parametrize("twist", ["another issuer", "token elsewhere"])
def test_a_provider_that_is_not_the_one_that_was_set_is_not_asked(
    house: Partners, odd: Provider, twist: str
) -> None:
    reader = house.browser()
    back = sent_back(sent_to_provider(reader))
    odd.twist = twist
    assert reader.get(back).status_code in (400, 401)
    assert reader.get("/").status_code == 401


def test_without_an_answer_of_the_provider_the_page_says_so(
    tmp_path: Path, database: str, built: Path
) -> None:
    with provider() as gone:
        address = gone.address
    house = partners(
        tmp_path,
        database,
        built,
        oidc_issuer=address,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
    )
    answer = house.browser().get("/sign-in/provider")
    assert answer.status_code == 400
    assert "did not confirm who you are" in alert(answer)
    assert house.browser().get("/healthz").status_code == 200
    house.accounts.engine.dispose()


def test_with_a_provider_nobody_has_a_password(house: Partners) -> None:
    reader = house.browser()
    assert reader.sign_in("ministry@example.org").status_code == 404
    token = house.register.link(house.of("ministry"), "reset")
    assert reader.get(f"/welcome/{token}").status_code == 404


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(program: str, port: int) -> Iterator[str]:
    """Run somebody else's provider as a program of its own until it answers."""
    command = [sys.executable, "-m", program, "--port", str(port), "--require-nonce", "true"]
    process = subprocess.Popen(  # noqa: S603  (our own interpreter)
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"TZ": "UTC"},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=5).close()
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def test_a_provider_of_somebody_else_signs_people_in(
    tmp_path: Path, database: str, built: Path
) -> None:
    with running("oidc_provider_mock", free_port()) as address:
        person: dict[str, str | bool] = {"email": "brand@example.org", "email_verified": True}
        requests.put(
            f"{address}/users/brand-person", json={**person}, timeout=10
        ).raise_for_status()
        house = partners(
            tmp_path,
            database,
            built,
            oidc_issuer=address,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
        )
        reader = house.browser()
        to = sent_to_provider(reader)
        agreed = requests.post(to, data={"sub": "brand-person"}, allow_redirects=False, timeout=10)
        back = f"/sign-in/back?{urlsplit(agreed.headers['Location']).query}"
        assert reader.get(back).status_code == 303
        assert "For brand partners" in reader.page("/").get_text()
        house.accounts.engine.dispose()
