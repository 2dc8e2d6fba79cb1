"""Everything that knows about eventlet: patching, native threads, waking greenlets, serving. Changing the server later
must be a change of this module (docs/decisions/0003-eventlet-in-one-module.md).

`patch()` is the very first statement of the program: it must run before anything that opens sockets is imported.
"""

from __future__ import annotations

import logging
import os
import resource
import warnings
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")  # the hall looks nobody up; its resolver costs 0.2 s at start
with warnings.catch_warnings():
    # its authors discourage new use at import; the decision record says why it is used and how to leave it
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet
    import eventlet.event
    import eventlet.hubs
    import eventlet.patcher
    import eventlet.wsgi

if TYPE_CHECKING:
    import socket

    from flask import Flask

logger = logging.getLogger(__name__)

MAX_CONNECTIONS = 5000  # eventlet's own default of 1024 hangs all HTTP at the 1024th open screen
BACKLOG = 1024


def patch() -> None:
    eventlet.monkey_patch()


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


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one."""
    listener: socket.socket = eventlet.listen((host, port), backlog=BACKLOG, reuse_port=False)
    return listener


def serve(app: Flask, listener: socket.socket) -> None:
    """Serve until stopped. The Socket.IO middleware is already part of `app.wsgi_app`."""
    _raise_file_limit()
    quiet = logging.getLogger("xinting.access")
    eventlet.wsgi.server(
        listener,
        app,
        log=quiet,
        log_output=False,
        max_size=MAX_CONNECTIONS,
        socket_timeout=None,
        debug=False,
    )


def _raise_file_limit() -> None:
    """Each screen and phone is an open file; Debian's soft limit of 1024 is less than a large hall has."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + 512
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
