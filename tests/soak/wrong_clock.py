"""`python -m tests.soak.wrong_clock ARGUMENTS`: as `xinting ARGUMENTS`, on a machine whose clock is two hours ahead."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from printers.agent import PrintAgent
from queue_server.cli import main

AHEAD = timedelta(hours=2)
_right = time.time


def wrong_now() -> datetime:
    return datetime.fromtimestamp(_right(), UTC) + AHEAD


if __name__ == "__main__":
    time.time = lambda: _right() + AHEAD.total_seconds()
    assert PrintAgent.__init__.__kwdefaults__
    PrintAgent.__init__.__kwdefaults__["clock"] = wrong_now
    main()
