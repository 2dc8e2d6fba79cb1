"""systemd is told that the program is well, as long as it is, and nothing where there is no systemd."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from device import watchdog
from device.watchdog import Watchdog


def test_a_sign_comes_while_all_is_well_and_stops_when_it_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(watchdog, "PAT_EVERY_SECONDS", 0.01)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(20)
        is_well, asked_in_vain, stopped = threading.Event(), threading.Semaphore(0), threading.Event()
        is_well.set()

        def well() -> bool:
            if not is_well.is_set():
                asked_in_vain.release()
            return is_well.is_set()

        dog = Watchdog(str(tmp_path / "notify"))
        patting = threading.Thread(target=dog.pat_for_ever, args=(well, stopped))
        patting.start()
        try:
            assert [systemd.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
            is_well.clear()
            assert asked_in_vain.acquire(timeout=20)  # one answer may be under way, none follows it
            systemd.setblocking(False)
            while _is_heard(systemd):
                pass
            assert [asked_in_vain.acquire(timeout=20) for _ in range(3)] == [True] * 3
            assert not _is_heard(systemd)
        finally:
            stopped.set()
            patting.join(timeout=20)


def _is_heard(systemd: socket.socket) -> bool:
    try:
        return bool(systemd.recv(100))
    except BlockingIOError:
        return False


def test_without_systemd_nothing_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    Watchdog().say("READY=1")
