"""Three kiosks, each with its printer and somebody always in front of it, at the ends of cables that can be cut."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import requests

from queue_server.accounts import Accounts, DeviceKind
from queue_server.hall_file import read_hall_file
from queue_server.stores.base import Recorded
from queue_server.stores.opening import open_log
from tests.e2e.hall_process import ROOT, free_port, wait_until, write_hall_file
from tests.several.server_processes import ServerProcess
from tests.soak.cables import Cable, lay_cable, move_to_own_network
from tests.soak.paper_tray import PaperTray

KIOSKS = ("K1", "K2", "K3")
OF_WRONG_CLOCK = "K3"
PATIENCE_SECONDS = 20.0  # of a page for one answer
STARTS_WITHIN_SECONDS = 120.0  # of a server among a hundred restarts on a busy machine
SETTLED_WITHIN_SECONDS = 240.0


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody wanted a number, and what the page showed. `heard` is None where it showed none: killed meanwhile."""

    kiosk: str
    key: str
    sent: float  # seconds since 1970, of the first try
    heard: float | None = None
    number: str | None = None
    alone: bool = False


@dataclass
class Street:
    """Everybody who comes, until it is `over`."""

    presses: list[Press] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)
    pause_seconds: tuple[float, float] = (0.05, 0.5)  # until the next one steps up
    seed: int = 0  # of what they choose

    @property
    def answers(self) -> int:
        return sum(press.heard is not None for press in list(self.presses))


class LoneKiosk:
    """The kiosk's program, its printer and its visitors, all at one end of a cable."""

    def __init__(self, name: str, folder: Path, token: str, cable: Cable, street: Street) -> None:
        self.name = name
        self.cable = cable
        self.data = folder / name
        self.port = free_port()
        self.tray: PaperTray = PaperTray(self.data / "paper")
        self._token = token
        self._street = street
        self._log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._there(self.tray.start)

    def start(self) -> None:
        self._there(self._launch)

    def _launch(self) -> None:
        program = "tests.soak.wrong_clock" if self.name == OF_WRONG_CLOCK else "queue_server.cli"
        command = [
            *(sys.executable, "-m", program, "kiosk", "--server", self.cable.server_url, "--data", str(self.data)),
            *("--printer", self.name, "--port", str(self.port)),
            *("--device", f"tcp://127.0.0.1:{self.tray.port}?writing=native"),
        ]
        environment = os.environ | {"XINTING_TOKEN": self._token}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def close(self) -> None:
        self.end()
        self.tray.stop()
        self.cable.remove()

    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def _there(self, what: object) -> None:
        """Does it at the kiosk's end, and waits for that."""

        def run() -> None:
            self.cable.enter()
            what()  # type: ignore[operator]

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()

    # --- who stands in front of it

    def visitors(self) -> threading.Thread:
        thread = threading.Thread(target=self._one_after_the_other, daemon=True)
        thread.start()
        return thread

    def _one_after_the_other(self) -> None:
        self.cable.enter()
        chance = random.Random(f"{self.name} {self._street.seed}")
        while not self._street.over.is_set():
            self._press(chance)
            self._street.over.wait(chance.uniform(*self._street.pause_seconds))

    def _press(self, chance: random.Random) -> None:
        """As the page does: the same key until there is an answer, or until the page is killed with its kiosk."""
        key, sent = uuid4().hex, time.time()
        wish = {"service": chance.choice(["TQ01", "TQ04"]), "way": chance.choice(["counter", "coaching"])}
        body = wish | {"printer": self.name, "again": True}
        while not self._street.over.is_set():
            answer = self._ask(body, key)
            if answer is None:
                if chance.random() < 0.3:
                    break
                self._street.over.wait(0.2)
            elif answer.status_code == 201:
                said = answer.json()
                alone = bool(said.get("alone"))
                self._street.presses.append(Press(self.name, key, sent, time.time(), said["ticket"], alone))
                return
            else:
                code = answer.json()["code"]
                self._street.refused[code] = self._street.refused.get(code, 0) + 1
                self._street.over.wait(0.5)
                break
        self._street.presses.append(Press(self.name, key, sent))

    def _ask(self, body: dict[str, object], key: str) -> requests.Response | None:
        url = f"http://127.0.0.1:{self.port}/api/v1/tickets"
        try:
            return requests.post(url, json=body, headers={"Idempotency-Key": key}, timeout=PATIENCE_SECONDS)
        except requests.RequestException:
            return None

    # --- what it has on its disk

    def is_ready(self) -> bool:
        kit = self._look("alone", "SELECT count(*) FROM answers WHERE name = 'own/kit'")
        return kit > 0 and self._look("alone", "SELECT count(*) FROM numbers") > 0

    def is_settled(self) -> bool:
        """Everything told, everything printed, and the hall knows of each paper."""
        untold = self._look("alone", "SELECT count(*) FROM given WHERE told IS NULL")
        busy = self._look(
            "spool", "SELECT count(*) FROM jobs WHERE state IN ('queued', 'sending') OR to_report NOTNULL"
        )
        return untold == 0 and busy == 0

    def unsettled(self) -> list[str]:
        """What is left, and the last that its program said."""
        with self._disk("alone") as db:
            untold = db.execute("SELECT number, key, taken_at FROM given WHERE told IS NULL ORDER BY place").fetchall()
        with self._disk("spool") as db:
            jobs = db.execute(
                "SELECT job, state, problem, failures, interruptions, given_up, to_report FROM jobs"
                " WHERE state IN ('queued', 'sending') OR to_report NOTNULL"
            ).fetchall()
        last = self.said().splitlines()[-25:]
        return [f"{self.name}: untold {untold}, papers {jobs}", *(f"  {line}" for line in last)]

    def printed(self) -> set[str]:
        """Numbers of which its spool says that they are on paper."""
        with self._disk("spool") as db:
            jobs = [job for (job,) in db.execute("SELECT job FROM jobs WHERE state = 'printed'")]
        return {job.split(".")[1] for job in jobs}

    def _look(self, what: str, question: str) -> int:
        try:
            with self._disk(what) as db:
                return int(db.execute(question).fetchone()[0])
        except sqlite3.OperationalError:
            return 0 if what == "alone" else 1  # not there yet

    def _disk(self, what: str) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.data}/{what}-{self.name}.sqlite?mode=ro", uri=True)


