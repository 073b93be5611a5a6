"""The second person: what somebody loaded is published only after somebody else has looked at it.

An approval is of one draft, known by the checksum of its files. What ships with the product is
approved by being that: its bytes come from the product, not from an account.
"""

from collections.abc import Iterable

from dashboard.store import StoredFile
from data_loaders.drafts import Desk, Rank


class NotApproved(Exception):
    """Somebody has to approve first, or may not be the one who does; the message says who."""


def waiting(desk: Desk) -> tuple[StoredFile, ...]:
    """Return the loaded files of a draft that nobody has approved; none where it may go out."""
    draft = desk.records.draft()
    return () if desk.records.approved(draft.checksum) else loaded(draft.files)


def loaded(files: Iterable[StoredFile]) -> tuple[StoredFile, ...]:
    """Return the files that somebody loaded; the others ship with the product."""
    return tuple(file for file in files if file.loaded_by != Rank.shipped.name)


def check(desk: Desk) -> None:
    """Raise NotApproved unless the draft may be published."""
    if files := waiting(desk):
        raise NotApproved(
            f"the draft waits for a second person: {_told(files)}. Look at `bwp diff`, then: "
            "bwp approve draft --as ACCOUNT"
        )


def approve(desk: Desk, account: str) -> str:
    """Note that a second person approves the draft; return its checksum. Raise NotApproved."""
    draft = desk.records.draft()
    files = loaded(draft.files)
    if not files:
        raise NotApproved("there is nothing to approve: every file of the draft ships with it")
    loaders = desk.records.loaders(tuple(file.checksum for file in files)) - {Rank.shipped.name}
    if account in loaders:
        raise NotApproved(
            f"{account} loaded files of this draft; somebody else has to approve it "
            f"(not {', '.join(sorted(loaders))})"
        )
    desk.records.approve(draft.checksum, account)
    return draft.checksum


def _told(files: Iterable[StoredFile]) -> str:
    return ", ".join(f"{file.name} (loaded by {file.loaded_by})" for file in files)


def account_of(said: str) -> str:
    """Return an account as it is kept: without case and blanks; raise NotApproved for no name."""
    name = " ".join(said.split()).casefold()
    if not name or name == Rank.shipped.name:
        raise NotApproved(f"--as {said!r}: name the account of a person")
    return name
