"""A printer on a serial line: real bytes through a real pseudo terminal, with the stand-in at its far end."""

from __future__ import annotations

import os
import pty
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from paper_jobs import paper_job
from PIL import Image, ImageChops

from printers.devices import PrinterStatus, PrinterTrouble, open_device
from printers.paper_ticket import PaperTicket
from printers.raster import draw
from printers.ticket_layout import lay_out

LINES = lay_out(PaperTicket.from_json(paper_job()))


class Line:
    """A serial cable between the device file `path` and a TCP port."""

    def __init__(self, port: int) -> None:
        self._near, self._far = pty.openpty()
        self.path = os.ttyname(self._far)
        self._printer = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=self._carry_there, daemon=True).start()
        threading.Thread(target=self._carry_back, daemon=True).start()

    def _carry_there(self) -> None:
        with suppress(OSError):
            while data := os.read(self._near, 4096):
                self._printer.sendall(data)

    def _carry_back(self) -> None:
        with suppress(OSError):
            while data := self._printer.recv(64):
                os.write(self._near, data)

    def unplug(self) -> None:
        for end in (self._far, self._near):
            with suppress(OSError):
                os.close(end)
        self._printer.close()


@pytest.fixture
def line(standin) -> Iterator[Line]:
    line = Line(standin.port)
    yield line
    line.unplug()


def test_the_ticket_comes_out_of_a_printer_on_a_serial_line(standin, line, eventually):
    device = open_device(f"serial://{line.path}?baud=115200")

    assert device.status() is PrinterStatus.READY
    assert device.print_lines(LINES) is PrinterStatus.READY

    eventually(standin.shelf.papers)
    printed = Image.open(standin.shelf.folder / "latest.png").convert("L")
    assert ImageChops.difference(printed, draw(LINES).convert("L")).getbbox() is None


def test_a_roll_that_is_out_is_told_over_the_line_and_the_ticket_stays(standin, line):
    standin.set(paper_out=True)

    with pytest.raises(PrinterTrouble) as told:
        open_device(f"serial://{line.path}").print_lines(LINES)

    assert (told.value.code, told.value.maybe_on_paper) == ("paper_out", False)


def test_a_cable_that_is_pulled_is_unreachable_and_not_a_fault_of_the_program(line):
    device = open_device(f"serial://{line.path}")
    line.unplug()

    with pytest.raises(PrinterTrouble) as told:
        device.print_lines(LINES)

    assert told.value.code in ("unreachable", "connection_lost")
