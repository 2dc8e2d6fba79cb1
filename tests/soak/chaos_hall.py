"""A whole hall for a chaos run: its day runs at 60 times the world's pace; three kiosks, loudspeaker, panels.

Officers, guide and visitors are the demo's own simulated people, who use nothing but HTTP; more visitors stand before
the kiosks themselves. Everything is a process of its own. No browser takes part.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import requests

from displays.led.simulator import AlphaSimulator
from queue_server.accounts import Accounts, DeviceKind
from queue_server.demo.hall_client import HallAway, HallClient, Refused
from queue_server.demo.password import DEMO_PASSWORD
from queue_server.hall_file import read_hall_file
from tests.e2e.hall_process import ROOT, wait_until
from tests.soak.lone_kiosks import LonelyHall

SPEED = 60
PANELS = ("1", "2", "3", "4")
LOUDSPEAKER = """#!/bin/sh
[ -e "$0.broken" ] && exit 1
exec sleep 0.05
"""
SPEED_WITHIN_SECONDS = 60
LATE_HOUR = 22


class Program:
    """One of the hall's programs, to be killed and started again."""

    def __init__(self, name: str, command: Sequence[str], environment: dict[str, str], folder: Path) -> None:
        self.name = name
        self._command, self._environment = [sys.executable, "-m", *command], os.environ | environment
        self._log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def kill_children(self) -> None:
        """Only what it started: of the voice, the engine."""
        if self._process is None:
            return
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self._process.pid)], capture_output=True, text=True)
        for pid in listed.stdout.split():
            subprocess.run(["kill", "-KILL", pid], check=False)


class ChaosHall(LonelyHall):
    def __init__(self, folder: Path, accounts: Path) -> None:
        super().__init__(folder, accounts)
        text = self.hall_file.read_text(encoding="utf-8")
        # ten minutes of this day are ten seconds: a call may be that old before nobody waits for it any more
        self.hall_file.write_text(text.replace("[voice]\n", "[voice]\nstale_after_seconds = 600\n"), encoding="utf-8")
        self.server.add({"XINTING_DEMO": "1"})
        self.street.pause_seconds = (3.0, 9.0)
        known = Accounts.open(self.data)
        tokens = {kind: known.enrol_demo_device(kind, "V1") for kind in (DeviceKind.VOICE, DeviceKind.DISPLAY)}
        visitors = known.enrol_demo_device(DeviceKind.KIOSK, "K9")
        known.close()
        self.player = folder / "loudspeaker"
        self.player.write_text(LOUDSPEAKER)
        self.player.chmod(0o755)
        self.panels = {counter: AlphaSimulator() for counter in PANELS}
        for panel in self.panels.values():
            panel.plug()
        self.voice_folder = folder / "voice"
        self.voice = self._program(
            "voice", ["voice", "--data", str(self.voice_folder), "--player", str(self.player)], tokens[DeviceKind.VOICE]
        )
        panels = [f"--panel={counter}=tcp://127.0.0.1:{panel.port}" for counter, panel in self.panels.items()]
        self.led = self._program("led", ["led", "--data", str(folder), *panels], tokens[DeviceKind.DISPLAY])
        self.people = Program("people", ["queue_server.demo.people", self.server.url], self._people(visitors), folder)
        self._member: HallClient | None = None
        self.display_token = tokens[DeviceKind.DISPLAY]

    def _program(self, name: str, arguments: list[str], token: str) -> Program:
        command = ["queue_server.cli", *arguments, "--server", self.server.url]
        return Program(name, command, {"XINTING_TOKEN": token}, self.data.parent)

    def _people(self, token: str) -> dict[str, str]:
        people = read_hall_file(self.hall_file).people
        accounts = [{"person": one.id, "role": one.role, "counter": one.counter} for one in people]
        return {
            "XINTING_TOKEN": token,
            "XINTING_DEMO_PASSWORD": DEMO_PASSWORD,
            "XINTING_DEMO_PEOPLE": json.dumps(accounts),
            "XINTING_DEMO_SEED": "7",
        }

    def start(self) -> None:
        super().start()
        self.hurry()
        for program in (self.voice, self.led, self.people):
            program.start()

    def restart_server(self) -> None:
        self.server.end()
        self.server.start()
        self.hurry()

    def hurry(self) -> None:
        """A server that was killed begins again at the world's own pace."""

        def is_hurried() -> bool:
            try:
                return bool(self._supervisor().post("/demo", running=True, speed=SPEED)["running"])
            except (HallAway, Refused):
                return False

        wait_until(is_hurried, SPEED_WITHIN_SECONDS)

    def _supervisor(self) -> HallClient:
        """Signed in once: a session outlives the server's processes."""
        if self._member is None:
            member = HallClient(self.server.url)
            member.sign_in("sun", DEMO_PASSWORD)
            self._member = member
        return self._member

    def is_late(self) -> bool:
        """The hall's day is nearly over. An hour is a minute at this pace, and all must be mended before midnight."""
        try:
            clock = requests.get(f"{self.server.url}/api/v1/hall", timeout=5).json()["clock"]
        except (requests.RequestException, ValueError, KeyError):
            return False  # killed just now
        return datetime.fromisoformat(clock["now"]).astimezone(ZoneInfo(clock["timezone"])).hour >= LATE_HOUR

    def calm(self) -> None:
        """The people go home; the clock runs as in the world."""
        self.people.end()
        self._supervisor().post("/demo", running=False, speed=1)

    def board(self) -> dict[str, object]:
        answer = requests.get(
            f"{self.server.url}/api/v1/board", headers={"Authorization": f"Bearer {self.display_token}"}, timeout=10
        )
        answer.raise_for_status()
        return dict(answer.json())

    def stop(self) -> None:
        for program in (self.people, self.voice, self.led):
            program.end()
        super().stop()
        for panel in self.panels.values():
            panel.unplug()
