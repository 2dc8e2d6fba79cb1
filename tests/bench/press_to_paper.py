"""A press at the kiosk → the paper's last byte at its printer: hall, `xinting kiosk` and printer, each for itself.

The press goes to the kiosk's own address, as its browser's does. The printer is the stand-in, which takes bytes as fast
as they come: what a slow head needs comes on top. One visitor after another, each once the paper before is out.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from printers.standin import Standin
from printers.standin.decoder import Command, Cut
from queue_server.accounts import Accounts, DeviceKind
from tests.bench.figures import Figure, median, percentile
from tests.bench.halls import fresh_hall
from tests.bench.processes import free_port, wait_for_port

PRESSES, WARMING_UP = 150, 10
BETWEEN_SECONDS = 0.1
PAPER_WITHIN_SECONDS = 30.0


class NotingStandin(Standin):
    """Knows when each paper's last command was read: a little later than its last byte came, never earlier."""

    def __init__(self, folder: Path) -> None:
        super().__init__("127.0.0.1", 0, folder)
        self.cut_at: list[float] = []
        self.is_cut = threading.Event()

    def _obey(self, command: Command, paper: bytearray, connection: object) -> None:
        if isinstance(command, Cut):
            self.cut_at.append(time.monotonic())
            self.is_cut.set()
        super()._obey(command, paper, connection)  # type: ignore[arg-type]


def press_to_paper_figures(folder: Path) -> list[Figure]:
    data, printer = folder / "press-to-paper", NotingStandin(folder / "papers")
    printer.start()
    try:
        with fresh_hall(data) as (hall, _), a_kiosk(hall.port, token_of_k1(data), printer.port, data) as address:
            waits = [press(address, printer, number) for number in range(WARMING_UP + PRESSES)][WARMING_UP:]
    finally:
        printer.stop()
    note = (
        f"median {1000 * median(waits):.0f} ms, {PRESSES} presses one after another; the stand-in takes bytes at once"
    )
    return [Figure("press_to_paper_p99_ms", 1000 * percentile(waits, 0.99), "ms", note)]


def token_of_k1(data: Path) -> str:
    """Of a demo hall that runs."""
    accounts = Accounts.open(data)
    token = accounts.enrol_demo_device(DeviceKind.KIOSK, "K1")
    accounts.close()
    return token


@contextmanager
def a_kiosk(server_port: int, token: str, printer_port: int, data: Path) -> Iterator[str]:
    """`xinting kiosk` as on the device; gives its own address."""
    token_file, port = data / "kiosk.token", free_port()
    token_file.write_text(token)
    command = [sys.executable, "-m", "queue_server.cli", "kiosk", "--server", f"http://127.0.0.1:{server_port}"]
    command += ["--token-file", str(token_file), "--data", str(data / "kiosk"), "--printer", "K1"]
    command += ["--device", f"tcp://127.0.0.1:{printer_port}", "--port", str(port)]
    kiosk = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        kiosk.terminate()
        kiosk.wait(timeout=20)


def press(address: str, printer: NotingStandin, number: int) -> float:
    """Seconds until this press's paper was cut."""
    time.sleep(BETWEEN_SECONDS)
    printer.is_cut.clear()
    body = {"service": "TQ04", "way": ("coaching", "counter")[number % 2], "language": "zh", "printer": "K1"}
    pressed_at = time.monotonic()
    answer = requests.post(
        f"{address}/api/v1/tickets", json=body, headers={"Idempotency-Key": f"press-{number}"}, timeout=10
    )
    answer.raise_for_status()
    if not printer.is_cut.wait(PAPER_WITHIN_SECONDS):
        raise TimeoutError(f"{answer.json()['ticket']} did not come out")
    return printer.cut_at[-1] - pressed_at
