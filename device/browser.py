"""Shows one page full screen on this machine, and starts the browser again whenever it falls or its page hangs."""

from __future__ import annotations

import logging
import os
import shlex
import shutil
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from device.devtools import Chromium, NoAnswer

logger = logging.getLogger(__name__)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = "XINTING_BROWSER_OPTIONS"  # more of Chromium's options, for this machine's graphics
AGAIN_AFTER_SECONDS = 3.0
FALLS_TOO_FAST_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.5
ASK_PAGE_EVERY_SECONDS = 15.0
LOAD_AGAIN_SECONDS = 10.0  # a reload stops the one under way, and a hall just starting takes its time
STARTS_WITHIN_SECONDS = 90.0  # of a browser on a slow machine with a cold disk
HANGS_AFTER = 3  # questions to the page without an answer: three quarters of a minute
BROWSERS_OWN_ERROR = "chrome-error:"


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
        "--log-level=3",  # it tells of each missing desktop service
        "--disable-session-crashed-bubble",
        "--disable-background-networking",
        *shlex.split(os.environ.get(OPTIONS, "")),
    ]


def at_home(profile: Path) -> dict[str, str]:
    """The environment of a browser that keeps everything in its profile: a unit with `ProtectHome=yes` has no home, and
    Chromium ends at once where it cannot write its crash reports there."""
    own = str(profile.absolute())
    return os.environ | {"HOME": own, "XDG_CONFIG_HOME": f"{own}/config", "XDG_CACHE_HOME": f"{own}/cache"}


def without_secrets(address: str) -> str:
    """Host and path of a page, for others to read; nothing of a token, which may stand in a device's first address."""
    parts = urlsplit(address)
    path = "/devices/enter" if parts.path.startswith("/devices/enter/") else parts.path
    return f"{parts.netloc}{path}" if parts.scheme in {"http", "https", "file"} else ""


class Screen:
    """`run` blocks until `stop`; `show` runs it in a thread. The other methods may be called from any thread."""

    def __init__(self, profile: Path, url: str = "about:blank") -> None:
        self._url = url
        self._thread: threading.Thread | None = None
        self._profile = profile
        self._stopped = threading.Event()
        self._again = threading.Event()
        self._showing = threading.Event()
        self._browser: Chromium | None = None
        self._shows = ""  # host and path of the page
        self._is_lost = False
        self._unanswered = 0
        self._falls = 0

    def run(self) -> None:
        """A browser that keeps falling is started ever more slowly, at most once a minute."""
        self._profile.mkdir(parents=True, exist_ok=True)
        pause = AGAIN_AFTER_SECONDS
        while not self._stopped.is_set():
            started = time.monotonic()
            try:
                ended = self._show()
            except (NoBrowser, OSError) as error:  # as while it is being upgraded
                ended = str(error)
            if self._stopped.is_set():
                return
            if self._again.is_set():
                self._again.clear()
                pause = AGAIN_AFTER_SECONDS
                continue
            self._falls += 1
            logger.warning("The browser ended (%s); starting it again", ended, extra={"action": "browser"})
            fell_fast = time.monotonic() - started < FALLS_TOO_FAST_SECONDS
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS) if fell_fast else AGAIN_AFTER_SECONDS
            self._stopped.wait(pause)

    def _show(self) -> str:
        """Until it falls, hangs, is to be started anew, or all is over; says why."""
        browser = self._browser = Chromium(browser_command(self._url, self._profile), at_home(self._profile))
        self._unanswered, self._is_lost = 0, False
        started = ask_at = time.monotonic()
        try:
            while not self._stopped.is_set() and not self._again.is_set():
                if browser.poll() is not None:
                    return f"exit code {browser.returncode}"
                if time.monotonic() >= ask_at:
                    self._ask_page(browser)
                    ask_at = time.monotonic() + self._pause()
                is_up = self._shows or time.monotonic() - started > STARTS_WITHIN_SECONDS
                if self._unanswered >= HANGS_AFTER and is_up:
                    return "its page no longer answered"
                self._stopped.wait(LOOK_EVERY_SECONDS)
        finally:
            self._showing.clear()
            self._browser, self._shows = None, ""
            browser.end()
        return "as wished"

    def _pause(self) -> float:
        if self._shows:
            return ASK_PAGE_EVERY_SECONDS
        return LOAD_AGAIN_SECONDS if self._is_lost else LOOK_EVERY_SECONDS

    def _ask_page(self, browser: Chromium) -> None:
        """A page that could not be loaded, as after a power cut when the screen is up before the server, is tried
        again."""
        try:
            address = browser.address()
            self._unanswered = 0
            self._is_lost = address.startswith(BROWSERS_OWN_ERROR)
            self._shows = without_secrets(address)
            if self._is_lost:
                browser.load_again()
            elif self._shows:
                self._showing.set()
        except NoAnswer:
            self._unanswered += 1

    def show(self, url: str) -> None:
        """This page from now on; the screen goes on in a thread of its own."""
        self._url = url
        if self._thread is None:
            self._thread = threading.Thread(target=self.run, name="screen", daemon=True)
            self._thread.start()
        else:
            self._again.set()

    def stop(self) -> None:
        self._stopped.set()

    def wait_for_end(self) -> None:
        """Until it was stopped."""
        while self._thread is not None and self._thread.is_alive():
            self._thread.join(LOOK_EVERY_SECONDS)  # so that signals are heard

    # --- for who looks after it from afar

    def start_again(self) -> None:
        """A fresh browser with the same page. Raises NoAnswer when no page is up half a minute later."""
        self._showing.clear()
        self._again.set()
        if not self._showing.wait(30.0):
            raise NoAnswer("the browser was started, but shows no page")

    def picture(self) -> bytes:
        """Raises NoAnswer."""
        browser = self._browser
        if browser is None:
            raise NoAnswer("no browser is running")
        return browser.picture()

    def pid(self) -> int:
        """Of the browser that runs now; 0: none does."""
        browser = self._browser
        return browser.pid if browser else 0

    def is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def report(self) -> dict[str, Any]:
        """`state`: shows, starting, hangs, or lost: the browser cannot load the page."""
        state = "shows" if self._shows else "starting"
        if self._unanswered:
            state = "hangs" if self._shows else "starting"
        elif self._is_lost:
            state = "lost"
        return {"state": state, "page": self._shows[:200], "falls": self._falls}
