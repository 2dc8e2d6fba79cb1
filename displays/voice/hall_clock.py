"""Hall time as the feed tells it. A display machine's own clock may be hours wrong, and the demo's hall runs faster."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import time as time_of_day
from typing import Any
from zoneinfo import ZoneInfo


class HallClock:
    """Until the server has said anything, this machine's own time."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._rate = 1.0
        self._set_to = datetime.now(UTC)
        self._set_at = monotonic()
        self._zone: tzinfo | None = None

    def set(self, clock: Any) -> None:
        """Take {"now", "rate"} of `hello`, `clock` or `tick`; without a rate it stays as it was."""
        try:
            now, rate = datetime.fromisoformat(clock["now"]), float(clock.get("rate", self._rate))
            zone = ZoneInfo(clock["timezone"]) if "timezone" in clock else self._zone
        except (TypeError, KeyError, ValueError, AttributeError):
            return  # the next tick is five seconds away
        if now.tzinfo is not None:
            self._set_to, self._set_at, self._rate = now, self._monotonic(), rate
            self._zone = zone

    def __call__(self) -> datetime:
        return self._set_to + timedelta(seconds=(self._monotonic() - self._set_at) * self._rate)

    def time_of_day(self) -> time_of_day:
        """On the hall's wall; by this machine's time zone until the server has told its own."""
        return self().astimezone(self._zone).time()
