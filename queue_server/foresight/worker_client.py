"""The server's side of the simulating process: starts it, hands it one job at a time, starts it anew when it has gone.

Forecasts come when there is time for them; questions, that somebody waits for, go before them. Only the ordinary
`socket`, `subprocess` and `threading` modules are used, so that the same code waits politely both in plain threads and
under eventlet's monkey patch.
"""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from queue_server.foresight.worker_line import Answer, Failed, Job, receive, send
from queue_server.foresight.worker_watch import LOOKS_EVERY_SECONDS, Watch, allowance, look_at

logger = logging.getLogger(__name__)

ANSWERS_WITHIN_SECONDS = 120.0
STARTS_WITHIN_SECONDS = 600.0  # the very first time numba compiles, with what nobody else wants of the processor
REST_AFTER_FAULT_SECONDS = 5.0
REST = 3  # times as long as a simulation took: of one core the forecasts get a quarter at most, the hall the rest
MOST_QUESTIONS = 4  # that wait


class ForecastAway(Exception):
    """`code`: forecast_away (the process has gone), forecast_starting, forecast_slow (no answer in time),
    forecast_busy, or forecast_failed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True, eq=False)
class _Question:
    job: Any
    answered: threading.Event = field(default_factory=threading.Event)
    answer: Any = None


class WorkerClient:
    """`ask(job, then)` returns at once; `then(answer)` is called when it has come. Asking while busy does nothing.
    `work_out(job)` waits for its answer."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, answers_within: float = ANSWERS_WITHIN_SECONDS
    ) -> None:
        """A process that hangs is replaced: as soon as it is seen to (`worker_watch`), and in any case when it has not
        answered within so many seconds."""
        self._clock = clock
        self._answers_within = answers_within
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self._busy = False
        self._questions: deque[_Question] = deque()
        self._rests_until = float("-inf")
        self._ready = False
        self._longest = 0.0  # seconds of the processor that an answer has taken so far
        self._closed = False

    @property
    def is_free(self) -> bool:
        return not self._busy and not self._closed and self._clock() >= self._rests_until

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def ask(self, job: Job, then: Callable[[Answer], None]) -> None:
        with self._lock:
            if not self.is_free:
                return
            self._busy = True
        self._begin(lambda: self._forecast(job, then))

    def work_out(self, job: Any, within_seconds: float) -> Any:
        """The answer to a question about staffing. Raises ForecastAway."""
        question = _Question(job)
        with self._lock:
            if self._closed:
                raise ForecastAway("forecast_away")
            if len(self._questions) >= MOST_QUESTIONS:
                raise ForecastAway("forecast_busy")
            self._questions.append(question)
            begins, self._busy = not self._busy, True
        if begins:
            self._begin(lambda: None)
        if not question.answered.wait(within_seconds):
            self._give_up(question)
            raise ForecastAway("forecast_slow" if self._ready else "forecast_starting")
        if question.answer is None or isinstance(question.answer, Failed):
            raise ForecastAway("forecast_away" if question.answer is None else "forecast_failed")
        return question.answer

    def _give_up(self, question: _Question) -> None:
        """Nobody waits for it any more, so it takes nobody's place and is not simulated."""
        with self._lock:
            if question in self._questions:  # else it is being answered now
                self._questions.remove(question)

    def _begin(self, first: Callable[[], None]) -> None:
        threading.Thread(target=self._work, args=(first,), daemon=True, name="forecast").start()

    def _work(self, first: Callable[[], None]) -> None:
        """One forecast perhaps, then every question that waits. Only `_next_question` ends it."""
        self._carefully(first)
        while (question := self._next_question()) is not None:
            self._carefully(partial(self._answer, question))
            question.answered.set()

    def _carefully(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:  # a fault of ours must not leave the process busy for ever
            logger.exception("An answer of the forecast was lost", extra={"action": "forecast_lost"})

    def _answer(self, question: _Question) -> None:
        question.answer = self._exchange(question.job)

    def _next_question(self) -> _Question | None:
        with self._lock:
            if self._questions:
                return self._questions.popleft()
            self._busy = False  # within the lock: whoever asks from now on begins anew
            return None

    def _forecast(self, job: Job, then: Callable[[Answer], None]) -> None:
        was_ready, began = self._ready, self._clock()
        answer = self._exchange(job)
        if answer is None:
            return
        took = self._clock() - began
        self._rests_until = self._clock() + (REST * took if was_ready else 0.0)  # to start says nothing of the next
        if not isinstance(answer, Failed):
            then(answer)

    def _exchange(self, job: Any) -> Any:
        """None when the process has gone."""
        try:
            line = self._open_line()
            if not self._ready:
                receive(line, self._patience(STARTS_WITHIN_SECONDS, Watch(STARTS_WITHIN_SECONDS)))
                self._ready = True
            watch = Watch(allowance(self._longest))
            patience = self._patience(self._answers_within, watch)
            send(line, job, patience)
            answer = receive(line, patience)
            self._longest = max(self._longest, watch.used)
            return answer
        except (OSError, EOFError) as error:
            if not self._closed:
                logger.warning(
                    "The forecasting process has gone (%s); waits are not shown until it is back",
                    error,
                    extra={"action": "forecaster_gone"},
                )
            self._rests_until = self._clock() + REST_AFTER_FAULT_SECONDS
            self._end()
            return None

    def _patience(self, within: float, watch: Watch) -> Callable[[], None]:
        """Called once a second while the process is waited for; raises TimeoutError when it hangs."""
        began = self._clock()

        def look() -> None:
            pid = self.pid
            if (pid is not None and watch.hangs(look_at(pid))) or self._clock() - began > within:
                raise TimeoutError("it hangs")

        return look

    def _open_line(self) -> socket.socket:
        if self._line is not None:
            return self._line
        ours, theirs = socket.socketpair()
        ours.settimeout(LOOKS_EVERY_SECONDS)
        with theirs:
            command = [sys.executable, "-m", "queue_server.foresight.worker_start", str(theirs.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        self._line = ours
        return ours

    def _end(self) -> None:
        line, process = self._line, self._process
        self._line = self._process = None
        self._ready = False
        if line is not None:
            line.close()
        if process is not None:
            process.kill()
            process.wait()

    def close(self) -> None:
        self._closed = True
        self._end()
