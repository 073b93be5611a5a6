"""What releases told everyone, and the ministry besides: kept for the audits of later ones."""

from collections.abc import Mapping

from dashboard.store import Audits, Official, Published, Records
from dashboard.store.ministry import checksum as ministry_checksum
from data_loaders import protect
from data_loaders.publish import Built

Told = dict[str, protect.Sheet]
"""What releases tell, by their names."""


def keep(records: Records, new: Built) -> None:
    """Keep what a release tells before it is told, so that no later audit can miss it."""
    audits, checksum, beside = Audits.of(records), new.release.checksum, new.ministry
    audits.keep(checksum, protect.report(new.audit), protect.to_bytes(new.told))
    both = ministry_part(checksum, ministry_checksum(beside.cells))
    audits.keep(both, protect.report(beside.audit), protect.to_bytes(beside.told))


def earlier(published: Published, records: Records) -> tuple[Told, Told]:
    """Return what the releases in the store tell everyone, and the ministry besides."""
    kept, beside = Audits.of(records).kept(), Official(published).checksums()
    named = {stored.id: stored.checksum for stored in published.releases()}
    own = {name: ministry_part(at, beside.get(name, "")) for name, at in named.items()}
    return _told(named, kept), _told(own, kept)


def ministry_part(checksum: str, ministry: str) -> str:
    """Return what the audit of the ministry's part of a release is kept as."""
    return f"{checksum} ministry {ministry}"


def _told(named: Mapping[str, str], kept: Mapping[str, bytes]) -> Told:
    return {name: protect.from_bytes(kept[at]) for name, at in named.items() if at in kept}
