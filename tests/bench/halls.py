"""A hall's server of its own for measuring, with a kiosk, a screen and an officer."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from queue_server.accounts import Accounts, DeviceKind
from queue_server.demo.password import DEMO_PASSWORD
from tests.bench.processes import free_port, running


@dataclass(frozen=True, slots=True)
class Measured:
    port: int
    kiosk: str
    display: str


@contextmanager
def fresh_hall(
    data: Path, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[Measured, subprocess.Popen[bytes]]]:
    kiosk, display = enrolled(data)
    port = free_port()
    with running("tests.bench.hall_server", port, data, port=port, environment=environment) as process:
        yield Measured(port, kiosk, display), process


def enrolled(data: Path) -> tuple[str, str]:
    accounts = Accounts.open(data)
    tokens = accounts.devices.enrol(DeviceKind.KIOSK, "bench"), accounts.devices.enrol(DeviceKind.DISPLAY, "bench")
    accounts.close()
    return tokens


def an_officer(port: int) -> tuple[requests.Session, str]:
    """Signed in, with counter 3 open; and the API's address."""
    base = f"http://127.0.0.1:{port}/api/v1"
    officer = requests.Session()
    signed_in = officer.post(f"{base}/session", json={"person": "zhao", "password": DEMO_PASSWORD, "counter": "3"})
    officer.headers["X-CSRF-Token"] = signed_in.json()["csrf"]
    officer.post(f"{base}/counters/3/open").raise_for_status()
    return officer, base
