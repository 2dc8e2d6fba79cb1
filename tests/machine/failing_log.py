"""A real log that fails when told to, at the worst moments there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from typing import Any

from queue_server.domain.events import Event
from queue_server.stores.base import Log, LogMoved, Recorded, StorageTrouble, StorageUncertain


class Failure(Enum):
    DISK_IS_FULL = "before anything was written"
    POWER_CUT = "after the disk had it, before anybody heard"
    ANSWER_LOST = "after the database had it, which then hung up; the server goes on"
    UNREACHABLE = "already when a shared log was asked for the turn"
    MOVED = "said to have moved, and had not"
    OVERTAKEN = "another process appended first"


class FailingLog:
    """Wraps a log. `next_failure` strikes once, at the next append; `overtake` is what another process does then.

    `struck` is the latest failure that did.
    """

    def __init__(self, log: Log, overtake: Callable[[], object]) -> None:
        self.log = log
        self.next_failure: Failure | None = None
        self.struck: Failure | None = None
        self._overtake = overtake

    def take_turn(self, hall: str, day: date, after: int) -> list[Recorded]:
        if self.log.is_shared and self.next_failure is Failure.UNREACHABLE:
            self._strike()
            raise StorageTrouble("The database is away.", "Start it.")
        # whoever has the turn of a shared log cannot be overtaken any more: the other one is quicker to take it
        if self.log.is_shared and self.next_failure is Failure.OVERTAKEN:
            self._strike()
            self._overtake()
        return self.log.take_turn(hall, day, after)

    def append(self, hall: str, day: date, events: Sequence[Event], after: int) -> None:
        match self._strike():
            case Failure.DISK_IS_FULL | Failure.UNREACHABLE:
                raise StorageTrouble("The disk is full.", "Free some space.")
            case Failure.MOVED:
                raise LogMoved("said to have moved")
            case Failure.OVERTAKEN:
                self._overtake()
            case Failure.POWER_CUT | Failure.ANSWER_LOST:
                self.log.append(hall, day, events, after)
                raise StorageUncertain("Nobody knows whether it was written.", "Wait.")
        self.log.append(hall, day, events, after)

    def _strike(self) -> Failure | None:
        failure, self.next_failure = self.next_failure, None
        self.struck = failure or self.struck
        return failure

    def __getattr__(self, name: str) -> Any:
        return getattr(self.log, name)
