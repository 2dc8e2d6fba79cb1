"""The server's side of the simulating process: starts it, hands it one job at a time, starts it anew when it has gone.

Only the ordinary `socket`, `subprocess` and `threading` modules are used, so that the same code waits politely both in
plain threads and under eventlet's monkey patch.
"""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from queue_server.foresight.worker_line import Answer, Job, receive, send

logger = logging.getLogger(__name__)

ANSWERS_WITHIN_SECONDS = 120.0  # the first job waits for numba to compile
REST_AFTER_FAULT_SECONDS = 5.0
REST = 3  # times as long as a simulation took: of one core the forecasts get a quarter at most, the hall the rest


class WorkerClient:
    """`ask(job, then)` returns at once; `then(answer)` is called when it has come. Asking while busy does nothing."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._busy = False
        self._rests_until = float("-inf")
        self._is_first = True
        self._closed = False

    @property
    def is_free(self) -> bool:
        return not self._busy and not self._closed and self._clock() >= self._rests_until

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def ask(self, job: Job, then: Callable[[Answer], None]) -> None:
        if not self.is_free:
            return
        self._busy = True
        threading.Thread(target=self._exchange, args=(job, then), daemon=True, name="forecast").start()

    def _exchange(self, job: Job, then: Callable[[Answer], None]) -> None:
        began = self._clock()
        try:
            line = self._open_line()
            send(line, job)
            then(receive(line))
            took = self._clock() - began
            self._rests_until = self._clock() + (0.0 if self._is_first else REST * took)
            self._is_first = False  # it waited for the compiler, and says nothing of the next
        except (OSError, EOFError) as error:
            if not self._closed:
                logger.warning(
                    "The forecasting process has gone (%s); waits are not shown until it is back",
                    error,
                    extra={"action": "forecaster_gone"},
                )
            self._rests_until = self._clock() + REST_AFTER_FAULT_SECONDS
            self._end()
        finally:
            self._busy = False

    def _open_line(self) -> socket.socket:
        if self._line is not None:
            return self._line
        ours, theirs = socket.socketpair()
        ours.settimeout(ANSWERS_WITHIN_SECONDS)
        with theirs:
            command = [sys.executable, "-m", "queue_server.foresight.worker_start", str(theirs.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        self._line = ours
        return ours

    def _end(self) -> None:
        line, process = self._line, self._process
        self._line = self._process = None
        if line is not None:
            line.close()
        if process is not None:
            process.kill()
            process.wait()

    def close(self) -> None:
        self._closed = True
        self._end()
