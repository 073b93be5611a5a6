"""The style sheet: small, mirrored by itself, in the colours of the charts, above Bootstrap."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from test_charts_colours import contrast

from dashboard import charts
from dashboard.charts import style
from dashboard.web import static

ROOT = Path(__file__).parent.parent
SOURCE = (ROOT / "assets" / "style.css").read_text(encoding="utf-8")
SHARING = (ROOT / "assets" / "share.css").read_text(encoding="utf-8")
CSS = re.sub(r"/\*.*?\*/", "", SOURCE, flags=re.DOTALL)
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
BUDGET = 7_000
"""Bytes on the wire of everything that is inlined into a document as style."""

FROM_ELSEWHERE = {"form-check", "form-check-input", "form-check-label", "form-select"}
"""Classes that Bootstrap's components bring along."""

DRAWN = {
    "form-text",
    "move",
    "card",
    "number",
    "compact",
    "wide",
    "narrow",
    "spark",
    "better",
    "worse",
}
"""Classes that stand in raw markup, or are chosen by data."""

BY_SCRIPT = {"close", "copy", "preview", "share-embed", "sharing"}
"""Classes of the dialog that a script makes, or whose names are put together."""

OF_THE_READER = {"ButtonText", "ButtonFace", "Canvas", "CanvasText", "Highlight"}
"""Colours of the reader's own, for forced colours only."""

HOOKS = {"illustrative", "arrow", "schemes", "glossary"}
"""Classes of the markup that look like what stands around them."""


def blocks(start: str) -> Iterator[str]:
    """Yield the content of each top-level block that begins with some words."""
    at = 0
    while (at := CSS.find(start, at)) >= 0:
        first = CSS.index("{", at)
        depth, end = 1, first + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(CSS[end], 0)
            end += 1
        yield CSS[at:end]
        at = end


def values(name: str) -> set[str]:
    """Return every value that a property is given."""
    return set(re.findall(rf"(?<![\w-]){name}:\s*([^;}}]+?)\s*[;}}]", CSS))


