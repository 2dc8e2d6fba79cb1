"""Shows one page full screen on this machine and starts the browser again whenever it falls."""

from __future__ import annotations

import logging
import shutil
import subprocess
import threading
import time
from pathlib import Path

logger = logging.getLogger(__name__)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
AGAIN_AFTER_SECONDS = 3.0
FALLS_TOO_FAST_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 60.0


class NoBrowser(Exception):
    """This machine has no Chromium."""


def find_browser() -> str:
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise NoBrowser("This machine has no Chromium. Install it with: apt-get install chromium")


def browser_command(url: str, profile: Path) -> list[str]:
    """Full screen, no bars, no gestures back, sound allowed without a touch."""
    return [
        find_browser(),
        f"--app={url}",
        "--kiosk",
        f"--user-data-dir={profile.absolute()}",
        "--autoplay-policy=no-user-gesture-required",
        "--overscroll-history-navigation=0",
        "--disable-pinch",
        "--no-first-run",
        "--noerrdialogs",
        "--disable-session-crashed-bubble",
        "--disable-background-networking",
    ]


def show_for_ever(url: str, profile: Path, stop: threading.Event | None = None) -> None:
    """Blocks until `stop`. A browser that keeps falling is started ever more slowly, at most once a minute."""
    stop = stop or threading.Event()
    profile.mkdir(parents=True, exist_ok=True)
    pause = AGAIN_AFTER_SECONDS
    while not stop.is_set():
        started = time.monotonic()
        browser = subprocess.Popen(browser_command(url, profile))
        while browser.poll() is None and not stop.is_set():
            stop.wait(0.5)
        if browser.poll() is None:
            browser.terminate()
            browser.wait()
            return
        logger.warning("The browser ended with %s; starting it again", browser.returncode, extra={"action": "browser"})
        fell_fast = time.monotonic() - started < FALLS_TOO_FAST_SECONDS
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS) if fell_fast else AGAIN_AFTER_SECONDS
        stop.wait(pause)
