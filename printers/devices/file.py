"""A printer behind a file: /dev/usb/lp0, or a plain file that collects the bytes."""

from collections.abc import Sequence
from pathlib import Path

from printers.devices.base import Device, Make
from printers.devices.status import PrinterStatus
from printers.devices.trouble import PrinterTrouble
from printers.lines import Line


class FileDevice(Device):
    def __init__(self, path: Path, make: Make | None = None) -> None:
        super().__init__(make)
        self.path = path

    def status(self) -> PrinterStatus:
        """A file says nothing; only whether it is there."""
        if self.path.is_relative_to("/dev") and not self.path.exists():
            raise PrinterTrouble("unreachable", f"{self.path} is not there")
        return PrinterStatus.UNKNOWN

    def print_lines(self, lines: Sequence[Line]) -> PrinterStatus:
        # python-escpos' own File printer would begin the file anew for each paper.
        paper = self.bytes_of(lines)
        self.status()
        try:
            with self.path.open("ab") as device:
                device.write(paper)
        except PermissionError as error:
            raise PrinterTrouble("no_permission", str(error)) from error
        except OSError as error:
            raise PrinterTrouble("unreachable", str(error)) from error
        return PrinterStatus.UNKNOWN
