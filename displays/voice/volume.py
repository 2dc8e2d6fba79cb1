"""How loud, by setting and time of day. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

NOISE_DB = {"calm": -6.0, "usual": 0.0, "loud": 5.0}
"""Beside the usual: half as loud to the ear in a calm room is about 10 dB less, so this is a gentle step."""
FULL_PERCENT = 100


@dataclass(frozen=True)
class Volume:
    """`percent` of the sound's full level; during `quiet` spans of the day (hall time) `quiet_percent`."""

    percent: int = FULL_PERCENT
    noise: str = "usual"
    quiet: Sequence[tuple[time, time]] = ()
    quiet_percent: int = 60

    def gain_db(self, at: time) -> float:
        is_quiet = any(begin <= at < end for begin, end in self.quiet)
        percent = min(self.percent, self.quiet_percent) if is_quiet else self.percent
        return round(20 * math.log10(percent / FULL_PERCENT) + NOISE_DB[self.noise], 1)
