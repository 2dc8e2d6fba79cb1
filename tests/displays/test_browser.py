"""A screen's browser is started again whenever it falls, and ends with the screen."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from displays import browser

FALLS_AT_ONCE = """#!/bin/sh
printf '%s\\n' "$*" >> "$(dirname "$0")/started"
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
    stop, seen_twice = threading.Event(), threading.Event()
    url = "http://hall.example/displays/hall"
    screen = threading.Thread(target=browser.show_for_ever, args=(url, machine / "profile", stop))
    screen.start()
    while not seen_twice.wait(0.02):
        started = machine / "started"
        if started.exists() and started.read_text().count(f"--app={url} --kiosk") >= 2:
            seen_twice.set()
    stop.set()
    screen.join(timeout=30)

    assert not screen.is_alive()


def test_a_machine_without_a_browser_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(browser.NoBrowser, match="apt-get install chromium"):
        browser.find_browser()
