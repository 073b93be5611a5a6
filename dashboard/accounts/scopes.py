"""What an account may see: the one function from a person to a scope."""

from datetime import date

from dashboard.model import MINISTRY, Scope
from dashboard.people import Account
from dashboard.store.accounts import Accounts


def scope(account: Account, accounts: Accounts, day: date) -> Scope:
    """Return the scope of an account on a day, from what its role and its brand are now.

    Every role reads the published cells, the ministry those for official use besides. The
    consents of a brand are asked for at each request: one that was taken back is gone from the
    next one on.
    """
    if account.role == "ministry":
        return MINISTRY
    if account.role != "brand":
        return Scope(audience=account.role)
    pairs = accounts.consents.of(account.brand, day)
    return Scope(audience="brand", brand=account.brand, pairs=pairs)
