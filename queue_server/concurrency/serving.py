"""Listening and serving with eventlet."""

from __future__ import annotations

import gc
import logging
import resource
import signal
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from queue_server.concurrency.eventlet_quietly import eventlet

if TYPE_CHECKING:
    import socket

    from flask import Flask

MAX_CONNECTIONS = 5000  # eventlet's own default of 1024 hangs all HTTP at the 1024th open screen
BACKLOG = 1024
# Python looks for garbage after every 700 new objects, and now and then through all of them: up to 100 ms each time.
GARBAGE_THRESHOLDS = (5_000, 10, 10)


class WholeWriter:
    """Sends what it is given at once and whole. eventlet's own has a buffer, which an open screen keeps for nothing."""

    closed = False

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def write(self, data: bytes) -> None:
        self._connection.sendall(data)

    def writelines(self, lines: Iterable[bytes]) -> None:
        self._connection.sendall(b"".join(lines))  # head and body in one packet, or the body waits 40 ms for an ACK

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


class Connection(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]
    """eventlet's way to speak HTTP, with 20 KB less of buffers for each open screen."""

    rbufsize = 4096
    wbufsize = 0

    def setup(self) -> None:
        super().setup()
        self.wfile: Any = WholeWriter(self.connection)


def patch() -> None:
    """The program begins. What is made from now until `serve` is made for good: looking for garbage among it would
    take a quarter of the start."""
    gc.disable()
    eventlet.monkey_patch()
    _load_socket_io()


def _load_socket_io() -> None:
    """Without aiohttp, which only its asyncio clients want: that costs a tenth of a second and 9 MB. Whoever else needs
    it loads it as usual afterwards."""
    if "aiohttp" in sys.modules:
        return
    sys.modules["aiohttp"] = None  # type: ignore[assignment] # to import it fails then, as where it is not installed
    try:
        import flask_socketio  # noqa: F401
    finally:
        del sys.modules["aiohttp"]


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one."""
    listener: socket.socket = eventlet.listen((host, port), backlog=BACKLOG, reuse_port=False)
    return listener


def serve(app: Flask, listener: socket.socket) -> None:
    """Serve until stopped. The Socket.IO middleware is already part of `app.wsgi_app`."""
    _raise_file_limit()
    _collect_garbage_seldom()
    quiet = logging.getLogger("xinting.access")
    eventlet.wsgi.server(
        listener,
        app,
        protocol=Connection,
        log=quiet,
        log_output=False,
        max_size=MAX_CONNECTIONS,
        socket_timeout=None,
        debug=False,
    )


def end_at(number: signal.Signals) -> None:
    """This signal ends the program, from the greenlet that calls this; raised wherever it happens to arrive it would be
    swallowed by a library's `except:` around a handler, and the program would go on."""
    hub, main = eventlet.hubs.get_hub(), eventlet.getcurrent()

    def end(*_: object) -> None:
        if eventlet.getcurrent() in (main, hub.greenlet):
            raise SystemExit(0)
        hub.schedule_call_global(0, main.throw, SystemExit(0))

    signal.signal(number, end)


def _collect_garbage_seldom() -> None:
    """What the start has made stays for good, so it need not be looked through again."""
    gc.freeze()
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    gc.enable()


def _raise_file_limit() -> None:
    """Each screen and phone is an open file; Debian's soft limit of 1024 is less than a large hall has."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + 512
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
