"""A printer that may answer: asked before and after each paper."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from printers.devices.base import Device, Make
from printers.devices.questions import Questions
from printers.devices.status import PrinterStatus
from printers.devices.trouble import PrinterTrouble
from printers.devices.wire import Wire
from printers.lines import Line


class AnsweringDevice(Device):
    """A printer that answered before the paper and is silent after it may have printed or not: that is `unconfirmed`.
    One that never answers is trusted once it took all bytes.
    """

    def __init__(self, make: Make | None = None) -> None:
        super().__init__(make)
        self._questions = Questions()

    @abstractmethod
    def open(self) -> Wire:
        """`PrinterTrouble("unreachable")` or `no_permission` where there is no way to the printer."""

    def status(self) -> PrinterStatus:
        with self._wire() as wire:
            return self._questions.ask_before(wire)

    def print_lines(self, lines: Sequence[Line]) -> PrinterStatus:
        data = self.bytes_of(lines)
        with self._wire() as wire:
            before = self._questions.ask_before(wire)
            _refuse_if_it_cannot_print(before)
            _send(wire, data)
            if before is PrinterStatus.UNKNOWN:
                return before
            after = self._questions.ask_after(wire)
            if after is PrinterStatus.UNKNOWN:
                raise PrinterTrouble("unconfirmed", "no answer after the paper", maybe_on_paper=True)
            _refuse_if_it_cannot_print(after, maybe_on_paper=True)
            return after

    @contextmanager
    def _wire(self) -> Iterator[Wire]:
        wire = self.open()
        try:
            yield wire
        finally:
            with suppress(OSError):
                wire.close()


def _send(wire: Wire, data: bytes) -> None:
    try:
        wire.send(data)
    except TimeoutError as error:
        raise PrinterTrouble("stalled", str(error), maybe_on_paper=True) from error
    except OSError as error:
        raise PrinterTrouble("connection_lost", str(error), maybe_on_paper=True) from error


def _refuse_if_it_cannot_print(status: PrinterStatus, *, maybe_on_paper: bool = False) -> None:
    if not status.can_print:
        raise PrinterTrouble(status.value, maybe_on_paper=maybe_on_paper)
