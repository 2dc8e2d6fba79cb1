"""Disks that are soon full: one seen by one command alone, and one that this process sees too."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

# The first kind is mounted in a namespace of its own and gone with it. Root of a namespace may mount. PostgreSQL will
# not run as root, so within it the command is an ordinary user again.
MOUNTED = 'mount -t tmpfs -o "size=$1" tmpfs "$2" && shift 2 && exec unshare --user --map-user=1000 "$@"'


def run_python_with_small_disk(program: str, folder: Path, size: str) -> str:
    """What the program prints; its argument is the folder, where the disk of that size lies. Skips the test where the
    machine lets nobody mount anything.
    """
    if shutil.which("unshare") is None or _with_a_small_disk(folder, size, "true").returncode:
        pytest.skip("this machine lets nobody mount a disk of their own")
    done = _with_a_small_disk(folder, size, sys.executable, "-c", program, str(folder))
    assert done.returncode == 0, done.stderr
    return done.stdout


def _with_a_small_disk(folder: Path, size: str, *command: str) -> subprocess.CompletedProcess[str]:
    own = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNTED, "sh", size, str(folder), *command]
    return subprocess.run(own, capture_output=True, text=True, stdin=subprocess.DEVNULL)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mounted there while it is used. Skips the test where this process may not mount."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("only root may mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> None:
    """Until there is no room for another page."""
    with suppress(OSError), (disk / "ballast").open("wb", buffering=0) as ballast:
        while ballast.write(bytes(4096)):
            pass
