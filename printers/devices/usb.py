"""A printer on USB by its vendor's and product's number, by python-escpos and pyusb (needs libusb-1.0)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import usb.core
import usb.util
from escpos.exceptions import DeviceNotFoundError
from escpos.printer import Usb

from printers.devices.answering import AnsweringDevice
from printers.devices.base import Make
from printers.devices.trouble import PrinterTrouble
from printers.devices.wire import Wire

PRINTER_CLASS = 7  # USB's own number for interfaces of printers
STALLED_MS = 3000
ACCESS_DENIED = 13


@dataclass(frozen=True, slots=True)
class UsbPrinter:
    """What is plugged in. `address` is what the hall's file wants."""

    address: str
    name: str


class UsbDevice(AnsweringDevice):
    """`serial` tells two of the same make apart."""

    def __init__(self, vendor: int, product: int, serial: str = "", make: Make | None = None) -> None:
        super().__init__(make)
        self.vendor = vendor
        self.product = product
        self.serial = serial

    def open(self) -> Wire:
        arguments = {"serial_number": self.serial} if self.serial else {}
        try:
            found = usb.core.find(idVendor=self.vendor, idProduct=self.product, **arguments)
            into, out_of = _endpoints(found)
            printer = Usb(self.vendor, self.product, usb_args=arguments, timeout=STALLED_MS, in_ep=out_of, out_ep=into)
            printer.open()
        except usb.core.NoBackendError as error:
            raise PrinterTrouble("no_permission", "libusb-1.0 is not installed") from error
        except DeviceNotFoundError as error:
            code = "no_permission" if "Access denied" in str(error) else "unreachable"
            raise PrinterTrouble(code, str(error)) from error
        except usb.core.USBError as error:
            code = "no_permission" if error.errno == ACCESS_DENIED else "unreachable"
            raise PrinterTrouble(code, str(error)) from error
        return _UsbWire(printer)


def usb_printers() -> list[UsbPrinter]:
    """Everything on this machine's USB that says it is a printer. `NoBackendError` where libusb is missing."""
    return [_described(found) for found in usb.core.find(find_all=True) if _printer_interface(found) is not None]


def _described(found: Any) -> UsbPrinter:
    try:
        names = [usb.util.get_string(found, index) for index in (found.iManufacturer, found.iProduct) if index]
    except (usb.core.USBError, ValueError):  # no right to ask, or no language to answer in
        names = []
    name = " ".join(name for name in names if name)
    return UsbPrinter(f"usb://{found.idVendor:04x}:{found.idProduct:04x}", name)


def _printer_interface(found: Any) -> Any:
    for configuration in found:
        for interface in configuration:
            if interface.bInterfaceClass == PRINTER_CLASS:
                return interface
    return None


def _endpoints(found: Any) -> tuple[int, int]:
    """Where bytes go in and answers come out. python-escpos only guesses them."""
    if found is None:
        raise PrinterTrouble("unreachable", "not plugged in")
    interface = _printer_interface(found)
    ends: Iterator[int] = (end.bEndpointAddress for end in interface) if interface is not None else iter(())
    by_way = {usb.util.endpoint_direction(end): end for end in ends}
    return by_way.get(usb.util.ENDPOINT_OUT, 0x01), by_way.get(usb.util.ENDPOINT_IN, 0x82)


class _UsbWire(Wire):
    def __init__(self, printer: Usb) -> None:
        self._printer = printer

    def send(self, data: bytes) -> None:
        try:
            taken = self._printer.device.write(self._printer.out_ep, data, STALLED_MS + len(data) // 10)
        except usb.core.USBTimeoutError as error:
            raise TimeoutError(str(error)) from error
        if taken != len(data):
            raise TimeoutError(f"{taken} of {len(data)} bytes taken")

    def receive(self, seconds: float) -> bytes:
        try:
            return bytes(self._printer.device.read(self._printer.in_ep, 64, max(1, int(seconds * 1000))))
        except usb.core.USBTimeoutError:
            return b""

    def drain(self) -> None:
        while self.receive(0.005):
            pass

    def close(self) -> None:
        self._printer.close()
