"""Starts the simulating process: `python -m queue_server.foresight.worker_start FD`.

It takes of the processor what nobody else wants, from its first moment on, so that not even loading its libraries keeps
the hall waiting: a wait that is a little late harms less than a hall that is.
"""

from __future__ import annotations

import os
import sys

POLITE = 19


def give_way() -> None:
    os.nice(POLITE)
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


if __name__ == "__main__":
    server = os.getppid()
    give_way()
    import numba  # noqa: F401  (takes seconds where others want the processor)

    if os.getppid() != server:  # it was killed meanwhile
        sys.exit()
    from queue_server.foresight.worker import main

    main(int(sys.argv[1]))
