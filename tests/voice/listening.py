"""What a test hears in a sound: the stretches that are not silent. And how a test waits for what happens elsewhere."""

import time
from collections.abc import Callable
from itertools import pairwise

from displays.voice.waves import BLOCK, Samples, is_loud, seconds_of


def loud_parts(samples: Samples, parted_by_seconds: float = 0.8) -> list[Samples]:
    """The parts of a sound between its long silences, their own ends trimmed."""
    return [samples[begin:end] for begin, end in _loud(samples, parted_by_seconds)]


def silences_between(samples: Samples, parted_by_seconds: float = 0.8) -> list[float]:
    """Seconds in which nothing at all is heard between one part and the next."""
    parts = _loud(samples, parted_by_seconds)
    return [seconds_of(samples[end:begin]) for (_, end), (begin, _) in pairwise(parts)]


def _loud(samples: Samples, parted_by_seconds: float) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    begin = end = None
    for start in range(0, len(samples), BLOCK):
        if not is_loud(samples[start : start + BLOCK]):
            continue
        if begin is not None and seconds_of(samples[end:start]) >= parted_by_seconds:
            parts.append((begin, end))
            begin = None
        begin = start if begin is None else begin
        end = start + BLOCK
    if begin is not None:
        parts.append((begin, end))
    return parts


def wait_until(happened: Callable[[], object], within_seconds: float = 20.0) -> None:
    deadline = time.monotonic() + within_seconds
    while not happened():
        assert time.monotonic() < deadline, "It did not happen in time"
        time.sleep(0.005)
