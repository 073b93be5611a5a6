"""Documents that are no tables: JSON answers and XML messages, and web pages in their place."""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from data_loaders.reading.problems import Unreadable
from data_loaders.reading.sheets import Row, Sheet, Value

MARKS = b"\xef\xbb\xbf \t\r\n"
"""What may stand before the first sign of a document."""

WEB_PAGE = re.compile(rb"<\s*(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
LIST = re.compile(rb"\[\s*[\[{\]]")


def is_json(content: bytes) -> bool:
    """Whether the first sign is that of a JSON object, or of a list of objects or lists."""
    head = content[:64].lstrip(MARKS)
    return head.startswith(b"{") or bool(LIST.match(head))


def is_markup(content: bytes) -> bool:
    """Whether the first sign is that of XML or HTML."""
    return content[:64].lstrip(MARKS).startswith(b"<")


def read_json(content: bytes) -> Any:
    """Return the document; raise Unreadable if it is cut off or no JSON."""
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except RecursionError as error:
        raise Unreadable("JSON nested too deeply") from error
    except ValueError as error:
        raise Unreadable(f"not whole JSON, perhaps cut off ({error})") from error


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")


def check_markup(content: bytes) -> None:
    """Raise Unreadable for a web page, for entities, and for XML that is cut off."""
    if WEB_PAGE.search(content[:2048]):
        raise Unreadable(
            "a web page (HTML) in place of data, perhaps an error or a page to sign in: "
            "fetch the file again"
        )
    try:
        fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable("the XML declares a document type or entities") from error
    except (ParseError, LookupError, ValueError) as error:
        raise Unreadable(f"not whole XML, perhaps cut off ({error})") from error


def tables(document: Any) -> tuple[Sheet, ...]:
    """Return every list of objects as a sheet: row 1 the names, then one row for each object.

    A sheet is named by its place ("countryMonthly.countries"), an object within an object gives
    columns such as "exports.latest".
    """
    return tuple(_sheet(name, objects) for name, objects in _lists(document, ""))


def _lists(node: Any, path: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    if isinstance(node, list) and node and all(isinstance(item, dict) for item in node):
        yield path, node
    elif isinstance(node, dict):
        for name, below in node.items():
            yield from _lists(below, f"{path}.{name}" if path else str(name))
    elif isinstance(node, list):
        for place, below in enumerate(node):
            yield from _lists(below, f"{path}.{place}" if path else str(place))


def _sheet(name: str, objects: list[dict[str, Any]]) -> Sheet:
    flat = [dict(_flat(item, "")) for item in objects]
    names = list(dict.fromkeys(key for item in flat for key in item))
    rows = [Row(1, tuple(names))]
    rows += [Row(n, tuple(item.get(key) for key in names)) for n, item in enumerate(flat, start=2)]
    return Sheet(name, tuple(rows))


def _flat(item: dict[str, Any], path: str) -> Iterator[tuple[str, Value]]:
    for name, value in item.items():
        at = f"{path}.{name}" if path else str(name)
        if isinstance(value, dict):
            yield from _flat(value, at)
        else:
            yield at, value if isinstance(value, Value) else json.dumps(value)


SAID = ("message", "Message", "error", "errors", "warning", "detail", "title")
"""Where a JSON answer says why it holds no data."""

SHORT = 200


def excuse(document: Any, markup: bytes) -> str:
    """Return what an answer without figures says, shortened; "empty" for one that is empty."""
    if markup:
        texts = (text.strip() for text in fromstring(markup, forbid_dtd=True).itertext())
        return " ".join(filter(None, texts))[:SHORT] or "empty"
    if document in ({}, []):
        return "empty"
    if isinstance(document, list):
        document = document[0]
    said = [document[name] for name in SAID if document.get(name)] if _is_object(document) else []
    return (said[0] if isinstance(said[0], str) else json.dumps(said[0]))[:SHORT] if said else ""


def _is_object(document: Any) -> bool:
    return isinstance(document, dict)
