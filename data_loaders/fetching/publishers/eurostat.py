"""Eurostat, SDMX service: tables in SDMX-CSV, or XML that says to come back later.

Large extractions are queued and the answer, with status 200, is a ticket. The same question finds
the extraction ready some minutes later, so it is simply asked again.
"""

from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from data_loaders.fetching.answers import MARKS, ComeLater, Data, Empty, NotHad, refuse_page, table

KEY_HEADER = ""

LATER = frozenset({"queued", "syncResponse", "Footer"})
NOTHING = "100"
"""The code of a fault that says that nothing was found."""


def look(path: Path) -> Data:
    """Return the observations."""
    content = path.read_bytes()
    if content[:64].lstrip(MARKS).startswith(b"<"):
        refuse_page(content)
        _say(content)
    return table(content, "TIME_PERIOD", "OBS_VALUE")


def _say(content: bytes) -> None:
    """Raise what a message in XML says in place of a table."""
    try:
        message = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        raise ComeLater(f"no whole XML, perhaps cut off ({error})") from error
    texts = {_name(part): (part.text or "").strip() for part in message.iter()}
    if LATER & texts.keys():
        raise ComeLater("Eurostat is still preparing the extraction")
    if "faultstring" in texts:
        kind = Empty if texts.get("faultcode") == NOTHING else NotHad
        raise kind(f"Eurostat says: {texts['faultstring'][:200]}")
    raise NotHad(f"Eurostat sent XML ({_name(message)}) in place of a table")


def _name(part: Element) -> str:
    return part.tag.rpartition("}")[2]
