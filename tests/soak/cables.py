"""The cable between a kiosk and the hall, to be cut and mended: network namespaces, or a proxy that goes silent."""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Protocol

CLONE_NEWNET = 0x40000000
_numbers = count(1)


class Cable(Protocol):
    server_url: str  # as the kiosk's end sees it

    def enter(self) -> None:
        """This thread, and all that it starts, is from now on at the kiosk's end."""

    def cut(self) -> None: ...
    def mend(self) -> None: ...
    def remove(self) -> None: ...


def lay_cable(server_port: int) -> Cable:
    return NamespaceCable(server_port) if namespaces_allowed() else ProxyCable(server_port)


def move_to_own_network() -> Callable[[], None]:
    """This thread and all that it starts, away from the machine's network: a browser gives up what it is loading when
    a card comes or goes there. The way back is returned."""
    if not namespaces_allowed():
        return lambda: None
    with open("/proc/thread-self/ns/net", "rb") as here:
        machine = os.dup(here.fileno())
    _change_network(lambda libc: libc.unshare(CLONE_NEWNET))
    _ip("link", "set", "lo", "up")

    def back() -> None:
        _change_network(lambda libc: libc.setns(machine, CLONE_NEWNET))
        os.close(machine)

    return back


def _change_network(change: Callable[[ctypes.CDLL], int]) -> None:
    if change(ctypes.CDLL(None, use_errno=True)) != 0:
        raise OSError(ctypes.get_errno(), "no way into another network")


def namespaces_allowed() -> bool:
    if os.geteuid() != 0 or shutil.which("ip") is None:
        return False
    name = f"xtry{os.getpid()}"
    if subprocess.run(["ip", "netns", "add", name], capture_output=True).returncode != 0:
        return False
    subprocess.run(["ip", "netns", "delete", name], check=True)
    return True


class NamespaceCable:
    """A pair of network cards; unplugging one leaves the other end waiting for answers that do not come."""

    def __init__(self, server_port: int) -> None:
        number = next(_numbers)
        # 198.18/15 is set apart for trials; two test processes at once must not take the same
        place = (os.getpid() * 16 + number) % (1 << 15) * 4
        self.name = f"xt{os.getpid() % 100000}n{number}"
        hall, kiosk = (f"198.{18 + (place >> 16)}.{place >> 8 & 255}.{(place & 255) + end}" for end in (1, 2))
        self.server_url = f"http://{hall}:{server_port}"
        _ip("netns", "add", self.name)
        _ip("link", "add", f"{self.name}h", "type", "veth", "peer", "name", "eth0", "netns", self.name)
        _ip("address", "add", f"{hall}/30", "dev", f"{self.name}h")
        _ip("link", "set", f"{self.name}h", "up")
        _ip("-n", self.name, "address", "add", f"{kiosk}/30", "dev", "eth0")
        for device in ("lo", "eth0"):
            _ip("-n", self.name, "link", "set", device, "up")

    def enter(self) -> None:
        with open(f"/run/netns/{self.name}", encoding="ascii") as namespace:
            _change_network(lambda libc: libc.setns(namespace.fileno(), CLONE_NEWNET))

    def cut(self) -> None:
        _ip("link", "set", f"{self.name}h", "down")

    def mend(self) -> None:
        _ip("link", "set", f"{self.name}h", "up")

    def remove(self) -> None:
        _ip("netns", "delete", self.name)  # the cards go with it


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


class ProxyCable:
    """Where namespaces are not allowed. When cut it takes bytes and connections and lets nothing through."""

    def __init__(self, server_port: int) -> None:
        self._server = ("127.0.0.1", server_port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.server_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._whole = threading.Event()
        self._whole.set()
        self._removed = False
        threading.Thread(target=self._accept, daemon=True).start()

    def enter(self) -> None: ...

    def cut(self) -> None:
        self._whole.clear()

    def mend(self) -> None:
        self._whole.set()

    def remove(self) -> None:
        self._removed = True
        self._whole.set()
        self._listener.close()

    def _accept(self) -> None:
        while not self._removed:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        self._whole.wait()
        try:
            far = socket.create_connection(self._server, 5)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        for ends in ((near, far), (far, near)):
            threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while some := one.recv(65536):
                self._whole.wait()
                other.sendall(some)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
