"""Who may sign in: the nouns of accounts. Like the model, this file imports none of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args

Role = Literal["brand", "ministry", "staff", "admin"]
"""What an account is for; only a brand's account has a brand."""

ROLES: tuple[Role, ...] = get_args(Role)

SECOND_FACTOR: frozenset[Role] = frozenset({"staff", "admin"})
"""Roles that never get in with a password alone."""

Stage = Literal["", "code", "enrol", "provider"]
"""What is missing before a session is signed in: nothing, the code of the second factor, the
second factor itself, the answer of the identity provider."""

Purpose = Literal["invitation", "reset"]


REFUSALS = {
    "wrong": "This e-mail address and this password do not belong together.",
    "code": "This code is not right, or it was used before.",
    "clock": "This code is not right. Check the clock of the device that shows it.",
    "late": "Please begin again: this step took too long, or it was done before.",
    "unusable": "This account cannot be used.",
    "link": "This link was used before, or its time is over. Please ask for a new one.",
    "throttled": "There were too many attempts. Please wait a little before the next one.",
    "differ": "The two passwords are not the same.",
    "short": "A password needs at least 12 characters.",
    "long": "A password may have at most 256 characters.",
    "easy": (
        "This password is easy to guess: it is common, or made of common words, names or patterns. "
        "Several words that do not belong together make a good one."
    ),
    "provider": "Your organisation's sign-in did not confirm who you are. Please try again.",
    "stranger": "You have no account here. Please ask the programme for one.",
}
"""Why somebody is not let in, as it may be said to whoever asks."""


class Refused(Exception):
    """Somebody is not let in, for one of the REFUSALS."""

    def __init__(self, why: str) -> None:
        super().__init__(REFUSALS[why])
        self.why = why


class Throttled(Refused):
    """Too many attempts from one place; `seconds` later another one is heard."""

    def __init__(self, seconds: int) -> None:
        super().__init__("throttled")
        self.seconds = seconds


class BadAccount(ValueError):
    """An account cannot be as it is asked for; the message says what was wanted."""


class Unavailable(Exception):
    """The store of accounts does not answer, or has no tables yet."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in. `totp_step` is the last step whose code was used."""

    id: str
    email: str
    name: str
    role: Role
    brand: str = ""
    password: str = field(default="", repr=False)
    issuer: str = ""
    subject: str = ""
    totp: str = field(default="", repr=False)
    totp_step: int = 0
    sample: bool = False
    disabled: datetime | None = None

    @property
    def needs_code(self) -> bool:
        """Whether a password alone is not enough."""
        return self.role in SECOND_FACTOR or bool(self.totp)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser of one person. Known by the hash of a random id that only the browser holds."""

    hash: str
    handle: str
    account: str
    stage: Stage
    created: datetime
    seen: datetime
    expires: datetime
    agent: str
    note: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Consent:
    """A factory lets a brand see one assessment cycle, from a day on and up to another or open."""

    brand: str
    factory: str
    cycle: str
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit log: who did what to whom. No secrets and no figures."""

    at: datetime
    actor: str
    action: str
    subject: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """Who sends a request: an account and the session it came with."""

    account: Account
    session: Session
