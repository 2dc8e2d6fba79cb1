"""The hub and the tickets while the disk is busy: this machine's own, and one whose flush takes 15 ms more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.figures import Figure, median
from tests.bench.halls import fresh_hall
from tests.bench.load import requests_per_second
from tests.bench.targets import issue_target

SOURCE = Path(__file__).with_name("slow_flush.c")
SLOWER_BY_MS = 15
SECONDS = 1.5
ROUNDS = 5
REQUESTS = 600


def disk_figures(folder: Path) -> list[Figure]:
    slow = slow_disk(folder)
    figures = [*stall_figures(folder, "hub_stall", {}), *stall_figures(folder, "hub_stall_slow_disk", slow)]
    with fresh_hall(folder / "slow", slow) as (hall, _):
        target = issue_target(hall.port, hall.kiosk)
        speeds = [requests_per_second(target, REQUESTS, 32, turn * REQUESTS) for turn in range(ROUNDS + 1)][1:]
    note = f"over HTTP at 32 clients, each flush {SLOWER_BY_MS} ms longer"
    return [*figures, Figure("issue_slow_disk_per_s", median(speeds), "1/s", note)]


def slow_disk(folder: Path) -> dict[str, str]:
    """The environment of a process whose flushes take longer."""
    library = folder / "slow_flush.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"], check=True)
    return {"LD_PRELOAD": str(library), "FLUSH_TAKES_MS": str(SLOWER_BY_MS)}


def stall_figures(folder: Path, name: str, environment: dict[str, str]) -> list[Figure]:
    rounds = []
    for turn in range(ROUNDS):
        data = folder / f"{name}-{turn}"
        data.mkdir()
        command = [sys.executable, "-m", "tests.bench.stalled_hub", str(data), str(SECONDS)]
        done = subprocess.run(command, env=os.environ | environment, stdout=subprocess.PIPE, check=True)
        rounds.append(json.loads(done.stdout))
    idle, commit, written = (
        median([one[key] for one in rounds]) for key in ("idle_p99_ms", "commit_ms", "events_per_s")
    )
    if environment and commit < SLOWER_BY_MS:
        raise RuntimeError(f"The slow disk is not slow: a commit takes {commit:.1f} ms.")
    stalled = median([one["loaded_p99_ms"] - one["idle_p99_ms"] for one in rounds])
    note = f"above the idle hub's {idle:.1f} ms; {written:.0f} events/s, a commit takes {commit:.1f} ms"
    return [Figure(f"{name}_p99_ms", stalled, "ms", note)]
