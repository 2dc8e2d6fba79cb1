"""What a test hears in a sound: the stretches that are not silent. And how a test waits for what happens elsewhere."""

import time
from collections.abc import Callable

from displays.voice.waves import BLOCK, Samples, is_loud, seconds_of


def loud_parts(samples: Samples, parted_by_seconds: float = 0.8) -> list[Samples]:
    """The parts of a sound between its long silences, their own ends trimmed."""
    parts: list[Samples] = []
    begin = end = None
    for start in range(0, len(samples), BLOCK):
        if not is_loud(samples[start : start + BLOCK]):
            continue
        if begin is not None and seconds_of(samples[end:start]) >= parted_by_seconds:
            parts.append(samples[begin:end])
            begin = None
        begin = start if begin is None else begin
        end = start + BLOCK
    if begin is not None:
        parts.append(samples[begin:end])
    return parts


def wait_until(happened: Callable[[], object], within_seconds: float = 20.0) -> None:
    deadline = time.monotonic() + within_seconds
    while not happened():
        assert time.monotonic() < deadline, "It did not happen in time"
        time.sleep(0.005)
