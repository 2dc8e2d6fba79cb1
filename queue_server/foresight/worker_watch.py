"""Is the simulating process at its work, or does it hang?

It takes of the processor only what nobody else wants, so on a busy machine it may be slow and well. By the clock alone
the two could be told apart after minutes only; by what the system says of it (Linux, /proc/PID/stat) after seconds: one
that is well uses the processor, or stands in line for it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

LOOKS_EVERY_SECONDS = 1.0
STANDS_STILL_LOOKS = 5  # in a row; a disk may keep a process for a moment, not for five seconds
WAITS_FOR_PROCESSOR, WAITS_FOR_DISK = "R", "D"
SEVERAL = 6.0  # times the longest that an answer has taken so far …
LEAST_ALLOWED_SECONDS = 60.0  # … and never less than this: a first plan of a full week is no fault


class Look(NamedTuple):
    """`used`: seconds of the processor since it began. `state`: a letter, as /proc has it."""

    used: float
    state: str


def look_at(pid: int) -> Look | None:
    """None where the system does not say."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    state, *numbers = said.rpartition(")")[2].split()  # its name stands in parentheses, and may have any letter in it
    return Look((int(numbers[10]) + int(numbers[11])) / os.sysconf("SC_CLK_TCK"), state)


@dataclass(slots=True)
class Watch:
    """Over one answer. `hangs(look)` once a second: whether the process will not answer any more."""

    allowed: float = LEAST_ALLOWED_SECONDS  # seconds of the processor
    _began: float | None = None
    _used: float = 0.0
    _still: int = 0

    def hangs(self, look: Look | None) -> bool:
        if look is None:
            return False
        if self._began is None:
            self._began = self._used = look.used
        gets_on = look.used > self._used or look.state in (WAITS_FOR_PROCESSOR, WAITS_FOR_DISK)
        self._still = 0 if gets_on else self._still + 1
        self._used = look.used
        return self._still >= STANDS_STILL_LOOKS or self.used > self.allowed

    @property
    def used(self) -> float:
        """Seconds of the processor that this answer has taken so far."""
        return 0.0 if self._began is None else self._used - self._began


def allowance(longest: float) -> float:
    return max(LEAST_ALLOWED_SECONDS, SEVERAL * longest)