class LonelyHall:
    """One server on SQLite and three kiosks far from it."""

    def __init__(self, folder: Path, accounts: Path) -> None:
        self.data = folder / "data"
        shutil.copytree(accounts, self.data)
        self.hall_file = write_hall_file(folder / "hall.toml")
        text = self.hall_file.read_text(encoding="utf-8")
        more = "".join(f'\n[[printers]]\nid = "{name}"\ndevice = "dummy:"\n' for name in KIOSKS[1:])
        self.hall_file.write_text(text + more, encoding="utf-8")
        known = Accounts.open(self.data)
        tokens = {name: known.enrol_demo_device(DeviceKind.KIOSK, name) for name in KIOSKS}
        known.close()
        environment = {
            "XINTING_DATA": str(self.data),
            "XINTING_HALL_FILE": str(self.hall_file),
            "XINTING_PUBLIC_URL": "http://hall.test",
            "XINTING_HOST": "0.0.0.0",
        }
        self._ways_back = [move_to_own_network()]
        self.server = ServerProcess("server", folder, environment, STARTS_WITHIN_SECONDS)
        self.street = Street()
        self.kiosks = [
            LoneKiosk(name, folder, tokens[name], lay_cable(self.server.port), self.street) for name in KIOSKS
        ]

    def start(self) -> None:
        self.server.start()
        for kiosk in self.kiosks:
            kiosk.start()
        wait_until(lambda: all(kiosk.is_ready() for kiosk in self.kiosks), STARTS_WITHIN_SECONDS)

    def settle(self) -> None:
        """Everything runs and every cable is whole, until nobody has anything left to say."""
        try:
            wait_until(lambda: all(kiosk.is_settled() for kiosk in self.kiosks), SETTLED_WITHIN_SECONDS)
        except AssertionError as error:
            left = [line for kiosk in self.kiosks if not kiosk.is_settled() for line in kiosk.unsettled()]
            faults = [line for line in self.server.said().splitlines() if " ERROR " in line][-5:]
            raise AssertionError("\n".join([*left, "server:", *faults])) from error

    def stop(self) -> None:
        self.street.over.set()
        for kiosk in self.kiosks:
            kiosk.close()
        self.kiosks = []
        self.server.end()
        while self._ways_back:  # stopping twice is no harm
            self._ways_back.pop()()

    def log(self) -> list[Recorded]:
        """Whole, once the server has ended."""
        log = open_log(self.data, "")
        rules = read_hall_file(self.hall_file).rules
        (day,) = log.days(rules.hall)
        recorded = list(log.read(rules.hall, day))
        log.close()
        return recorded
