"""Strips of paper with text on them, as wide as the text column: nothing can ink the edge or a neighbour."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from printers.fonts import load_font
from printers.lines import Role, Text
from printers.paragraphs import Row, Run, break_lines, width_of

# Of heads of 80 mm printers; those of 58 mm printers have 384 dots, and functions below get their `column` instead.
WIDTH_DOTS = 576
MARGIN_DOTS = 24
COLUMN_DOTS = WIDTH_DOTS - 2 * MARGIN_DOTS
PAPER, INK = 255, 0


@dataclass(frozen=True)
class Look:
    """A role's size, the smallest it may shrink to before it breaks into two lines, and the room around it, in dots."""

    size: int
    smallest: int
    above: int
    below: int


LOOKS = {
    Role.HALL: Look(30, 26, 0, 4),
    Role.NUMBER: Look(180, 56, 0, 0),
    Role.ZONE: Look(46, 36, 0, 4),
    Role.WAY: Look(35, 30, 0, 4),
    Role.BODY: Look(27, 25, 2, 4),
    Role.SMALL: Look(21, 19, 0, 8),
}
BAR_DOTS = 44
DOTS_PER_MM = 8  # of 203 dpi heads
RULER_DOTS = 60


def gap(dots: int, column: int = COLUMN_DOTS) -> Image.Image:
    return Image.new("L", (column, dots), PAPER)


def put_text(strip: Image.Image, runs: Row, size: int, left: float, top: float, height: float, ink: int = INK) -> None:
    """Sets one line of text into the strip, in the middle of a line box of the given height."""
    pen = ImageDraw.Draw(strip)
    # Noto's Hanzi stand 0.88 of their size above the baseline and 0.12 below.
    baseline = top + (height - size) / 2 + size * 0.88
    for run in runs:
        pen.text((left, baseline), run.text, fill=ink, font=load_font(size, run.bold), anchor="ls")
        left += width_of([run], size)


def text_row(runs: Row, size: int, left: float, height: int = 0, column: int = COLUMN_DOTS) -> Image.Image:
    """One line of text on a strip of its own; 1.36 times the size is room enough for Hanzi and descenders."""
    strip = gap(height or round(size * 1.36), column)
    put_text(strip, runs, size, left, 0, strip.height)
    return strip


def paragraph(line: Text, column: int = COLUMN_DOTS) -> list[Image.Image]:
    look = LOOKS[line.role]
    runs = [run for run in (Run(line.lead, True), Run(line.text, line.bold)) if run.text]
    size = fitting_size(runs, look, column)
    # The number is digits and capitals: it needs no more room below than the tail of a Q.
    height = round(size * 1.04) if line.role is Role.NUMBER else 0
    rows = break_lines(runs, size, column, balanced=line.centred)
    lefts = [_centre(row, size, column) if line.centred else 0 for row in rows]
    drawn = [text_row(row, size, left, height, column) for row, left in zip(rows, lefts, strict=True)]
    return [gap(look.above, column), *drawn, gap(look.below, column)]


def fitting_size(runs: Row, look: Look, column: int = COLUMN_DOTS) -> int:
    """The largest size at which the text keeps to one line, if there is one."""
    for size in range(look.size, look.smallest, -1):
        if width_of(runs, size) <= column:
            return size
    return look.smallest


def bar(line: Text, column: int = COLUMN_DOTS) -> Image.Image:
    """White on black across the column: what must not be overlooked."""
    runs = [Run(line.lead + line.text, True)]
    size = fitting_size(runs, LOOKS[Role.BODY], column)
    strip = Image.new("L", (column, BAR_DOTS), INK)
    put_text(strip, runs, size, _centre(runs, size, column), 0, BAR_DOTS, ink=PAPER)
    return strip


def dashes(column: int = COLUMN_DOTS) -> Image.Image:
    strip = gap(3, column)
    pen = ImageDraw.Draw(strip)
    for left in range(0, column, 9):
        pen.rectangle((left, 0, min(left + 5, column - 1), 2), fill=INK)
    return strip


def ruler(head: int) -> Image.Image:
    """Every millimetre across the head, each tenth one numbered; its two ends are dots of their own."""
    strip = gap(RULER_DOTS, head)
    pen = ImageDraw.Draw(strip)
    pen.line((0, 0, head - 1, 0), fill=INK, width=2)
    for mm in range(head // DOTS_PER_MM + 1):
        left = min(mm * DOTS_PER_MM, head - 1)
        pen.line((left, 0, left, 34 if mm % 10 == 0 else 22 if mm % 5 == 0 else 12), fill=INK)
        if mm % 10 == 0 and 0 < mm * DOTS_PER_MM < head - 16:
            pen.text((left, 54), str(mm), fill=INK, font=load_font(21, False), anchor="ms")
    pen.line((head - 1, 0, head - 1, 34), fill=INK)
    return strip


def _centre(row: Row, size: int, column: int) -> float:
    return (column - width_of(row, size)) / 2
