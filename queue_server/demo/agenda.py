"""What the simulated people mean to do, and when, in hall time."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

Action = Callable[[], None]


class Agenda:
    def __init__(self) -> None:
        self._plans: list[tuple[datetime, int, Action]] = []
        self._order = count()

    def at(self, moment: datetime, action: Action) -> None:
        heapq.heappush(self._plans, (moment, next(self._order), action))

    def after(self, seconds: float, now: datetime, action: Action) -> None:
        self.at(now + timedelta(seconds=seconds), action)

    def due(self, now: datetime) -> Action | None:
        """The next action whose time has come."""
        if self._plans and self._plans[0][0] <= now:
            return heapq.heappop(self._plans)[2]
        return None

    def seconds_until_next(self, now: datetime) -> float | None:
        return (self._plans[0][0] - now).total_seconds() if self._plans else None

    def clear(self) -> None:
        self._plans.clear()
