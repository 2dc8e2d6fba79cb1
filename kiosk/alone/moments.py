"""Time on a kiosk whose clock may be wrong: when something was by the hall's own clock."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
DRIFT = 1e-4  # seconds a second: twice what cheap clocks run fast or slow


@dataclass(frozen=True, slots=True)
class Moment:
    """The same instant by two clocks: the wall's, which may be set, and the one that counts since this start."""

    wall: float  # seconds since 1970
    since_start: float  # seconds, sleep included
    start: str  # which start of the machine


def moment() -> Moment:
    return Moment(time.time(), time.clock_gettime(time.CLOCK_BOOTTIME), BOOT_ID.read_text(encoding="ascii").strip())


def seconds_between(earlier: Moment, later: Moment) -> float:
    """By the clock that nobody sets, as long as the machine was not started anew in between."""
    if earlier.start == later.start:
        return later.since_start - earlier.since_start
    return later.wall - earlier.wall


@dataclass(frozen=True, slots=True)
class HeardTime:
    """The hall's clock said `said` when it was `heard`, give or take `within` seconds: it was on its way meanwhile."""

    said: datetime
    heard: Moment
    within: float

    def at(self, other: Moment) -> datetime | None:
        """What the hall's clock says then. None when nobody can tell: this machine was started anew, and its own clock
        went back by that (a dead battery)."""
        seconds = seconds_between(self.heard, other)
        if self.heard.start != other.start and seconds < 0:
            return None
        return self.said.astimezone(UTC) + timedelta(seconds=seconds)

    def doubt(self, now: Moment) -> float:
        """Seconds by which it may be wrong now."""
        return self.within + DRIFT * abs(seconds_between(self.heard, now))


def heard_time(said: datetime, asked: Moment, answered: Moment) -> HeardTime:
    """The hall looked at its clock somewhere between question and answer."""
    took = max(0.0, seconds_between(asked, answered))
    middle = Moment(answered.wall - took / 2, answered.since_start - took / 2, answered.start)
    return HeardTime(said, middle, took / 2)


def better_known(known: HeardTime | None, new: HeardTime) -> HeardTime:
    """The surer one, so that a slow line does not shift the order of visitors; the new one when the hall's was set."""
    if known is None or known.heard.start != new.heard.start:
        return new
    expected = known.at(new.heard)
    assert expected is not None
    doubt = known.doubt(new.heard)
    was_set = abs((new.said - expected).total_seconds()) > doubt + new.within
    return new if was_set or new.within < doubt else known
