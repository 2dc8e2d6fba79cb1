"""A printer that CUPS knows, as a raw queue, by CUPS' own `lp`, `lpstat` and `cancel`.

`lp` only queues: what still stands there after some seconds is taken back, or it would come out hours later.
"""

import os
import re
import subprocess
import time
from collections.abc import Sequence

from printers.devices.base import Device, Make
from printers.devices.status import PrinterStatus
from printers.devices.trouble import PrinterTrouble
from printers.lines import Line

COMMAND_SECONDS = 5.0
PRINTED_WITHIN_SECONDS = 30.0
LOOK_EVERY_SECONDS = 0.2
_JOB = re.compile(r"request id is (\S+)")


class CupsDevice(Device):
    def __init__(self, queue: str, make: Make | None = None) -> None:
        super().__init__(make)
        self.queue = queue

    def status(self) -> PrinterStatus:
        """CUPS tells whether its queue goes on, not how the printer is."""
        if "disabled" in run_cups("lpstat", "-p", self.queue):
            raise PrinterTrouble("device_error", f"the CUPS queue {self.queue} is stopped")
        return PrinterStatus.UNKNOWN

    def print_lines(self, lines: Sequence[Line]) -> PrinterStatus:
        paper = self.bytes_of(lines)
        self.status()
        said = run_cups("lp", "-d", self.queue, "-t", "xinting", "-o", "raw", sent=paper)
        found = _JOB.search(said)
        if found is None:
            raise PrinterTrouble("unconfirmed", f"lp said {said!r}", maybe_on_paper=True)
        until = time.monotonic() + PRINTED_WITHIN_SECONDS
        while found[1] in run_cups("lpstat", "-o", self.queue).split():
            if time.monotonic() > until:
                run_cups("cancel", found[1])
                raise PrinterTrouble("stalled", f"{found[1]} stood in CUPS and was taken back", maybe_on_paper=True)
            time.sleep(LOOK_EVERY_SECONDS)
        return PrinterStatus.UNKNOWN


def run_cups(*command: str, sent: bytes = b"") -> str:
    try:
        done = subprocess.run(
            command,
            input=sent,
            capture_output=True,
            timeout=COMMAND_SECONDS,
            check=False,
            env=os.environ | {"LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrinterTrouble("unreachable", f"{command[0]}: {error}") from error
    if done.returncode:
        raise PrinterTrouble("unreachable", done.stderr.decode(errors="replace").strip())
    return done.stdout.decode(errors="replace")
