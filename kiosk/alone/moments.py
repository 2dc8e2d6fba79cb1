"""Time on a kiosk whose clock may be wrong: how long ago something was, and what the hall's own clock says."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


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


def hall_time(said: datetime, heard: Moment, now: Moment) -> datetime:
    """What the hall's clock says, which said `said` when it was `heard`."""
    return said.astimezone(UTC) + timedelta(seconds=seconds_between(heard, now))
