"""Sets a line of text as a printer with a Chinese font of its own would: 24 dots a Hanzi, 12 a letter."""

from PIL import Image, ImageDraw

from printers.fonts import load_font
from printers.standin.decoder import HEAD_BYTES, TextLine

CELL_DOTS, FONT_DOTS, LINE_DOTS = 12, 24, 30
WIDTH_DOTS = HEAD_BYTES * 8


def set_line(line: TextLine) -> bytes:
    """Its rows of dots, `HEAD_BYTES` each, 1 is black."""
    size = FONT_DOTS * line.times
    height = max(LINE_DOTS, size + 6)
    strip = Image.new("1", (WIDTH_DOTS, height), 0)
    pen = ImageDraw.Draw(strip)
    width = sum(_dots(character, line.times) for character in line.text)
    left = (WIDTH_DOTS - width) // 2 if line.centred else 0
    if line.inverted:
        pen.rectangle((left, 0, left + width, height), fill=1)
    font = load_font(size, line.bold)
    for character in line.text:
        room = _dots(character, line.times)
        middle = left + room / 2
        pen.text((middle, height / 2 + size * 0.36), character, fill=0 if line.inverted else 1, font=font, anchor="ms")
        left += room
    return strip.tobytes()


def _dots(character: str, times: int) -> int:
    return CELL_DOTS * times * (1 if character.isascii() else 2)
