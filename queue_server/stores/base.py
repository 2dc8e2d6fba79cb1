"""What the door needs of a log, and nothing about SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from queue_server.domain.events import Event


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its place in the log: `seq` counts from 1 within one hall day."""

    seq: int
    day: date
    event: Event


class LogMoved(Exception):
    """Somebody else appended first: read what is new and decide again."""


class StorageTrouble(Exception):
    """The log cannot be written or read, and nothing was done. `advice` is the one thing the operator can do."""

    code = "storage_trouble"

    def __init__(self, what: str, advice: str) -> None:
        self.what = what
        self.advice = advice
        super().__init__(f"{what} {advice}")


class StorageUncertain(StorageTrouble):
    """The answer to a commit was lost: what was to be written may be in the log or not. Who asks again with the same
    command finds its events or gets them now.
    """

    code = "storage_uncertain"


class Log(Protocol):
    @property
    def is_shared(self) -> bool:
        """Whether other processes append to it as a matter of course, so that the door looks before it answers."""
        ...

    def read(self, hall: str, day: date, after: int = 0) -> list[Recorded]:
        """Events of one hall day in order, those with `seq > after`."""
        ...

    def append(self, hall: str, day: date, events: Sequence[Event], after: int) -> None:
        """Append all or nothing, on disk before it returns. Raises LogMoved if `after` is not the last seq."""
        ...

    def take_turn(self, hall: str, day: date, after: int) -> list[Recorded]:
        """Keep other processes from appending to this day until the next `append` or `give_up_turn`; what they have
        appended so far, those with `seq > after`. For a shared log: deciding without the turn would be in vain
        whenever another process is quicker.
        """
        ...

    def give_up_turn(self) -> None:
        """Nothing is to be appended after all. Never raises: a turn that cannot be given back ends by itself."""
        ...

    def days(self, hall: str) -> list[date]:
        """The days that have events, oldest first."""
        ...

    def close(self) -> None: ...


class UnsharedLog:
    """For logs that one process has to itself: there is nobody to take turns with.

    Should a second process append all the same, `append` raises LogMoved and no harm is done.
    """

    is_shared = False

    def take_turn(self, hall: str, day: date, after: int) -> list[Recorded]:
        return []

    def give_up_turn(self) -> None:
        pass
