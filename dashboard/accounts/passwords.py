"""Passwords: what is wanted of one, how it is kept and compared.

Length counts, not composition (NIST SP 800-63B, 5.1.1.2; OWASP ASVS 5.0, V6.2). Argon2id with the
memory and passes that the OWASP cheat sheet on password storage names.
"""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from dashboard.people import Refused

SHORTEST, LONGEST = 12, 256
EASY = 3
"""Below this score of zxcvbn (0 to 4) a password is among those that are tried first."""
LOOKED_AT = 72
"""Letters that zxcvbn looks at; its time grows with them."""

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
WORDS = ("betterwork", "better work", "pakistan", "dashboard", "karachi", "lahore")
"""What everybody here would think of."""


def check(password: str, *about: str) -> None:
    """Raise Refused for a password that somebody may not choose; `about` are their names."""
    if len(password) < SHORTEST:
        raise Refused("short")
    if len(password) > LONGEST:
        raise Refused("long")
    near = [part for said in (*about, *WORDS) for part in (said, _bare(said), *said.split("@"))]
    for tried in {password, _bare(password)}:
        if int(zxcvbn(tried[:LOOKED_AT], user_inputs=near)["score"]) < EASY:
            raise Refused("easy")


def _bare(said: str) -> str:
    """Return a text without blanks and signs, which keep words of a list from being seen."""
    return "".join(letter for letter in said if letter.isalnum()).casefold()


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return HASHER.hash(password)


@cache
def nobody() -> str:
    """Return what is compared where there is no account, so that the answer takes as long."""
    return hashed(secrets.token_urlsafe())


def matches(kept: str, password: str) -> bool:
    """Whether a password is the one that is kept; takes as long where none is kept."""
    try:
        HASHER.verify(kept or nobody(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def outdated(kept: str) -> bool:
    """Whether what is kept was made with weaker settings than today's."""
    return HASHER.check_needs_rehash(kept)


def generated() -> str:
    """Return a password that nobody guesses and a person can copy by hand."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))
    return "-".join(groups)