def named_classes() -> set[str]:
    """Return every class that components and pages write."""
    found: set[str] = set()
    for folder in ("components", "pages", "entrance", "workspace"):
        for path in sorted((ROOT / "dashboard" / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.keyword) and node.arg == "className":
                    found |= set(literal(node.value))
    return found


def literal(value: ast.AST) -> Iterator[str]:
    """Yield the words of the texts that an expression holds."""
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from node.value.split()


def styled_classes() -> set[str]:
    """Return every class that the style sheets have a rule for."""
    bare = re.sub(r'"[^"]*"|url\([^)]*\)|/\*.*?\*/', "", CSS + SHARING, flags=re.DOTALL)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", bare))


def test_everything_mirrors_by_itself() -> None:
    assert not re.findall(r"(?<![\w-])(?:left|right)(?![\w-])", CSS)
    sides = r"(?:margin|padding|border|inset|scroll-margin)-(?:left|right|top|bottom)"
    assert not re.findall(sides, CSS)
    assert not re.findall(r"[;{]\s*(?:(?:min|max)-)?(?:width|height|top|bottom)\s*:", CSS)


def test_nothing_is_forced_on_a_screen() -> None:
    outside = CSS
    for start in ("@media print", "@media (forced-colors"):
        for block in blocks(start):
            outside = outside.replace(block, "")
    assert "!important" not in outside


def test_nothing_moves_by_itself() -> None:
    assert "@keyframes" not in CSS and "animation" not in CSS
    assert values("transition") == {"none"}
    assert values("scroll-behavior") == {"auto"}


def test_every_colour_is_one_of_the_palette() -> None:
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|(?:rgb|hsl|lab|lch|color)a?\(", CSS)
    roles = set(re.findall(r"var\(--c-(\w+)\)", CSS))
    assert roles and roles <= set(style.LIGHT), roles - set(style.LIGHT)
    plain = {v for name in ("color", "background-color") for v in values(name)}
    assert {v for v in plain if not v.startswith("var(--c-")} <= {"inherit", *OF_THE_READER}


def test_colours_of_the_reader_are_for_forced_colours_only() -> None:
    forced = "".join(blocks("@media (forced-colors"))
    named = "|".join(OF_THE_READER)
    assert len(re.findall(named, CSS)) == len(re.findall(named, forced)) > 0


def test_every_custom_property_is_set_and_used() -> None:
    used = {n for n in re.findall(r"var\(--([\w-]+)\)", CSS) if not n.startswith("c-")}
    assert used == set(re.findall(r"[{;]\s*--([\w-]+):", CSS))


@THEMES
def test_letters_stand_out_from_every_ground(theme: style.Theme) -> None:
    palette = style.PALETTES[theme]
    letters = set(re.findall(r"(?<![\w-])color: var\(--c-(\w+)\)", CSS)) - {"paper"}
    assert {"ink", "text2", "blue", "rust"} <= letters
    for role in letters:
        assert contrast(palette[role], palette["paper"]) >= 4.5, role
    for ground in ("shade", "wash"):
        for role in ("ink", "text2", "blue"):
            assert contrast(palette[role], palette[ground]) >= 4.5, (role, ground)
    assert contrast(palette["paper"], palette["blue"]) >= 4.5


@THEMES
def test_edges_of_controls_and_the_ring_of_focus_stand_out(theme: style.Theme) -> None:
    palette = style.PALETTES[theme]
    for role in ("axis", "blue", "rust"):
        assert contrast(palette[role], palette["paper"]) >= 3, role
        assert contrast(palette[role], palette["shade"]) >= 3, role


def test_the_ring_of_focus_is_wide_enough() -> None:
    ring = re.search(r":focus-visible \{ outline: (\d+)px solid var\(--c-blue\)", CSS)
    assert ring and int(ring[1]) >= 2


def test_it_is_small_on_the_wire() -> None:
    whole = CSS + charts.css()
    assert len(brotli.compress(whole.encode(), quality=6)) <= BUDGET


def test_every_font_is_one_that_is_made_and_every_made_one_is_used() -> None:
    named = set(re.findall(r"url\(([^)]+)\)", CSS))
    assert named == set(static.FONTS)
    families = set(re.findall(r'@font-face \{ font-family: "([^"]+)"', CSS))
    assert {style.USUAL, *style.FAMILIES.values(), "Noto Nastaliq Urdu"} <= families


def test_fonts_that_are_fetched_swap() -> None:
    for face in re.findall(r"@font-face \{[^}]+\}", CSS):
        assert "url(" not in face or "font-display: swap" in face


def test_nastaliq_has_room_and_stays_out_of_controls_and_tables() -> None:
    urdu = next(b for b in blocks("html:lang(ur) {"))
    for name in ("prose-line", "title-line"):
        line = re.search(rf"--{name}: ([\d.]+)", urdu)
        assert line and float(line[1]) >= 2.3, name
    assert "Nastaliq" not in next(b for b in blocks("html:lang(ur), html:lang(ar)"))
    for rule in re.findall(r"([^{}]+)\{([^{}]*var\(--prose\)[^{}]*)\}", CSS):
        selector = rule[0]
        assert not re.search(r"table|\bth\b|\btd\b|form|select|button|tile|label|svg", selector)


def test_the_sheet_stands_above_bootstrap() -> None:
    assert CSS.strip().startswith("@layer bootstrap;")
    assert CSS.count("@layer") == 1


def test_pictures_and_live_charts_change_their_form_at_the_same_width() -> None:
    boot = (ROOT / "assets" / "boot.js").read_text(encoding="utf-8")
    narrow = re.search(r"max-width: ([\d.]+)px", boot)
    wide = next(b for b in blocks("@media (min-width: 920px)"))
    assert narrow and float(narrow[1]) == 919.98
    assert ".wide { display: block; }" in wide


def test_every_class_of_the_markup_has_its_rule() -> None:
    assert not named_classes() - styled_classes() - HOOKS - DRAWN


def test_every_rule_has_a_class_of_the_markup() -> None:
    assert not styled_classes() - named_classes() - FROM_ELSEWHERE - DRAWN - BY_SCRIPT
