"""Draws lines of paper as a black-and-white picture, one dot per dot of an 80 mm thermal head.

A picture prints the same on every printer and has every character that the font has.
"""

from collections.abc import Sequence

from PIL import Image

from printers.blocks import checklist, columns, large_checklist, qr
from printers.lines import Checklist, Columns, Cut, Feed, Line, Qr, Rule, Text
from printers.strips import INK, MARGIN_DOTS, PAPER, WIDTH_DOTS, bar, dashes, gap, paragraph

# Anti-aliased strokes are kept a little bolder than half: thermal paper eats thin lines.
_INK_BELOW = 144
_TO_INK_OR_PAPER = [INK if level < _INK_BELOW else PAPER for level in range(256)]


def draw(lines: Sequence[Line]) -> Image.Image:
    """The paper up to its cut, in Pillow's mode "1", 576 dots wide."""
    strips = [strip for line in lines for strip in _strips(line)]
    paper = Image.new("L", (WIDTH_DOTS, max(1, sum(strip.height for strip in strips))), PAPER)
    top = 0
    for strip in strips:
        paper.paste(strip, (MARGIN_DOTS, top))
        top += strip.height
    return paper.point(_TO_INK_OR_PAPER).convert("1", dither=Image.Dither.NONE)


def _strips(line: Line) -> list[Image.Image]:
    match line:
        case Text(inverted=True):
            return [bar(line), gap(12)]
        case Text():
            return paragraph(line)
        case Columns(cells=cells):
            return [columns(cells)]
        case Rule():
            return [gap(14), dashes(), gap(14)]
        case Checklist(items=items, large=large):
            return large_checklist(items) if large else checklist(items)
        case Qr(link=link):
            return [gap(14), qr(link), gap(6)]
        case Feed(dots=dots):
            return [gap(dots)]
        case Cut():
            return []
