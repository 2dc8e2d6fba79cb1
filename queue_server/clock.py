"""The hall's clock: where time enters. In the demo it may start at the opening hour and run faster than the world."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

logger = logging.getLogger(__name__)


class HallClock:
    """`now()` is an aware UTC datetime. `rate` is hall seconds a real second; 1 outside the demo."""

    simulated = False
    rate: int = 1

    def now(self) -> datetime:
        return datetime.now(UTC)

    def settle(self) -> None:
        """Told whenever nothing of the day hangs on the time: before its first event, after its last."""


def wall_time() -> datetime:
    return datetime.now(UTC)


def time_since_boot() -> float:
    """Seconds that nobody can set; a machine's sleep counts too."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class SteadyClock(HallClock):
    """The machine's clock, without its jumps: somebody sets it wrong, or the time service puts a wrong one right.

    Corrections of a few seconds are followed, backward by standing still. After a jump the clock goes on by itself. It
    follows a jump forward that has lasted, and one backward only when the hall is quiet (`settle`): within a day time
    never runs backward.
    """

    SMALL = timedelta(seconds=5)
    LASTS_SECONDS = 300.0

    def __init__(self, wall: Callable[[], datetime] = wall_time, steady: Callable[[], float] = time_since_boot) -> None:
        self._wall = wall
        self._steady = steady
        self._told = wall()
        self._told_at = steady()
        self._jump: timedelta | None = None
        self._jumped_at = 0.0

    def now(self) -> datetime:
        wall, steady = self._wall(), self._steady()
        own = self._told + timedelta(seconds=steady - self._told_at)
        off = wall - own
        if abs(off) <= self.SMALL:
            self._jump = None
            return self._tell(max(wall, self._told), steady)
        if self._jump is None or abs(off - self._jump) > self.SMALL:
            self._jump, self._jumped_at = off, steady
            text = "The machine's clock jumped by %s; the hall's goes on by itself"
            logger.warning(text, off, extra={"action": "clock_jumped"})
        elif off > timedelta() and steady - self._jumped_at >= self.LASTS_SECONDS:
            return self._follow(wall, steady)
        return self._tell(own, steady)

    def settle(self) -> None:
        if self._jump is not None:
            self._follow(self._wall(), self._steady())

    def _follow(self, wall: datetime, steady: float) -> datetime:
        logger.warning("The hall's clock follows the jump by %s", self._jump, extra={"action": "clock_followed"})
        self._jump = None
        return self._tell(wall, steady)

    def _tell(self, moment: datetime, steady: float) -> datetime:
        self._told, self._told_at = moment, steady
        return moment


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
