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

from queue_server.concurrency.straight_socket import StraightWebSocket, StraightWebSocketWSGI, frame_of


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
        hearers = list(self.get_participants(namespace, to or room))
        if not hearers:
            return
        packet = None if callback else self._event_packet(event, data, namespace)
        encoded = packet.encode() if packet else None
        if not isinstance(encoded, str):  # binary, or to be acknowledged: of those there are few
            super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, to=to, **kwargs)
            return
        stock = EnginePacket(MESSAGE, encoded)
        frame = frame_of(stock.encode())
        skipped = skip_sid if isinstance(skip_sid, list) else [skip_sid]
        lines = self._lines
        for sid, eio_sid in hearers:
            if sid in skipped:
                continue
            if line := lines.get(eio_sid):
                line.send_straight(frame)
            else:
                self.server._send_eio_packet(eio_sid, stock)

    def _event_packet(self, event: str, data: Any, namespace: str) -> Any:
        values = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        return self.server.packet_class(EVENT, namespace=namespace, data=[event, *values])


class RedisFanOutManager(RedisManager, FanOutManager):  # type: ignore[misc]
    """The same for several processes: what others emit arrives through Redis and takes the straight way here."""


def make_client_manager(redis_url: str | None, channel: str) -> FanOutManager:
    return RedisFanOutManager(redis_url, channel=channel) if redis_url else FanOutManager()
