"""What every printer does: say how it is, and put lines on paper."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from escpos.escpos import Escpos
from escpos.printer import Dummy

from printers.devices.status import PrinterStatus
from printers.lines import Line, Sample
from printers.native import write_as_text, write_sample
from printers.raster import draw

# By the roll's width in mm: a profile of python-escpos with a head as wide as ours draws. It refuses wider pictures.
PROFILES = {80: "TM-T20II", 58: "POS-5890"}
FEED_WITHOUT_CUTTER = b"\n" * 4  # so that the last line stands past the tear-off edge

Writing = Callable[[Escpos, Sequence[Line], int], None]


def write_as_raster(printer: Escpos, lines: Sequence[Line], width_mm: int = 80) -> None:
    """One paper as a picture: reset and `GS v 0`; only the test page has lines in the printer's font in between."""
    printer.hw("INIT")
    for is_text, group in groupby(lines, key=lambda line: isinstance(line, Sample) and line.writing == "native"):
        if is_text:
            for line in group:
                write_sample(printer, cast("Sample", line), width_mm)
        else:
            printer.image(draw(list(group), width_mm), impl="bitImageRaster")


# By setting of the device: a picture, right on every printer; or the printer's own Chinese font (GB18030).
WRITINGS: dict[str, Writing] = {"raster": write_as_raster, "native": write_as_text}


@dataclass(frozen=True, slots=True)
class Make:
    """What kind of printer it is: how its roll is written on, how wide that is, whether it cuts."""

    writing: str = "raster"
    width_mm: int = 80
    cutter: bool = True


class Device(ABC):
    """A way to paper. Made by `open_device`; holds no connection between papers."""

    def __init__(self, make: Make | None = None) -> None:
        self.make = make or Make()

    def bytes_of(self, lines: Sequence[Line]) -> bytes:
        """The paper as this make of printer takes it, up to the cut or the tear-off edge."""
        paper = Dummy(profile=PROFILES[self.make.width_mm])
        WRITINGS[self.make.writing](paper, lines, self.make.width_mm)
        if self.make.cutter:
            paper.cut(feed=False)
        else:
            paper._raw(FEED_WITHOUT_CUTTER)
        return bytes(paper.output)

    @abstractmethod
    def status(self) -> PrinterStatus:
        """How the printer is, `UNKNOWN` when it does not say. `PrinterTrouble` only when it cannot be reached."""

    @abstractmethod
    def print_lines(self, lines: Sequence[Line]) -> PrinterStatus:
        """Returns when the device took the whole paper (and, where it can tell, printed it): how the printer is after
        it. Else `PrinterTrouble`."""
