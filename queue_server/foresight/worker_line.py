"""What the server and its simulating process say to each other: pickled jobs and answers, each with its length
before it, over a socket that only the two of them hold.
"""

from __future__ import annotations

import math
import pickle
import socket
import struct
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


class Failed(NamedTuple):
    """Instead of an answer: the job could not be done. The process's log says why."""

    number: int


def send(line: socket.socket, thing: object) -> None:
    body = pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)
    line.sendall(LENGTH.pack(len(body)) + body)


def receive(line: socket.socket) -> Any:
    """The next thing. Raises EOFError when the other side has gone."""
    (length,) = LENGTH.unpack(_exactly(line, LENGTH.size))
    return pickle.loads(_exactly(line, length))


def _exactly(line: socket.socket, many: int) -> bytes:
    parts = []
    while many:
        part = line.recv(min(many, 1 << 20))
        if not part:
            raise EOFError("the other side has gone")
        parts.append(part)
        many -= len(part)
    return b"".join(parts)
