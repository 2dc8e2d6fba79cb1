"""A printer on a serial line (RS-232, or a USB adapter of one), by python-escpos and pyserial."""

from escpos.exceptions import DeviceNotFoundError
from escpos.printer import Serial
from serial import SerialException, SerialTimeoutException

from printers.devices.answering import AnsweringDevice
from printers.devices.base import Make
from printers.devices.trouble import PrinterTrouble
from printers.devices.wire import Wire

USUAL_BAUD = 9600
STALLED_SECONDS = 3.0  # beyond what the paper takes at this speed
BITS_PER_BYTE = 10  # with start and stop


class SerialDevice(AnsweringDevice):
    def __init__(self, path: str, baud: int = USUAL_BAUD, make: Make | None = None) -> None:
        super().__init__(make)
        self.path = path
        self.baud = baud

    def open(self) -> Wire:
        printer = Serial(devfile=self.path, baudrate=self.baud, timeout=STALLED_SECONDS, dsrdtr=False)
        try:
            printer.open()
        except DeviceNotFoundError as error:
            code = "no_permission" if "Permission denied" in str(error) else "unreachable"
            raise PrinterTrouble(code, str(error)) from error
        return _SerialWire(printer, self.baud)


class _SerialWire(Wire):
    def __init__(self, printer: Serial, baud: int) -> None:
        self._printer = printer
        self._line = printer.device
        self._baud = baud

    def send(self, data: bytes) -> None:
        self._line.write_timeout = STALLED_SECONDS + len(data) * BITS_PER_BYTE / self._baud
        try:
            self._printer._raw(data)
            self._line.flush()
        except SerialTimeoutException as error:
            raise TimeoutError(str(error)) from error

    def receive(self, seconds: float) -> bytes:
        self._line.timeout = seconds
        try:
            first = bytes(self._line.read(1))
            return first + bytes(self._line.read(self._line.in_waiting)) if first else first
        except SerialException as error:
            raise OSError(str(error)) from error

    def drain(self) -> None:
        self._line.reset_input_buffer()

    def close(self) -> None:
        self._printer.close()
