"""The demo as a newcomer starts it, simulated people included, brought to a busy hour."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from queue_server.accounts import Accounts, DeviceKind
from queue_server.demo.hall_client import HallClient
from queue_server.demo.password import DEMO_PASSWORD
from tests.e2e.hall_process import ROOT, free_port, wait_until

SEED = "7"  # the same people every time, though not to the second the same moment
SERVED_AT_LEAST = 40
WAITING_AT_LEAST = 6
ZONES_WAITING_AT_LEAST = 2  # the care zone seldom lets anybody wait
CALLED_AT_LEAST = 2
BUSY_WITHIN_SECONDS = 400


class DemoHall:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def enter(self, kind: str, page: str) -> str:
        accounts = Accounts.open(self.data)
        token = accounts.enrol_demo_device(DeviceKind(kind), "D1" if kind == "display" else "K1")
        accounts.close()
        return f"{self.url}/devices/enter/{token}?next={page}"

    def member(self, person: str) -> HallClient:
        client = HallClient(self.url)
        client.sign_in(person, DEMO_PASSWORD)
        return client

    def newest_paper(self) -> Path:
        return self.data / "paper" / "latest.png"

    def foresee(self) -> None:
        """Until the next hours are worked out, which the hall does only while a supervisor looks."""
        supervisor = self.member("sun")
        wait_until(lambda: supervisor.get("/measures")["ahead"]["zones"], every_seconds=1)

    def become_busy(self) -> None:
        """At sixty times the speed until there is something to see everywhere, then at the world's own pace."""
        supervisor = self.member("sun")
        supervisor.post("/demo", running=True, speed=60)
        wait_until(lambda: is_busy(supervisor), BUSY_WITHIN_SECONDS)
        supervisor.post("/demo", running=True, speed=1)
        wait_until(lambda: knows_the_waits(supervisor), every_seconds=1)


def knows_the_waits(supervisor: HallClient) -> bool:
    """At sixty times the speed a forecast is old before it is shown."""
    return all(
        zone["p90_forecast_minutes"] is not None for zone in supervisor.get("/measures")["zones"] if zone["waiting"]
    )


def is_busy(supervisor: HallClient) -> bool:
    figures = supervisor.get("/measures")
    zones = sum(zone["waiting"] > 0 for zone in figures["zones"])
    enough = figures["all"]["served"] >= SERVED_AT_LEAST and figures["all"]["waiting"] >= WAITING_AT_LEAST
    calls = len(supervisor.get("/board")["calls"])
    return enough and zones >= ZONES_WAITING_AT_LEAST and calls >= CALLED_AT_LEAST


@contextmanager
def running_demo(data: Path) -> Iterator[DemoHall]:
    hall = DemoHall(data)
    command = [sys.executable, "-m", "queue_server.cli", "demo", "--port", str(hall.port), "--data", str(data)]
    environment = {**os.environ, "XINTING_DEMO_SEED": SEED, "XINTING_LOG_LEVEL": "WARNING"}
    demo = subprocess.Popen([*command, "--public-url", hall.url], cwd=ROOT, env=environment)
    try:
        wait_until(lambda: answers(hall.url))
        yield hall
    finally:
        demo.terminate()
        demo.wait(30)


def answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/healthz", timeout=1):
            return True
    except (URLError, OSError):
        return False
