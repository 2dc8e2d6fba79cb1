"""What the server and its simulating process say to each other: pickled jobs and answers, each with its length
before it, over a socket that only the two of them hold.
"""

from __future__ import annotations

import math
import pickle
import socket
import struct
from collections.abc import Callable
from typing import Any, NamedTuple

from queue_server.foresight.simulation.scenario import Floats, Scenario

LENGTH = struct.Struct("!I")


class Job(NamedTuple):
    number: int
    scenario: Scenario
    repetitions: int
    closes_in: float = math.inf  # minutes until the hall closes


class Answer(NamedTuple):
    """Minutes from the scenario's moment, inf: not to be foreseen. [N] of those waiting, [P] of the probes."""

    number: int
    tickets_p50: Floats
    tickets_p90: Floats
    probes_p50: Floats
    probes_p90: Floats
    probes_today: Floats  # share of lives in which the probe is called before the hall closes


class Ready(NamedTuple):
    """The first thing the process says: everything is loaded, and compiled where it had not been."""


class Failed(NamedTuple):
    """Instead of an answer: the job could not be done. The process's log says why."""

    number: int


def no_longer() -> None:
    """Whoever waits no longer than the line's own timeout."""
    raise TimeoutError("no answer in time")


def send(line: socket.socket, thing: object, on_wait: Callable[[], None] = no_longer) -> None:
    """`on_wait` is called each time the line's timeout is over, and may raise."""
    body = pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)
    rest = memoryview(LENGTH.pack(len(body)) + body)
    while rest:
        try:
            rest = rest[line.send(rest) :]
        except TimeoutError:
            on_wait()


def receive(line: socket.socket, on_wait: Callable[[], None] = no_longer) -> Any:
    """The next thing. Raises EOFError when the other side has gone. `on_wait` as for `send`."""
    (length,) = LENGTH.unpack(_exactly(line, LENGTH.size, on_wait))
    return pickle.loads(_exactly(line, length, on_wait))


def _exactly(line: socket.socket, many: int, on_wait: Callable[[], None]) -> bytes:
    parts = []
    while many:
        try:
            part = line.recv(min(many, 1 << 20))
        except TimeoutError:
            on_wait()
            continue
        if not part:
            raise EOFError("the other side has gone")
        parts.append(part)
        many -= len(part)
    return b"".join(parts)
