"""What a make of panel must bring: how a message looks on its line. Other makes are added here, one file each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from displays.led.alpha import AlphaSign
from displays.led.message import PanelMessage


class PanelProtocol(Protocol):
    """Knows one panel, its address on the line included."""

    def frame(self, message: PanelMessage) -> bytes:
        """The bytes that make the panel show exactly this, whatever it showed before."""
        ...


# by the name that a panel's address gives as `?protocol=`; made with its other `?sign=`, the place on a shared line
PROTOCOLS: dict[str, Callable[[str], PanelProtocol]] = {"alpha": AlphaSign}
