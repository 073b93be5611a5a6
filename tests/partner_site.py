"""A partners' site with accounts of every role, and browsers without scripts that sign in to it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pyotp
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.accounts import passwords
from dashboard.accounts.register import Register
from dashboard.app import create_app
from dashboard.people import ROLES, Account, Role
from dashboard.settings import Settings
from dashboard.store import Accounts

PASSWORD = "copper lantern under the river"  # noqa: S105
HASHED = passwords.hashed(PASSWORD)
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOST = "http://localhost"


@dataclass(frozen=True, slots=True)
class Partners:
    """The site, its store, and the one who changes accounts."""

    site: Flask
    accounts: Accounts
    register: Register

    def browser(self, address: str = "127.0.0.1") -> "Reader":
        """Return a browser that nobody has signed in with."""
        client = self.site.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        return Reader(client)

    def signed_in(self, role: Role) -> "Reader":
        """Return a browser in which somebody of a role is signed in."""
        reader = self.browser()
        answer = reader.sign_in(f"{role}@example.org")
        assert answer.status_code == 303
        if "/code" in answer.headers["Location"]:
            self.register.accounts.people.change(self.of(role).id, totp_step=0)
            answer = reader.send("/sign-in/code", code=pyotp.TOTP(KEY).now())
            assert answer.status_code == 303, answer.text
        return reader

    def of(self, role: Role) -> Account:
        """Return the account of a role."""
        return self.register.find(f"{role}@example.org")

    def told(self) -> list[str]:
        """Return what the audit log says happened, the newest first."""
        return [entry.action for entry in self.accounts.log.newest()]


@dataclass(frozen=True, slots=True)
class Reader:
    """A browser without scripts: it keeps cookies and says where its forms come from."""

    client: FlaskClient

    def get(self, address: str) -> TestResponse:
        """Open an address."""
        return self.client.get(address)

    def send(self, address: str, **fields: str) -> TestResponse:
        """Send a form of the site."""
        kind = "application/x-www-form-urlencoded"
        return self.client.post(address, data=fields, content_type=kind, headers={"Origin": HOST})

    def sign_in(self, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Send the form to sign in."""
        return self.send("/sign-in", email=email, password=password, **more)

    def cookie(self, name: str = "bwp_partners") -> str:
        """Return the random id that the browser holds, or ""."""
        found = self.client.get_cookie(name)
        return found.value if found else ""

    def page(self, address: str) -> BeautifulSoup:
        """Return the page at an address."""
        answer = self.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return BeautifulSoup(answer.text, "lxml")


def partners(folder: Path, database: str, built: Path, store: str = "", **more: object) -> Partners:
    """Return a partners' site with one account of each role, none of them a sample."""
    url = store or f"sqlite:///{folder / 'accounts.db'}"
    accounts = Accounts.at(url, upgrade=True)
    register = Register(accounts, "a test")
    for role in ROLES:
        brand = "brand_01" if role == "brand" else ""
        account = register.add(Account("", f"{role}@example.org", f"The {role}", role, brand))
        key = KEY if account.needs_code else ""
        accounts.people.change(account.id, password=HASHED, totp=key)
    chosen = {"database_url": database, "accounts_url": url, "site": "partners", **more}
    return Partners(create_app(Settings.model_validate(chosen), built=built), accounts, register)


def alert(answer: TestResponse) -> str:
    """Return what a page says went wrong."""
    found = BeautifulSoup(answer.text, "lxml").select_one("[role=alert]")
    return found.get_text(" ", strip=True) if found else ""


def path_of(link: str) -> str:
    """Return the path of an address that was printed."""
    return urlsplit(link.strip()).path


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)
