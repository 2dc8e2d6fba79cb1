"""The way to a panel: `tcp://192.168.1.60:3001` (a network sign or a serial-device server) or `serial:///dev/ttyUSB0`."""

from __future__ import annotations

import os
import select
import socket
import termios
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from urllib.parse import parse_qs, unquote, urlsplit

TAKES_WITHIN_SECONDS = 3.0
NETWORK_PORT = 3001  # of Alpha's own network cards
BAUDS = {baud: getattr(termios, f"B{baud}") for baud in (1200, 2400, 4800, 9600, 19200, 38400)}


class WireTrouble(Exception):
    """The panel cannot be reached; the text says why."""


class Wire(ABC):
    """Connects when it first sends, and again after `close`."""

    @abstractmethod
    def send(self, data: bytes) -> None:
        """All of it, or WireTrouble."""

    @abstractmethod
    def close(self) -> None: ...


class NetworkWire(Wire):
    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._line: socket.socket | None = None

    def send(self, data: bytes) -> None:
        try:
            if self._line is None:
                self._line = socket.create_connection(self._address, TAKES_WITHIN_SECONDS)
                self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._look_whether_it_hung_up(self._line)
            self._line.sendall(data)
        except OSError as error:
            raise WireTrouble(f"{self._address[0]}:{self._address[1]}: {error}") from error

    def _look_whether_it_hung_up(self, line: socket.socket) -> None:
        """A first write into a connection that the other end has closed would seem to succeed."""
        while select.select([line], [], [], 0)[0]:
            if not line.recv(1024):  # what a sign answers is not needed
                raise ConnectionError("the panel hung up")

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None


class SerialWire(Wire):
    """Seven bits, even parity, one stop bit, as Alpha signs leave the factory (`bits=8` for eight without parity)."""

    def __init__(self, path: str, baud: int = 9600, bits: int = 7) -> None:
        self._path, self._baud, self._bits = path, BAUDS[baud], bits
        self._line: int | None = None

    def send(self, data: bytes) -> None:
        try:
            if self._line is None:
                self._line = self._opened()
            self._write(self._line, data)
        except (OSError, termios.error) as error:
            raise WireTrouble(f"{self._path}: {error}") from error

    def _opened(self) -> int:
        line = os.open(self._path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        bits = termios.CS7 | termios.PARENB if self._bits == 7 else termios.CS8
        control = bits | termios.CREAD | termios.CLOCAL
        characters = termios.tcgetattr(line)[6]
        termios.tcsetattr(line, termios.TCSANOW, [0, 0, control, 0, self._baud, self._baud, characters])
        return line

    def _write(self, line: int, data: bytes) -> None:
        until = time.monotonic() + TAKES_WITHIN_SECONDS
        while data:
            if not select.select([], [line], [], max(0.0, until - time.monotonic()))[1]:
                raise OSError("the line takes nothing")
            data = data[os.write(line, data) :]

    def close(self) -> None:
        if self._line is not None:
            with suppress(OSError):
                os.close(self._line)
        self._line = None


def open_wire(address: str) -> Wire:
    """Nothing is connected yet; a wrong address is a ValueError at once."""
    parts = urlsplit(address)
    if parts.scheme == "tcp" and parts.hostname:
        return NetworkWire(parts.hostname, parts.port or NETWORK_PORT)
    if parts.scheme == "serial" and not parts.netloc and parts.path.startswith("/"):
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        baud, bits = asked.get("baud", "9600"), asked.get("bits", "7")
        if not baud.isdigit() or int(baud) not in BAUDS or bits not in ("7", "8"):
            raise ValueError(f"{address!r}: baud is one of {sorted(BAUDS)}, bits 7 or 8")
        return SerialWire(unquote(parts.path), int(baud), int(bits))
    raise ValueError(f"{address!r} is no panel's address: tcp://host:port or serial:///dev/ttyUSB0")
