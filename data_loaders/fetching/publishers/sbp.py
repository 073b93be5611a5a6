"""State Bank of Pakistan: workbooks at fixed addresses, replaced every month."""

from pathlib import Path

from data_loaders.fetching.answers import Data, NotHad, plain, refuse_page

KEY_HEADER = ""

OLD, NEW = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


def look(path: Path) -> Data:
    """Return the workbook, an old (.xls) or a new one (.xlsx)."""
    content = path.read_bytes()
    refuse_page(content)
    if content.startswith(OLD):
        return plain(content, "xls")
    if content.startswith(NEW):
        return plain(content, "xlsx")
    raise NotHad(f"no workbook: it begins with {content[:16]!r}")
