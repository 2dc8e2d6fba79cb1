"""A printer on the network, mostly at port 9100. Each paper has a connection of its own."""

import logging
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from escpos.printer import Network

from printers.devices.base import PROFILE, Device
from printers.devices.status import QUERIES, PrinterStatus, is_status_byte, query, read_status
from printers.devices.trouble import PrinterTrouble
from printers.lines import Line

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 3.0
STALLED_SECONDS = 3.0  # without a single byte taken; a slow head may well need longer for the whole paper
ANSWER_SECONDS = 2.0
ANSWER_OF_THE_SILENT_SECONDS = 0.3  # from one that said nothing last time: each visitor would wait for it
ANSWER_AFTER_PAPER_SECONDS = 3.0  # cheap printers answer only when the paper is out
HANG_UP_SECONDS = 1.0


class NetworkDevice(Device):
    """Asks the printer before and after each paper, if the printer is one that answers.

    A printer that answered before the paper and is silent after it may have printed or not: that is `unconfirmed`.
    A printer that never answers is trusted once it took all bytes.
    """

    def __init__(self, host: str, port: int, writing: str = "raster") -> None:
        super().__init__(writing)
        self.host = host
        self.port = port
        self._was_silent = False

    def status(self) -> PrinterStatus:
        with self._connected() as printer:
            return _ask(printer.device, ANSWER_SECONDS)

    def print_lines(self, lines: Sequence[Line]) -> None:
        with self._connected() as printer:
            before = _ask(printer.device, ANSWER_OF_THE_SILENT_SECONDS if self._was_silent else ANSWER_SECONDS)
            self._was_silent = before is PrinterStatus.UNKNOWN
            _refuse_if_it_cannot_print(before)
            self._send(printer, lines)
            if before is PrinterStatus.UNKNOWN:
                _hang_up_gently(printer.device)
                return
            after = _ask(printer.device, ANSWER_AFTER_PAPER_SECONDS)
            if after is PrinterStatus.UNKNOWN:
                raise PrinterTrouble("unconfirmed", "no answer after the paper", maybe_on_paper=True)
            _refuse_if_it_cannot_print(after, maybe_on_paper=True)

    def _send(self, printer: Network, lines: Sequence[Line]) -> None:
        try:
            self._write(printer, lines)
        except TimeoutError as error:
            raise PrinterTrouble("stalled", str(error), maybe_on_paper=True) from error
        except OSError as error:
            raise PrinterTrouble("connection_lost", str(error), maybe_on_paper=True) from error

    @contextmanager
    def _connected(self) -> Iterator[Network]:
        try:
            connection = socket.create_connection((self.host, self.port), timeout=CONNECT_SECONDS)
        except OSError as error:
            raise PrinterTrouble("unreachable", f"{self.host}:{self.port}: {error}") from error
        printer = _PatientNetwork(self.host, self.port, timeout=CONNECT_SECONDS, profile=PROFILE)
        printer.device = connection
        try:
            yield printer
        finally:
            printer.close()


class _PatientNetwork(Network):
    """Counts the time since the last byte was taken; `sendall` would count the whole paper's."""

    def _raw(self, msg: bytes) -> None:
        self.device.settimeout(STALLED_SECONDS)
        rest = memoryview(msg)
        while rest:
            rest = rest[self.device.send(rest) :]


def _refuse_if_it_cannot_print(status: PrinterStatus, *, maybe_on_paper: bool = False) -> None:
    if not status.can_print:
        raise PrinterTrouble(status.value, maybe_on_paper=maybe_on_paper)


def _ask(connection: socket.socket, patience_seconds: float) -> PrinterStatus:
    """Puts the four questions; a printer that leaves one unanswered is not asked the next."""
    answers: dict[int, int] = {}
    try:
        _forget_unasked_bytes(connection)
        for number in QUERIES:
            connection.settimeout(patience_seconds)
            connection.sendall(query(number))
            answer = _status_byte(connection)
            if answer is None:
                break
            answers[number] = answer
    except OSError as error:
        # No trouble yet: if the line is really gone, sending the paper or the missing answer will say so.
        logger.info("A printer broke off while asked for its status: %s", error)
    return read_status(answers)


def _forget_unasked_bytes(connection: socket.socket) -> None:
    """Dots of the picture may look like a status question to the printer: its answers to those are dropped."""
    connection.setblocking(False)
    with suppress(BlockingIOError):
        while connection.recv(256):
            pass


def _status_byte(connection: socket.socket) -> int | None:
    """The answer, or None: a printer that talks something else is as good as silent."""
    try:
        received = connection.recv(1)
    except TimeoutError:
        return None
    return received[0] if received and is_status_byte(received[0]) else None


def _hang_up_gently(connection: socket.socket) -> None:
    """Closing with unread bytes in the buffer would reset the line and could take the paper's end with it."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(HANG_UP_SECONDS)
        while connection.recv(256):
            pass
