"""How often somebody may ask. In memory: a limit is about the last minute, a restart may forget it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

FORGET_AT = 4096  # names remembered before those at rest are forgotten


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Times a minute."""

    sign_in_per_person: int = 8
    sign_in_per_address: int = 40  # a hall's screens share one address behind its router
    public_posts_per_address: int = 60  # phones in the hall's own wireless network share one address too
    progress_pages_per_address: int = 600
    tool_answers_per_address: int = 300
    ratings_per_device: int = 30  # a person needs some seconds; numbers are not tried out here
    wrong_links_per_address: int = 60  # guessing; a hall's phones that still hold yesterday's link are fewer
    kiosk_sheets: int = 10  # paper of a worked-out result
    kiosk_tickets: int = 30  # a person needs some seconds for a number, whatever the kiosk does
    demo_switch: int = 60
    codes_per_kiosk: int = 60  # nobody types or scans one a second
    card_reader_per_kiosk: int = 60  # it says how it is four times a minute, and people lay cards one by one
    speech_per_kiosk: int = 600  # a screen has about twenty parts, and a visitor in a hurry goes through them


class RateLimiter:
    """Token buckets: `times` a minute on average, as many at once after a rest."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def seconds_to_wait(self, what: str, who: str, times: int) -> float:
        """0 and one time used up; or how long until the next is allowed."""
        now = self._now()
        left, since = self._buckets.get((what, who), (float(times), now))
        left = min(float(times), left + (now - since) * times / 60)
        if left < 1:
            return (1 - left) * 60 / times
        if len(self._buckets) >= FORGET_AT:
            self._forget_the_rested(now)
        self._buckets[what, who] = (left - 1, now)
        return 0.0

    def _forget_the_rested(self, now: float) -> None:
        """After a minute at rest every bucket is full again, and a full one says nothing."""
        self._buckets = {name: bucket for name, bucket in self._buckets.items() if now - bucket[1] < 60}
