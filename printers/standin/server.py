"""The printer stand-in: a TCP server that takes tickets like a network printer and shows them as pictures."""

import json
import logging
import socket
import threading
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from printers.standin.condition import Condition
from printers.standin.decoder import BadBytes, Command, Cut, Decoder, PaperQuery, Rows, StatusQuery, TextLine
from printers.standin.shelf import Shelf
from printers.standin.typesetter import set_line

logger = logging.getLogger(__name__)

# As small as a cheap printer's, so that a stall is felt by the sender and not swallowed by the kernel.
RECEIVE_BUFFER_BYTES = 8192
LONGEST_CONTROL_LINE = 4096


class Standin:
    """`start` binds (port 0: any free one, then in `port`) and serves in threads of its own until `stop`."""

    def __init__(self, host: str, port: int, folder: Path | str, control_port: int | None = None) -> None:
        self.shelf = Shelf(Path(folder))
        self.host = host
        self.port = port
        self.control_port = control_port
        self._condition = Condition()
        self._changed = threading.Condition()
        self._head = threading.Lock()  # held by the connection that is listened to, `one_at_a_time`
        self._stopped = threading.Event()
        self._listeners: list[socket.socket] = []
        self._connections: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        # Everything the last connection sent, for other decoders to judge.
        self.last_received = b""

    def start(self) -> None:
        self.port = self._listen(self.port, self._serve)
        if self.control_port is not None:
            self.control_port = self._listen(self.control_port, self._serve_control)

    def stop(self) -> None:
        self._stopped.set()
        self.set()
        for listener in self._listeners:
            # Closing alone does not wake a thread that waits in accept.
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for connection in list(self._connections):
            _hang_up(connection)
        for thread in self._threads:
            thread.join(timeout=5)

    def wait(self) -> None:
        """Until somebody stops it."""
        self._stopped.wait()

    def condition(self) -> Condition:
        with self._changed:
            return self._condition

    def set(self, **changes: Any) -> Condition:
        """Changes what is wrong, e.g. `set(paper_out=True)`; names are `Condition`'s."""
        with self._changed:
            self._condition = replace(self._condition, **changes)
            self._changed.notify_all()
            return self._condition

    def _listen(self, port: int, serve: Callable[[socket.socket], None]) -> int:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
        try:
            listener.bind((self.host, port))
        except OSError:
            listener.close()
            raise
        listener.listen()
        self._listeners.append(listener)
        self._start_thread(self._accept, listener, serve)
        return int(listener.getsockname()[1])

    def _accept(self, listener: socket.socket, serve: Callable[[socket.socket], None]) -> None:
        while not self._stopped.is_set():
            try:
                connection, _peer = listener.accept()
            except OSError:
                return
            self._connections.add(connection)
            self._start_thread(self._serve_and_close, connection, serve)

    def _serve_and_close(self, connection: socket.socket, serve: Callable[[socket.socket], None]) -> None:
        alone = serve == self._serve and self.condition().one_at_a_time
        try:
            with self._head if alone else nullcontext():
                serve(connection)
        except OSError as error:
            logger.info("A connection to the stand-in broke: %s", error)
        finally:
            self._connections.discard(connection)
            connection.close()

    def _start_thread(self, target: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads = [known for known in self._threads if known.is_alive()]
        self._threads.append(thread)
        thread.start()

    def _serve(self, connection: socket.socket) -> None:
        """One connection: bytes in, status bytes out, a paper at each cut."""
        decoder = Decoder()
        paper = bytearray()
        everything = bytearray()
        try:
            while True:
                self._wait_while_stalled()
                received = connection.recv(4096)
                if not received:
                    return
                everything += received
                for command in decoder.feed(received):
                    self._obey(command, paper, connection)
                    if isinstance(command, Cut):
                        self._stopped.wait(self.condition().paper_seconds)
                if self._is_cut_off(len(everything)):
                    return
        except BadBytes as error:
            logger.error("The stand-in was sent what it cannot read: %s", error)
        finally:
            self.last_received = bytes(everything)
            if paper:
                self.shelf.put(bytes(paper), complete=False)

    def _is_cut_off(self, received_bytes: int) -> bool:
        """The line is cut, or the roll ends, in mid-job: once, where it was told to."""
        condition = self.condition()
        if condition.out_after_bytes is not None and received_bytes >= condition.out_after_bytes:
            self.set(out_after_bytes=None, paper_out=True)
        if condition.cut_after_bytes is not None and received_bytes >= condition.cut_after_bytes:
            self.set(cut_after_bytes=None)
            return True
        return False

    def _obey(self, command: Command, paper: bytearray, connection: socket.socket) -> None:
        condition = self.condition()
        match command:
            case StatusQuery(number=number):
                connection.sendall(condition.answer_to_status(number))
            case PaperQuery():
                connection.sendall(condition.answer_to_paper())
            case Rows(dots=dots) if condition.can_print:
                paper += dots
            case TextLine() if condition.can_print:
                paper += set_line(command)
            case Cut() if paper:
                self.shelf.put(bytes(paper), complete=condition.can_print)
                paper.clear()

    def _wait_while_stalled(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopped.is_set() or not self._condition.stalled)

    def _serve_control(self, connection: socket.socket) -> None:
        """Lines of JSON in (`{"paper_out": true}`), the whole condition out; an empty object only asks."""
        with connection.makefile("rwb") as stream:
            while line := stream.readline(LONGEST_CONTROL_LINE):
                stream.write(json.dumps(self._control(line)).encode() + b"\n")
                stream.flush()

    def _control(self, line: bytes) -> dict[str, Any]:
        try:
            changes = json.loads(line)
        except ValueError:
            return {"error": "not JSON"}
        known = {field.name for field in fields(Condition)}
        if not isinstance(changes, dict) or not changes.keys() <= known:
            return {"error": f"an object with some of {sorted(known)}"}
        return asdict(self.set(**changes))


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # the other side may have been first
        connection.shutdown(socket.SHUT_RDWR)


def run_standin(
    host: str,
    port: int,
    folder: Path | str,
    *,
    control_port: int | None = None,
    announce: Callable[[str, int], None] | None = None,
) -> None:
    """Blocks. Once it listens, `announce(host, port)` is called, by default a line on standard output."""
    standin = Standin(host, port, folder, control_port)
    standin.start()
    if announce is None:
        print(f"printer stand-in tcp://{standin.host}:{standin.port}", flush=True)
    else:
        announce(standin.host, standin.port)
    try:
        standin.wait()
    except KeyboardInterrupt:
        standin.stop()
