"""The hall's server for measuring: the same as `xinting serve`, without the rate limits that would end the load.

`python -m tests.bench.hall_server PORT DATA`
"""

from __future__ import annotations

import os
import sys

from queue_server import concurrency

concurrency.patch()

from datetime import UTC, datetime  # noqa: E402
from pathlib import Path  # noqa: E402

from queue_server.compose import compose  # noqa: E402
from queue_server.settings import read_settings  # noqa: E402
from queue_server.web.rate_limits import RateLimits  # noqa: E402

NO_LIMIT = 10**9


def main(port: int, data: Path) -> None:
    # a demo is open at any hour, but keeps its log to itself: with a database the hall's file must be open all day
    settings = read_settings(port=port, data=data, demo="XINTING_DATABASE_URL" not in os.environ)
    writer = concurrency.NativeThread()
    limits = RateLimits(**dict.fromkeys(RateLimits.__dataclass_fields__, NO_LIMIT))
    reports = concurrency.NativeThread()
    composed = compose(settings, writer.run, async_mode="eventlet", limits=limits, read_reports=reports.run)
    listener = concurrency.listen("127.0.0.1", port)
    print(f"hall ready {datetime.now(UTC).isoformat()}", flush=True)
    concurrency.serve(composed.app, listener)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
