"""Attempts to sign in are slowed down where they come from: strangers lock nobody else out."""

import hashlib
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from dashboard.people import Throttled
from dashboard.store.accounts import Accounts

FIRST, LONGEST = 15, 900
"""Seconds of the first pause and of the longest one."""


@dataclass(frozen=True, slots=True)
class Key:
    """What failures are counted by, and how many cost nothing."""

    text: str
    free: int

    @property
    def hash(self) -> str:
        """How it is kept: it may hold what somebody typed."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def by_account_and_client(email: str, client: str) -> Key:
    """Return the key of one account asked for from one place: nobody elsewhere is slowed down."""
    return Key(f"password/{email}/{network(client)}", free=5)


def by_client(client: str) -> Key:
    """Return the key of one place that tries many accounts."""
    return Key(f"client/{network(client)}", free=50)


def by_code(account: str) -> Key:
    """Return the key of codes for an account. Only who knows its password is asked for one."""
    return Key(f"code/{account}", free=10)


def network(client: str) -> str:
    """Return whom an address belongs to: with IPv6 a household has 2^64 of them."""
    try:
        found = ipaddress.ip_address(client)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(found if found.version == 4 else ipaddress.ip_network(f"{client}/64", strict=False))


def pause(over: int) -> int:
    """Return the seconds of silence after so many failures too many: each twice the last one."""
    return min(FIRST << min(over - 1, 30), LONGEST)


@dataclass(frozen=True, slots=True)
class Throttle:
    """Counts attempts before they are looked at, so that many at once do not slip through."""

    accounts: Accounts

    def enter(self, keys: Sequence[Key], now: datetime) -> None:
        """Count an attempt as failed until it is known better; raise Throttled."""
        attempts = self.accounts.attempts
        for key in keys:
            wait = (attempts.until(key.hash, now) - now).total_seconds()
            if wait > 0:
                raise Throttled(ceil(wait))
        for key in keys:
            over = attempts.failed(key.hash, now) - key.free
            if over > 0:
                attempts.wait(key.hash, now + timedelta(seconds=pause(over)))

    def succeeded(self, key: Key, *shared: Key) -> None:
        """Forget the failures of a key; of keys that others share only this attempt."""
        self.accounts.attempts.forget(key.hash)
        for one in shared:
            self.accounts.attempts.undo(one.hash)
