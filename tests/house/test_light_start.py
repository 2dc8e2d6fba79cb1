"""A hall that starts again serves nobody meanwhile: its server loads nothing that only the simulating process needs."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("numba", "scipy.stats", "scipy.signal")


def test_the_server_starts_without_what_takes_seconds_to_load():
    program = f"import queue_server.compose, sys; print(*(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []
