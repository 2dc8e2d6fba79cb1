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
    """The log cannot be written or read. `advice` is the one thing the operator can do."""

    def __init__(self, what: str, advice: str) -> None:
        self.what = what
        self.advice = advice
        super().__init__(f"{what} {advice}")


class Log(Protocol):
    def read(self, hall: str, day: date, after: int = 0) -> list[Recorded]:
        """Events of one hall day in order, those with `seq > after`."""
        ...

    def append(self, hall: str, day: date, events: Sequence[Event], after: int) -> None:
        """Append all or nothing, on disk before it returns. Raises LogMoved if `after` is not the last seq."""
        ...

    def days(self, hall: str) -> list[date]:
        """The days that have events, oldest first."""
        ...

    def close(self) -> None: ...
