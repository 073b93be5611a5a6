"""WITS of the World Bank: answers of its API, or the archive with a summary of every country."""

import json
from pathlib import Path

from data_loaders.fetching.answers import ComeLater, Data, Empty, NotHad, member, refuse_page, table

KEY_HEADER = ""

ARCHIVE = b"PK\x03\x04"
WHOLE = frozenset({"dataSets", "structure"})


def look(path: Path) -> Data:
    """Return the series of an answer, or the summary of Pakistan of an archive."""
    content = path.read_bytes()
    if content.startswith(ARCHIVE):
        return table(member(path, "en_pak_", ".csv"), "Reporter", "Partner", "Indicator")
    refuse_page(content)
    if not content.lstrip().startswith(b"{"):
        raise NotHad(f"no data: {content[:120].decode('utf-8', 'replace')!r}")
    return _answer(content)


def _answer(content: bytes) -> Data:
    """Return an answer; its header, which has the moment of the answer, makes it no newer."""
    try:
        answer = json.loads(content)
    except ValueError as error:
        raise ComeLater(f"no whole JSON, perhaps cut off ({error})") from error
    if not answer.keys() >= WHOLE:
        raise NotHad(f"no series in the answer: {content[:120].decode('utf-8', 'replace')}")
    if not any(part.get("series") for part in answer["dataSets"]):
        raise Empty("WITS has nothing for this question (no series)")
    essence = {name: answer[name] for name in WHOLE}
    return Data(content, "json", json.dumps(essence, sort_keys=True).encode())
