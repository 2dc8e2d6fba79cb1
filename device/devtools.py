"""One running Chromium with a line to it: a pipe of its own, so that nothing in the network can listen in or speak."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import signal
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

ANSWERS_WITHIN_SECONDS = 10.0
ENDS_WITHIN_SECONDS = 5.0
JPEG_QUALITY = 60
ABOVE = 10  # file numbers 3 and 4 are the browser's ends; ours are moved out of their way first

Json = dict[str, Any]


class NoAnswer(Exception):
    """The browser or its page does not answer: it hangs, or has just ended."""


class Chromium:
    """Speaks the DevTools protocol over `--remote-debugging-pipe`. Safe to ask from several threads."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        """Raises OSError where it cannot be started."""
        reads, self._to_browser = _pipe()
        self._from_browser, writes = _pipe()
        try:
            self.pid = os.posix_spawn(
                command[0],
                [*command, "--remote-debugging-pipe"],
                dict(environment if environment is not None else os.environ),
                file_actions=[(os.POSIX_SPAWN_DUP2, reads, 3), (os.POSIX_SPAWN_DUP2, writes, 4)],
                setpgroup=0,  # its helpers end with it
            )
        except OSError:
            os.close(self._to_browser)
            os.close(self._from_browser)
            raise
        finally:
            os.close(reads)
            os.close(writes)
        self.returncode: int | None = None
        self._waiting = threading.Condition()
        self._answers: dict[int, Json] = {}
        self._asked = 0
        self._is_open = True
        self._is_ended = False
        threading.Thread(target=self._hear, name="devtools", daemon=True).start()

    def poll(self) -> int | None:
        """None while it runs."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def end(self) -> None:
        """Asked kindly, then no more."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self.pid, how)
            until = time.monotonic() + ENDS_WITHIN_SECONDS
            while self.poll() is None and time.monotonic() < until:
                time.sleep(0.02)
        with self._waiting:  # nobody may write to this number any more: it will soon be another file's
            if not self._is_ended:
                os.close(self._to_browser)
            self._is_ended = True

    # --- asking

    def picture(self) -> bytes:
        """What the page shows now, as JPEG. Raises NoAnswer."""
        wish = {"format": "jpeg", "quality": JPEG_QUALITY}
        return base64.b64decode(self._ask_page("Page.captureScreenshot", wish)["data"])

    def address(self) -> str:
        """Where the page is now. Asked of the page itself, so a page that hangs raises NoAnswer."""
        return self._evaluated("location.href")

    def text(self) -> str:
        """What can be read on the page. Raises NoAnswer."""
        return self._evaluated("document.body.innerText")

    def _evaluated(self, expression: str) -> str:
        wish = {"expression": expression, "returnByValue": True}
        return str(self._ask_page("Runtime.evaluate", wish)["result"].get("value", ""))

    def load_again(self) -> None:
        """Raises NoAnswer."""
        self._ask_page("Page.reload", {})

    def _ask_page(self, method: str, wish: Json) -> Json:
        targets = self._ask("Target.getTargets", {})["targetInfos"]
        page = next((one["targetId"] for one in targets if one["type"] == "page"), None)
        if page is None:
            raise NoAnswer("no page is open")
        session = self._ask("Target.attachToTarget", {"targetId": page, "flatten": True})["sessionId"]
        try:
            return self._ask(method, wish, session)
        finally:
            with suppress(NoAnswer):
                self._ask("Target.detachFromTarget", {"sessionId": session})

    def _ask(self, method: str, wish: Json, session: str | None = None) -> Json:
        with self._waiting:
            if self._is_ended:
                raise NoAnswer("the browser has ended")
            self._asked += 1
            number = self._asked
            message = {"id": number, "method": method, "params": wish} | ({"sessionId": session} if session else {})
            try:
                os.write(self._to_browser, json.dumps(message).encode() + b"\0")
            except OSError as error:
                raise NoAnswer(str(error)) from error
            self._waiting.wait_for(lambda: number in self._answers or not self._is_open, ANSWERS_WITHIN_SECONDS)
            answer = self._answers.pop(number, None)
        if answer is None or "result" not in answer:
            raise NoAnswer(f"{method}: {answer['error'] if answer else 'nothing'}")
        result: Json = answer["result"]
        return result

    def _hear(self) -> None:
        heard = b""
        while piece := os.read(self._from_browser, 1 << 16):
            *whole, heard = (heard + piece).split(b"\0")
            with self._waiting:
                for message in map(json.loads, whole):
                    if "id" in message:
                        self._answers[message["id"]] = message
                self._waiting.notify_all()
        os.close(self._from_browser)
        with self._waiting:
            self._is_open = False
            self._waiting.notify_all()


def _pipe() -> tuple[int, int]:
    """(read, write), both numbered well above the browser's ends."""
    ends = os.pipe()
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, ABOVE) for end in ends]
    for end in ends:
        os.close(end)
    return moved[0], moved[1]
