"""Printers by address: `tcp://192.168.1.50:9100`, `usb://04b8:0e15`, `serial:///dev/ttyUSB0`, `cups://QUEUE`,
`file:///dev/usb/lp0`, `dummy:`."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from printers.devices.base import PROFILES, WRITINGS, Device, Make
from printers.devices.cups import CupsDevice
from printers.devices.dummy import DummyDevice
from printers.devices.file import FileDevice
from printers.devices.network import NetworkDevice
from printers.devices.status import PrinterStatus
from printers.devices.trouble import PrinterTrouble, advice_for

__all__ = ["Device", "PrinterStatus", "PrinterTrouble", "advice_for", "open_device"]

NETWORK_PORT = 9100
_USB = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})")
_CUTTER = {"yes": True, "no": False}


def open_device(url: str) -> Device:
    """The device at `url`. Nothing is connected yet; a wrong address is a `ValueError` at once.

    After a `?`: `writing=native` writes in the printer's own Chinese font, else everything is drawn as a picture
    (`raster`); `width=58` for a roll of 58 mm; `cutter=no`; for serial lines `baud`, for USB `serial`.
    """
    parts = urlsplit(url)
    said = dict(parse_qsl(parts.query))
    make = _make(url, said)
    if parts.scheme == "tcp" and parts.hostname:
        return NetworkDevice(parts.hostname, parts.port or NETWORK_PORT, make)
    if parts.scheme == "usb" and (found := _USB.fullmatch(parts.netloc)):
        from printers.devices.usb import UsbDevice  # libusb is looked for only where it is wanted

        return UsbDevice(int(found[1], 16), int(found[2], 16), said.get("serial", ""), make)
    if parts.scheme == "serial" and not parts.netloc and parts.path.startswith("/dev/"):
        from printers.devices.serial import USUAL_BAUD, SerialDevice

        return SerialDevice(unquote(parts.path), int(said.get("baud", USUAL_BAUD)), make)
    if parts.scheme == "cups" and parts.netloc:
        return CupsDevice(unquote(parts.netloc), make)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return FileDevice(Path(unquote(parts.path)), make)
    if parts.scheme == "dummy":
        return DummyDevice(make)
    raise ValueError(
        f"{url!r} is no printer address: tcp://host:port, usb://vendor:product, serial:///dev/tty…, cups://queue,"
        " file:///path or dummy:"
    )


def _make(url: str, said: dict[str, str]) -> Make:
    writing, width, cutter = said.get("writing", "raster"), said.get("width", "80"), said.get("cutter", "yes")
    if writing not in WRITINGS:
        raise ValueError(f"{url!r}: writing is one of {sorted(WRITINGS)}, not {writing!r}")
    if not width.isdecimal() or int(width) not in PROFILES:
        raise ValueError(f"{url!r}: width is one of {sorted(PROFILES)}, not {width!r}")
    if cutter not in _CUTTER:
        raise ValueError(f"{url!r}: cutter is yes or no, not {cutter!r}")
    return Make(writing, int(width), _CUTTER[cutter])
