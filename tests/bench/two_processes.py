"""Two server processes on one PostgreSQL and Redis against one, taking turns: `python -m tests.bench.two_processes`.

Everything runs on the same few cores, the load generator included, so besides the plain throughput the processor time
of each part is measured: that says what two processes could do with the generator elsewhere, and where the time goes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import Figure, median, print_table
from tests.bench.halls import enrolled
from tests.bench.load import Target, requests_per_second_at
from tests.bench.processes import free_port, wait_for_port
from tests.bench.targets import issue_target
from tests.databases import PostgresServer, RedisServer
from tests.e2e.hall_process import write_hall_file

ROUNDS = 5
REQUESTS = 1200
CONCURRENCY = 32
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Round:
    """Tickets a second, and milliseconds of processor time a ticket took in each part."""

    per_s: float
    servers: float
    postgres: float
    redis: float
    load: float

    @property
    def all_but_load(self) -> float:
        return self.servers + self.postgres + self.redis


def two_processes_figures(folder: Path) -> list[Figure]:
    """One and two server processes side by side on a PostgreSQL each shares with nobody else of the bench."""
    with ExitStack() as stack:
        parts = postgres, redis = stack.enter_context(PostgresServer()), stack.enter_context(RedisServer())
        sides = {}
        for count in (1, 2):
            data = folder / f"processes-{count}"
            kiosk, _ = enrolled(data)
            hall_file = write_hall_file(folder / f"hall-{count}.toml")
            of_its_own = re.sub(r"(?m)^id = .*$", f'id = "bench-{count}"', hall_file.read_text("utf-8"), count=1)
            hall_file.write_text(of_its_own, "utf-8")
            environment = {
                "XINTING_HALL_FILE": str(hall_file),
                "XINTING_DATABASE_URL": postgres.url,
                "XINTING_REDIS_URL": redis.url,
            }
            servers = [stack.enter_context(server_process(data, environment)) for _ in range(count)]
            sides[count] = ([issue_target(port, kiosk) for port, _ in servers], [pid for _, pid in servers])
        rounds: dict[int, list[Round]] = {1: [], 2: []}
        for turn in range(ROUNDS + 1):  # the first warms all up and does not count
            for count, (targets, pids) in sides.items():
                measured = one_round(targets, pids, parts, turn * REQUESTS)
                if turn:
                    rounds[count].append(measured)
    return figures_of(rounds[1], rounds[2])


def figures_of(one: list[Round], two: list[Round]) -> list[Figure]:
    def middle(rounds: list[Round], part: str) -> float:
        return median([getattr(round_, part) for round_ in rounds])

    ratios = [both.per_s / alone.per_s for alone, both in zip(one, two, strict=True)]
    cores = os.cpu_count() or 1
    # one process has one core for itself, whatever the others need; two share all cores with PostgreSQL and Redis
    alone_could = min(1 / middle(one, "servers"), cores / middle(one, "all_but_load"))
    both_could = min(2 / middle(two, "servers"), cores / middle(two, "all_but_load"))
    generator = f"{cores} cores shared with the load, which took {middle(two, 'load'):.2f} ms a ticket"
    counted_out = "from processor time a ticket, the load generator counted out"
    figures = [
        Figure("postgres_two_over_one", median(ratios), "ratio", generator),
        Figure("postgres_two_over_one_load_out", both_could / alone_could, "ratio", counted_out),
    ]
    for name, rounds in (("one", one), ("two", two)):
        figures.append(Figure(f"postgres_{name}_issue_c{CONCURRENCY}_per_s", middle(rounds, "per_s"), "1/s"))
        figures += [
            Figure(f"postgres_{name}_{part}_ms", middle(rounds, part), "ms", "processor time a ticket")
            for part in ("servers", "postgres", "redis", "load")
        ]
    return figures


def one_round(targets: list[Target], pids: list[int], parts: tuple[PostgresServer, RedisServer], first: int) -> Round:
    postgres, redis = parts

    def processor_seconds() -> tuple[float, float, float, float]:
        family = children_of(postgres.pid)
        return cpu_of(pids), cpu_of([postgres.pid, *family]), cpu_of([redis.pid]), time.process_time()

    before = processor_seconds()
    per_s = requests_per_second_at(targets, REQUESTS, CONCURRENCY, first)
    after = processor_seconds()
    servers, database, queue, load = (1000 * (a - b) / REQUESTS for a, b in zip(after, before, strict=True))
    return Round(per_s, servers, database, queue, load)


def stat_of(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may hold anything."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def cpu_of(pids: Iterable[int]) -> float:
    """Seconds of processor time in user and kernel, those of children that have ended included."""
    return sum(sum(int(field) for field in stat_of(pid)[11:15]) for pid in pids) / TICKS_A_SECOND


def children_of(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if int(stat_of(int(folder.name))[1]) == parent:
                    found.append(int(folder.name))
            except OSError:  # ended meanwhile
                continue
    return found


@contextmanager
def server_process(data: Path, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Its port and its process id, once it takes connections."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.hall_server", str(port), str(data)]
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=10)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print_table(two_processes_figures(Path(scratch)))
