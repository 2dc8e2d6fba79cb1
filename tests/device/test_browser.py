"""A screen's browser is started again whenever it falls or its page hangs, and ends with the screen."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from device import browser
from device.browser import Screen, without_secrets
from tests.e2e.hall_process import wait_until
from tests.page_server import page_at

FALLS_AT_ONCE = """#!/bin/sh
printf '%s %s\\n' "$HOME" "$XDG_CONFIG_HOME" >> "${0%/*}/home"
printf '%s\\n' "$*" >> "${0%/*}/started"
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose Chromium ends as soon as it is started."""
    chromium = tmp_path / "chromium"
    chromium.write_text(FALLS_AT_ONCE)
    chromium.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(browser, "AGAIN_AFTER_SECONDS", 0.01)
    return tmp_path


def test_a_browser_that_falls_comes_back_with_the_same_page(machine: Path) -> None:
    url = "http://hall.example/displays/hall"
    screen = Screen(machine / "profile")
    screen.show(url)
    started = machine / "started"
    wait_until(lambda: started.exists() and started.read_text().count(f"--app={url} --kiosk") >= 2)
    screen.stop()
    screen.wait_for_end()

    assert screen.report()["falls"] >= 1


def test_a_browser_writes_into_its_profile_alone_since_a_hardened_unit_has_no_home(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/nobody")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/nobody/config")
    screen = Screen(machine / "profile")
    screen.show("http://hall.example/displays/hall")
    wait_until((machine / "started").exists)
    screen.stop()
    screen.wait_for_end()

    homes = (machine / "home").read_text().splitlines()[0].split()
    assert len(homes) == 2
    assert all(home.startswith(str(machine / "profile")) for home in homes)


def test_a_machine_without_a_browser_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(browser.NoBrowser, match="apt-get install chromium"):
        browser.find_browser()


def test_a_devices_token_is_never_told() -> None:
    assert without_secrets("http://h:8000/devices/enter/SECRET?next=/displays/hall") == "h:8000/devices/enter"
    assert without_secrets("http://h:8000/displays/hall?voice=on&token=x") == "h:8000/displays/hall"
    assert without_secrets("chrome-error://chromewebdata/") == ""


class FakeChromium:
    """Answers as the test says, in the order asked."""

    def __init__(self, addresses: list[str | None]) -> None:
        self.addresses = addresses  # None: no answer; the last one stays
        self.starts = 0
        self.loads: list[float] = []
        self.pid = self.returncode = 0

    def started(self, *_: object) -> FakeChromium:
        self.starts += 1
        return self

    def address(self) -> str:
        address = self.addresses.pop(0) if self.addresses[1:] else self.addresses[0]
        if address is None:
            raise browser.NoAnswer("no page is open")
        return address

    def load_again(self) -> None:
        self.loads.append(time.monotonic())

    def poll(self) -> None: ...
    def end(self) -> None: ...


@pytest.fixture
def fake(machine: Path, monkeypatch: pytest.MonkeyPatch) -> FakeChromium:
    fake = FakeChromium([])
    monkeypatch.setattr(browser, "Chromium", fake.started)
    monkeypatch.setattr(browser, "LOOK_EVERY_SECONDS", 0.01)
    return fake


def test_a_browser_that_takes_its_time_to_start_is_left_to_it(fake: FakeChromium, machine: Path) -> None:
    fake.addresses = [None] * (3 * browser.HANGS_AFTER) + ["http://hall.example/kiosk"]
    screen = Screen(machine / "profile")
    screen.show("http://hall.example/kiosk")
    wait_until(lambda: screen.report()["state"] == "shows")
    screen.stop()
    screen.wait_for_end()
    assert (fake.starts, screen.report()["falls"]) == (1, 0)


def test_a_page_that_could_not_be_loaded_gets_time_before_it_is_tried_again(
    fake: FakeChromium, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "LOAD_AGAIN_SECONDS", 0.2)
    fake.addresses = ["chrome-error://chromewebdata/"]
    screen = Screen(machine / "profile")
    screen.show("http://hall.example/kiosk")
    wait_until(lambda: len(fake.loads) == 3)
    assert screen.report()["state"] == "lost"
    screen.stop()
    screen.wait_for_end()
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(fake.loads))


def test_a_browser_that_is_gone_for_an_upgrade_is_started_when_it_is_back(machine: Path) -> None:
    chromium = machine / "chromium"
    chromium.rename(machine / "away")
    os.environ["PATH"] = str(machine)  # put back by the fixture
    screen = Screen(machine / "profile")
    screen.show("http://hall.example/kiosk")
    wait_until(lambda: screen.report()["falls"] >= 1)
    (machine / "away").rename(chromium)
    os.environ["PATH"] = f"{machine}:/usr/bin:/bin"
    wait_until(lambda: (machine / "started").exists())
    screen.stop()
    screen.wait_for_end()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[str]:
    with page_at(tmp_path / "pages", "displays/hall/", "<h1>T0023</h1>") as address:
        yield address


@pytest.mark.browser
def test_a_real_screen_is_seen_from_afar_started_anew_and_comes_back_by_itself(
    tmp_path: Path, hall: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINTING_BROWSER_OPTIONS", "--no-sandbox --headless=new --disable-gpu")
    monkeypatch.setattr(browser, "AGAIN_AFTER_SECONDS", 0.05)
    monkeypatch.setattr(browser, "ASK_PAGE_EVERY_SECONDS", 0.2)
    screen = Screen(tmp_path / "profile")
    screen.show(f"http://{hall}")
    wait_until(lambda: screen.report()["state"] == "shows")
    assert screen.report() == {"state": "shows", "page": hall, "falls": 0}
    assert screen.picture().startswith(b"\xff\xd8\xff")  # a JPEG

    screen.start_again()
    assert screen.report()["falls"] == 0  # a wish is no fall

    os.killpg(screen.pid(), signal.SIGKILL)
    wait_until(lambda: screen.report() == {"state": "shows", "page": hall, "falls": 1})

    last = screen.pid()
    screen.stop()
    screen.wait_for_end()
    wait_until(lambda: not is_there(last))


def is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
