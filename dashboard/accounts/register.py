"""Who has an account and what it is for: every change, with its line in the audit log.

The command and the pages of administrators make changes here and nowhere else.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dashboard.accounts.door import LINK_LASTS, hash_of, new_token
from dashboard.people import ROLES, Account, BadAccount, Consent, Entry, Purpose, Role
from dashboard.store.accounts import Accounts, Link, email_of

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")
CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
"""How brands are written, as in the lists of suppliers."""
CYCLE = re.compile(r"C[1-9]\d?")


@dataclass(frozen=True, slots=True)
class Register:
    """Changes accounts and consents; `actor` is whoever does it."""

    accounts: Accounts
    actor: str

    def add(self, account: Account) -> Account:
        """Store a new account; raise BadAccount."""
        checked(account)
        added = self.accounts.people.add(replace(account, email=email_of(account.email)))
        self._log("account added", added.email, _what(added))
        return added

    def link(self, account: Account, purpose: Purpose) -> str:
        """Return the token of a link that lets somebody set a password once."""
        token, link = new_token(), Link(account.id, purpose)
        self.accounts.links.add(hash_of(token), link, now(), LINK_LASTS)
        self._log(f"{purpose} link made", account.email)
        return token

    def disable(self, email: str) -> Account:
        """Let an account in no more: its sessions and links end. Raise BadAccount."""
        account = self.find(email)
        self._change(account, disabled=now())
        self._end(account)
        self._log("account disabled", account.email)
        return account

    def enable(self, email: str) -> Account:
        """Let a disabled account in again; raise BadAccount."""
        account = self.find(email)
        self._change(account, disabled=None)
        self._log("account enabled", account.email)
        return account

    def role(self, email: str, role: Role, brand: str) -> Account:
        """Give an account another role; it has to sign in again. Raise BadAccount."""
        account = replace(self.find(email), role=role, brand=brand)
        checked(account)
        self._change(account, role=role, brand=brand)
        self._end(account)
        self._log("role changed", account.email, _what(account))
        return account

    def reset(self, email: str, *, second_factor: bool) -> str:
        """Void the password of an account, on request its second factor; return a link's token."""
        account = self.find(email)
        if account.disabled:
            raise BadAccount(f"{account.email} is disabled: enable it first")
        self._change(account, password="", issuer="", subject="")
        if second_factor:
            self._change(account, totp="", totp_step=0)
            self.accounts.people.set_recovery(account.id, ())
        self._end(account)
        self._log("reset", account.email, "with second factor" if second_factor else "")
        return self.link(account, "reset")

    def find(self, email: str) -> Account:
        """Return an account; raise BadAccount for an unknown one."""
        found = self.accounts.people.by_email(email)
        if found is None:
            raise BadAccount(f"there is no account of {email_of(email)}; `bwp user list` names all")
        return found

    def consent(self, consent: Consent) -> None:
        """Note that a factory lets a brand see a cycle; raise BadAccount."""
        _checked_consent(consent)
        if consent.until and consent.until < consent.since:
            raise BadAccount("the last day of a consent may not be before its first")
        self.accounts.consents.add(consent)
        self._log("consent added", consent.brand, f"{consent.factory} {consent.cycle}")

    def withdraw(self, consent: Consent) -> None:
        """Take a consent back; it is void at the next request. Raise BadAccount."""
        _checked_consent(consent)
        self.accounts.consents.remove(consent, now().date() - timedelta(days=1))
        self._log("consent removed", consent.brand, f"{consent.factory} {consent.cycle}")

    def _end(self, account: Account) -> None:
        self.accounts.sessions.end_all(account.id, now())
        self.accounts.links.cancel(account.id, now())

    def _change(self, account: Account, **columns: Any) -> None:
        self.accounts.people.change(account.id, **columns)

    def _log(self, action: str, subject: str, detail: str = "") -> None:
        self.accounts.log.add(Entry(now(), self.actor, action, subject, detail))


def checked(account: Account) -> None:
    """Raise BadAccount with what is wrong with an account."""
    if not EMAIL.fullmatch(email_of(account.email)):
        raise BadAccount(f"{account.email!r} is not an e-mail address")
    if account.role not in ROLES:
        raise BadAccount(f"role {account.role!r}: not known here; possible: {', '.join(ROLES)}")
    if account.role == "brand" and not CODE.fullmatch(account.brand):
        raise BadAccount("an account of a brand needs the brand's code, such as --brand brand_01")
    if account.role != "brand" and account.brand:
        raise BadAccount(f"only an account of a brand has a brand, not one of role {account.role}")


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def _checked_consent(consent: Consent) -> None:
    if not CODE.fullmatch(consent.brand):
        raise BadAccount(f"{consent.brand!r}: the code of a brand is wanted, such as brand_01")
    if not CYCLE.fullmatch(consent.cycle):
        raise BadAccount(f"{consent.cycle!r}: an assessment cycle is wanted, such as C2")
    if not consent.factory.strip():
        raise BadAccount("the id of a factory is wanted")


def _what(account: Account) -> str:
    return f"{account.role} {account.brand}".strip()


def open_consent(brand: str, factory: str, cycle: str, since: date | None = None) -> Consent:
    """Return a consent from a day on, or from today."""
    return Consent(brand.strip(), factory.strip(), cycle.strip().upper(), since or now().date())
