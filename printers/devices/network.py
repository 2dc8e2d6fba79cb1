"""A printer on the network, mostly at port 9100. Each paper has a connection of its own."""

import socket
from contextlib import suppress

from printers.devices.answering import AnsweringDevice
from printers.devices.base import Make
from printers.devices.trouble import PrinterTrouble
from printers.devices.wire import Wire

CONNECT_SECONDS = 3.0
STALLED_SECONDS = 3.0  # without a single byte taken; a slow head may well need longer for the whole paper
HANG_UP_SECONDS = 1.0


class NetworkDevice(AnsweringDevice):
    def __init__(self, host: str, port: int, make: Make | None = None) -> None:
        super().__init__(make)
        self.host = host
        self.port = port

    def open(self) -> Wire:
        try:
            return _Connection(socket.create_connection((self.host, self.port), timeout=CONNECT_SECONDS))
        except OSError as error:
            raise PrinterTrouble("unreachable", f"{self.host}:{self.port}: {error}") from error


class _Connection(Wire):
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def send(self, data: bytes) -> None:
        """Counts the time since the last byte was taken; `sendall` would count the whole paper's."""
        self._connection.settimeout(STALLED_SECONDS)
        rest = memoryview(data)
        while rest:
            rest = rest[self._connection.send(rest) :]

    def receive(self, seconds: float) -> bytes:
        self._connection.settimeout(max(seconds, 0.001))
        try:
            return self._connection.recv(64)
        except TimeoutError:
            return b""

    def drain(self) -> None:
        self._connection.setblocking(False)
        with suppress(BlockingIOError):
            while self._connection.recv(256):
                pass

    def close(self) -> None:
        """Closing with unread bytes in the buffer would reset the line and could take the paper's end with it."""
        with self._connection, suppress(OSError):
            self._connection.shutdown(socket.SHUT_WR)
            self._connection.settimeout(HANG_UP_SECONDS)
            while self._connection.recv(256):
                pass
