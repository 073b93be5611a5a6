"""Colours and sizes. A colour means one thing on the whole site."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from dashboard.model import TOTAL, Key

Theme = Literal["light", "dark"]
Palette = Mapping[str, str]

LIGHT: Palette = MappingProxyType(
    {
        "paper": "#FFFFFF",
        "ink": "#1B2129",
        "text2": "#4A5563",
        "muted": "#667180",
        "axis": "#7D8794",
        "grid": "#DDE2E8",
        "band2": "#BAC3CE",
        "shade": "#F0F2F5",
        "blue": "#0B4F86",
        "rust": "#B9532B",
        "teal": "#509B8D",
        "plum": "#6E0A38",
        "teal_text": "#2F7266",
        "wash": "#E9F0F7",
        "seq1": "#EAF1F8",
        "seq2": "#BDD5EA",
        "seq3": "#85B2D8",
        "seq4": "#3A77AC",
        "seq5": "#0B4F85",
    }
)
DARK: Palette = MappingProxyType(
    {
        "paper": "#12161C",
        "ink": "#F2F4F7",
        "text2": "#C4CCD6",
        "muted": "#A3ADBA",
        "axis": "#8591A0",
        "grid": "#2E3641",
        "band2": "#4A5563",
        "shade": "#1B2129",
        "blue": "#58A9EE",
        "rust": "#F5A883",
        "teal": "#8FE8D6",
        "plum": "#D85FA0",
        "teal_text": "#90E8D6",
        "wash": "#1A2A3B",
        "seq1": "#1E2A38",
        "seq2": "#27476A",
        "seq3": "#35699F",
        "seq4": "#57A8EE",
        "seq5": "#B5DAFA",
    }
)
PALETTES: Mapping[Theme, Palette] = MappingProxyType({"light": LIGHT, "dark": DARK})
"""Within a theme no two roles share a hex, so that a hex names its role."""

SERIES = ("blue", "rust", "teal", "plum")
SYMBOLS = MappingProxyType(
    {"blue": "circle", "rust": "diamond", "teal": "square", "plum": "triangle-up", "ink": "circle"}
)
MEANING: Mapping[str, str] = MappingProxyType(
    {
        "karachi": "blue",
        "sindh": "blue",
        "lahore": "rust",
        "faisalabad": "teal",
        "punjab": "plum",
        "f": "ink",
        "m": "muted",
        TOTAL: "ink",
    }
)
"""Codes whose colour is fixed everywhere; women get no hue."""


@dataclass(frozen=True, slots=True)
class Form:
    """How wide a chart is and how large its letters, in px; forms of their own, not one shrunk.

    `page` is the height of a form whose pictures all have the same, else 0.
    """

    name: Literal["web", "phone", "slide", "square", "social"]
    width: float
    height: float
    title: float
    subtitle: float
    label: float
    small: float
    row: float
    line: float
    page: float = 0

    @property
    def unit(self) -> float:
        """The size of a gap, in px: grows with the letters."""
        return self.label / 13.5


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "web": Form("web", 860, 320, 21, 15, 13.5, 12.5, 44, 2.75),
        "phone": Form("phone", 320, 200, 17.5, 13.5, 12.5, 12, 50, 2.5),
        "slide": Form("slide", 1280, 420, 34, 21, 18, 15, 58, 3.5, 720),
        "square": Form("square", 1080, 640, 40, 26, 23, 20, 72, 4.5, 1080),
        "social": Form("social", 1200, 330, 38, 25, 22, 19, 62, 4.5, 630),
    }
)

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "ur": "Noto Naskh Arabic",
        "ar": "Noto Naskh Arabic",
        "bn": "Noto Sans Bengali",
    }
)
BOLD = 600
"""The one weight beside the usual."""
USUAL = "Source Sans 3"
FACES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        USUAL: (1.024, 0.4),
        "Noto Naskh Arabic": (1.069, 0.634),
        "Noto Sans Bengali": (0.917, 0.408),
    }
)
"""How far the lines of a font reach above and below their base line, in em."""


def family(language: str) -> str:
    """Return the font of charts in a language: one explicit font, then the machine's own."""
    first = FAMILIES.get(language, USUAL)
    return f"'{first}', '{USUAL}', system-ui, sans-serif"


