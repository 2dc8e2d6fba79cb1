"""A screen's websocket that takes finished frames past engine.io's queue, by private parts of eventlet and engine.io.

Stock: every packet goes through the client's queue, two switches of greenlets, and is framed anew for each client.
Here: `send_straight` writes a frame that was built once for all. It never waits. What it cannot write at once goes the
stock way, through the client's queue to the client's own writer, so that each client hears everything in order.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from engineio.async_drivers.eventlet import WebSocketWSGI
from engineio.packet import Packet as EnginePacket
from eventlet.websocket import RFC6455WebSocket

TEXT, BINARY = 1, 2
FINAL = 0x80
# A client that is this many messages behind is let go: it comes back and asks for what it missed.
MOST_WAITING = 500


def frame_of(message: str | bytes) -> bytes:
    """One unmasked, uncompressed WebSocket frame (RFC 6455, 5.2)."""
    opcode, payload = (TEXT, message.encode()) if isinstance(message, str) else (BINARY, message)
    length = len(payload)
    if length < 126:
        head = struct.pack("!BB", FINAL | opcode, length)
    elif length < 65536:
        head = struct.pack("!BBH", FINAL | opcode, 126, length)
    else:
        head = struct.pack("!BBQ", FINAL | opcode, 127, length)
    return head + payload


class Remainder:
    """The rest of a frame that is half sent. The client's send lock is held for it already.

    In a client's queue it is, for engine.io's writer, a packet that encodes to itself.
    """

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data

    def encode(self, b64: bool = False) -> Remainder:
        return self


class StraightWebSocket(RFC6455WebSocket):  # type: ignore[misc]
    """The websocket of one client, whose engine.io part is `engine_socket`.

    It is listed in `lines`, by engine.io's session id, from the moment engine.io sends by it: not while a polling
    client only tries whether a websocket carries.
    """

    engine_socket: Any
    lines: dict[str, StraightWebSocket]

    def wait(self) -> Any:
        """What engine.io's reader waits at. It first does so, once upgraded, before anybody else can send."""
        if self.engine_socket.upgraded:
            self.lines.setdefault(self.engine_socket.sid, self)
        return super().wait()

    def unlist(self) -> None:
        sid = self.engine_socket.sid
        if self.lines.get(sid) is self:
            del self.lines[sid]

    def is_idle(self) -> bool:
        """Nothing of this client is queued, on its way, or about to be: a frame written now keeps the order."""
        client, lock = self.engine_socket, self._sendlock
        return (
            not client.queue.queue
            and lock.counter > 0
            and not lock._waiters
            and not client.closing
            and not client.closed
            and not self.websocket_closed
        )

    def send_straight(self, packet: EnginePacket, frame: bytes) -> None:
        """Give the client this packet, framed already, after all that it was given before.

        Never waits; a lost client is no error.
        """
        if not self.is_idle():
            self._queue(packet)
            return
        try:
            sent = self.socket.fd.send(frame)
        except OSError:  # full, or gone: the writer waits, or finds out
            self._queue(packet)
            return
        if sent < len(frame):
            self._sendlock.acquire(blocking=False)  # free, since idle; nothing else may come between the two parts
            self._queue(Remainder(frame[sent:]))

    def send(self, message: Any, **how: Any) -> None:
        """What engine.io's writer sends; it waits for a slow client."""
        if isinstance(message, Remainder):
            self._send_holding_the_lock(message.data)
        else:
            super().send(message, **how)

    def _send(self, frame: bytes) -> None:
        self._sendlock.acquire()
        self._send_holding_the_lock(frame)

    def _send_holding_the_lock(self, frame: bytes) -> None:
        try:
            self.socket.sendall(frame)
        except OSError:  # gone, or full for as long as engine.io's ping may take
            self.let_go()
            raise
        finally:
            self._sendlock.release()

    def _queue(self, packet: EnginePacket | Remainder) -> None:
        queue = self.engine_socket.queue
        if queue.qsize() < MOST_WAITING:
            queue.put(packet)
        else:
            self.let_go()

    def let_go(self) -> None:
        """End the connection at once. Its reader and writer wake up and tell engine.io, as when a client is lost."""
        self.websocket_closed = True  # no closing frame: it could land in the middle of another, or wait for ever
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)


class StraightWebSocketWSGI(WebSocketWSGI):  # type: ignore[misc]
    """Makes the websockets of engine.io's clients; `lines` has those that live and are in use."""

    def __init__(self, lines: dict[str, StraightWebSocket], handler: Callable[[Any], Any], server: Any) -> None:
        super().__init__(self._handle, server)
        self._lines = lines
        self._handler = handler
        self._client: Any = handler.__self__  # type: ignore[attr-defined]  # the method of an engine.io Socket

    def _handle_hybi_request(self, environ: dict[str, Any]) -> StraightWebSocket:
        sock = environ["eventlet.input"].get_socket()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or a second message waits 40 ms for an ACK
        plain = super()._handle_hybi_request(environ)
        straight = StraightWebSocket(
            sock,
            environ,
            plain.version,
            protocol=plain.protocol,
            extensions=plain.extensions,
            max_frame_length=plain.max_frame_length,
        )
        straight.engine_socket = self._client
        straight.lines = self._lines
        return straight

    def _negotiate_permessage_deflate(self, extensions: Any) -> None:
        """Never: it costs 90 KB a screen and a sixth of the processor, and frames could not be shared."""

    def _handle(self, line: StraightWebSocket) -> None:
        try:
            self._handler(line)
        finally:
            line.unlist()
