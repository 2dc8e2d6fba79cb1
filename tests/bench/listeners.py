"""Many screens listening at once, in one thread and cheaply, so that what is measured is the server.

Plain sockets that speak as much WebSocket and Engine.IO 4 as listening needs. The hall's screens and those of its floor
are the same sockets, so both servers are measured with the same ears.
"""

from __future__ import annotations

import base64
import json
import os
import select
import socket
import struct
import time
from collections.abc import Callable, Iterator

HEARS_WITHIN_SECONDS = 30
PING, PONG = b"2", b"3"  # of Engine.IO


class Ear:
    """One websocket. `messages()` gives what has arrived so far."""

    def __init__(self, port: int, path: str) -> None:
        self._buffer = b""
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            # as every browser offers; the answer must be no, since it costs 90 KB a screen
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self._buffer:
            self._buffer += self.socket.recv(4096)
        head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
        if b" 101 " not in head or b"permessage-deflate" in head:
            raise ConnectionError(head.decode())

    def say(self, text: str) -> None:
        payload, mask = text.encode(), os.urandom(4)
        length = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + struct.pack("!H", len(payload))
        self.socket.sendall(b"\x81" + length + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload)))

    def messages(self) -> Iterator[bytes]:
        """Reads once; complete text messages, Engine.IO's pings answered and left out."""
        arrived = self.socket.recv(262144)
        if not arrived:
            raise ConnectionError("the server closed a screen")
        self._buffer += arrived
        while (frame := self._next_frame()) is not None:
            if frame == PING:
                self.say(PONG.decode())
            else:
                yield frame

    def wait_for(self, marker: bytes) -> None:
        while not any(marker in message for message in list(self.messages())):
            pass

    def close(self) -> None:
        self.socket.close()

    def _next_frame(self) -> bytes | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        length, start = buffer[1], 2
        if length == 126:
            start = 4
            length = struct.unpack_from("!H", buffer, 2)[0] if len(buffer) >= 4 else len(buffer)
        elif length == 127:
            start = 10
            length = struct.unpack_from("!Q", buffer, 2)[0] if len(buffer) >= 10 else len(buffer)
        if len(buffer) < start + length:
            return None
        self._buffer = buffer[start + length :]
        return buffer[start : start + length]


def hall_screen(port: int, token: str) -> Ear:
    """Connected to the feed as a display."""
    screen = Ear(port, "/socket.io/?EIO=4&transport=websocket")
    screen.say("40/feed," + json.dumps({"audience": "display", "token": token}))
    screen.wait_for(b'"hello"')
    return screen


def bare_screen(port: int) -> Ear:
    screen = Ear(port, "/")
    screen.say("listen")
    screen.wait_for(b"listening")
    return screen


class Crowd:
    """Screens listening together."""

    def __init__(self) -> None:
        self._ears: dict[int, Ear] = {}
        self._poll = select.epoll()

    def grow(self, count: int, make: Callable[[], Ear]) -> Crowd:
        for number in range(count):
            ear = make()
            self._ears[ear.socket.fileno()] = ear
            self._poll.register(ear.socket.fileno(), select.EPOLLIN)
            if number % 50 == 0:
                self.listen(0)  # whoever came early answers its pings
        return self

    def last_receipt(self, act: Callable[[], None], is_it: Callable[[bytes], bool]) -> float:
        """Seconds from just before `act` until the last screen has the message it waits for."""
        deaf = set(self._ears)
        started = time.perf_counter()
        act()
        while deaf:
            deaf -= self._heard(is_it)
            if time.perf_counter() - started > HEARS_WITHIN_SECONDS:
                raise TimeoutError(f"{len(deaf)} of {len(self._ears)} screens did not hear it")
        return time.perf_counter() - started

    def listen(self, seconds: float) -> None:
        """Take what comes, so that nothing old lies in the way of the next measurement."""
        until = time.perf_counter() + seconds
        while True:
            self._heard(lambda _: False, max(0.0, until - time.perf_counter()))
            if time.perf_counter() >= until:
                return

    def close(self) -> None:
        self._poll.close()
        for ear in self._ears.values():
            ear.close()

    def _heard(self, is_it: Callable[[bytes], bool], timeout: float = 1.0) -> set[int]:
        ready = self._poll.poll(timeout, max(1, len(self._ears)))
        return {fileno for fileno, _ in ready if any([is_it(message) for message in self._ears[fileno].messages()])}
