"""What the simulating process does, apart from the server: nobody waits for it.

It answers one job after another over the socket it was given, and ends when the server does.
"""

from __future__ import annotations

import socket

import numpy as np

from queue_server.foresight.simulation.run import simulate
from queue_server.foresight.simulation.scenario import Floats
from queue_server.foresight.worker_line import Answer, Job, receive, send


def answer(job: Job) -> Answer:
    waits, probes = simulate(job.scenario, job.repetitions, job.number)
    return Answer(job.number, *quantiles(waits), *quantiles(probes), (probes <= job.closes_in).mean(axis=0))


def quantiles(waits: Floats) -> tuple[Floats, Floats]:
    """P50 and P90 of each column; lives in which nobody was called count as endless."""
    ordered = np.sort(waits, axis=0)
    return ordered[len(ordered) // 2], ordered[int(0.9 * len(ordered))]


def main(descriptor: int) -> None:
    with socket.socket(fileno=descriptor) as line:
        line.setblocking(True)  # a server of greenlets made it, whose sockets never block
        while True:
            try:
                send(line, answer(receive(line)))
            except (EOFError, ConnectionError):
                return
