"""Finds Noto Sans CJK SC, the face that has the rare characters of people's names."""

import os
from functools import cache
from pathlib import Path

from PIL import ImageFont

FAMILY = "Noto Sans CJK SC"
INSTALL_HINT = "Install it (Debian: apt install fonts-noto-cjk) or point XINTING_FONTS at the folder that holds it."

_FOLDERS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
)
# A collection holds ten faces, five regions proportional and monospaced; SC is mostly the third, but is asked its name.
_LIKELY_INDEXES = (2, 0, 1, 3, 4, 5, 6, 7, 8, 9)


class FontMissing(RuntimeError):
    """The paper cannot be drawn; the message says what to install."""


@cache
def load_font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    path, index = _find_face(bold)
    return ImageFont.truetype(str(path), size, index=index, layout_engine=ImageFont.Layout.BASIC)


@cache
def character_width(character: str, size: int, bold: bool) -> float:
    return load_font(size, bold).getlength(character)


@cache
def _find_face(bold: bool) -> tuple[Path, int]:
    weight = "Bold" if bold else "Regular"
    for path in _candidates(f"NotoSansCJK*{weight}.*"):
        for index in _LIKELY_INDEXES:
            try:
                name, _style = ImageFont.truetype(str(path), 16, index=index).getname()
            except OSError:
                break
            if name == FAMILY:
                return path, index
    raise FontMissing(f"{FAMILY} {weight} was not found. {INSTALL_HINT}")


def _candidates(pattern: str) -> list[Path]:
    own = os.environ.get("XINTING_FONTS")
    folders = [own] if own else list(_FOLDERS)
    for folder in folders:
        if found := sorted(Path(folder).rglob(pattern)):
            return found
    return []
