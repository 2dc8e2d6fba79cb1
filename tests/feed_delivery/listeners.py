"""Listeners of a rehearsal: a websocket, a long poll, or the one that becomes the other, and as slow as the test wants.

Frames are judged by the `websockets` library, which is strict about every bit. Nobody reads unless told to.
"""

from __future__ import annotations

import base64
import http.client
import json
import socket
import struct
from contextlib import suppress
from typing import Any

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from tests.feed_delivery.words_said import NAMESPACE

ANSWERS_WITHIN_SECONDS = 30
SMALL_BUFFER = 32_768  # much smaller ones make the kernel wait 200 ms for each 2 KB
OPEN, CLOSE, PING, PONG, UPGRADE, NOOP = "0", "1", "2", "3", "5", "6"  # of Engine.IO
SEPARATOR = "\x1e"  # between the packets of one poll
Heard = str | bytes


class Cut(Exception):
    """The server ended the connection."""


class WebSocketLine:
    """One websocket, read by hand."""

    def __init__(self, port: int, sid: str = "") -> None:
        self.carries = False  # as a probe
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        self.socket.settimeout(ANSWERS_WITHIN_SECONDS)
        self.socket.connect(("127.0.0.1", port))
        path = "/socket.io/?EIO=4&transport=websocket" + (f"&sid={sid}" if sid else "")
        self._protocol = ClientProtocol(parse_uri(f"ws://127.0.0.1:{port}{path}"), max_size=None)
        self._protocol.send_request(self._protocol.connect())
        self._send()
        self._protocol_events: list[Any] = []
        while not self._protocol_events:
            self._read()
        if self._protocol.handshake_exc:
            raise self._protocol.handshake_exc
        self._protocol_events.clear()

    def say(self, text: str) -> None:
        self._protocol.send_text(text.encode())
        self._send()

    def ping(self) -> None:
        """WebSocket's own ping, not Engine.IO's: answered by whoever reads at the server."""
        self._protocol.send_ping(b"?")
        self._send()

    def heard(self) -> list[Heard]:
        """Read once, and all messages that are whole by then."""
        self._read()
        messages = [
            event.data.decode() if event.opcode is Opcode.TEXT else bytes(event.data)
            for event in self._protocol_events
            if isinstance(event, Frame) and event.opcode in {Opcode.TEXT, Opcode.BINARY}
        ]
        self._protocol_events.clear()
        return messages

    def close(self) -> None:
        self.socket.close()

    def hang_up(self) -> None:
        """Returns when the server has hung up too."""
        self.socket.shutdown(socket.SHUT_WR)
        with suppress(Cut):
            while True:
                self.heard()
        self.close()

    def vanish(self) -> None:
        """Gone at once with all that was not read, in the middle of whatever it was."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def _send(self) -> None:
        self.socket.sendall(b"".join(self._protocol.data_to_send()))

    def _read(self) -> None:
        try:
            data = self.socket.recv(65536)
        except ConnectionError as error:
            raise Cut from error
        if not data:
            raise Cut
        self._protocol.receive_data(data)
        if self._protocol.parser_exc:
            raise self._protocol.parser_exc
        self._protocol_events += self._protocol.events_received()


class Polls:
    """Long polling. A poll may be left hanging while other things happen."""

    def __init__(self, port: int) -> None:
        self._address = ("127.0.0.1", port)
        self._line = http.client.HTTPConnection(*self._address, timeout=ANSWERS_WITHIN_SECONDS)
        self.hanging = False
        self.sid = ""
        self.begin()
        (opened,) = self.finish()
        assert isinstance(opened, str)
        self.sid = json.loads(opened[1:])["sid"]

    def _path(self) -> str:
        return "/socket.io/?EIO=4&transport=polling" + (f"&sid={self.sid}" if self.sid else "")

    def begin(self) -> None:
        self._line.request("GET", self._path())
        self.hanging = True

    def finish(self) -> list[Heard]:
        self.hanging = False
        with self._line.getresponse() as response:
            body = response.read().decode()
        if response.status != 200:
            raise Cut(f"{response.status} {body}")
        packets = body.split(SEPARATOR) if body else []
        return [base64.b64decode(packet[1:]) if packet.startswith("b") else packet for packet in packets]

    def say(self, text: str) -> None:
        post = http.client.HTTPConnection(*self._address, timeout=ANSWERS_WITHIN_SECONDS)
        post.request("POST", self._path(), body=text)
        with post.getresponse() as response:
            response.read()
        post.close()

    def close(self) -> None:
        self._line.close()


class Listener:
    """Somebody who listens, by name. `heard` is every message so far, in order, without greetings and idle packets."""

    def __init__(self, port: int, name: str, rooms: list[str], way: str) -> None:
        self.name = name
        self.heard: list[Heard] = []
        self._port = port
        self._probe: WebSocketLine | None = None
        self._line: WebSocketLine | Polls = WebSocketLine(port) if way == "websocket" else Polls(port)
        self._polls = self._line if isinstance(self._line, Polls) else None
        self._greeted = False
        self._line.say(f"40{NAMESPACE}," + json.dumps({"name": name, "rooms": rooms}))
        while not self._greeted:
            self.listen()

    def listen(self) -> None:
        """Take what has come, or wait for the next that comes. Raises `Cut` when the line is."""
        if isinstance(self._line, WebSocketLine):
            self._take(self._line.heard())
            return
        if not self._line.hanging:
            self._line.begin()
        self._take(self._line.finish())

    @property
    def may_listen(self) -> bool:
        """Beside a probe the server gives nothing to new polls: it waits for the websocket."""
        return not self._probe or (self._polls is not None and self._polls.hanging)

    def listen_until(self, last: Heard) -> None:
        while last not in self.heard:
            self.listen()

    def listen_to_the_end(self) -> None:
        """Until the server cuts the line."""
        with suppress(Cut):
            while True:
                self.listen()

    def say(self, text: str) -> None:
        self._line.say(text)

    def websocket_ping(self) -> None:
        if isinstance(self._line, WebSocketLine):
            self._line.ping()

    # --- from polls to a websocket

    def hang_a_poll(self) -> None:
        if self._polls and not self._polls.hanging and not self._probe:
            self._polls.begin()

    def open_a_probe(self) -> None:
        """A websocket beside the polls, on which nothing was said yet."""
        if self._polls and not self._probe:
            self._probe = WebSocketLine(self._port, self._polls.sid)

    def probe(self) -> None:
        """Try whether the websocket carries."""
        self.open_a_probe()
        if self._probe and not self._probe.carries:
            self._probe.say("2probe")
            heard: list[Heard] = []
            while not heard:
                heard = self._probe.heard()
            assert heard == ["3probe"]
            self._probe.carries = True

    def upgrade(self) -> None:
        """Let the last poll end, and go on by websocket."""
        if not (self._polls and self._probe):
            return
        self.probe()
        if self._polls.hanging:
            self._take(self._polls.finish())
        self._polls.close()
        self._line, self._probe, self._polls = self._probe, None, None
        self._line.say(UPGRADE)

    def exchange_probe(self, other: WebSocketLine | None) -> WebSocketLine | None:
        """Set the present one aside, open as it is, and go on with another or none."""
        aside, self._probe = self._probe, other
        return aside

    def give_the_probe_up(self) -> None:
        if self._probe:
            self._probe.close()
            self._probe = None

    # --- leaving

    def vanish(self) -> None:
        for line in (self._probe, self._line):
            if isinstance(line, WebSocketLine):
                line.vanish()
            elif line:
                line.close()

    def _take(self, messages: list[Heard]) -> None:
        for message in messages:
            if isinstance(message, str) and message.startswith(f"40{NAMESPACE}"):
                self._greeted = True
            elif isinstance(message, bytes) or not message.startswith((OPEN, CLOSE, NOOP)):
                self.heard.append(message)
