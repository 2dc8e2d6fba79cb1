"""A printer behind a file: /dev/usb/lp0, a serial line, or a plain file that collects the bytes."""

from collections.abc import Sequence
from pathlib import Path

from escpos.printer import Dummy

from printers.devices.base import PROFILE, Device
from printers.devices.status import PrinterStatus
from printers.devices.trouble import PrinterTrouble
from printers.lines import Line


class FileDevice(Device):
    def __init__(self, path: Path, writing: str = "raster") -> None:
        super().__init__(writing)
        self.path = path

    def status(self) -> PrinterStatus:
        return PrinterStatus.UNKNOWN

    def print_lines(self, lines: Sequence[Line]) -> None:
        # python-escpos' own File printer would begin the file anew for each paper.
        paper = Dummy(profile=PROFILE)
        self._write(paper, lines)
        if self.path.is_relative_to("/dev") and not self.path.exists():
            raise PrinterTrouble("unreachable", f"{self.path} is not there")
        try:
            with self.path.open("ab") as device:
                device.write(paper.output)
        except PermissionError as error:
            raise PrinterTrouble("no_permission", str(error)) from error
        except OSError as error:
            raise PrinterTrouble("unreachable", str(error)) from error
