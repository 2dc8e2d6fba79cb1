"""A call on the feed → its sound starts: `xinting voice` beside a feed, with a loudspeaker that notes the moment."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from displays.voice.process import run_voice
from tests.bench.figures import Figure, percentile
from tests.voice.fake_hall import FakeHall, called
from tests.voice.listening import wait_until

CALLS = 60


class NotingPlayer:
    def __init__(self) -> None:
        self.started: list[float] = []

    def play(self, announcement: object, cut: threading.Event) -> bool:
        self.started.append(time.monotonic())
        return True


def call_to_voice_figures(folder: Path) -> list[Figure]:
    """Each number for the first time, then once more as another call; the hall is idle in between."""
    hall, player, stop = FakeHall(), NotingPlayer(), threading.Event()
    voice = threading.Thread(
        target=run_voice, args=(hall.url, "right", folder / "voice"), kwargs={"player": player, "stop": stop}
    )
    voice.start()
    try:
        wait_until(lambda: hall.connections)
        seconds = [say(hall, player, seq, f"T{seq % CALLS:04d}") for seq in range(1, 2 * CALLS + 1)]
    finally:
        stop.set()
        hall.cut_the_line()
        voice.join()
        hall.close()
    first, again = seconds[:CALLS], seconds[CALLS:]
    return [
        Figure("call_to_voice_p99_ms", 1000 * percentile(again, 0.99), "ms", "kept, Mandarin once; limit 300"),
        Figure(
            "call_to_voice_new_p99_ms",
            1000 * percentile(first, 0.99),
            "ms",
            "made anew, Mandarin once; limit 1,500",
        ),
    ]


def say(hall: FakeHall, player: NotingPlayer, seq: int, ticket: str) -> float:
    before, at = len(player.started), time.monotonic()
    hall.tell(called(seq, ticket))
    wait_until(lambda: len(player.started) > before)
    return player.started[-1] - at
