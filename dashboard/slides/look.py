"""Where things stand on a slide of 1280 by 720 px, in which letters and colours."""

from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Pt

from dashboard.charts import style
from dashboard.i18n import Locale

WIDTH, HEIGHT = 1280, 720
PX = 9525
"""English Metric Units in a px of 1/96 inch (ECMA-376)."""
POINT = 0.75
"""Points in a px."""
REGIONS = {"en": "en-GB", "ur": "ur-PK", "ar": "ar-SA", "bn": "bn-BD"}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Left, top, width and height as the file format counts them."""
        left, top, width, height = (
            Emu(round(px * PX)) for px in (self.left, self.top, self.width, self.height)
        )
        return left, top, width, height


TITLE = Box(40, 26, 1200, 52)
SUBTITLE = Box(40, 80, 1200, 58)
PLOT = Box(40, 142, 1200, 448)
FOOT = Box(40, 600, 1060, 104)
CODE = Box(1144, 598, 100, 100)


@dataclass(frozen=True, slots=True)
class Letters:
    """How a text is written: colour role, size in px, bold."""

    role: str
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """The language and the colours of a slide."""

    locale: Locale
    theme: style.Theme

    @property
    def mirrored(self) -> bool:
        """Whether the language runs from right to left."""
        return self.locale.direction == "rtl"

    def colour(self, role: str) -> RGBColor:
        """Return the colour of a role in this theme."""
        hexes = style.PALETTES[self.theme][role].removeprefix("#")
        return RGBColor(*bytes.fromhex(hexes))

    def write(self, frame: TextFrame, lines: list[str], letters: Letters) -> None:
        """Write lines into a frame, one a paragraph, from where the language begins."""
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
        for place, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
            self.say(paragraph, line, letters)

    def say(self, paragraph: _Paragraph, text: str, letters: Letters) -> None:
        """Write one paragraph in the direction of the language."""
        run = paragraph.add_run()
        run.text = text
        run.font.size = Pt(letters.size * POINT)
        run.font.bold = letters.bold
        run.font.color.rgb = self.colour(letters.role)
        run._r.get_or_add_rPr().set("lang", REGIONS.get(self.locale.code, self.locale.code))
        paragraph.alignment = PP_ALIGN.RIGHT if self.mirrored else PP_ALIGN.LEFT
        if self.mirrored:
            paragraph._p.get_or_add_pPr().set("rtl", "1")
