"""What every printer does: say how it is, and put lines on paper."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from escpos.escpos import Escpos

from printers.devices.status import PrinterStatus
from printers.lines import Line
from printers.native import write_as_text
from printers.raster import draw

# A 576-dot head of an 80 mm printer; python-escpos refuses wider pictures than its profile allows.
PROFILE = "TM-T20II"

Writing = Callable[[Escpos, Sequence[Line]], None]


def write_as_raster(printer: Escpos, lines: Sequence[Line]) -> None:
    """One paper as a picture: reset, `GS v 0`, feed to the cutter and cut."""
    printer.hw("INIT")
    printer.image(draw(lines), impl="bitImageRaster")
    printer.cut(feed=False)


# By setting of the device: a picture, right on every printer; or the printer's own Chinese font (GB18030).
WRITINGS: dict[str, Writing] = {"raster": write_as_raster, "native": write_as_text}


class Device(ABC):
    """A way to paper. Made by `open_device`; holds no connection between papers."""

    def __init__(self, writing: str = "raster") -> None:
        self._write = WRITINGS[writing]

    @abstractmethod
    def status(self) -> PrinterStatus:
        """How the printer is, `UNKNOWN` when it does not say. `PrinterTrouble` only when it cannot be reached."""

    @abstractmethod
    def print_lines(self, lines: Sequence[Line]) -> None:
        """Returns when the device took the whole paper (and, where it can tell, printed it). Else `PrinterTrouble`."""
