"""Consents as the programme's own file of brand links says them, taken over into the accounts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.accounts.register import Register, open_consent
from dashboard.store import Dossiers

Pair = tuple[str, str, str]
"""(brand's code, factory, cycle)."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many consents were added, and how many taken back."""

    added: int
    ended: int


def code_of(brand: str) -> str:
    """Return the code of a brand by its name in the file: "Sample Brand 02" is sample_brand_02."""
    return re.sub(r"[^a-z0-9]+", "_", brand.lower()).strip("_")


def take(register: Register, dossiers: Dossiers, edition: str) -> Taken:
    """Take over the consents of a release's brand links.

    One that was taken back by name stays so: the file adds only what nobody has decided yet. What
    the file refuses for every link of a pair is taken back.
    """
    given, refused = _said(dossiers, edition)
    stored = register.accounts.consents.all()
    decided = {(one.brand, one.factory, one.cycle) for one in stored}
    running = {(one.brand, one.factory, one.cycle) for one in stored if one.until is None}
    new = {pair: since for pair, since in given.items() if pair not in decided}
    for (brand, factory, cycle), since in sorted(new.items()):
        register.consent(open_consent(brand, factory, cycle, since))
    over = sorted(refused & running)
    for pair in over:
        register.withdraw(open_consent(*pair))
    return Taken(len(new), len(over))


def _said(dossiers: Dossiers, edition: str) -> tuple[Mapping[Pair, date], frozenset[Pair]]:
    """Return what the links give, with the first day of each, and what they refuse."""
    links = dossiers.links(edition)
    given: dict[Pair, date] = {}
    for brand in sorted({link.brand for link in links}):
        for factory, cycle in dossiers.consented(edition, brand):
            starts = [
                link.start
                for link in links
                if (link.brand, link.factory) == (brand, factory) and link.cycle in (cycle, None)
            ]
            given[code_of(brand), factory, f"C{cycle}"] = min(starts)
    named = {(code_of(k.brand), k.factory, f"C{k.cycle}") for k in links if not k.consent}
    return given, frozenset(named - given.keys())
