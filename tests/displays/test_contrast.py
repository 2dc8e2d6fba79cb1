"""Screens are legible by day, in the evening and in black and white: the very colours of the style sheets, by WCAG."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHEETS = (ROOT / "queue_server/web/common/tokens.css", ROOT / "displays/pages/evening.css")
DISPLAY = '[data-device="kiosk"], [data-device="display"]'
LOOKS = {
    "day": (":root", DISPLAY),
    "evening": (":root", DISPLAY, ':root[data-evening="yes"]'),
    "strong": (":root", DISPLAY, ':root[data-contrast="strong"]'),
    "strong evening": (
        *(":root", DISPLAY, ':root[data-evening="yes"]', ':root[data-contrast="strong"]'),
        ':root[data-contrast="strong"][data-evening="yes"]',
    ),
}
# (words, ground) as hall, zone and counter screens set them; --zone stands for each zone's own colour.
PAIRS = [
    *(("ink", "card"), ("soft", "card"), ("ink", "ground"), ("soft", "ground"), ("on-house", "house")),
    *(("on-house-soft", "house"), ("on-house", "house-dark"), ("on-house-soft", "house-dark")),
    *(("on-house", "house-panel"), ("on-house-soft", "house-panel"), ("foot-ink", "foot")),
    *(("on-house", "act"), ("on-danger", "danger"), ("ink", "just-called-tint")),
    ("on-just-called", "just-called"),
    *((f"zone-{zone}", "card") for zone in ("smart", "special", "care")),
    *((f"zone-{zone}", f"zone-{zone}-tint") for zone in ("smart", "special", "care")),
    *(("ink", f"zone-{zone}-tint") for zone in ("smart", "special", "care")),
]
AA = 4.5


def blocks() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for sheet in SHEETS:
        plain = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", plain):
            colours = re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})\s*;", body)
            found.setdefault(" ".join(selector.split()), {}).update(colours)
    return found


def colours_of(look: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for selector in LOOKS[look]:
        known |= blocks()[selector]
    return known


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("look", LOOKS)
def test_all_words_of_the_screens_stand_out(look: str) -> None:
    colours = colours_of(look)

    pale = {
        f"{words} on {ground}": round(contrast(colours[words], colours[ground]), 2)
        for words, ground in PAIRS
        if contrast(colours[words], colours[ground]) < AA
    }

    assert pale == {}
