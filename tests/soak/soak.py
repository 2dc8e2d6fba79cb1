"""One soak: a hall of real processes, 32 clients, SIGKILL at random moments, and the checker's word at the end."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from queue_server.accounts import Accounts, DeviceKind
from queue_server.hall_file import read_hall_file
from queue_server.stores.opening import open_log
from tests.databases import PostgresServer
from tests.e2e.hall_process import wait_until, write_hall_file
from tests.several.server_processes import ServerProcess
from tests.soak.checker import findings
from tests.soak.clients import Client, Crowd, Floor, Guide, Kiosk, Officer
from tests.soak.heard import Heard

KIOSKS = 20
OFFICERS = ("li", "wang", "zhao", "chen", "liu", "yang", "huang", "zhou", "wu", "he")  # at counters 1 to 10
GUIDES = ("ma", "sun")
BOTH_AT_ONCE = 0.2  # of the kills, where there are two processes


@dataclass(frozen=True, slots=True)
class Summary:
    kills: int
    database_crashes: int
    told: int
    refused: int
    pages: int
    retries: int
    events: int
    findings: list[str]

    def __str__(self) -> str:
        crashes = f"{self.database_crashes} crashes of the database, " if self.database_crashes else ""
        return (
            f"{self.kills} kills, {crashes}{self.told} answers told, {self.refused} refused, {self.pages} pages seen, "
            f"{self.retries} asked again, {self.events} events in the log, {len(self.findings)} contradictions"
        )


class SoakedHall:
    """One process on SQLite; with a PostgreSQL and the address of a Redis, two processes on these."""

    def __init__(
        self, folder: Path, accounts: Path, database: PostgresServer | None = None, redis_url: str = ""
    ) -> None:
        self.data = folder / "data"
        shutil.copytree(accounts, self.data)
        self.database = database
        self.database_url = database_url = database.fresh_url() if database else ""
        self.hall_file = write_hall_file(folder / "hall.toml")
        known = Accounts.open(self.data)
        self.kiosks = [known.devices.enrol(DeviceKind.KIOSK, f"K{n}") for n in range(1, KIOSKS + 1)]
        known.close()
        environment = {
            # killed every few seconds: each would leave a simulating process that loads its libraries for nobody
            "XINTING_FORECASTER": "queue_work",
            "XINTING_DATA": str(self.data),
            "XINTING_HALL_FILE": str(self.hall_file),
            "XINTING_PUBLIC_URL": "http://hall.test",
        }
        if database_url:
            environment |= {"XINTING_DATABASE_URL": database_url, "XINTING_REDIS_URL": redis_url}
        names = ("a", "b") if database_url else ("a",)
        self.processes = [ServerProcess(name, folder, environment) for name in names]
        self.floor = Floor(self.processes)

    def clients(self) -> list[Client]:
        return [
            *(Kiosk(f"kiosk{n}", f"K{n}", token, self.floor) for n, token in enumerate(self.kiosks, start=1)),
            *(Officer(name, str(n), self.floor) for n, name in enumerate(OFFICERS, start=1)),
            *(Guide(name, f"guide:{name}", self.floor) for name in GUIDES),
        ]

    def start(self, processes: list[ServerProcess]) -> None:
        for process in processes:
            process.launch()
        for process in processes:
            process.wait_until_it_serves()
            self.floor.serving.add(process.url)
        self.floor.tell()

    def kill(self, processes: list[ServerProcess]) -> None:
        for process in processes:
            self.floor.serving.discard(process.url)
            process.end()

    def crash_database(self) -> None:
        """It comes back by itself, as its service would make it; the hall's processes go on meanwhile."""
        assert self.database is not None
        self.database.crash()
        self.database.start()

    def some(self) -> list[ServerProcess]:
        return self.processes if random.random() < BOTH_AT_ONCE else [random.choice(self.processes)]


def more_told(heard: Heard, answers: int) -> Callable[[], bool]:
    enough = len(heard.told) + answers
    return lambda: len(heard.told) >= enough


def soak(hall: SoakedHall, kills: int, answers_between: int = 100, database_crashes: int = 0) -> Summary:
    """Kills somewhere within the next `answers_between` answers, each time anew; at least `kills` processes in all.

    Every so often the database is crashed as well, `database_crashes` times in all.
    """
    heard, done, crashes = hall.floor.heard, 0, 0
    hall.start(hall.processes)
    try:
        with Crowd(hall.clients(), hall.floor) as crowd:
            while done < kills:
                wait_until(more_told(heard, random.randint(1, answers_between)))
                if crashes < database_crashes * done / kills:
                    hall.crash_database()
                    crashes += 1
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
    told, refused, seen = len(heard.told), len(heard.refused), len(heard.seen)
    return Summary(done, crashes, told, refused, seen, crowd.retries, len(recorded), found)
