"""What is set up on a kiosk's or a screen's machine is what the guide says, and holds in a real Chromium."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.hall_process import ROOT
from tests.page_server import page_at

POLICIES = ROOT / "deploy/kiosk/chromium-policies.json"
WATCHED = ("xinting-kiosk", "xinting-display")


@pytest.mark.parametrize("name", WATCHED)
def test_a_machine_with_a_screen_comes_back_by_itself_and_may_do_little(name: str):
    text = (ROOT / f"deploy/systemd/{name}.service").read_text()
    for line in (
        *("Restart=always", "WatchdogSec=60", "Type=notify", "StartLimitIntervalSec=0", "Conflicts=getty@tty1.service"),
        *("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "CapabilityBoundingSet=", "UMask=0077"),
    ):
        assert f"{line}\n" in text, line


def test_usb_storage_has_no_driver_and_keyboards_do():
    rules = (ROOT / "deploy/kiosk/70-xinting-no-usb-storage.rules").read_text()
    shut_out = re.findall(r'ATTR\{bInterfaceClass\}=="(\w\w)"', rules)
    assert shut_out == ["08", "06"]  # mass storage; still image: phones and cameras. HID is 03, printers are 07
    assert "install usb-storage /bin/false" in (ROOT / "deploy/kiosk/no-usb-storage.conf").read_text()


@pytest.fixture
def touch_pages(tmp_path: Path) -> Iterator[str]:
    with page_at(tmp_path / "pages", "kiosk/", "<p>touch here</p>") as address:
        yield f"http://{address}"


@pytest.mark.browser
def test_under_the_policies_only_the_kiosks_pages_load_and_can_still_be_looked_at(tmp_path: Path, touch_pages: str):
    trial = subprocess.run(["unshare", "-m", "true"], capture_output=True)
    if os.geteuid() != 0 or trial.returncode != 0:
        pytest.skip("only root may give Chromium policies of its own")
    command = [*("unshare", "-m", sys.executable, "-m", "tests.deploy.under_policies"), str(POLICIES), str(tmp_path)]
    closed = ("file:///etc/hostname", "devtools://devtools/bundled/inspector.html")
    done = subprocess.run(
        [*command, touch_pages, *closed], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=120
    )
    found = json.loads(done.stdout)
    assert found[touch_pages]["text"] == "touch here"
    assert found[touch_pages]["picture"] > 0
    for address in closed:
        assert found[address]["address"].startswith("chrome-error:"), address
