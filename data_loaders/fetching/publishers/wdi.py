"""World Development Indicators, API version 2: an archive with the data and two of metadata."""

from pathlib import Path

from data_loaders.fetching.answers import Data, Empty, member, plain, refuse_page

KEY_HEADER = ""

HEADING = b"Country Code"


def look(path: Path) -> Data:
    """Return the table of the indicator."""
    content = member(path, "api_", ".csv")
    refuse_page(content)
    if not content.partition(HEADING)[2].partition(b"\n")[2].strip():
        raise Empty("a bundle without a row below its headings")
    return plain(content, "csv")
