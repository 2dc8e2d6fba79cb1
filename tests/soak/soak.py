"""One soak: a hall of real processes, 32 clients, SIGKILL at random moments, and the checker's word at the end."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from queue_server.accounts import Accounts, DeviceKind
from queue_server.hall_file import read_hall_file
from queue_server.stores.opening import open_log
from tests.e2e.hall_process import wait_until, write_hall_file
from tests.several.server_processes import ServerProcess
from tests.soak.checker import Heard, findings
from tests.soak.clients import Client, Crowd, Guide, Kiosk, Officer

KIOSKS = 20
OFFICERS = ("li", "wang", "zhao", "chen", "liu", "yang", "huang", "zhou", "wu", "he")  # at counters 1 to 10
GUIDES = ("ma", "sun")
BOTH_AT_ONCE = 0.2  # of the kills, where there are two processes


@dataclass(frozen=True, slots=True)
class Summary:
    kills: int
    told: int
    refused: int
    retries: int
    events: int
    findings: list[str]

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.told} answers told, {self.refused} refused, {self.retries} asked again, "
            f"{self.events} events in the log, {len(self.findings)} contradictions"
        )


class SoakedHall:
    """One process on SQLite; with the addresses of a PostgreSQL and a Redis, two processes on these."""

    def __init__(self, folder: Path, accounts: Path, database_url: str = "", redis_url: str = "") -> None:
        self.data = folder / "data"
        shutil.copytree(accounts, self.data)
        self.database_url = database_url
        self.hall_file = write_hall_file(folder / "hall.toml")
        known = Accounts.open(self.data)
        self.kiosks = [known.devices.enrol(DeviceKind.KIOSK, f"K{n}") for n in range(1, KIOSKS + 1)]
        known.close()
        environment = {
            "XINTING_DATA": str(self.data),
            "XINTING_HALL_FILE": str(self.hall_file),
            "XINTING_PUBLIC_URL": "http://hall.test",
        }
        if database_url:
            environment |= {"XINTING_DATABASE_URL": database_url, "XINTING_REDIS_URL": redis_url}
        names = ("a", "b") if database_url else ("a",)
        self.processes = [ServerProcess(name, folder, environment) for name in names]

    def clients(self, heard: Heard, over: threading.Event) -> list[Client]:
        common = [process.url for process in self.processes], heard, over
        return [
            *(Kiosk(f"kiosk{n}", *common, token) for n, token in enumerate(self.kiosks)),
            *(Officer(name, *common, str(n)) for n, name in enumerate(OFFICERS, start=1)),
            *(Guide(name, *common) for name in GUIDES),
        ]

    def start(self, processes: list[ServerProcess]) -> None:
        for process in processes:
            process.launch()
        for process in processes:
            process.wait_until_it_serves()

    def kill(self, processes: list[ServerProcess]) -> None:
        for process in processes:
            process.end()

    def some(self) -> list[ServerProcess]:
        return self.processes if random.random() < BOTH_AT_ONCE else [random.choice(self.processes)]


def more_told(heard: Heard, answers: int) -> Callable[[], bool]:
    enough = len(heard.told) + answers
    return lambda: len(heard.told) >= enough


def soak(hall: SoakedHall, kills: int, answers_between: int = 100) -> Summary:
    """Kills somewhere within the next `answers_between` answers, each time anew; at least `kills` processes in all."""
    heard, over, done = Heard(), threading.Event(), 0
    hall.start(hall.processes)
    try:
        with Crowd(hall.clients(heard, over), over) as crowd:
            while done < kills:
                wait_until(more_told(heard, random.randint(1, answers_between)))
                killed = hall.some()
                hall.kill(killed)
                done += len(killed)
                hall.start(killed)
            wait_until(more_told(heard, answers_between))
    finally:
        hall.kill(hall.processes)
    log = open_log(hall.data, hall.database_url)
    rules = read_hall_file(hall.hall_file).rules
    days = log.days(rules.hall)
    assert len(days) == 1, f"the hall was open on {days}"
    recorded = log.read(rules.hall, days[0])
    log.close()
    found = findings(recorded, rules, heard)
    return Summary(done, len(heard.told), len(heard.refused), crowd.retries, len(recorded), found)
