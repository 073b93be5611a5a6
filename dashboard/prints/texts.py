"""Our SVG taken apart: the marks without letters, and every line of text with its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, register_namespace, tostring

from defusedxml.ElementTree import fromstring

SVG = "http://www.w3.org/2000/svg"
NAME = f"{{{SVG}}}"
INHERITED = ("fill", "font-size", "font-weight", "font-family", "text-anchor")
USUAL = {"fill": "#000000", "font-size": "16", "font-weight": "400", "text-anchor": "start"}
TRANSFORM = re.compile(r"(translate|scale)\(([^)]*)\)")
register_namespace("", SVG)


@dataclass(frozen=True, slots=True)
class Look:
    """What an element hands down: attributes, how far it is moved in px and how much scaled."""

    given: Mapping[str, str]
    across: float = 0
    down: float = 0
    scale: float = 1

    def of(self, element: Element) -> "Look":
        """Return the look inside an element."""
        own = {name: element.attrib[name] for name in INHERITED if name in element.attrib}
        moved = dict(TRANSFORM.findall(element.get("transform", "")))
        x, _, y = moved.get("translate", "0 0").partition(" ")
        return Look(
            {**self.given, **own},
            self.across + self.scale * float(x),
            self.down + self.scale * float(y),
            self.scale * float(moved.get("scale", "1")),
        )


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing in two: `marks` is an SVG, `words` one mapping a line of text. Sizes in px."""

    width: float
    height: float
    title: str
    fonts: tuple[str, ...]
    marks: str
    words: tuple[Mapping[str, Any], ...]


def apart(svg: str) -> Drawing:
    """Take a picture of ours apart; it must say its width, height and fonts."""
    root: Element = fromstring(svg)
    words = tuple(_lines(root, Look(USUAL).of(root)))
    title = root.findtext(f"{NAME}title", "")
    _without_letters(root)
    return Drawing(
        width=float(root.attrib["width"]),
        height=float(root.attrib["height"]),
        title=title,
        fonts=tuple(name.strip(" '\"") for name in root.attrib["font-family"].split(",")),
        marks=tostring(root, encoding="unicode"),
        words=words,
    )


def _lines(element: Element, look: Look) -> Iterator[Mapping[str, Any]]:
    for child in element:
        inner = look.of(child)
        if child.tag == f"{NAME}text":
            yield from _written(child, inner)
        else:
            yield from _lines(child, inner)


def _written(text: Element, look: Look) -> Iterator[Mapping[str, Any]]:
    """Yield the lines of one text: its own, or one for each of its spans."""
    y = float(text.attrib["y"])
    for line in list(text) or [text]:
        y += float(line.get("dy", "0"))
        yield {
            "text": line.text or "",
            "x": look.across + look.scale * float(line.get("x", text.attrib["x"])),
            "y": look.down + look.scale * y,
            "anchor": look.given["text-anchor"],
            "fill": look.given["fill"],
            "size": look.scale * float(look.given["font-size"]),
            "weight": int(look.given["font-weight"]),
        }


def _without_letters(element: Element) -> None:
    for child in list(element):
        if child.tag in (f"{NAME}text", f"{NAME}title"):
            element.remove(child)
        else:
            _without_letters(child)
