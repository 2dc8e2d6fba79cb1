"""What a card reader is to the kiosk. A real one's adapter is a class of this shape and a line in `open_reader`."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from kiosk.card.seen import Seen
from kiosk.card.simulated import SimulatedReader


class CardReader(Protocol):
    """Used by one thread. Name, number and birthday stay inside `wait_for_card`; only `Seen` comes out of it."""

    is_simulated: bool
    precedence_age: int  # years

    def wait_for_card(self, seconds: float) -> Seen | None:
        """What was seen of a card laid within so many seconds; None when there was none. The same card lying there is
        told once. Raises ReaderAway, and tries the device anew when asked again."""
        ...


class UnknownReader(ValueError):
    """No adapter is called so."""


def open_reader(address: str, precedence_age: int) -> CardReader:
    """`simulated:FOLDER`. Raises UnknownReader."""
    kind, _, place = address.partition(":")
    if kind == "simulated" and place:
        return SimulatedReader(Path(place.removeprefix("//")), precedence_age)
    raise UnknownReader(address)
