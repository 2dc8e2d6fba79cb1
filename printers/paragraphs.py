"""Breaks text into lines of a given width: Chinese between any two characters, other scripts between words."""

import unicodedata
from dataclasses import dataclass

from printers.fonts import character_width

# A line must not begin with these, nor end with those.
_NOT_FIRST = set("，。、；：？！）】》”’…·,.;:?!)]}%")
_NOT_LAST = set("（【《“‘([{")


@dataclass(frozen=True)
class Run:
    """Neighbouring characters of one weight."""

    text: str
    bold: bool


@dataclass(frozen=True)
class _Glyph:
    character: str
    bold: bool
    width: float


Row = list[Run]


def width_of(runs: Row, size: int) -> float:
    return sum(character_width(character, size, run.bold) for run in runs for character in run.text)


def break_lines(runs: Row, size: int, width: int, balanced: bool = False) -> list[Row]:
    """`balanced` makes the lines about equally long, so that no single character is left on the last one."""
    words = _words(runs, size)
    rows = _fill(words, width)
    if balanced and len(rows) > 1:
        narrowest = width // 2
        for narrower in range(width - 16, narrowest, -16):
            tried = _fill(words, narrower)
            if len(tried) > len(rows):
                break
            rows = tried
    return [_runs(row) for row in rows]


def _words(runs: Row, size: int) -> list[list[_Glyph]]:
    """The pieces that may not be broken, in order."""
    glyphs = [_Glyph(c, run.bold, character_width(c, size, run.bold)) for run in runs for c in run.text]
    words: list[list[_Glyph]] = []
    for glyph in glyphs:
        if words and _belongs_together(words[-1][-1].character, glyph.character):
            words[-1].append(glyph)
        else:
            words.append([glyph])
    return words


def _belongs_together(before: str, after: str) -> bool:
    if unicodedata.combining(after) or after in _NOT_FIRST or before in _NOT_LAST:
        return True
    if before == " " or after == " ":
        return False
    return not _is_wide(before) and not _is_wide(after)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _fill(words: list[list[_Glyph]], width: int) -> list[list[_Glyph]]:
    rows: list[list[_Glyph]] = [[]]
    used = 0.0
    for word in words:
        length = sum(glyph.width for glyph in word)
        if rows[-1] and used + length > width:
            rows.append([])
            used = 0.0
        if word[0].character == " " and not rows[-1]:
            continue
        if length > width:
            used = _fill_by_character(rows, word, width)
            continue
        rows[-1].extend(word)
        used += length
    return [row for row in rows if row]


def _fill_by_character(rows: list[list[_Glyph]], word: list[_Glyph], width: int) -> float:
    """A word longer than a line (a link, a joke) is broken anywhere. Returns the width used in the last row."""
    used = 0.0
    for glyph in word:
        if rows[-1] and used + glyph.width > width:
            rows.append([])
            used = 0.0
        rows[-1].append(glyph)
        used += glyph.width
    return used


def _runs(row: list[_Glyph]) -> Row:
    while row and row[-1].character == " ":
        row = row[:-1]
    runs: Row = []
    for glyph in row:
        if runs and runs[-1].bold == glyph.bold:
            runs[-1] = Run(runs[-1].text + glyph.character, glyph.bold)
        else:
            runs.append(Run(glyph.character, glyph.bold))
    return runs
