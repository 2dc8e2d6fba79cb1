"""Real server processes of one hall, in earnest: one PostgreSQL, one Redis, one data folder, a port each."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import requests
import socketio

from queue_server.accounts import Accounts, DeviceKind
from queue_server.demo.password import DEMO_PASSWORD
from tests.e2e.hall_process import ROOT, WITHIN_SECONDS, free_port, wait_until, write_hall_file

KIOSKS = tuple(f"K{n}" for n in range(1, 13))  # one kiosk may take 30 numbers a minute; together they take enough


class ServerProcess:
    def __init__(
        self, name: str, folder: Path, environment: dict[str, str], starts_within: float = WITHIN_SECONDS
    ) -> None:
        self.name = name
        self._starts_within = starts_within
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / f"{name}.log"
        self._environment = environment | {"XINTING_PORT": str(self.port)}
        self._process: subprocess.Popen[bytes] | None = None

    def add(self, environment: dict[str, str]) -> None:
        """Before it is started."""
        self._environment |= environment

    def launch(self) -> None:
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", "queue_server.cli", "serve"]
            environment = os.environ | self._environment
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def start(self) -> None:
        self.launch()
        self.wait_until_it_serves()

    def wait_until_it_serves(self) -> None:
        wait_until(self._answers, self._starts_within)

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.said()
        try:
            with urlopen(f"{self.url}/healthz", timeout=1):
                return True
        except (URLError, OSError):
            return False

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(15)
        self._process = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")


class Hall:
    """Two processes, `a` and `b`; `start` both at once, as a machine does that comes up."""

    def __init__(
        self, folder: Path, accounts: Path, database_url: str, redis_url: str = "", name: str = "chengguan"
    ) -> None:
        """`name`: its mark in the database and in Redis."""
        self.data = folder / "data"
        shutil.copytree(accounts, self.data)
        hall_file = write_hall_file(folder / "hall.toml")
        hall_file.write_text(hall_file.read_text().replace('id = "chengguan"', f'id = "{name}"'))
        environment = {
            "XINTING_DATA": str(self.data),
            "XINTING_HALL_FILE": str(hall_file),
            "XINTING_DATABASE_URL": database_url,
            "XINTING_REDIS_URL": redis_url,
            "XINTING_PUBLIC_URL": "http://hall.test",
        }
        known = Accounts.open(self.data)
        self._kiosks = {name: known.devices.enrol(DeviceKind.KIOSK, name) for name in KIOSKS}
        self._display = known.devices.enrol(DeviceKind.DISPLAY, "D1")
        known.close()
        self.a = ServerProcess("a", folder, environment)
        self.b = ServerProcess("b", folder, environment)
        self._screens: list[Screen] = []

    def start(self) -> None:
        for process in (self.a, self.b):
            process.launch()
        for process in (self.a, self.b):
            process.wait_until_it_serves()

    def end(self) -> None:
        for screen in self._screens:
            screen.leave()
        for process in (self.a, self.b):
            process.end()

    def press(self, at: ServerProcess, key: str, kiosk: str = "K1", **wishes: object) -> requests.Response:
        return requests.post(
            f"{at.url}/api/v1/tickets",
            json={"service": "TQ01", "way": "counter", **wishes},
            headers={**self._as(kiosk), "Idempotency-Key": key},
            timeout=20,
        )

    def papers_for(self, at: ServerProcess, kiosk: str) -> dict[str, str]:
        """Number → job of what this kiosk is still to print."""
        answer = requests.get(
            f"{at.url}/api/v1/print-jobs", params={"printer": kiosk}, headers=self._as(kiosk), timeout=20
        )
        return {job["ticket"]["ticket"]: job["job"] for job in answer.json()["jobs"]}

    def printed(self, at: ServerProcess, kiosk: str, job: str) -> int:
        url = f"{at.url}/api/v1/print-jobs/{job}"
        return requests.post(url, json={"state": "printed"}, headers=self._as(kiosk), timeout=20).status_code

    def _as(self, kiosk: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._kiosks[kiosk]}"}

    def number(self, at: ServerProcess, key: str, kiosk: str = "K1") -> str:
        answer = self.press(at, key, kiosk)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["ticket"])

    def screen(self, at: ServerProcess, after: dict[str, Any] | None = None) -> Screen:
        """A hall display that listens at one process; `after` is the last event it heard before it was away."""
        screen = Screen(at.url, self._display, after)
        self._screens.append(screen)
        return screen

    def somebody(self, at: ServerProcess, person: str, counter: str | None = None) -> Person:
        return Person(at.url, person, counter)

    def log(self, at: ServerProcess) -> list[dict[str, Any]]:
        """The public's part of the day's events, as one process gives it."""
        answer = requests.get(
            f"{at.url}/api/v1/events",
            params={"after": 0},
            headers={"Authorization": f"Bearer {self._display}"},
            timeout=20,
        )
        assert answer.status_code == 200, answer.text
        events: list[dict[str, Any]] = answer.json()["events"]
        return events


class Person:
    """Somebody of the staff. Signed in at one process, known at every other."""

    def __init__(self, url: str, person: str, counter: str | None) -> None:
        self._http = requests.Session()
        body = {"person": person, "password": DEMO_PASSWORD} | ({"counter": counter} if counter else {})
        signed_in = self._http.post(f"{url}/api/v1/session", json=body, timeout=20)
        assert signed_in.status_code == 201, signed_in.text
        self._http.headers["X-CSRF-Token"] = signed_in.json()["csrf"]

    def does(self, at: ServerProcess, path: str, **body: object) -> Any:
        answer = self._http.post(f"{at.url}/api/v1{path}", json=body, timeout=20)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json()

    def sees(self, at: ServerProcess, path: str) -> Any:
        answer = self._http.get(f"{at.url}/api/v1{path}", timeout=20)
        assert answer.status_code == 200, answer.text
        return answer.json()


class Screen:
    """Keeps every event it was told, in the order it was told them, and does nothing about gaps or repeats."""

    def __init__(self, url: str, token: str, after: dict[str, Any] | None = None) -> None:
        self.told: list[dict[str, Any]] = []
        self._greeted = threading.Event()
        self._client = socketio.Client(reconnection=False, handle_sigint=False)
        self._client.on("event", self.told.append, namespace="/feed")
        self._client.on("hello", lambda _: self._greeted.set(), namespace="/feed")
        auth = {"audience": "display", "token": token}
        if after:
            auth |= {"day": after["day"], "last_seq": after["seq"]}
        self._client.connect(url, transports=["websocket"], namespaces=["/feed"], auth=auth, wait_timeout=10)
        assert self._greeted.wait(10)

    @property
    def seqs(self) -> list[int]:
        return [event["seq"] for event in list(self.told)]

    def hears(self, number: str, name: str = "ticket_issued") -> bool:
        return any(event["name"] == name and event.get("ticket") == number for event in list(self.told))

    def leave(self) -> None:
        self._client.disconnect()
