"""The hall's clock: where time enters. In the demo it may start at the opening hour and run faster than the world."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class HallClock:
    """`now()` is an aware UTC datetime. `rate` is hall seconds a real second; 1 outside the demo."""

    simulated = False
    rate: int = 1

    def now(self) -> datetime:
        return datetime.now(UTC)


class DemoClock(HallClock):
    """A clock for demonstrations: can be set forward and sped up, and says so (`simulated`)."""

    simulated = True

    def __init__(self, start: datetime) -> None:
        self._from = start
        self._since = time.monotonic()
        self.rate = 1

    def now(self) -> datetime:
        return self._from + timedelta(seconds=(time.monotonic() - self._since) * self.rate)

    def run_at(self, rate: int) -> None:
        self.jump_to(self.now())
        self.rate = rate

    def jump_to(self, moment: datetime) -> None:
        self._from = moment
        self._since = time.monotonic()
