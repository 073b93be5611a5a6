"""UN Comtrade, API version 1: answers in JSON; the key goes in a header, never in the address."""

import json
from pathlib import Path

from data_loaders.fetching.answers import ComeLater, Data, Empty, NotHad, refuse_page

KEY_HEADER = "Ocp-Apim-Subscription-Key"

MOST = 100_000
"""Rows of one answer with a free key; an answer with as many may be cut off without a word."""


def look(path: Path) -> Data:
    """Return the rows of trade of an answer."""
    content = path.read_bytes()
    refuse_page(content)
    try:
        answer = json.loads(content)
    except ValueError as error:
        raise ComeLater(f"no whole JSON, perhaps cut off ({error})") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        raise NotHad(f"no rows of trade in the answer: {content[:120].decode('utf-8', 'replace')}")
    if answer.get("error"):
        raise NotHad(f"UN Comtrade says: {str(answer['error'])[:200]}")
    rows = answer["data"]
    if not rows:
        raise Empty("UN Comtrade has nothing for this question (count 0)")
    if len(rows) >= MOST:
        raise NotHad(f"{len(rows)} rows, the most there can be: ask for less in config/sources")
    return Data(content, "json", json.dumps(rows, sort_keys=True).encode())
