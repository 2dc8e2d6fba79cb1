"""Writes lines of paper in the printer's own Chinese font, as GB18030 bytes: less than half of a picture's.

What no such font surely has (rare characters of names, ♥, emoji) is drawn: that one line goes to paper as a picture, so
that nobody's name becomes a question mark. So does the code.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from escpos.escpos import Escpos

from printers.lines import Checklist, Columns, Cut, Feed, Line, Qr, Role, Rule, Ruler, Sample, Text
from printers.raster import draw

COLUMNS = {80: 48, 58: 32}  # of 12 dots on heads of 576 and 384; a Hanzi takes two
_NOT_FIRST = set("，。、；：？！）】》”’…·,.;:?!)]}%")

RESET, LINE_FEED = b"\x1b@", b"\n"
CHINESE_ON = b"\x1c&"
BOLD = {True: b"\x1bE\x01", False: b"\x1bE\x00"}
CENTRED = {True: b"\x1ba\x01", False: b"\x1ba\x00"}
INVERTED = {True: b"\x1dB\x01", False: b"\x1dB\x00"}
# How many times as wide and high as the font each role stands.
TIMES = {Role.NUMBER: 6, Role.ZONE: 2, Role.WAY: 2, Role.VALUE: 2}


def write_as_text(printer: Escpos, lines: Sequence[Line], width_mm: int = 80) -> None:
    """One paper: text where the printer's font has it, pictures where not."""
    printer._raw(RESET + CHINESE_ON)
    for line in lines:
        for piece in _pieces(line, COLUMNS[width_mm]):
            if isinstance(piece, bytes):
                printer._raw(piece)
            else:
                printer.image(draw([piece], width_mm), impl="bitImageRaster")


def write_sample(printer: Escpos, sample: Sample, width_mm: int) -> None:
    """One line in the printer's own font on a paper that is drawn otherwise."""
    printer._raw(CHINESE_ON)
    for row in broken(sample.text, COLUMNS[width_mm]):
        printer._raw(_line(row, 1, Text(text=row, centred=False)))


def is_in_the_font(text: str) -> bool:
    """ASCII and the two-byte Hanzi and marks of GBK, which every GB18030 printer has; most lack four-byte codes."""
    return all(" " <= character <= "~" or _is_two_bytes(character) for character in text)


def _is_two_bytes(character: str) -> bool:
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def _pieces(line: Line, columns: int) -> Iterator[bytes | Line]:
    """Bytes for the printer's font, or the line itself where it must be drawn."""
    match line:
        case Text():
            yield from _text(line, columns)
        case Columns(cells=cells):
            for cell in cells:
                yield from _text(Text(lead=f"{cell.label} ", text=cell.value, role=Role.VALUE), columns)
        case Checklist(items=items, large=large):
            for item in items:
                yield from _text(Text(text=f"□ {item}", role=Role.WAY if large else Role.BODY, centred=False), columns)
        case Rule():
            yield _line("-" * columns, 1, Text(text=""))
        case Sample(text=text, writing="native"):
            yield from _text(Text(text=text, centred=False), columns)
        case Feed() | Qr() | Ruler() | Sample():
            yield line
        case Cut():
            return


def _text(line: Text, columns: int) -> Iterator[bytes | Line]:
    said = line.lead + line.text
    if not is_in_the_font(said):
        yield line
        return
    times = TIMES.get(line.role, 1)
    while times > 1 and line.role is Role.NUMBER and width_of(said) * times > columns:
        times -= 1
    for row in broken(said, columns // times):
        yield _line(row, times, line)


def _line(row: str, times: int, line: Text) -> bytes:
    """`GS !` sizes the Latin letters, `FS !` the Hanzi (double at most); both are set back after the line."""
    chinese = b"\x1c!" + bytes([0x0C if times > 1 else 0])
    latin = b"\x1d!" + bytes([(times - 1) * 0x11])
    looks = CENTRED[line.centred] + BOLD[line.bold or bool(line.lead)] + INVERTED[line.inverted]
    return looks + latin + chinese + row.encode("gb18030") + LINE_FEED + b"\x1d!\x00\x1c!\x00"


def width_of(text: str) -> int:
    """In columns: a Hanzi or a Chinese mark takes two, a letter one."""
    return sum(1 if " " <= character <= "~" else 2 for character in text)


def broken(text: str, columns: int) -> list[str]:
    """Rows of at most so many columns; between Hanzi anywhere, a word of letters stays whole where it can."""
    rows = [""]
    for word in _words(text):
        if width_of(rows[-1]) + width_of(word) > columns and rows[-1]:
            rows.append("")
        for character in word:  # a word longer than a row is broken where it must
            if width_of(rows[-1]) + width_of(character) > columns:
                rows.append("")
            rows[-1] += character if rows[-1] or character != " " else ""
    return [row.rstrip() for row in rows if row.strip()]


def _words(text: str) -> list[str]:
    words: list[str] = []
    for character in text:
        if words and (character in _NOT_FIRST or _is_one_word(words[-1][-1], character)):
            words[-1] += character
        else:
            words.append(character)
    return words


def _is_one_word(before: str, after: str) -> bool:
    return not (_is_wide(before) or _is_wide(after) or " " in (before, after))


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
