"""A real server process tells a real gateway, and its answers do not wait for one that is slow."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from tests.notices.gateway import gateway
from tests.pages.staff_hall import StaffHall

ROOT = Path(__file__).parents[2]
SERVES_AT = re.compile(r"The hall serves at (http://\S+)")


@pytest.mark.slow
def test_a_server_tells_the_gateway_of_a_call_within_seconds(tmp_path: Path) -> None:
    with gateway(503) as sms:
        env = {"XINTING_DEMO": "true", "XINTING_NOTICE_WEBHOOK_URL": sms.address, "XINTING_NOTICE_WEBHOOK_SECRET": "s"}
        command = [sys.executable, "-m", "queue_server.cli", "serve", "--port", "0", "--data", str(tmp_path)]
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env}, stderr=subprocess.PIPE, text=True)
        try:
            assert server.stderr is not None
            said = next((match for line in server.stderr if (match := SERVES_AT.search(line))), None)
            assert said
            hall = StaffHall(said.group(1), server)
            taken = hall.member("ma").post("/tickets", service="TQ01")
            page = hall.address + "/p/" + taken["link"].split("/p/")[1]
            assert "尾号 8000" in requests.post(f"{page}/phone", {"phone": "13800138000"}, timeout=10).text
            officer = hall.member("zhao")
            officer.post("/counters/3/open")
            officer.post("/counters/3/call", ticket=taken["ticket"])
            until(lambda: [kind_of(body) for _, body in sms.heard].count("called") >= 1 and len(sms.heard) >= 2)
        finally:
            server.kill()
            server.wait(10)
            server.stderr.close()

    assert (tmp_path / "contacts.sqlite").stat().st_mode & 0o777 == 0o600


def kind_of(body: bytes) -> str:
    kind: str = json.loads(body)["kind"]
    return kind


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    give_up_at = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up_at, "it did not happen"
        time.sleep(0.05)
