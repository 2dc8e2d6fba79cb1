"""A printer that remembers, for tests and for kiosks without paper."""

from collections.abc import Sequence

from escpos.printer import Dummy

from printers.devices.base import PROFILE, Device
from printers.devices.status import PrinterStatus
from printers.devices.trouble import PrinterTrouble
from printers.lines import Line


class DummyDevice(Device):
    """`papers` are the bytes of each paper; set `trouble` to a code to make it fail."""

    def __init__(self, writing: str = "raster") -> None:
        super().__init__(writing)
        self.papers: list[bytes] = []
        self.trouble: str | None = None

    def status(self) -> PrinterStatus:
        return PrinterStatus.READY

    def print_lines(self, lines: Sequence[Line]) -> None:
        if self.trouble:
            raise PrinterTrouble(self.trouble)
        printer = Dummy(profile=PROFILE)
        self._write(printer, lines)
        self.papers.append(printer.output)
