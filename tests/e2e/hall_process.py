"""A real hall for tests: server, printer stand-in and the kiosk's print agent as processes, on free ports."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.error import URLError
from urllib.request import urlopen

from queue_server.accounts import Accounts, DeviceKind
from queue_server.demo.hall_client import HallClient
from queue_server.demo.password import DEMO_PASSWORD
from queue_server.settings import DEPLOY

ROOT = Path(__file__).parents[2]
WITHIN_SECONDS = 30.0
SHORT_LIMITS = {"recall_after_seconds": 0, "care_recall_extra_seconds": 0, "calls_before_missed": 1}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
# Below the ports that the system lends to clients: a client that keeps asking at one of those may end up connected to
# itself, and a server could then not come back to it.
PORTS = range(20_000, 30_000)

Found = TypeVar("Found")


def wait_until(what: Callable[[], Found], within_seconds: float = WITHIN_SECONDS, every_seconds: float = 0.02) -> Found:
    """The first result that is true, looking every few milliseconds."""
    deadline = time.monotonic() + within_seconds
    while not (found := what()):
        assert time.monotonic() < deadline, f"this did not become true within {within_seconds} s"
        time.sleep(every_seconds)
    return found


def free_port() -> int:
    while True:
        port = random.choice(PORTS)
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) != 0:
                return port


def write_hall_file(path: Path, **changes: object) -> Path:
    """The demo hall's own file with short limits, open all day, in a time zone where it is between ten and eleven."""
    text = (DEPLOY / "halls" / "lanzhou.toml").read_text(encoding="utf-8")
    offset = (10 - datetime.now(UTC).hour + 12) % 24 - 12
    changes = {"timezone": f'"Etc/GMT{-offset:+d}"', **SHORT_LIMITS, **changes}
    changes |= dict.fromkeys(WEEKDAYS, '[["00:00", "23:59"]]')
    for name, value in changes.items():
        text, found = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", text)
        assert found == 1, f"the hall's file has {found} lines {name}"
    friday = re.search(r"(?m)^friday = (.*)$", text)
    assert friday
    text = text.replace(friday[0], f"{friday[0]}\nsaturday = {friday[1]}\nsunday = {friday[1]}")
    path.write_text(text, encoding="utf-8")
    shutil.copy(DEPLOY / "halls" / "lanzhou.fund.toml", path.with_suffix(".fund.toml"))
    return path


class HallProcess:
    """`start` everything, `stop` everything; in between each process can be killed and started again by itself."""

    def __init__(self, folder: Path, accounts: Path, **changes: object) -> None:
        self.folder = folder
        self.data = folder / "data"
        shutil.copytree(accounts, self.data)
        self.hall_file = write_hall_file(folder / "hall.toml", **changes)
        self.port, self.printer_port, self.control_port = free_port(), free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._tokens = {kind: self._token(kind) for kind in (DeviceKind.KIOSK, DeviceKind.DISPLAY, DeviceKind.PRINTER)}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def _token(self, kind: DeviceKind, device: str = "") -> str:
        accounts = Accounts.open(self.data)
        token = accounts.enrol_demo_device(kind, device or ("D1" if kind is DeviceKind.DISPLAY else "K1"))
        accounts.close()
        return token

    # --- processes

    def start(self, *, card_reader: bool = False, kiosk_gives_numbers: bool = False) -> None:
        """`kiosk_gives_numbers`: its program is more than a print agent, and keeps numbers for when it is alone."""
        reader = ("--card-reader", f"simulated:{self.data / 'card-reader'}") if card_reader else ()
        kind = DeviceKind.KIOSK if card_reader or kiosk_gives_numbers else DeviceKind.PRINTER
        self.start_server()
        self.start_printer()
        self._run(
            "agent",
            *("queue_server.cli", "kiosk", "--server", self.url, "--data", self.data),
            *("--printer", "K1", "--device", f"tcp://127.0.0.1:{self.printer_port}", *reader),
            XINTING_TOKEN=self._tokens[kind],
        )

    def start_server(self) -> None:
        """At the same address as before; returns when it serves."""
        self._run(
            "server",
            *("queue_server.cli", "serve"),
            XINTING_DEMO="1",
            XINTING_PORT=str(self.port),
            XINTING_DATA=str(self.data),
            XINTING_HALL_FILE=str(self.hall_file),
            XINTING_PUBLIC_URL=self.url,
        )
        wait_until(self._answers)

    def start_printer(self) -> None:
        self._run(
            "printer", "printers.standin", self.printer_port, self.data / "paper", "--control-port", self.control_port
        )
        wait_until(self._printer_listens)

    def kill_server(self) -> None:
        """As a power cut would: no goodbye, nothing flushed."""
        self._end("server", signal.SIGKILL)

    def signal_server(self, number: signal.Signals) -> None:
        """SIGSTOP: it hangs, and what it is asked meanwhile waits for it; SIGCONT: it goes on."""
        self._running["server"].send_signal(number)

    def lay_card(self, card: str) -> None:
        """On the kiosk's simulated reader: an age, a number, `slow`, or no card at all."""
        folder = self.data / "card-reader"
        folder.mkdir(exist_ok=True)
        (folder / "laid").write_text(card, encoding="utf-8")
        (folder / "laid").rename(folder / "card")  # whole at once

    def stop_printer(self) -> None:
        self._end("printer", signal.SIGTERM)

    def stop(self) -> None:
        for name in ("agent", "printer", "server"):
            self._end(name, signal.SIGTERM)

    def said(self, name: str = "server") -> str:
        """What a process has written for its operator."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

    def _run(self, name: str, *command: object, **environment: str) -> None:
        python = [sys.executable, "-m", *map(str, command)]
        environment = {**os.environ, **environment}
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(python, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def _end(self, name: str, how: signal.Signals) -> None:
        process = self._running.pop(name, None)
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)

    def _answers(self) -> bool:
        assert self._running["server"].poll() is None, self.said()
        try:
            with urlopen(f"{self.url}/healthz", timeout=1):
                return True
        except (URLError, OSError):
            return False

    def _printer_listens(self) -> bool:
        # asked at the control port: a connection to the other would be a paper
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", self.control_port)) == 0

    # --- who uses it

    def enter(self, kind: str, page: str) -> str:
        """The address that makes a browser one of the hall's devices, and leads to the page."""
        return f"{self.url}/devices/enter/{self._tokens[DeviceKind(kind)]}?next={page}"

    def kiosk(self) -> HallClient:
        return HallClient(self.url, self._tokens[DeviceKind.KIOSK])

    def enrol_kiosk(self, name: str) -> str:
        """One more kiosk, and its token; the server must not be running."""
        return self._token(DeviceKind.KIOSK, name)

    def member(self, person: str, counter: str | None = None) -> HallClient:
        """Somebody of the staff, signed in without a browser."""
        client = HallClient(self.url)
        client.sign_in(person, DEMO_PASSWORD, counter)
        return client

    def take_number(self, service: str = "TQ01", **wishes: Any) -> dict[str, Any]:
        """As somebody at the kiosk who wants no paper."""
        answer: dict[str, Any] = self.kiosk().post("/tickets", service=service, **wishes)
        return answer

    def events(self) -> list[dict[str, Any]]:
        """The hall day's log, whole, as the supervisor may read it."""
        events: list[dict[str, Any]] = self.member("sun").get("/events", after=0)["events"]
        return events

    def papers(self) -> list[Path]:
        """Pictures of what the printer put out, newest first."""
        shelf = self.data / "paper"
        return [shelf / paper["file"] for paper in json.loads((shelf / "papers.json").read_text())]