def reach(fonts: str) -> tuple[float, float]:
    """Return how far the first of some fonts reaches above and below its base line, in em."""
    return FACES.get(fonts.split(",", maxsplit=1)[0].strip("'\" "), FACES[USUAL])


def theme_of(name: str) -> Theme:
    """Return the theme of a view; light unless it asks for dark."""
    return "dark" if name == "dark" else "light"


def colours(keys: tuple[Key, ...], codes: Mapping[str, Mapping[str, str]]) -> dict[Key, str]:
    """Return the colour role of each series: fixed for some codes, else by order of the code list.

    A short code list keeps its colours whichever codes are shown; a long one colours what is shown.
    """
    if keys in ((), ((),)):
        return dict.fromkeys(keys, "blue")
    taken = _meant(keys)
    free = [key for key in keys if key not in taken]
    found: dict[Key, str] = {}
    for i, key in enumerate(free):
        found[key] = _unlike(_by_order(key, i, codes), {*taken.values(), *found.values()})
    return {key: taken.get(key) or found[key] for key in keys}


def _meant(keys: tuple[Key, ...]) -> dict[Key, str]:
    """Return the fixed colours of keys: of any of their codes if that tells all apart."""
    last = {key: MEANING[key[-1][1]] for key in keys if key and key[-1][1] in MEANING}
    any_ = {key: MEANING[c] for key in keys for _, c in key if c in MEANING}
    return any_ if len(set(any_.values())) == len(any_) else last


def _by_order(key: Key, place: int, codes: Mapping[str, Mapping[str, str]]) -> str:
    if not key:
        return "blue"
    dimension, code = key[-1]
    listed = [c for c in codes.get(dimension, {}) if c not in ("", TOTAL)]
    if code in listed and len(listed) <= len(SERIES):
        return SERIES[listed.index(code)]
    return SERIES[place % len(SERIES)]


def _unlike(role: str, used: set[str]) -> str:
    """Return a colour that no other series has, as long as there is one."""
    return role if role not in used else next((r for r in SERIES if r not in used), role)


def text_role(role: str) -> str:
    """Return the role in which letters of a series are readable (4.5:1)."""
    return "teal_text" if role == "teal" else role


ANY = ":root:root:root"
"""Outweighs every theme."""


def css() -> str:
    """Return the style sheet of inline pictures: every theme, forced colours and print.

    Plotly measures and places text as left to right; its lines carry their own direction.
    """
    return "\n".join(_css())


def _css() -> Iterator[str]:
    yield f":root{{{_variables(LIGHT)}}}"
    own = ":root:not([data-theme=light])"
    yield f"@media (prefers-color-scheme:dark){{{own}{{{_variables(DARK)}}}}}"
    yield f":root[data-theme=dark]{{{_variables(DARK)}}}"
    yield f"@media print{{{ANY}{{{_variables(LIGHT)}}}}}"
    for role in LIGHT:
        yield f".f-{role}{{fill:var(--c-{role})}}.s-{role}{{stroke:var(--c-{role})}}"
    yield f"@media (forced-colors:active){{{ANY}{{{_forced()}}}}}"
    yield "#js-plotly-tester,.js-plotly-plot{direction:ltr}"
    yield "svg.chart{display:block;width:100%;height:auto;forced-color-adjust:none}"


def _variables(palette: Palette) -> str:
    return "".join(f"--c-{role}:{colour};" for role, colour in palette.items())


def _forced() -> str:
    ground = ("paper", "shade", "wash", "seq1", "seq2", "seq3")
    faint = ("grid", "band2", "axis")
    named = {role: "Canvas" if role in ground else "CanvasText" for role in LIGHT}
    return "".join(
        f"--c-{role}:{'GrayText' if role in faint else colour};" for role, colour in named.items()
    )
