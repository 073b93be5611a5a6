"""The second factor: codes of an authenticator (TOTP, RFC 6238), and recovery codes on paper."""

import hashlib
import io
import secrets
from datetime import datetime

import pyotp
import segno

from dashboard.people import Account

ISSUER = "Better Work Pakistan"
STEP = 30
"""Seconds for which a code counts; one step before and after it does too."""
RECOVERY = 10
"""How many recovery codes an account gets."""


def secret() -> str:
    """Return a new secret for an authenticator."""
    return pyotp.random_base32()


def step_of(kept: str, code: str, now: datetime) -> int | None:
    """Return the time step that a code belongs to, None if it is no code of now."""
    totp, said = pyotp.TOTP(kept), "".join(code.split())
    middle = int(now.timestamp()) // STEP
    found = None
    for step in (middle - 1, middle, middle + 1):
        if secrets.compare_digest(totp.generate_otp(step).encode(), said.encode()):
            found = step
    return found


def address(account: Account, kept: str) -> str:
    """Return the otpauth address that an authenticator takes."""
    return pyotp.TOTP(kept).provisioning_uri(name=account.email, issuer_name=ISSUER)


def picture(said: str) -> str:
    """Return the QR code of a text as SVG without styles or scripts."""
    out = io.BytesIO()
    segno.make(said, error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, scale=4, border=4, light="#fff"
    )
    return out.getvalue().decode()


def recovery_codes() -> tuple[str, ...]:
    """Return new recovery codes, 50 bits each."""
    letters = "abcdefghijkmnpqrstuvwxyz23456789"

    def half() -> str:
        return "".join(secrets.choice(letters) for _ in range(5))

    return tuple(f"{half()}-{half()}" for _ in range(RECOVERY))


def recovery_hash(account: str, code: str) -> str:
    """Return what is kept of a recovery code. Random codes need no slow hash."""
    said = "".join(code.split()).replace("-", "").casefold()
    return hashlib.sha256(f"{account}/{said}".encode()).hexdigest()
