"""A stand-in for Alpha signs on a TCP line: takes packets apart as a sign would, and says what each sign now shows.

`python -m displays.led.simulator 3001`. Written from the document, without the code that makes the packets.
"""

from __future__ import annotations

import re
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

PACKET = re.compile(
    rb"\x00{5,}\x01(?P<type>[!-~])(?P<address>[0-9A-F]{2})(?P<body>\x02[^\x02\x03\x04]*\x03)(?P<sum>[0-9A-F]{4})\x04"
)
TEXT = re.compile(rb"\x02A(?P<file>[ -~])(?:\x1b(?P<line>[ -~])(?P<mode>[a-z]))?(?P<text>[ -~]*)\x03")
MODES = {b"b": "hold", b"c": "flash"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a sign shows after a packet."""

    address: str
    text: str
    mode: str


def decode(line: bytes) -> tuple[list[Shown], bytes]:
    """What whole packets say, and the rest that is still to come. A packet with a wrong sum changes nothing."""
    shown, end = [], 0
    for packet in PACKET.finditer(line):
        end = packet.end()
        text = TEXT.fullmatch(packet["body"])
        if text and sum(packet["body"]) & 0xFFFF == int(packet["sum"], 16):
            mode = MODES.get(text["mode"] or b"b", "other")
            shown.append(Shown(packet["address"].decode(), text["text"].decode(), mode))
    return shown, line[end:]


class AlphaSimulator:
    """Listens at 127.0.0.1; `shown` is everything that appeared, oldest first. `unplug` and `plug` it at will."""

    def __init__(self, port: int = 0, tell: Callable[[Shown], None] | None = None) -> None:
        self.port = port
        self.shown: list[Shown] = []
        self._tell = tell
        self._door: socket.socket | None = None
        self._lines: list[socket.socket] = []

    def plug(self) -> None:
        self._door = socket.create_server(("127.0.0.1", self.port))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._let_in, args=(self._door,), daemon=True).start()

    def unplug(self) -> None:
        """Every line is cut, and nobody answers any more."""
        for line in ([self._door] if self._door else []) + self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self._door, self._lines = None, []

    def _let_in(self, door: socket.socket) -> None:
        with suppress(OSError):  # unplugged
            while True:
                line, _ = door.accept()
                self._lines.append(line)
                threading.Thread(target=self._read, args=(line,), daemon=True).start()

    def _read(self, line: socket.socket) -> None:
        rest = b""
        with suppress(OSError):
            while arrived := line.recv(4096):
                shown, rest = decode(rest + arrived)
                for one in shown:
                    self.shown.append(one)
                    if self._tell:
                        self._tell(one)


if __name__ == "__main__":
    simulator = AlphaSimulator(int(sys.argv[1]), lambda one: print(f"sign {one.address}: {one.text} ({one.mode})"))
    simulator.plug()
    print(f"Signs listen at tcp://127.0.0.1:{simulator.port}")
    threading.Event().wait()
