"""Printers by address: `tcp://192.168.1.50:9100`, `file:///dev/usb/lp0`, `dummy:`."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from printers.devices.base import WRITINGS, Device
from printers.devices.dummy import DummyDevice
from printers.devices.file import FileDevice
from printers.devices.network import NetworkDevice
from printers.devices.status import PrinterStatus
from printers.devices.trouble import PrinterTrouble, advice_for

__all__ = ["Device", "PrinterStatus", "PrinterTrouble", "advice_for", "open_device"]

NETWORK_PORT = 9100


def open_device(url: str) -> Device:
    """The device at `url`. Nothing is connected yet; a wrong address is a `ValueError` at once.

    `?writing=native` writes in the printer's own Chinese font; without it everything is drawn as a picture (`raster`).
    """
    parts = urlsplit(url)
    writing = parse_qs(parts.query).get("writing", ["raster"])[0]
    if writing not in WRITINGS:
        raise ValueError(f"{url!r}: writing is one of {sorted(WRITINGS)}, not {writing!r}")
    if parts.scheme == "tcp" and parts.hostname:
        return NetworkDevice(parts.hostname, parts.port or NETWORK_PORT, writing)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return FileDevice(Path(unquote(parts.path)), writing)
    if parts.scheme == "dummy":
        return DummyDevice(writing)
    raise ValueError(f"{url!r} is no printer address: tcp://host:port, file:///path or dummy:")
