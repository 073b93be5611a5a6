"""Letters and marks stand out, and four series stay apart, for every eye and in both themes."""

import math
from itertools import combinations

import pytest

from dashboard.charts import style

Rgb = tuple[float, float, float]

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
DEFICIENCIES: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])


def linear(colour: str) -> Rgb:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return r, g, b


def luminance(colour: str) -> float:
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, deficiency: str) -> Rgb:
    rgb = linear(colour)
    if deficiency == "none":
        return rgb
    rows = DEFICIENCIES[deficiency]
    r, g, b = (sum(k * v for k, v in zip(row, rgb, strict=True)) for row in rows)
    return min(max(r, 0), 1), min(max(g, 0), 1), min(max(b, 0), 1)


def lab(rgb: Rgb) -> Rgb:
    r, g, b = rgb
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@THEMES
def test_letters_have_a_contrast_of_four_and_a_half(theme: style.Theme) -> None:
    palette = style.PALETTES[theme]
    for role in ("ink", "text2", "muted", *map(style.text_role, style.SERIES)):
        assert contrast(palette[role], palette["paper"]) >= 4.5, role
        if role in ("ink", "text2"):
            assert contrast(palette[role], palette["shade"]) >= 4.5, role


@THEMES
def test_letters_inside_marks_have_a_contrast_of_four_and_a_half(theme: style.Theme) -> None:
    palette = style.PALETTES[theme]
    for role in ("seq1", "seq2", "seq3"):
        assert contrast(palette["ink"], palette[role]) >= 4.5, role
    for role in ("seq4", "seq5", "blue", "rust"):
        assert contrast(palette["paper"], palette[role]) >= 4.5, role


@THEMES
def test_marks_have_a_contrast_of_three(theme: style.Theme) -> None:
    palette = style.PALETTES[theme]
    for role in (*style.SERIES, "axis", "muted", "ink"):
        assert contrast(palette[role], palette["paper"]) >= 3, role


@THEMES
@pytest.mark.parametrize("deficiency", ["none", *DEFICIENCIES])
def test_four_series_stay_apart_for_every_eye(theme: style.Theme, deficiency: str) -> None:
    palette = style.PALETTES[theme]
    for one, other in combinations(style.SERIES, 2):
        difference = math.dist(*(lab(seen(palette[role], deficiency)) for role in (one, other)))
        assert difference >= 15, (one, other, difference)


@THEMES
def test_a_hex_names_one_role(theme: style.Theme) -> None:
    palette = style.PALETTES[theme]
    assert len(set(palette.values())) == len(palette)
    assert set(style.LIGHT) == set(style.DARK)


def test_every_series_has_a_shape_of_its_own() -> None:
    assert len({style.SYMBOLS[role] for role in style.SERIES}) == 4


def test_the_style_sheet_knows_every_role_in_every_scheme() -> None:
    sheet = style.css()
    for role in style.LIGHT:
        assert f".f-{role}{{" in sheet
        assert sheet.count(f"--c-{role}:") == 5
    for scheme in ("prefers-color-scheme:dark", "print", "forced-colors:active"):
        assert f"@media ({scheme})" in sheet or f"@media {scheme}" in sheet
