"""Speaks to the engine process: starts it when it is missing, ends and restarts it when it hangs.

Only the ordinary `socket`, `subprocess` and `threading` modules are used, so that the same code waits politely both in
plain threads and under eventlet's monkey patch.
"""

import json
import logging
import os
import socket
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path
from typing import Any, Protocol

from displays.voice.engine_life import end_engines, kill_left_over_engine, peer_pid, private_socket_path, tidy_up
from displays.voice.trouble import VoiceTrouble

logger = logging.getLogger(__name__)

LONGEST_SOCKET_PATH = 100
"""The system's limit for the name of a Unix socket is 108 bytes."""
LOOK_AGAIN_SECONDS = 0.02
CURED_BY_RESTART = ("no_answer", "cannot_speak")
INSTALL_ADVICE = "Check that espeak-ng is installed (apt install espeak-ng)."


class Engine(Protocol):
    """Anything that can turn a text into a WAV file (mono, 16 bit, 22,050 Hz, trimmed).

    `name` is part of the names of sounds that are kept: another one for each voice."""

    @property
    def name(self) -> str: ...

    def speak(self, text: str, language: str, rate: int, file: Path) -> float:
        """Write `file`, answer its length in seconds; VoiceTrouble when it cannot."""

    def start(self) -> None:
        """Get ready before the first call; VoiceTrouble when it cannot."""


class EngineClient:
    """One pyttsx3 process behind one socket. Safe to use from many threads or greenlets: they wait for each other."""

    name = "pyttsx3"

    def __init__(
        self, socket_path: Path | None = None, *, timeout_seconds: float = 4.0, start_within_seconds: float = 10.0
    ) -> None:
        """Without a path the socket lives in a private folder, which exists as long as an engine does."""
        self.socket_path = socket_path or private_socket_path()
        if len(os.fsencode(self.socket_path)) > LONGEST_SOCKET_PATH:
            raise VoiceTrouble(
                f"The voice engine's socket has too long a name ({self.socket_path}).",
                "Choose a shorter folder for it.",
            )
        self.timeout_seconds = timeout_seconds
        self.start_within_seconds = start_within_seconds
        self.restarts = 0
        self._lock = threading.Lock()
        self._engines: list[subprocess.Popen[bytes]] = []  # at most one; a list, so that tidying up needs no `self`
        self._server_pid: int | None = None
        self._tidy = weakref.finalize(self, tidy_up, self._engines, self.socket_path)

    def speak(self, text: str, language: str, rate: int, file: Path) -> float:
        request = {"text": text, "language": language, "rate": rate, "file": str(file.absolute())}
        with self._lock:
            for attempt in (1, 2):
                try:
                    reply = self._ask(request)
                except (OSError, ValueError) as error:
                    # silent, dead, hung or talking nonsense: a fresh engine is the cure for all of them
                    reply = {"error": "no_answer", "message": f"{type(error).__name__}, {error}"}
                if reply.get("ok"):
                    return float(reply["seconds"])
                if reply.get("error") in CURED_BY_RESTART:
                    self._restart_after(str(reply.get("message")), attempt)
                else:
                    break
        raise trouble_from(reply)

    def start(self) -> None:
        """Start the engine before the first call needs it."""
        with self._lock:
            try:
                self._connect().close()
            except OSError as error:
                raise VoiceTrouble(f"The voice engine does not start ({error}).", INSTALL_ADVICE) from error

    @property
    def engine_pid(self) -> int | None:
        """The process that answered last."""
        return self._server_pid

    def close(self) -> None:
        self._tidy()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        with self._connect() as connection:
            connection.settimeout(self.timeout_seconds)
            connection.sendall(json.dumps(request).encode() + b"\n")
            with connection.makefile("rb") as lines:
                line = lines.readline()
        if not line:
            raise ConnectionError("it hung up")
        reply = json.loads(line)
        if not isinstance(reply, dict):
            raise ValueError("not a reply")
        return reply

    def _connect(self) -> socket.socket:
        """A connection to the engine, which is started when nobody listens."""
        connection = self._try_to_connect()
        if connection is not None:
            return connection
        self._start_process()
        deadline = time.monotonic() + self.start_within_seconds
        while time.monotonic() < deadline:
            connection = self._try_to_connect()
            if connection is not None:
                return connection
            if (code := self._engines[0].poll()) is not None:
                raise ConnectionError(f"it ended with code {code}")
            time.sleep(LOOK_AGAIN_SECONDS)
        raise TimeoutError("it did not start in time")

    def _try_to_connect(self) -> socket.socket | None:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(self.timeout_seconds)
        try:
            connection.connect(str(self.socket_path))
        except (FileNotFoundError, ConnectionRefusedError):
            connection.close()
            return None
        except OSError:
            connection.close()
            raise
        self._server_pid = peer_pid(connection)
        return connection

    def _start_process(self) -> None:
        self._end_process()
        self.socket_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = [sys.executable, "-m", "displays.voice.engine_process"]
        command += ["--socket", str(self.socket_path), "--parent", str(os.getpid())]
        # pyttsx3 prints to stdout; its errors on stderr are worth having in our own log. In a session of its own
        # the engine does not hear the Ctrl-C that is meant for us; we end it ourselves.
        engine = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)
        self._engines.append(engine)

    def _restart_after(self, why: str, attempt: int) -> None:
        logger.warning(
            "The voice engine is ended after attempt %s (%s)", attempt, why, extra={"action": "voice_engine_restarted"}
        )
        self.restarts += 1
        self._end_process()

    def _end_process(self) -> None:
        if self._server_pid and all(engine.pid != self._server_pid for engine in self._engines):
            kill_left_over_engine(self._server_pid)
            # it dies in its own time; without its name nobody connects to it any more
            self.socket_path.unlink(missing_ok=True)
        self._server_pid = None
        end_engines(self._engines)


def trouble_from(reply: dict[str, Any]) -> VoiceTrouble:
    advice = {
        "cannot_write": "Check that the disk is not full and the voice folder may be written.",
        "bad_request": "This is a fault in the program; please report it.",
    }.get(str(reply.get("error")), INSTALL_ADVICE)
    return VoiceTrouble(f"The voice engine did not speak ({reply.get('message')}).", advice)
