"""The life of engine processes: which one answers, and how it and what it wrote are cleared away."""

import logging
import os
import signal
import socket
import struct
import subprocess
from pathlib import Path

logger = logging.getLogger(__name__)


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


def tidy_up(engines: list[subprocess.Popen[bytes]], socket_path: Path, folder: str | None) -> None:
    end_engines(engines)
    for path in (socket_path, raw_path(socket_path)):
        path.unlink(missing_ok=True)
    if folder:
        Path(folder).rmdir()
