"""A log in memory, for tests and rehearsals. Passes the same tests as the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from threading import Lock

from queue_server.domain.events import Event
from queue_server.stores import codec
from queue_server.stores.base import LogMoved, Recorded, UnsharedLog


class MemoryLog(UnsharedLog):
    def __init__(self) -> None:
        self._days: dict[tuple[str, date], list[codec.Stored]] = {}
        self._lock = Lock()

    def read(self, hall: str, day: date, after: int = 0) -> list[Recorded]:
        stored = self._days.get((hall, day), [])[after:]
        return [Recorded(seq, day, codec.decode(one)) for seq, one in enumerate(stored, start=after + 1)]

    def append(self, hall: str, day: date, events: Sequence[Event], after: int) -> None:
        stored = [codec.encode(event) for event in events]
        with self._lock:
            lines = self._days.setdefault((hall, day), [])
            if len(lines) != after:
                raise LogMoved(f"{hall} {day}: expected {after} events, found {len(lines)}")
            lines.extend(stored)

    def days(self, hall: str) -> list[date]:
        return sorted(day for (name, day), lines in self._days.items() if name == hall and lines)

    def close(self) -> None:
        pass
