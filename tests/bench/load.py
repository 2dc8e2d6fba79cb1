"""A light load generator: keep-alive HTTP over plain sockets and epoll, so that the generator is not what is measured.

It runs in the bench's own process, apart from the server, but on the same few cores.
"""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle

ANSWERS_WITHIN_SECONDS = 60
MADE = (b"HTTP/1.1 200", b"HTTP/1.1 201")


@dataclass(frozen=True, slots=True)
class Target:
    """One POST to repeat; `body(n)` and `headers(n)` may differ each time."""

    port: int
    path: str
    body: Callable[[int], dict[str, object]]
    headers: Callable[[int], dict[str, str]]

    def request(self, n: int) -> bytes:
        body = json.dumps(self.body(n)).encode()
        head = [
            f"POST {self.path} HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            *(f"{name}: {value}" for name, value in self.headers(n).items()),
        ]
        return "\r\n".join(head).encode() + b"\r\n\r\n" + body


class LoadFailed(Exception):
    """The server answered something else than success, or nothing."""


@dataclass(slots=True)
class Line:
    """One open connection that asks again as soon as it is answered."""

    requests: Iterator[bytes]
    socket: socket.socket
    asked_at: float = 0.0
    arrived: bytes = b""

    def ask(self) -> bool:
        """Send the next request; False when there is none left."""
        request = next(self.requests, None)
        if request is None:
            return False
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)
        return True

    def has_answer(self) -> bool:
        """Read once; whether the answer is complete. Raises LoadFailed if it is not a success."""
        chunk = self.socket.recv(65536)
        if not chunk:
            raise LoadFailed("the server closed the connection")
        self.arrived += chunk
        head, found, body = self.arrived.partition(b"\r\n\r\n")
        if not found or len(body) < _length_in(head):
            return False
        if not head.startswith(MADE):
            raise LoadFailed(f"{head[:40]!r} {body[:300]!r}")
        self.arrived = b""
        return True


def _length_in(head: bytes) -> int:
    start = head.lower().index(b"content-length:") + len(b"content-length:")
    return int(head[start:].split(b"\r\n", 1)[0])


@dataclass(slots=True)
class Load:
    """What a run gave: seconds from the first question to the last answer, and of each request."""

    seconds: float = 0.0
    each: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.each) / self.seconds


def run_load(targets: list[Target], requests: int, concurrency: int, first: int = 0) -> Load:
    """`requests` POSTs numbered from `first` over `concurrency` connections, both shared out evenly among targets."""
    # requests are written before the clock starts: what is measured is the server
    share = requests // len(targets)
    queues = [
        iter([target.request(first + place * share + n) for n in range(share)]) for place, target in enumerate(targets)
    ]
    lines = {}
    poll = select.epoll()
    for _, (target, queue) in zip(range(concurrency), cycle(zip(targets, queues, strict=True)), strict=False):
        connection = socket.create_connection(("127.0.0.1", target.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines[connection.fileno()] = Line(queue, connection)
        poll.register(connection.fileno(), select.EPOLLIN)
    try:
        return _drive(lines, poll)
    finally:
        poll.close()
        for line in lines.values():
            line.socket.close()


def _drive(lines: dict[int, Line], poll: select.epoll) -> Load:
    load = Load()
    started = time.perf_counter()
    busy = sum(line.ask() for line in lines.values())
    while busy:
        ready = poll.poll(ANSWERS_WITHIN_SECONDS)
        if not ready:
            raise LoadFailed(f"{busy} requests were not answered")
        for fileno, _ in ready:
            line = lines[fileno]
            if not line.has_answer():
                continue
            load.each.append(time.perf_counter() - line.asked_at)
            if not line.ask():
                busy -= 1
    load.seconds = time.perf_counter() - started
    return load


def requests_per_second(target: Target, requests: int, concurrency: int, first: int = 0) -> float:
    """`requests` POSTs over `concurrency` connections, numbered from `first`."""
    return run_load([target], requests, concurrency, first).per_second


def requests_per_second_at(targets: list[Target], requests: int, concurrency: int, first: int = 0) -> float:
    """The same shared out among servers: of `requests` and of `concurrency` each gets its part."""
    return run_load(targets, requests, concurrency, first).per_second
