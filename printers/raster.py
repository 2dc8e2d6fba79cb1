"""Draws lines of paper as a black-and-white picture, one dot per dot of an 80 mm or 58 mm thermal head.

A picture prints the same on every printer and has every character that the font has.
"""

from collections.abc import Sequence

from PIL import Image

from printers.blocks import checklist, columns, large_checklist, qr
from printers.lines import Checklist, Columns, Cut, Feed, Line, Qr, Rule, Ruler, Sample, Text
from printers.strips import INK, MARGIN_DOTS, PAPER, WIDTH_DOTS, bar, dashes, gap, paragraph, ruler

# Anti-aliased strokes are kept a little bolder than half: thermal paper eats thin lines.
_INK_BELOW = 144
_TO_INK_OR_PAPER = [INK if level < _INK_BELOW else PAPER for level in range(256)]


# By the roll's width in mm: dots of the head, and dots left free at each side.
HEADS = {80: (WIDTH_DOTS, MARGIN_DOTS), 58: (384, 8)}


def draw(lines: Sequence[Line], width_mm: int = 80) -> Image.Image:
    """The paper up to its cut, in Pillow's mode "1", as wide as the head."""
    width, margin = HEADS[width_mm]
    strips = [strip for line in lines for strip in _strips(line, width - 2 * margin, width)]
    paper = Image.new("L", (width, max(1, sum(strip.height for strip in strips))), PAPER)
    top = 0
    for strip in strips:
        paper.paste(strip, (0 if strip.width == width else margin, top))
        top += strip.height
    return paper.point(_TO_INK_OR_PAPER).convert("1", dither=Image.Dither.NONE)


def _strips(line: Line, column: int, head: int) -> list[Image.Image]:
    match line:
        case Text(inverted=True):
            return [bar(line, column), gap(12, column)]
        case Text():
            return paragraph(line, column)
        case Columns(cells=cells):
            return [columns(cells, column)]
        case Rule():
            return [gap(14, column), dashes(column), gap(14, column)]
        case Ruler():
            return [gap(8, column), ruler(head), gap(8, column)]
        case Sample(text=text):
            return paragraph(Text(text=text, centred=False), column)
        case Checklist(items=items, large=large):
            return large_checklist(items, column) if large else checklist(items, column)
        case Qr(link=link):
            return [gap(14, column), qr(link, column), gap(6, column)]
        case Feed(dots=dots):
            return [gap(dots, column)]
        case Cut():
            return []
