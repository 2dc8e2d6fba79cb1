"""The life of engine processes: which one answers, and how it and what it wrote are cleared away."""

import contextlib
import logging
import os
import secrets
import signal
import socket
import struct
import subprocess
import tempfile
from pathlib import Path

logger = logging.getLogger(__name__)


PRIVATE_FOLDER = "xinting-voice-"


def private_socket_path() -> Path:
    """In a folder of its own whose name nobody can guess; not made yet."""
    return Path(tempfile.gettempdir()) / f"{PRIVATE_FOLDER}{secrets.token_hex(8)}" / "engine.sock"


def raw_path(socket_path: Path) -> Path:
    """Where the engine behind this socket keeps the sound it is working on."""
    return socket_path.with_suffix(".raw.wav")


def peer_pid(connection: socket.socket) -> int | None:
    """Who serves this socket (Linux only)."""
    if not hasattr(socket, "SO_PEERCRED"):
        return None
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", credentials)[0]) or None


def kill_left_over_engine(pid: int) -> None:
    """An engine which a server that is gone left behind. It is ended only if it still is such an engine."""
    try:
        command_line = Path(f"/proc/{pid}/cmdline").read_bytes()
        if b"displays.voice.engine_process" in command_line:
            os.kill(pid, signal.SIGKILL)
    except OSError:
        logger.debug("Engine process %s was already gone", pid)


def end_engines(engines: list[subprocess.Popen[bytes]]) -> None:
    while engines:
        engine = engines.pop()
        engine.kill()
        engine.wait()


def tidy_up(engines: list[subprocess.Popen[bytes]], socket_path: Path) -> None:
    end_engines(engines)
    remove_files(socket_path)


def remove_files(socket_path: Path) -> None:
    for path in (socket_path, raw_path(socket_path)):
        path.unlink(missing_ok=True)
    if socket_path.parent.name.startswith(PRIVATE_FOLDER):
        with contextlib.suppress(OSError):  # gone already, or another engine moved in
            socket_path.parent.rmdir()
