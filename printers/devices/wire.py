"""How bytes go to a printer and its answers come back: what network, USB and serial printers have in common."""

from abc import ABC, abstractmethod


class Wire(ABC):
    """Open from the moment it is made. Errors are `OSError`, `TimeoutError` where the printer took nothing for long."""

    @abstractmethod
    def send(self, data: bytes) -> None:
        """Returns when the printer's side took all of it."""

    @abstractmethod
    def receive(self, seconds: float) -> bytes:
        """What came within that time, as soon as something did; empty when nothing came or the line was cut."""

    @abstractmethod
    def drain(self) -> None:
        """Forgets what came unasked: dots of a picture may look like a question to the printer, and be answered."""

    @abstractmethod
    def close(self) -> None:
        """So that what was sent last still arrives."""
