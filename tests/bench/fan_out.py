"""Figures of the feed: a call heard by many screens, what a screen costs in memory, and 3,000 of them.

The floor is the `websockets` library broadcasting the same bytes to as many clients. Hall and floor take turns, call by
call, so that both meet the same noise; the ears are the same for both.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.bench.figures import Figure, median, percentile
from tests.bench.halls import Measured, an_officer, fresh_hall
from tests.bench.listeners import Crowd, bare_screen, hall_screen
from tests.bench.processes import free_port, rss_mb, running

ROUNDS = 3
CALLS = {50: 90, 200: 90, 1000: 300}  # by listeners, in all rounds
NAMES = {50: "call_to_50_displays", 200: "call_fanout_200"}  # a hall has about fifty screens
WARM_UP_CALLS = 5
MANY = 3000
CALL_BYTES_GUESS = 300  # of the first broadcasts, until the real size is known


def fan_out_figures(folder: Path) -> list[Figure]:
    figures = []
    for listeners, calls in CALLS.items():
        figures += call_figures(folder / f"fanout-{listeners}", listeners, calls)
    return figures


def listeners_figures(folder: Path) -> list[Figure]:
    """A group of its own: both together last longer than anybody leaves a machine alone."""
    return [memory_figure(folder / "memory"), *many_figures(folder / "many")]


# --- a call heard by many screens


def call_figures(data: Path, listeners: int, calls: int) -> list[Figure]:
    """Press “next” → the last of the screens has the call, against one broadcast of the same bytes."""
    floor_port = free_port()
    with (
        fresh_hall(data) as (measured, process),
        running("tests.bench.bare_broadcast", floor_port, port=floor_port),
    ):
        hall, floor, size = take_turns(measured, floor_port, listeners, calls)
        loaded = rss_mb(process)
    note = f"`websockets` broadcasting the same {size} bytes to {listeners}"
    name = NAMES.get(listeners, f"fanout_{listeners}")
    figures = [
        Figure(f"{name}_p50_ms", 1000 * median(hall), "ms", f"floor {1000 * median(floor):.1f} ms"),
        Figure(f"{name}_p99_ms", 1000 * percentile(hall, 0.99), "ms", f"floor {1000 * percentile(floor, 0.99):.1f} ms"),
    ]
    suffix = "over_floor" if listeners == 200 else "over_websockets"
    for share in (0.5, 0.99):
        ratios = ratios_by_round(hall, floor, share)
        told = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        figures.append(Figure(f"{name}_p{100 * share:.0f}_{suffix}", median(ratios), "ratio", f"{note}; rounds {told}"))
    if listeners == 200:
        figures.append(Figure("rss_loaded_mb", loaded, "MB", f"{listeners} screens, {4 * calls} commands"))
    return figures


def ratios_by_round(hall: list[float], floor: list[float], share: float) -> list[float]:
    """Of each third of the calls, so that one bad moment of the machine does not decide."""
    long = len(hall) // ROUNDS
    starts = range(0, long * ROUNDS, long)
    return [percentile(hall[at : at + long], share) / percentile(floor[at : at + long], share) for at in starts]


def take_turns(measured: Measured, floor_port: int, listeners: int, calls: int) -> tuple[list[float], list[float], int]:
    desk = Desk(measured)
    bare = Crowd().grow(listeners, lambda: bare_screen(floor_port))
    screens = Crowd().grow(listeners, lambda: hall_screen(measured.port, measured.display))
    caller = bare_screen(floor_port)
    size = CALL_BYTES_GUESS
    hall, floor = [], []
    for turn in range(-WARM_UP_CALLS, calls):
        desk.make_ready()
        screens.listen(0.05)
        seconds = screens.last_receipt(desk.press_next, desk.is_the_call)
        desk.finish()
        size = desk.call_bytes or size
        bare_seconds = bare.last_receipt(lambda size=size: caller.say(f"go {size}"), lambda _: True)
        if turn >= 0:
            hall.append(seconds)
            floor.append(bare_seconds)
    for crowd in (screens, bare):
        crowd.close()
    caller.close()
    return hall, floor, size


@dataclass
class Desk:
    """Counter 3, whose “next” is one request on an open connection: pressed here, answered while screens listen."""

    measured: Measured
    call_bytes: int = 0
    _kiosk: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self._officer, self._base = an_officer(self.measured.port)
        self._kiosk.headers["Authorization"] = f"Bearer {self.measured.kiosk}"
        self._line = http.client.HTTPConnection("127.0.0.1", self.measured.port)
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._officer.cookies)
        self._headers = {"Cookie": cookies, "X-CSRF-Token": self._officer.headers["X-CSRF-Token"]}

    def make_ready(self) -> None:
        """Somebody waits, and the screens have heard it."""
        self._kiosk.post(f"{self._base}/tickets", json={"service": "CX01", "way": "counter"}).raise_for_status()

    def press_next(self) -> None:
        self._line.request("POST", "/api/v1/counters/3/call-next", headers=self._headers)

    def is_the_call(self, message: bytes) -> bool:
        found = b'"ticket_called"' in message
        if found:
            self.call_bytes = len(message)
        return found

    def finish(self) -> None:
        with self._line.getresponse() as response:
            number = json.loads(response.read())["ticket"]["ticket"]
        for step in ("start", "end"):
            self._officer.post(f"{self._base}/tickets/{number}/{step}").raise_for_status()


# --- what a screen costs


def memory_figure(data: Path) -> Figure:
    """The server's growth over 1,000 screens that only listen, after it is warm."""
    listeners = 1000
    with fresh_hall(data) as (measured, process):
        crowd = Crowd().grow(50, lambda: hall_screen(measured.port, measured.display))
        settle(crowd)
        before = rss_mb(process)
        crowd.grow(listeners, lambda: hall_screen(measured.port, measured.display))
        settle(crowd)
        grown = rss_mb(process) - before
        crowd.close()
    return Figure("rss_per_listener_kb", 1024 * grown / listeners, "KB", f"{listeners} idle screens")


def settle(crowd: Crowd) -> None:
    """Two ticks long: what every connection does once has been done."""
    crowd.listen(11)


# --- three thousand


def many_figures(data: Path) -> list[Figure]:
    """Answers over HTTP while 3,000 screens listen and hear their ticks; then a call that every one of them hears."""
    with fresh_hall(data) as (measured, process):
        crowd = Crowd().grow(MANY, lambda: hall_screen(measured.port, measured.display))
        crowd.listen(2)
        seconds = answers_while_they_listen(measured.port, crowd, process)
        desk = Desk(measured)
        desk.make_ready()
        crowd.listen(0.2)
        heard = crowd.last_receipt(desk.press_next, desk.is_the_call)  # raises if one of them does not hear it
        desk.finish()
        crowd.close()
    note = f"GET /healthz, {len(seconds)} times; P50 {1000 * median(seconds):.1f} ms"
    return [
        Figure(f"http_with_{MANY}_listeners_p99_ms", 1000 * percentile(seconds, 0.99), "ms", note),
        Figure(f"call_heard_by_all_{MANY}_ms", 1000 * heard, "ms", "one call, press to the last screen"),
    ]


def answers_while_they_listen(port: int, crowd: Crowd, process: subprocess.Popen[bytes]) -> list[float]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    taken = []
    until = time.monotonic() + 22  # four ticks to everybody, and everybody's ping
    while time.monotonic() < until and process.poll() is None:
        started = time.perf_counter()
        line.request("GET", "/healthz")
        with line.getresponse() as response:
            response.read()
        taken.append(time.perf_counter() - started)
        crowd.listen(0.01)
    return taken
