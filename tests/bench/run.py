"""`make bench`: measures a server process from outside, always beside its floor in the same run.

`python -m tests.bench.run engine issue` measures these groups only. Machines are noisy: every ratio is the median
over rounds in which the hall and its floor take turns.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.bench.big_day import write_a_day
from tests.bench.call_to_voice import call_to_voice_figures
from tests.bench.engine import engine_figures
from tests.bench.fan_out import fan_out_figures, listeners_figures
from tests.bench.figures import Figure, median, print_table, write_figures
from tests.bench.guide_scroll import guide_scroll_figures
from tests.bench.halls import Measured, fresh_hall
from tests.bench.kiosk_touch import kiosk_touch_figures
from tests.bench.load import requests_per_second
from tests.bench.press_to_paper import press_to_paper_figures
from tests.bench.processes import free_port, rss_mb, running, seconds_to_first_answer
from tests.bench.slow_disk import disk_figures
from tests.bench.targets import floor_target, issue_target
from tests.bench.two_processes import two_processes_figures
from tests.bench.wall_week import wall_week_figures

OUT = Path("build/bench.jsonl")
ROUNDS = 5
ISSUED_A_ROUND = {1: 400, 32: 1200}
EVENTS_OF_A_BIG_DAY = 5000
WAITING = (10, 4000)
FEW, WARMING_UP = 500, 100
SETTLES_SECONDS = 2.0  # what a server does once after its start is over then


def main(wanted: list[str]) -> None:
    groups = {
        "engine": engine_figures,
        "issue": issue_figures,
        "waiting": waiting_figures,
        "disk": disk_figures,
        "fan_out": fan_out_figures,
        "listeners": listeners_figures,
        "two_processes": two_processes_figures,
        "startup": startup_figures,
        "call_to_voice": call_to_voice_figures,
        "press_to_paper": press_to_paper_figures,
        "kiosk_touch": kiosk_touch_figures,
        "guide_scroll": guide_scroll_figures,
        "wall_week": wall_week_figures,
    }
    if unknown := set(wanted) - set(groups):
        raise SystemExit(f"No such group: {', '.join(sorted(unknown))}. There are: {', '.join(groups)}.")
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, measure in groups.items():
            if not wanted or name in wanted:
                figures += measure(Path(folder))
    write_figures(figures, OUT)
    print_table(figures)
    print(f"\nwritten to {OUT}")


# --- issuing over HTTP


def issue_figures(folder: Path) -> list[Figure]:
    """Durable tickets per second against an empty endpoint on the same server, in turn; memory before and after."""
    floor_port = free_port()
    figures = []
    with running("tests.bench.floor_server", floor_port, port=floor_port):
        for concurrency, requests_ in ISSUED_A_ROUND.items():
            with fresh_hall(folder / f"issue-{concurrency}") as (measured, process):
                if concurrency == 1:
                    figures.append(Figure("rss_idle_mb", rss_mb(process), "MB", "the server alone, nobody connected"))
                figures += issue_ratio(measured, floor_port, concurrency, requests_)
    return figures


def issue_ratio(measured: Measured, floor_port: int, concurrency: int, requests_: int) -> list[Figure]:
    hall, floor, ratios = [], [], []
    for turn in range(ROUNDS + 1):  # the first warms both up and does not count
        empty = requests_per_second(floor_target(floor_port), requests_, concurrency)
        issued = requests_per_second(
            issue_target(measured.port, measured.kiosk), requests_, concurrency, turn * requests_
        )
        if turn:
            hall.append(issued)
            floor.append(empty)
            ratios.append(issued / empty)
    name = f"issue_http_c{concurrency}"
    return [
        Figure(f"{name}_over_floor", median(ratios), "ratio", "an empty Flask endpoint on the same server"),
        Figure(f"{name}_per_s", median(hall), "1/s", f"floor {median(floor):.0f}/s"),
    ]


# --- issuing while many wait


def waiting_figures(folder: Path) -> list[Figure]:
    """Tickets a second in a hall where 4,000 wait against one where 10 do, in turn; each turn in fresh halls."""
    ratios: list[float] = []
    speeds: dict[int, list[float]] = {waiting: [] for waiting in WAITING}
    for turn in range(ROUNDS):
        for waiting in WAITING:
            data = folder / f"waiting-{waiting}-{turn}"
            write_a_day(data, waiting, leaving=False)
            with fresh_hall(data) as (hall, _):
                target = issue_target(hall.port, hall.kiosk)
                requests_per_second(target, WARMING_UP, 32, FEW)
                time.sleep(SETTLES_SECONDS)
                speeds[waiting].append(requests_per_second(target, FEW, 32))
        ratios.append(speeds[4000][-1] / speeds[10][-1])
    note = f"{median(speeds[4000]):.0f}/s against {median(speeds[10]):.0f}/s; {FEW + WARMING_UP} more come meanwhile"
    return [Figure("issue_waiting4000_over_10", median(ratios), "ratio", note)]


# --- starting


def startup_figures(folder: Path) -> list[Figure]:
    """Process start → /healthz answers, with an empty day and with a big one."""
    empty, big = folder / "start-empty", folder / "start-big"
    write_a_day(big, EVENTS_OF_A_BIG_DAY // 2, leaving=True)
    times: dict[str, list[float]] = {"empty": [], "big": []}
    for _ in range(3):
        for name, data in (("empty", empty), ("big", big)):
            port = free_port()
            command = [sys.executable, "-m", "tests.bench.hall_server", str(port), str(data)]
            times[name].append(seconds_to_first_answer(command, f"http://127.0.0.1:{port}/healthz"))
    return [
        Figure("startup_empty_s", median(times["empty"]), "s", "process start → /healthz"),
        Figure("startup_5000_s", median(times["big"]), "s", f"with a day of {EVENTS_OF_A_BIG_DAY} events to replay"),
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
