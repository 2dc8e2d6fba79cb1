"""A new screen comes up in a real hall: its code is typed, it shows, is looked at from afar, and starts anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.hall_process import ROOT, HallProcess, wait_until


@pytest.fixture
def hall(tmp_path: Path, accounts_made: Path) -> Iterator[HallProcess]:
    hall = HallProcess(tmp_path, accounts_made)
    hall.start_server()
    yield hall
    hall.stop()
    assert "Traceback" not in hall.said()


@pytest.fixture
def screen(hall: HallProcess) -> Iterator[subprocess.Popen[bytes]]:
    """`xinting display` on a machine that nobody has let in."""
    command = [sys.executable, "-m", "queue_server.cli", "display", "--server", hall.url]
    more = {"XINTING_BROWSER_OPTIONS": "--no-sandbox --headless=new --disable-gpu"}
    with (hall.folder / "screen.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--data", str(hall.folder / "screen")], cwd=ROOT, env=os.environ | more, stdout=log, stderr=log
        )
    yield process
    process.terminate()
    process.wait(30)


@pytest.mark.browser
@pytest.mark.slow
def test_a_new_screen_is_let_in_seen_and_started_anew_without_anybody_walking_there(
    hall: HallProcess, screen: subprocess.Popen[bytes]
):
    supervisor = hall.member("sun")
    code = wait_until(lambda: re.search(r"Type the code (\w{6})", hall.said("screen")))[1]
    supervisor.post("/devices/let-in", code=code, name="D7")

    def device() -> dict[str, Any]:
        return next(one for one in supervisor.get("/devices")["devices"] if one["device"] == "D7")

    def shows() -> bool:
        state = device()
        return state["parts"].get("screen", {}).get("page", "").endswith("/displays/hall") and state["here"]

    wait_until(shows)
    assert device()["clock_off_seconds"] < 5
    assert (hall.folder / "screen" / "device.token").stat().st_mode & 0o077 == 0

    def done(what: str) -> dict[str, Any]:
        wish = supervisor.post("/devices/display/D7/wishes", what=what)["wish"]
        return wait_until(
            lambda: next((one for one in device()["wishes"] if one["wish"] == wish and one["state"] == "done"), None),
            60,
        )

    assert done("picture")["has_picture"]
    started_at = device()["started_at"]
    done("restart_program")
    wait_until(shows)
    assert device()["started_at"] > started_at
    assert screen.poll() is None  # the same process, so that whoever watches over it notices nothing
