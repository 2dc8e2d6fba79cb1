"""The feed's fan-out: client managers for Socket.IO that frame a message once for all who hear it.

Everything that Socket.IO emits passes its client manager, also what arrives through Redis from other processes. Rooms,
acknowledgements, polling clients and binary messages stay as Socket.IO does them (docs/decisions/0010).
"""

from __future__ import annotations

from functools import partial
from typing import Any

from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from socketio import Manager, RedisManager
from socketio.packet import EVENT

from queue_server.concurrency.straight_socket import MOST_WAITING, StraightWebSocket, StraightWebSocketWSGI, frame_of

AT_A_TIME = 100  # about a millisecond


class FanOutManager(Manager):  # type: ignore[misc]
    """Socket.IO's own manager, with a straight way to the websockets of this process."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines: dict[str, StraightWebSocket] = {}  # by engine.io's session id

    def set_server(self, server: Any) -> None:
        super().set_server(server)
        if server.eio.async_mode == "eventlet":  # in tests' threading mode all goes the stock way
            make = partial(StraightWebSocketWSGI, self._lines)
            server.eio._async = {**server.eio._async, "websocket": make}

    def has_listeners(self, namespace: str, room: str) -> bool:
        """Whether anybody in this process would hear it. Cheap: to be asked before a message is made."""
        return room in self.rooms.get(namespace, ())

    def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: Any = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: Any = None,
        **kwargs: Any,
    ) -> None:
        """As `Manager.emit`, to the clients of this process."""
        skipped = skip_sid if isinstance(skip_sid, list) else [skip_sid]
        hearers = [pair for pair in self.get_participants(namespace, to or room) if pair[0] not in skipped]
        if not hearers:
            return
        encoded = None if callback else self._encoded(event, data, namespace)
        if isinstance(encoded, str):
            self._tell(hearers, EnginePacket(MESSAGE, encoded))
        else:  # binary, or to be acknowledged: of those there are few
            super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, to=to, **kwargs)

    def emit_gently(self, event: str, data: Any, namespace: str, room: str) -> None:
        """To a room of this process, letting others go in between: what is emitted meanwhile may overtake it."""
        packet = EnginePacket(MESSAGE, self._encoded(event, data, namespace))
        hearers = list(self.get_participants(namespace, room))
        self._tell(hearers[:AT_A_TIME], packet)
        for start in range(AT_A_TIME, len(hearers), AT_A_TIME):
            self.server.sleep(0)
            still_there = self.rooms.get(namespace, {}).get(room, {})
            self._tell([pair for pair in hearers[start : start + AT_A_TIME] if pair[0] in still_there], packet)

    def _tell(self, hearers: list[tuple[str, str]], packet: EnginePacket) -> None:
        frame = frame_of(packet.encode())
        for _, eio_sid in hearers:
            if line := self._lines.get(eio_sid):
                line.send_straight(packet, frame)
            else:
                self._queue(eio_sid, packet)

    def _queue(self, eio_sid: str, packet: EnginePacket) -> None:
        """Socket.IO's own way, but no further than for the others: whoever does not come for it is let go."""
        client = self.server.eio.sockets.get(eio_sid)
        if client and client.queue.qsize() >= MOST_WAITING:
            self.server.start_background_task(client.close, wait=False, abort=True)
        else:
            self.server._send_eio_packet(eio_sid, packet)

    def _encoded(self, event: str, data: Any, namespace: str) -> str | list[str | bytes]:
        """A list if there are bytes in it."""
        values = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        encoded: str | list[str | bytes] = self.server.packet_class(
            EVENT, namespace=namespace, data=[event, *values]
        ).encode()
        return encoded


class RedisFanOutManager(RedisManager, FanOutManager):  # type: ignore[misc]
    """The same for several processes: what others emit arrives through Redis and takes the straight way here."""


def make_client_manager(redis_url: str | None, channel: str) -> FanOutManager:
    return RedisFanOutManager(redis_url, channel=channel) if redis_url else FanOutManager()
