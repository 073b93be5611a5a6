"""Hide the least useful rows until no attacker learns anything, then put back what may show."""

from collections.abc import Collection, Iterator

import numpy as np

from data_loaders.protect.attack import Attack, Leak
from data_loaders.protect.blocks import Block
from data_loaders.protect.solver import AuditFailed

Reasons = dict[str, str]
"""Why each unit is hidden, for the eyes of staff."""


def protect(block: Block, gone: Collection[str]) -> Reasons:
    """Return the units of a block to hide besides those that are gone; raise AuditFailed."""
    attack = Attack(block)
    hidden: Reasons = {}
    for leak in _until_clean(attack, hidden, gone):
        hidden[_choice(attack, leak, {*hidden, *gone})] = reason(leak)
    for unit in reversed([unit for unit in block.units if unit in hidden]):
        if next(attack.leaks({*hidden, *gone} - {unit}), None) is None:
            del hidden[unit]
    for left in attack.leaks({*hidden, *gone}):
        raise AuditFailed(f"the last audit is not clean: {reason(left)}")
    return hidden


def _until_clean(attack: Attack, hidden: Reasons, gone: Collection[str]) -> Iterator[Leak]:
    leak: Leak | None = next(attack.leaks({*hidden, *gone}), None)
    while leak:
        yield leak
        if not attack.stays(leak, {*hidden, *gone}):
            leak = next(attack.leaks({*hidden, *gone}), None)


def _choice(attack: Attack, leak: Leak, hidden: set[str]) -> str:
    """Return the least useful unit that ends a leak, else the least useful one that takes part."""
    left = [unit for unit in attack.block.units if unit not in hidden]
    ends = (unit for unit in left if not attack.stays(leak, {*hidden, unit}))
    near = (unit for unit in left if unit in _touching(attack.block, leak))
    for found in (ends, near, iter(left)):
        if unit := next(found, ""):
            return unit
    raise AuditFailed(f"earlier releases already give it away: {reason(leak)}")


def _touching(block: Block, leak: Leak) -> set[str]:
    rows = np.flatnonzero((block.matrix[:, leak.target.up != 0] != 0).any(axis=1))
    return {block.unit_of[row] for row in rows}


def reason(leak: Leak) -> str:
    """Return who would learn what."""
    return f"{leak.knower.name} would learn {leak.target.name}"
