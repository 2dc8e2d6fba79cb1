"""Run as a program: makes announcements as the hall's server would, and prints how long its event loop stood still."""

import eventlet

eventlet.monkey_patch()

import json  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

from displays.voice.engine_client import EngineClient  # noqa: E402
from displays.voice.phrase import Call  # noqa: E402
from displays.voice.sounds import Sounds  # noqa: E402

TICK_SECONDS = 0.002


def main(folder: Path) -> None:
    gaps: list[float] = []

    def tick() -> None:
        last = time.perf_counter()
        while True:
            eventlet.sleep(TICK_SECONDS)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    engine = EngineClient(timeout_seconds=30)
    sounds = Sounds(folder, engine, ["zh", "en"])
    sounds.warm_up()
    eventlet.spawn(tick)
    calls = [Call(f"T{number:04}", str(number)) for number in range(1, 9)]
    # eight greenlets at once, and every call asked for twice: the server sends one sound to several screens
    lengths = list(eventlet.GreenPool(8).imap(lambda call: sounds.announcement(call).seconds, calls * 2))
    engine.close()
    print(json.dumps({"made": len(lengths), "shortest": min(lengths), "ticks": len(gaps), "largest_gap": max(gaps)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
