"""One panel, kept right by a thread of its own: a panel that is slow or unplugged delays no other."""

from __future__ import annotations

import logging
import threading
from urllib.parse import parse_qs, urlsplit

from displays.led.adapter import PROTOCOLS, PanelProtocol
from displays.led.message import UNKNOWN, PanelMessage
from displays.led.wires import Wire, WireTrouble, open_wire

logger = logging.getLogger(__name__)

AGAIN_EVERY_SECONDS = 10.0  # a panel that lost its power shows the truth again so soon
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 10.0


class Panel:
    """`show` says what it should show; the thread sees to it, again and again."""

    def __init__(
        self, counter: str, wire: Wire, protocol: PanelProtocol, again_every_seconds: float = AGAIN_EVERY_SECONDS
    ) -> None:
        self.counter = counter
        self.is_reached = True  # until proven otherwise: only a loss and a return are worth a line
        self._wire, self._protocol = wire, protocol
        self._again_every_seconds = again_every_seconds
        self._wanted = PanelMessage(UNKNOWN)
        self._changed = threading.Condition()
        self._is_new, self._stopping = True, False
        self._thread = threading.Thread(target=self._keep, name=f"led-{counter}", daemon=True)

    def show(self, message: PanelMessage) -> None:
        with self._changed:
            if message != self._wanted:
                self._wanted, self._is_new = message, True
                self._changed.notify()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """The panel says last that it does not know: the number on it would grow old."""
        with self._changed:
            self._wanted, self._stopping = PanelMessage(UNKNOWN), True
            self._changed.notify()
        self._thread.join()

    def _keep(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            with self._changed:
                message, stopping, self._is_new = self._wanted, self._stopping, False
            reached = self._send(message)
            if stopping:
                self._wire.close()
                return
            pause = FIRST_PAUSE_SECONDS if reached else min(pause * 2, LONGEST_PAUSE_SECONDS)
            with self._changed:
                self._changed.wait_for(
                    # an unplugged panel is not hurried by every new call
                    lambda reached=reached: self._stopping or (reached and self._is_new),
                    self._again_every_seconds if reached else min(pause, self._again_every_seconds),
                )

    def _send(self, message: PanelMessage) -> bool:
        try:
            self._wire.send(self._protocol.frame(message))
        except WireTrouble as trouble:
            self._wire.close()
            if self.is_reached:
                logger.warning(
                    "The panel of counter %s is not reached (%s): look at its plug and its cable. Trying on.",
                    self.counter,
                    trouble,
                    extra={"action": "led_unreachable"},
                )
            self.is_reached = False
            return False
        if not self.is_reached:
            logger.info("The panel of counter %s is back", self.counter, extra={"action": "led_back"})
        self.is_reached = True
        return True


def open_panel(given: str) -> Panel:
    """`3=tcp://192.168.1.60:3001?sign=01`: the counter, and the panel's address. Raises ValueError, which says how."""
    counter, _, address = given.partition("=")
    if not counter or not address:
        raise ValueError(f"--panel {given!r}: write COUNTER=ADDRESS, as 3=tcp://192.168.1.60:3001")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    protocol = asked.get("protocol", "alpha")
    if protocol not in PROTOCOLS:
        raise ValueError(f"--panel {given!r}: protocol is one of {sorted(PROTOCOLS)}")
    return Panel(counter, open_wire(address), PROTOCOLS[protocol](asked.get("sign", "")))
