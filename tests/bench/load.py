"""A light load generator: keep-alive HTTP/1.1 over asyncio streams, so that the generator is not what is measured."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass


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
    """The server answered something else than success."""


async def _worker(target: Target, numbers: list[int]) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
    seconds = []
    for n in numbers:
        started = time.perf_counter()
        writer.write(target.request(n))
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
            raise LoadFailed(f"{head[:40]!r} {body[:300]!r}")
        seconds.append(time.perf_counter() - started)
    writer.close()
    return seconds


async def _run(target: Target, requests: int, concurrency: int, first: int) -> float:
    shares = [list(range(first + worker, first + requests, concurrency)) for worker in range(concurrency)]
    started = time.perf_counter()
    await asyncio.gather(*(_worker(target, share) for share in shares))
    return requests / (time.perf_counter() - started)


def requests_per_second(target: Target, requests: int, concurrency: int, first: int = 0) -> float:
    """`requests` POSTs over `concurrency` connections, numbered from `first`."""
    return asyncio.run(_run(target, requests, concurrency, first))


def requests_per_second_at(targets: list[Target], requests: int, concurrency: int, first: int = 0) -> float:
    """The same shared out among servers: of `requests` and of `concurrency` each gets its part."""
    share, each = requests // len(targets), concurrency // len(targets)

    async def run() -> float:
        started = time.perf_counter()
        runs = (_run(target, share, each, first + n * share) for n, target in enumerate(targets))
        await asyncio.gather(*runs)
        return share * len(targets) / (time.perf_counter() - started)

    return asyncio.run(run())
