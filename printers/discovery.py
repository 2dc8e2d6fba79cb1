"""What printers this machine can reach: on its network, its USB, its serial ports, its CUPS. Slow; on wish only.

A way that cannot be looked along says so (`Unseen`), so that an empty list is never taken for an empty hall.
"""

import ipaddress
import socket
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from printers.devices import NETWORK_PORT, PrinterTrouble, open_device
from printers.devices.cups import run_cups

KNOCK_SECONDS = 0.6
AT_ONCE = 128
MOST_ADDRESSES = 1024  # a /22; a hall's network is smaller
ROUTES = Path("/proc/net/route")
KERNEL_PRINTERS = Path("/dev/usb")


@dataclass(frozen=True, slots=True)
class Found:
    """`way`: network, usb, serial or cups. `says`: how it is, empty where it was not asked: a serial port may lead to
    anything."""

    address: str
    way: str
    name: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Unseen:
    """A way that was not looked along. `why` is one of the `unseen.*` words."""

    way: str
    why: str
    detail: str = ""


class TooWide(ValueError):
    """A network with more addresses than anybody should knock at."""


def discover(networks: Iterable[str] | None = None) -> list[Found | Unseen]:
    """`networks`: as 192.168.1.0/24; None for those this machine stands in. `TooWide` or `ValueError` for a bad one."""
    wanted = [ipaddress.ip_network(one, strict=False) for one in networks] if networks is not None else None
    for network in wanted or ():
        if network.num_addresses > MOST_ADDRESSES:
            raise TooWide(f"{network} has {network.num_addresses} addresses; at most {MOST_ADDRESSES} are tried")
    return [*on_the_network(wanted), *on_usb(), *on_serial_ports(), *in_cups()]


def on_the_network(wanted: list[ipaddress.IPv4Network | ipaddress.IPv6Network] | None) -> list[Found | Unseen]:
    networks = [one for one in own_networks() if one.num_addresses <= MOST_ADDRESSES] if wanted is None else wanted
    if not networks:
        return [Unseen("network", "no_network")]
    hosts = [str(host) for network in networks for host in network.hosts()]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        open_doors = [host for host, is_open in zip(hosts, pool.map(_is_open, hosts), strict=True) if is_open]
        says = list(pool.map(_says, open_doors))
    return [
        Found(f"tcp://{host}:{NETWORK_PORT}", "network", says=said) for host, said in zip(open_doors, says, strict=True)
    ]


def own_networks(routes: Path = ROUTES) -> list[ipaddress.IPv4Network]:
    """Those that this machine reaches without a gateway, as the kernel lists them."""
    try:
        rows = [line.split() for line in routes.read_text().splitlines()[1:]]
    except OSError:
        return []
    direct = [row for row in rows if len(row) > 7 and row[2] == "00000000" and row[7] != "00000000"]
    return sorted({ipaddress.ip_network((_address(row[1]), str(_address(row[7]))), strict=False) for row in direct})


def _address(hexadecimal: str) -> ipaddress.IPv4Address:
    """The kernel writes the four bytes in the machine's own order."""
    return ipaddress.IPv4Address(int.from_bytes(bytes.fromhex(hexadecimal), "little"))


def _is_open(host: str) -> bool:
    try:
        with socket.create_connection((host, NETWORK_PORT), timeout=KNOCK_SECONDS):
            return True
    except OSError:
        return False


def _says(host: str) -> str:
    try:
        return open_device(f"tcp://{host}:{NETWORK_PORT}").status().value
    except PrinterTrouble as trouble:
        return trouble.code


def on_usb(kernel_printers: Path = KERNEL_PRINTERS) -> list[Found | Unseen]:
    """By libusb; else those that the kernel made a file for."""
    from usb.core import NoBackendError, USBError

    from printers.devices.usb import usb_printers

    files = [Found(f"file://{path}", "usb", path.name) for path in sorted(kernel_printers.glob("lp*"))]
    try:
        return [Found(one.address, "usb", one.name) for one in usb_printers()] or files
    except NoBackendError:
        return [*files, Unseen("usb", "no_libusb")]
    except USBError as error:
        return [*files, Unseen("usb", "not_allowed", str(error))]


def on_serial_ports() -> list[Found | Unseen]:
    from serial.tools.list_ports import comports

    return [
        Found(f"serial://{port.device}", "serial", port.description.replace("n/a", "")) for port in sorted(comports())
    ]


def in_cups() -> list[Found | Unseen]:
    """CUPS' queues, and what it prints to, as `lpstat -v` lists them."""
    try:
        said = run_cups("lpstat", "-v")
    except PrinterTrouble as trouble:
        is_missing = isinstance(trouble.__cause__, FileNotFoundError)
        return (
            []
            if _has_no_queues(trouble)
            else [Unseen("cups", "no_cups" if is_missing else "no_answer", trouble.detail)]
        )
    except subprocess.SubprocessError as error:
        return [Unseen("cups", "no_answer", str(error))]
    queues = [line.removeprefix("device for ").split(": ", 1) for line in said.splitlines() if ": " in line]
    return [Found(f"cups://{name}", "cups", device) for name, device in queues]


def _has_no_queues(trouble: PrinterTrouble) -> bool:
    return "No destinations added" in trouble.detail
