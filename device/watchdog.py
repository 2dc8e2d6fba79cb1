"""systemd's watchdog: it restarts a program that no longer says that it is well. Without systemd nothing happens."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable

PAT_EVERY_SECONDS = 10.0


class Watchdog:
    """Speaks to the socket that systemd names in NOTIFY_SOCKET (sd_notify(3))."""

    def __init__(self, address: str | None = None) -> None:
        self._address = os.environ.get("NOTIFY_SOCKET", "") if address is None else address

    def say(self, state: str) -> None:
        if not self._address:
            return
        name = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.sendto(state.encode(), name)

    def pat_for_ever(self, is_well: Callable[[], bool], stopped: threading.Event) -> None:
        """Ready at once; from then on a sign every few seconds, as long as all is well."""
        self.say("READY=1")
        while not stopped.is_set():
            if is_well():
                self.say("WATCHDOG=1")
            stopped.wait(PAT_EVERY_SECONDS)
