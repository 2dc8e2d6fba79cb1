"""What any machine can say of itself: which program, since when, what its clock says, how full its disk is."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

STARTED = time.monotonic()


def program_version() -> str:
    try:
        return version("xinting")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0"


def machine_report(program: str, run: str, folder: Path) -> dict[str, Any]:
    """`up_seconds` of the program and of the machine by the clock that nobody sets; `clock` by the one that may be
    wrong."""
    return {
        "program": program,
        "version": program_version(),
        "run": run,
        "up_seconds": round(time.monotonic() - STARTED),
        "machine_up_seconds": round(time.clock_gettime(time.CLOCK_BOOTTIME)),
        "clock": datetime.now(UTC).isoformat(),
        "disk_free_mb": shutil.disk_usage(folder).free // 1_000_000,
    }
