"""A native thread for work that blocks (the disk), so that the greenlets go on meanwhile."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from typing import Any

from queue_server.concurrency.eventlet_quietly import eventlet


class NativeThread:
    """One native thread that runs blocking work (the disk) while the greenlets go on.

    `run(function, *args)` waits for the result like an ordinary call; exceptions come back too.
    Made from unpatched threads and queues, and woken through a pipe, since a greenlet's own locks do not cross threads.
    """

    def __init__(self) -> None:
        threading = eventlet.patcher.original("threading")
        queue = eventlet.patcher.original("queue")
        self._write = eventlet.patcher.original("os").write
        self._work: Any = queue.SimpleQueue()
        self._done: deque[tuple[eventlet.event.Event, Any, BaseException | None]] = deque()
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        threading.Thread(target=self._labour, daemon=True, name="log-writer").start()
        eventlet.spawn(self._hand_back)

    def run(self, function: Callable[..., Any], *args: object) -> Any:
        finished = eventlet.event.Event()
        self._work.put((finished, function, args))
        return finished.wait()

    def _labour(self) -> None:
        while True:
            finished, function, args = self._work.get()
            try:
                outcome = (finished, function(*args), None)
            except BaseException as error:  # carried to the greenlet that waits for it
                outcome = (finished, None, error)
            self._done.append(outcome)
            self._write(self._wake_write, b"x")

    def _hand_back(self) -> None:
        while True:
            eventlet.hubs.trampoline(self._wake_read, read=True)
            os.read(self._wake_read, 4096)
            while self._done:
                finished, result, error = self._done.popleft()
                if error is None:
                    finished.send(result)
                else:
                    finished.send_exception(error)
