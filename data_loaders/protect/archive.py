"""What a release told and what was hidden for it, as bytes for the staff's own store."""

import json
import zlib
from dataclasses import asdict

from data_loaders.protect.audit import Audit
from data_loaders.protect.rows import Atom, Bound, Row, Sheet


def to_bytes(sheet: Sheet) -> bytes:
    """Pack the rows that show and the truth behind them."""
    number = {atom: at for at, atom in enumerate(sheet.truth)}
    rows = [
        [
            row.name,
            [[b.low, b.high, [[number[a], w] for a, w in b.weights.items()]] for b in row.bounds],
        ]
        for row in sheet.rows
    ]
    atoms = [[*atom, value] for atom, value in sheet.truth.items()]
    return zlib.compress(json.dumps({"atoms": atoms, "rows": rows}).encode(), 6)


def from_bytes(packed: bytes) -> Sheet:
    """Unpack what `to_bytes` packed; what is published for ever has no unit and no rank."""
    content = json.loads(zlib.decompress(packed))
    atoms = [Atom(factory, what, binary) for factory, what, binary, _ in content["atoms"]]
    truth = {atom: value for atom, (*_, value) in zip(atoms, content["atoms"], strict=True)}
    rows = [
        Row(
            name,
            "",
            (),
            tuple(Bound({atoms[at]: w for at, w in them}, low, high) for low, high, them in bounds),
            {},
        )
        for name, bounds in content["rows"]
    ]
    return Sheet(rows, truth)


def report(audit: Audit) -> dict[str, object]:
    """Return an audit as plain values: counts, and each hidden row with its reason."""
    return {
        "rows": audit.rows,
        "secret": audit.secret,
        "blocks": audit.blocks,
        "hidden": [asdict(row) for row in audit.hidden],
    }
