"""The press: a sheet in, PNG or PDF out. One sheet at a time, and never more pixels than allowed.

Letters are shaped by the typesetter and not by a drawer of SVG: those part Bengali conjuncts.
"""

import json
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import typst

from dashboard.prints.texts import Drawing, apart

MOST_PIXELS = 2_100_000
"""A full HD screen (1920 × 1080); anything larger is drawn as fine as fits.

A drawing takes some 20 bytes a pixel while it is made, in a worker that is to stay small.
"""
LARGE = 400_000
"""A picture of more pixels than this is not left in the typesetter's memory."""
KEPT = 10
"""The typesetter remembers what it made for its last ten sheets, pixels too (comemo's `evict`)."""
EMPTY = b"#set page(width: 1pt, height: 1pt, margin: 0pt)"
FINEST = 3
"""The largest scale that can be asked for."""
LETTERS = "letters"
"""The folder of the fonts, among the files that set-up makes."""
POINTS = 72
"""A px of a picture is a point on the sheet; so many points to the inch."""
TEMPLATE = (Path(__file__).parent / "sheet.typ").read_bytes()
SCRIPTS = ("Source Sans 3", "Source Sans 3 Extended", "Noto Naskh Arabic", "Noto Sans Bengali")
"""Where the letters come from that the fonts of a picture do not have."""


class PressMissing(RuntimeError):
    """The fonts of prints have not been made; the message says how."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture to print: our SVG, the language of its words, what it shows in words."""

    svg: str
    lang: str = "en"
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """Prints sheets with one set of fonts. The same sheet gives the same bytes on any day."""

    fonts: typst.Fonts
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def png(self, sheet: Sheet, scale: int = 1) -> bytes:
        """Return a sheet as PNG, `scale` pixels to a px, less where that were too many."""
        drawing = apart(sheet.svg)
        scale_used = fitting(drawing, scale)
        try:
            return self._printed(sheet, drawing, "png", POINTS * scale_used)
        finally:
            if drawing.width * drawing.height * scale_used**2 > LARGE:
                self._forget()

    def pdf(self, sheet: Sheet) -> bytes:
        """Return a sheet as PDF: text as text, fonts inside, marked for readers aloud."""
        return self._printed(sheet, apart(sheet.svg), "pdf", POINTS)

    def booklet(self, template: bytes, inputs: Mapping[str, str]) -> bytes:
        """Return pages as PDF that readers aloud can follow: checked as PDF/UA-1 (ISO 14289-1)."""
        with self._turn:
            return typst.compile(
                template,
                format="pdf",
                sys_inputs=dict(inputs),
                font_paths=self.fonts,
                ignore_system_fonts=True,
                timestamp=0,
                pdf_standards=["ua-1"],
            )

    def _forget(self) -> None:
        """Print empty sheets until nothing of the last picture is remembered: 10 ms in all."""
        with self._turn:
            for _ in range(KEPT):
                typst.compile(
                    EMPTY, format="png", ppi=POINTS, font_paths=self.fonts, ignore_system_fonts=True
                )

    def _printed(
        self, sheet: Sheet, drawing: Drawing, kind: Literal["png", "pdf"], ppi: float
    ) -> bytes:
        inputs = {"sheet": _described(sheet, drawing), "marks": drawing.marks}
        with self._turn:
            return typst.compile(
                TEMPLATE,
                format=kind,
                ppi=ppi,
                sys_inputs=inputs,
                font_paths=self.fonts,
                ignore_system_fonts=True,
                timestamp=0,
            )


def fitting(drawing: Drawing, scale: int) -> float:
    """Return the scale at which a drawing has at most MOST_PIXELS."""
    return min(scale, math.sqrt(MOST_PIXELS / (drawing.width * drawing.height)))


def _described(sheet: Sheet, drawing: Drawing) -> str:
    return json.dumps(
        {
            "width": drawing.width,
            "height": drawing.height,
            "title": drawing.title,
            "lang": sheet.lang,
            "alt": sheet.alt or drawing.title,
            "fonts": list(dict.fromkeys((*_known(drawing), *SCRIPTS))),
            "words": drawing.words,
        },
        ensure_ascii=False,
    )


def _known(drawing: Drawing) -> tuple[str, ...]:
    return tuple(name for name in drawing.fonts if name in SCRIPTS)


def open_press(folder: Path) -> Press:
    """Return a press with the fonts that set-up made; raise PressMissing without them."""
    if not list(folder.glob("*.ttf")):
        raise PressMissing(f"{folder} holds no fonts: run `make setup` (or `python bwp.py assets`)")
    return _press(folder)


def bare_press() -> Press:
    """Return a press without fonts, for who only asks which forms of a view there are."""
    return _press()


def _press(*folders: Path) -> Press:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )
    return Press(fonts)
