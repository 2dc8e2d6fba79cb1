"""A hall that starts again serves nobody meanwhile: its server loads nothing that only the simulating process needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# the first three only another process needs; the others are loaded when they are wanted, off the hub or by few
SECONDS = ("numba", "scipy.stats", "scipy.signal")
TENTHS = ("scipy.special", "scipy.optimize", "pypinyin", "authlib", "xlsxwriter", "zxcvbn", "aiohttp")


def test_the_server_starts_without_what_takes_long_to_load(tmp_path: Path):
    program = f"""
from queue_server import concurrency
concurrency.patch()
import sys
from pathlib import Path
from queue_server.compose import compose
from queue_server.settings import read_settings
compose(read_settings(data=Path({str(tmp_path)!r}), demo=True), read_reports=lambda *work: None)
print(*(set({SECONDS + TENTHS}) & set(sys.modules)))"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []
