"""A printer that remembers, for tests and for kiosks without paper."""

from collections.abc import Sequence

from printers.devices.base import Device, Make
from printers.devices.status import PrinterStatus
from printers.devices.trouble import PrinterTrouble
from printers.lines import Line


class DummyDevice(Device):
    """`papers` are the bytes of each paper; set `trouble` to a code to make it fail."""

    def __init__(self, make: Make | None = None) -> None:
        super().__init__(make)
        self.papers: list[bytes] = []
        self.trouble: str | None = None

    def status(self) -> PrinterStatus:
        return PrinterStatus.READY

    def print_lines(self, lines: Sequence[Line]) -> PrinterStatus:
        if self.trouble:
            raise PrinterTrouble(self.trouble)
        self.papers.append(self.bytes_of(lines))
        return PrinterStatus.READY
