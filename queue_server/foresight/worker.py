"""What the simulating process does, apart from the server: forecasts, and questions about staffing.

It says when it is ready, then answers one job after another over the socket it was given, and ends when the server
does.
"""

from __future__ import annotations

import logging
import socket
from typing import Any

import numpy as np

from queue_server.foresight.ahead import AheadJob, look_ahead
from queue_server.foresight.best_time.coming_day import ComingDay, outlooks_of
from queue_server.foresight.plan import PlanJob, plan
from queue_server.foresight.simulation.run import live, simulate
from queue_server.foresight.simulation.scenario import Floats
from queue_server.foresight.simulation.smallest import smallest_hall
from queue_server.foresight.what_if import CompareJob, compare
from queue_server.foresight.worker_line import Answer, Failed, Job, Ready, receive, send

logger = logging.getLogger(__name__)


def done(job: Any) -> Any:
    """The answer to a job of any kind. A fault in one costs its own answer, never the process."""
    try:
        return _DO[type(job)](job)
    except Exception:  # whoever asked is told; the forecasts go on
        logger.exception("A question to the forecast failed", extra={"action": "forecast_question_failed"})
        return Failed(job.number)


def get_ready() -> None:
    """Compile everything, or load what was compiled before: half a minute of the processor once, then a moment."""
    simulate(smallest_hall(), 1, 0)
    live(smallest_hall(), 1, 0, 1.0)


def answer(job: Job) -> Answer:
    waits, probes = simulate(job.scenario, job.repetitions, job.number)
    return Answer(job.number, *quantiles(waits), *quantiles(probes), (probes <= job.closes_in).mean(axis=0))


def quantiles(waits: Floats) -> tuple[Floats, Floats]:
    """P50 and P90 of each column; lives in which nobody was called count as endless."""
    ordered = np.sort(waits, axis=0)
    return ordered[len(ordered) // 2], ordered[int(0.9 * len(ordered))]


_DO: dict[type, Any] = {Job: answer, CompareJob: compare, ComingDay: outlooks_of, PlanJob: plan, AheadJob: look_ahead}


def main(descriptor: int) -> None:
    with socket.socket(fileno=descriptor) as line:
        line.setblocking(True)  # a server of greenlets made it, whose sockets never block
        get_ready()
        try:
            send(line, Ready())
            while True:
                send(line, done(receive(line)))
        except (EOFError, ConnectionError):
            return
