"""A server that tells its listeners what the test says, the feed's way or Socket.IO's own.

`python -m tests.feed_delivery.rehearsal_server PORT fast|stock`

`POST /do` takes a list of deeds and does them one after another, nothing else in between; `GET /state` says what waits.
"""

from __future__ import annotations

import sys

from queue_server import concurrency

concurrency.patch()

import socket  # noqa: E402
from typing import Any  # noqa: E402

from engineio.packet import PING, Packet  # noqa: E402
from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO  # noqa: E402
from socketio import Manager  # noqa: E402

from tests.feed_delivery.words_said import NAMESPACE, words  # noqa: E402

SMALL_BUFFER = 4096  # of each connection, so that a slow listener's is soon full
QUARTER_OF_AN_HOUR = 900  # a ping is sent when the test says so


class Rehearsal:
    def __init__(self, socketio: SocketIO) -> None:
        self._socketio = socketio
        self._server = socketio.server
        self.sids: dict[str, str] = {}  # by the name that a listener gave itself
        self.acknowledged: list[str] = []
        self.gone: list[str] = []
        socketio.on_event("connect", self._greet, namespace=NAMESPACE)
        socketio.on_event("disconnect", self._miss, namespace=NAMESPACE)

    def do(self, deeds: list[list[Any]]) -> None:
        for name, *how in deeds:
            getattr(self, name)(*how)

    # --- deeds

    def tell(self, to: str | list[str], number: int, length: int) -> None:
        rooms = [self.sids.get(one, one) for one in ([to] if isinstance(to, str) else to)]
        self._emit(words(number, length), rooms[0] if isinstance(to, str) else rooms)

    def tell_bytes(self, name: str, number: int, length: int) -> None:
        if sid := self._there(name):
            self._emit(words(number, length).encode(), sid)

    def tell_others(self, room: str, number: int, length: int, skipped: str) -> None:
        self._socketio.emit(
            "said", words(number, length), to=room, namespace=NAMESPACE, skip_sid=self.sids.get(skipped)
        )

    def ask(self, name: str, number: int, length: int) -> None:
        """To be acknowledged."""
        if sid := self._there(name):
            answered = lambda *_: self.acknowledged.append(name)  # noqa: E731
            self._socketio.emit("said", words(number, length), to=sid, namespace=NAMESPACE, callback=answered)

    def ping(self, name: str) -> None:
        if (sid := self._there(name)) and (eio_sid := self._server.manager.eio_sid_from_sid(sid, NAMESPACE)):
            self._server._send_eio_packet(eio_sid, Packet(PING))

    def join(self, name: str, room: str) -> None:
        if sid := self._there(name):
            self._server.enter_room(sid, room, namespace=NAMESPACE)

    def leave(self, name: str, room: str) -> None:
        if sid := self._there(name):
            self._server.leave_room(sid, room, namespace=NAMESPACE)

    def breathe(self) -> None:
        """Let the writers run."""
        self._socketio.sleep(0)

    def _emit(self, said: Any, to: Any) -> None:
        self._socketio.emit("said", said, to=to, namespace=NAMESPACE)

    # --- who is there

    def state(self) -> dict[str, Any]:
        lines = getattr(self._server.manager, "_lines", {})
        waiting = {name: self._waiting(sid) for name, sid in self.sids.items() if self._there(name)}
        return {
            "waiting": waiting,
            "half_sent": sum(line._sendlock.counter == 0 for line in lines.values()),
            "acknowledged": self.acknowledged,
            "gone": self.gone,
            "straight": len(lines),
        }

    def _waiting(self, sid: str) -> int:
        eio_sid = self._server.manager.eio_sid_from_sid(sid, NAMESPACE)
        client = self._server.eio.sockets.get(eio_sid)
        return client.queue.qsize() if client else 0

    def _there(self, name: str) -> str | None:
        sid = self.sids.get(name)
        return sid if sid in self._server.manager.rooms.get(NAMESPACE, {}).get(None, {}) else None

    def _greet(self, auth: dict[str, Any]) -> None:
        self.sids[auth["name"]] = request.sid  # type: ignore[attr-defined]
        for room in auth["rooms"]:
            self._server.enter_room(request.sid, room, namespace=NAMESPACE)  # type: ignore[attr-defined]

    def _miss(self, *_reason: Any) -> None:
        self.gone += [name for name, sid in self.sids.items() if sid == request.sid]  # type: ignore[attr-defined]


def make_app(way: str) -> Flask:
    app = Flask(__name__)
    manager = concurrency.make_client_manager(None) if way == "fast" else Manager()
    rehearsal = Rehearsal(
        SocketIO(
            app,
            async_mode="eventlet",
            client_manager=manager,
            ping_interval=QUARTER_OF_AN_HOUR,
            ping_timeout=QUARTER_OF_AN_HOUR,
            http_compression=False,
            manage_session=False,
        )
    )

    @app.post("/do")
    def do() -> dict[str, Any]:
        rehearsal.do(request.get_json())
        return rehearsal.state()

    @app.get("/state")
    def state() -> dict[str, Any]:
        return rehearsal.state()

    return app


def main(port: int, way: str) -> None:
    listener = concurrency.listen("127.0.0.1", port)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BUFFER)  # those it accepts have it from here
    concurrency.serve(make_app(way), listener)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
