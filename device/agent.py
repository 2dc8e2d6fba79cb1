"""Tells the hall how this device is, and does what a supervisor asks of it: start its screen anew, show it, restart."""

from __future__ import annotations

import base64
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests

from device.health import machine_report
from device.watchdog import Watchdog

logger = logging.getLogger(__name__)

Json = dict[str, Any]
Deed = Callable[[], bytes | None]  # a picture, where that was asked for

EVERY_SECONDS = 15.0  # until the hall says otherwise
AWAY_AGAIN_SECONDS, SOON_SECONDS = 3.0, 1.0  # after a wish
WITHIN_SECONDS = (3.05, 10.0)
TAKES_LONG = {"restart_program"}  # done only when the program is back: the hall sees that by itself


class DeviceAgent:
    """`folder`: where it keeps what it may not lose. `parts`: what this device has, each saying how it is. `deeds`:
    what it can be asked to do. `is_well` False, as long as it lasts, lets the watchdog restart the program."""

    def __init__(
        self,
        server_url: str,
        token: str,
        program: str,
        folder: Path,
        parts: Mapping[str, Callable[[], Any]] | None = None,
        deeds: Mapping[str, Deed] | None = None,
        *,
        stop_program: Callable[[], None] | None = None,
        is_well: Callable[[], bool] = lambda: True,
        watchdog: Watchdog | None = None,
    ) -> None:
        self._url = f"{server_url.rstrip('/')}/api/v1/devices/own"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"
        self._program = program
        self._folder = folder
        self._parts = dict(parts or {})
        self._deeds = dict(deeds or {})
        if stop_program is not None:
            self._deeds["restart_program"] = self._stop_to_start_again
        self._stop_program = stop_program
        self._is_well = is_well
        self._watchdog = watchdog or Watchdog()
        self._run = uuid4().hex  # of this start of the program
        self._done: set[str] = set()
        self._stopped = threading.Event()
        self.starts_again = False

    def start(self) -> None:
        threading.Thread(target=self.run, name="device", daemon=True).start()
        threading.Thread(target=self._watchdog.pat_for_ever, args=(self._is_well, self._stopped), daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def run(self) -> None:
        while not self._stopped.is_set():
            self._stopped.wait(self.tell())

    def tell(self) -> float:
        """Once; in how many seconds again. Nothing of it may stop the device: it is a courtesy."""
        try:
            said = self._post("/report", self.report())
            wishes = said["wishes"]
            for wish in wishes:
                self._do(str(wish["id"]), str(wish["what"]))
            return SOON_SECONDS if wishes else float(said.get("every_seconds", EVERY_SECONDS))
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            logger.debug("The hall does not hear how this device is: %s", error)
            return AWAY_AGAIN_SECONDS

    def report(self) -> Json:
        said = {name: _said(part) for name, part in self._parts.items()}
        return machine_report(self._program, self._run, self._folder) | {"can": sorted(self._deeds), "parts": said}

    def _post(self, path: str, body: Json) -> Json:
        answer = self._session.post(f"{self._url}{path}", json=body, timeout=WITHIN_SECONDS)
        answer.raise_for_status()
        said: Json = answer.json()
        return said

    # --- wishes

    def _do(self, wish: str, what: str) -> None:
        """Each once: the hall hears that it was begun before it is, so that a restart does not come round again."""
        deed = self._deeds.get(what)
        if wish in self._done:
            return
        if deed is None:
            self._post(f"/wishes/{wish}", {"outcome": "failed", "said": "this device cannot do that"})
            return
        self._post(f"/wishes/{wish}", {"outcome": "taken"})
        self._done.add(wish)
        logger.info("Asked from afar: %s", what, extra={"action": "device_wish"})
        try:
            picture = deed()
        except Exception as error:  # a wish that fails must not end the device's own work
            logger.warning("Asked from afar, failed: %s (%s)", what, error, extra={"action": "device_wish"})
            self._post(f"/wishes/{wish}", {"outcome": "failed", "said": str(error)[:200]})
            return
        if what not in TAKES_LONG:
            shown = {"picture": base64.b64encode(picture).decode()} if picture else {}
            self._post(f"/wishes/{wish}", {"outcome": "done", **shown})

    def _stop_to_start_again(self) -> None:
        self.starts_again = True
        assert self._stop_program is not None
        self._stop_program()


def _said(part: Callable[[], Any]) -> Any:
    try:
        return part()
    except Exception as error:  # one part that cannot say how it is; the others can
        return {"state": "unknown", "problem": type(error).__name__}


def become_new() -> None:
    """This very process starts from the beginning, with the same arguments and whatever version lies there now.

    A script is started by its name, so that its first line says which version's Python runs it: after an update the
    link HOME/current leads to another environment than the one that runs now."""
    command = sys.orig_argv[1:]
    if command and os.path.isfile(command[0]) and os.access(command[0], os.X_OK):
        os.execv(command[0], command)
    os.execv(sys.executable, [sys.executable, *command])
