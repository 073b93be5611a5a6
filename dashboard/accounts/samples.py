"""Sample accounts: somebody of each audience, for this machine only, never in production."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from dashboard.accounts import factor, passwords
from dashboard.accounts.register import Register, now
from dashboard.people import Account, BadAccount, Role

ADDRESS = "{role}@sample.example"
BRAND = "sample_brand_02"
"""The brand of the made-up programme whose suppliers the sample account sees."""
NAMES: Mapping[Role, str] = {
    "brand": "A sample brand",
    "ministry": "A sample official",
    "staff": "A sample member of staff",
    "admin": "A sample administrator",
}
SHOWN = 3
"""How many recovery codes are printed; each lets in once in place of an authenticator."""


@dataclass(frozen=True, slots=True)
class Sample:
    """How to sign in as somebody: told once, kept only as hashes."""

    email: str
    password: str
    codes: tuple[str, ...] = ()
    key: str = ""


def refuse(environment: str, host: str) -> None:
    """Raise BadAccount where sample accounts may not be."""
    if environment == "production":
        raise BadAccount("there are no sample accounts in production")
    if not _local(host):
        raise BadAccount(f"sample accounts are for this machine only, and HOST is {host}")


def renew(register: Register) -> Iterator[Sample]:
    """Make the sample accounts, or give those that are there new passwords; yield each."""
    for role, name in NAMES.items():
        email = ADDRESS.format(role=role)
        account = register.accounts.people.by_email(email)
        if account is None:
            brand = BRAND if role == "brand" else ""
            account = register.add(Account("", email, name, role, brand, sample=True))
        if not account.sample:
            raise BadAccount(f"{email} is not a sample account")
        yield _renewed(register, account)


def _renewed(register: Register, account: Account) -> Sample:
    people, password = register.accounts.people, passwords.generated()
    register.reset(account.email, second_factor=True)
    people.change(account.id, password=passwords.hashed(password))
    register.accounts.links.cancel(account.id, now())
    if not account.needs_code:
        return Sample(account.email, password)
    key, codes = factor.secret(), factor.recovery_codes()
    people.change(account.id, totp=key)
    people.set_recovery(account.id, [factor.recovery_hash(account.id, one) for one in codes])
    return Sample(account.email, password, codes[:SHOWN], key)


def _local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
