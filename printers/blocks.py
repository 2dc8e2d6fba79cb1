"""The ticket's three figures: facts side by side, the checklist, the QR code."""

import qrcode
from PIL import Image, ImageDraw

from printers.lines import Cell
from printers.paragraphs import Row, Run, break_lines, width_of
from printers.strips import COLUMN_DOTS, INK, PAPER, gap, put_text

LABEL_SIZE, SMALLEST_LABEL_SIZE, LABEL_HEIGHT = 25, 18, 38
VALUE_SIZE, SMALLEST_VALUE_SIZE, VALUE_HEIGHT = 46, 22, 60
BETWEEN_CELLS = 20

ITEM_SIZE, SMALLER_ITEM_SIZE, ITEM_HEIGHT, ITEM_ROW_HEIGHT = 27, 25, 40, 36
BOX_DOTS, INDENT_DOTS = 21, 34
LARGE_ITEM_SIZE, LARGE_ITEM_HEIGHT, LARGE_BOX_DOTS, LARGE_INDENT_DOTS = 36, 50, 28, 44

QUIET_MODULES = 4
QR_DOTS = 288
SMALLEST_MODULE_DOTS = 5  # 0.6 mm at 203 dpi: old phones still read it
FRAME_DOTS = 2


def columns(cells: tuple[Cell, ...], column: int = COLUMN_DOTS) -> Image.Image:
    """Label above value; sizes shrink until all cells fit, and the width left over is shared out evenly."""
    label_size, value_size = LABEL_SIZE, VALUE_SIZE
    while value_size > SMALLEST_VALUE_SIZE and _needed(cells, label_size, value_size) > column:
        value_size -= 1
        label_size = max(SMALLEST_LABEL_SIZE, min(LABEL_SIZE, value_size))
    widths = [_cell_width(cell, label_size, value_size) for cell in cells]
    share = (column - sum(widths)) / len(cells)
    strip = gap(LABEL_HEIGHT + VALUE_HEIGHT, column)
    left = 0.0
    for cell, width in zip(cells, widths, strict=True):
        middle = left + (width + share) / 2
        label, value = [Run(cell.label, False)], [Run(cell.value, True)]
        put_text(strip, label, label_size, middle - width_of(label, label_size) / 2, 0, LABEL_HEIGHT)
        put_text(strip, value, value_size, middle - width_of(value, value_size) / 2, LABEL_HEIGHT, VALUE_HEIGHT)
        left += width + share
    return strip


def _needed(cells: tuple[Cell, ...], label_size: int, value_size: int) -> float:
    return sum(_cell_width(cell, label_size, value_size) for cell in cells) + BETWEEN_CELLS * len(cells)


def _cell_width(cell: Cell, label_size: int, value_size: int) -> float:
    return max(width_of([Run(cell.label, False)], label_size), width_of([Run(cell.value, True)], value_size))


def checklist(items: tuple[str, ...], column: int = COLUMN_DOTS) -> list[Image.Image]:
    """A box before each item; two short neighbours share a row, a long one takes as many rows as it needs."""
    strips: list[Image.Image] = []
    waiting: Image.Image | None = None  # a row whose right half is still free
    for item in items:
        runs = [Run(item, False)]
        is_short = width_of(runs, ITEM_SIZE) <= column // 2 - INDENT_DOTS - 8
        if is_short and waiting is not None:
            _put_item(waiting, runs, column // 2)
            waiting = None
        elif is_short:
            waiting = gap(ITEM_HEIGHT, column)
            _put_item(waiting, runs, 0)
            strips.append(waiting)
        else:
            waiting = None
            strips.append(_long_item(runs, column))
    return strips


def large_checklist(items: tuple[str, ...], column: int = COLUMN_DOTS) -> list[Image.Image]:
    """In large print: one item below the other."""
    strips = []
    for item in items:
        rows = break_lines([Run(item, False)], LARGE_ITEM_SIZE, column - LARGE_INDENT_DOTS)
        strip = gap(len(rows) * LARGE_ITEM_HEIGHT, column)
        top = (LARGE_ITEM_HEIGHT - LARGE_BOX_DOTS) // 2
        ImageDraw.Draw(strip).rectangle((0, top, LARGE_BOX_DOTS, top + LARGE_BOX_DOTS), outline=INK, width=3)
        for number, row in enumerate(rows):
            put_text(strip, row, LARGE_ITEM_SIZE, LARGE_INDENT_DOTS, number * LARGE_ITEM_HEIGHT, LARGE_ITEM_HEIGHT)
        strips.append(strip)
    return strips


def _long_item(runs: Row, column: int) -> Image.Image:
    width = column - INDENT_DOTS
    # A little smaller rather than a single character on a second row.
    needs_two_rows = width_of(runs, ITEM_SIZE) > width
    size = SMALLER_ITEM_SIZE if needs_two_rows and width_of(runs, SMALLER_ITEM_SIZE) <= width else ITEM_SIZE
    rows = break_lines(runs, size, width)
    strip = gap(ITEM_HEIGHT + (len(rows) - 1) * ITEM_ROW_HEIGHT, column)
    _put_item(strip, rows[0], 0, size)
    for number, row in enumerate(rows[1:], start=1):
        put_text(strip, row, size, INDENT_DOTS, number * ITEM_ROW_HEIGHT, ITEM_HEIGHT)
    return strip


def _put_item(strip: Image.Image, runs: Row, left: int, size: int = ITEM_SIZE) -> None:
    top = (ITEM_HEIGHT - BOX_DOTS) // 2 + 1
    ImageDraw.Draw(strip).rectangle((left, top, left + BOX_DOTS, top + BOX_DOTS), outline=INK, width=2)
    put_text(strip, runs, size, left + INDENT_DOTS, 0, ITEM_HEIGHT)


def qr(link: str, column: int = COLUMN_DOTS) -> Image.Image:
    """The code in a thin frame outside its quiet zone, drawn in whole dots per module."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET_MODULES)
    code.add_data(link)
    code.make(fit=True)
    matrix = code.get_matrix()
    across = len(matrix)
    fits = (column - 2 * FRAME_DOTS) // across
    module = max(1, min(fits, max(SMALLEST_MODULE_DOTS, QR_DOTS // across)))
    modules = Image.new("L", (across, across), PAPER)
    modules.putdata([INK if dark else PAPER for row in matrix for dark in row])
    picture = modules.resize((across * module, across * module), Image.Resampling.NEAREST)
    strip = gap(picture.height + 2 * FRAME_DOTS, column)
    left = (column - picture.width) // 2
    frame = (left - FRAME_DOTS, 0, left + picture.width + FRAME_DOTS - 1, strip.height - 1)
    ImageDraw.Draw(strip).rectangle(frame, outline=INK, width=FRAME_DOTS)
    strip.paste(picture, (left, FRAME_DOTS))
    return strip
