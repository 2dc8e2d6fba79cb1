"""How late the hub is for its own greenlets while the log is written as fast as it can be.

`python -m tests.bench.stalled_hub FOLDER SECONDS` prints the P99 of the lateness in ms, idle and under load, the
events written a second, and the ms of one commit: JSON. A greenlet that wants to run every 2 ms says how late it was.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from itertools import count
from pathlib import Path

from queue_server import concurrency

concurrency.patch()

from queue_server.domain.commands import IssueTicket  # noqa: E402
from queue_server.hall_file import read_hall_file  # noqa: E402
from queue_server.service.hall import Hall  # noqa: E402
from queue_server.stores.sqlite import SqliteLog  # noqa: E402
from tests.bench.engine import HALL, NineOClock  # noqa: E402
from tests.bench.figures import median, percentile  # noqa: E402

EVERY_SECONDS = 0.002
CLERKS = 32
OF_EACH_LETTER = ("TQ04", "GJ01", "DK01", "CX01", "QT01")


def press(n: int) -> IssueTicket:
    """Of all letters in turn: each has 9,999 numbers, and a second takes more."""
    return IssueTicket(id=f"press-{n}", actor=f"kiosk:K{n % 4}", service=OF_EACH_LETTER[n % len(OF_EACH_LETTER)])


def lateness(seconds: float) -> list[float]:
    late, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        time.sleep(EVERY_SECONDS)
        late.append(1000 * (time.perf_counter() - began - EVERY_SECONDS))
    return late


def main(folder: Path, seconds: float) -> None:
    commits: list[float] = []
    off_hub = concurrency.NativeThread().run

    def timed(function, *arguments):  # type: ignore[no-untyped-def]
        began = time.perf_counter()
        try:
            return function(*arguments)
        finally:
            commits.append(1000 * (time.perf_counter() - began))

    rules = read_hall_file(HALL).rules
    log = SqliteLog(folder / "stalled.sqlite")
    hall = Hall(log, rules, NineOClock(rules), lambda function, *given: off_hub(timed, function, *given))
    idle = lateness(seconds)
    working, numbers = True, count()

    def clerk() -> None:
        while working:
            hall.handle(press(next(numbers)))

    clerks = [threading.Thread(target=clerk, daemon=True) for _ in range(CLERKS)]
    for one in clerks:
        one.start()
    time.sleep(0.2)
    before, began = next(numbers), time.perf_counter()
    commits.clear()
    loaded = lateness(seconds)
    written = (next(numbers) - before) / (time.perf_counter() - began)
    if not all(one.is_alive() for one in clerks):
        raise RuntimeError(
            "The numbers were used up while the hub was measured: what is said of it would be of no load."
        )
    working = False
    figures = {
        "idle_p99_ms": percentile(idle, 0.99),
        "loaded_p99_ms": percentile(loaded, 0.99),
        "events_per_s": written,
        "commit_ms": median(commits),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
