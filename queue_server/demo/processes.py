"""The demo's processes: server, kiosk's printer, a printer stand-in, voice, simulated people. Restarts what falls."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from displays.voice.players import has_loudspeaker
from queue_server.accounts import Accounts, DeviceKind
from queue_server.demo.marker import belongs_to_a_real_hall, mark_as_demo
from queue_server.demo.password import DEMO_PASSWORD
from queue_server.demo.past.record import give_a_past
from queue_server.hall_file import HallFileError, read_hall_file
from queue_server.mistake import Mistake
from queue_server.settings import Settings
from queue_server.stores.base import StorageTrouble

logger = logging.getLogger(__name__)

STARTS_WITHIN_SECONDS = 30
AGAIN_AFTER_SECONDS = 2.0


@dataclass
class Child:
    """One process of the demo."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    start_again_at: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, env={**os.environ, **self.environment})

    def look_after(self) -> None:
        """Start it again when it has ended, after a breath."""
        if self.process is not None and self.process.poll() is not None:
            logger.warning("%s ended with %s; starting it again", self.name, self.process.returncode)
            self.process = None
            self.start_again_at = time.monotonic() + AGAIN_AFTER_SECONDS
        if self.process is None and time.monotonic() >= self.start_again_at:
            self.start()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()


def run_demo(settings: Settings, past_days: int) -> int:
    """Run until Ctrl-C or SIGTERM; a fresh hall looks back on `past_days`. Raises Mistake with one sentence when the
    demo cannot start."""
    try:
        read_hall_file(settings.hall_file)
        if belongs_to_a_real_hall(settings.data):
            raise Mistake(
                f"{settings.data} holds a real hall's accounts. Give the demo a folder of its own with --data."
            )
        mark_as_demo(settings.data)
        if lived := give_a_past(settings, past_days):
            print(f"  模拟了 {lived} 个工作日的过去 · {lived} simulated working days lie behind it", flush=True)
    except (HallFileError, StorageTrouble) as error:
        raise Mistake(str(error)) from error
    stop = threading.Event()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, lambda *_: stop.set())
    url = f"http://127.0.0.1:{settings.port}"
    server, *others = children(settings, url)
    server.start()
    try:
        _wait_for(url, server, stop)
        for child in others:
            child.start()
        _say_where(settings)
        while not stop.wait(0.5):
            for child in (server, *others):
                child.look_after()
    finally:
        for child in (*reversed(others), server):
            child.stop()
    return 0


def children(settings: Settings, url: str) -> list[Child]:
    """The server first. The devices' tokens are handed over in the environment, never on a command line."""
    accounts = Accounts.open(settings.data)
    hall_file = read_hall_file(settings.hall_file)
    accounts.set_people(hall_file.people)
    people = [{"person": one.id, "role": one.role, "counter": one.counter} for one in hall_file.people]
    voice_token = accounts.enrol_demo_device(DeviceKind.VOICE, "V1")
    kiosk_token = accounts.enrol_demo_device(DeviceKind.KIOSK, "K1")
    accounts.close()
    speaks = has_loudspeaker()
    paper_port = free_port(9100)
    folder = settings.data / "paper"
    reader = ("--card-reader", f"simulated:{settings.data / 'card-reader'}")
    found = [
        Child("server", _xinting("serve"), _server_environment(settings, speaks)),
        Child("printer stand-in", [sys.executable, "-m", "printers.standin", str(paper_port), str(folder)]),
        Child(
            "kiosk K1",
            [
                *_xinting("kiosk"),
                "--server",
                url,
                "--device",
                f"tcp://127.0.0.1:{paper_port}",
                *reader,
                *_data(settings.data),
            ],
            {"XINTING_TOKEN": kiosk_token},
        ),
        Child(
            "simulated people",
            [sys.executable, "-m", "queue_server.demo.people", url],
            {
                "XINTING_TOKEN": kiosk_token,
                "XINTING_DEMO_PASSWORD": DEMO_PASSWORD,
                "XINTING_DEMO_PEOPLE": json.dumps(people),
            },
        ),
    ]
    if speaks:
        command = [*_xinting("voice"), "--server", url, *_data(settings.data)]
        found.append(Child("voice", command, {"XINTING_TOKEN": voice_token}))
    return found


def _xinting(command: str) -> list[str]:
    return [sys.executable, "-m", "queue_server.cli", command]


def _data(data: Path) -> list[str]:
    return ["--data", str(data)]


def _server_environment(settings: Settings, speaks: bool) -> dict[str, str]:
    """The loudspeaker and a browser on the same machine would speak over each other: only one of them does."""
    return {
        "XINTING_DEMO": "1",
        "XINTING_HOST": settings.host,
        "XINTING_PORT": str(settings.port),
        "XINTING_DATA": str(settings.data),
        "XINTING_HALL_FILE": str(settings.hall_file),
        "XINTING_PUBLIC_URL": settings.public_url,
        "XINTING_VOICE_IN_BROWSER": "0" if speaks else "1",
    }


def free_port(wanted: int) -> int:
    """`wanted` when nobody listens there, else any free one."""
    for port in (wanted, 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(trial.getsockname()[1])
    raise OSError("no free port")


def _wait_for(url: str, server: Child, stop: threading.Event) -> None:
    """Until the server answers. Its own words say why when it does not start."""
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline and not stop.is_set():
        if server.process is not None and server.process.poll() is not None:
            raise Mistake("The hall's server could not start; the lines above say why.")
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            stop.wait(0.1)
    if not stop.is_set():
        raise Mistake(f"The hall's server did not answer at {url} within {STARTS_WITHIN_SECONDS} s.")


def _say_where(settings: Settings) -> None:
    print(f"\n  心厅 Xinting · 演示大厅 demo hall\n\n  {settings.address}/\n\n  Ctrl-C 结束 stops it\n", flush=True)
